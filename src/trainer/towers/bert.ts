import { type Parameter, type ParameterGradient, wholeGradient } from '../parameter.ts';
import { gelu, relu, softmaxRows } from '../tape/operations/activations.ts';
import { layerNorm } from '../tape/operations/layer-norm.ts';
import { add, affine, product, scaledTimesTransposed } from '../tape/operations/linear.ts';
import { columns, concatenate, firstRow, gather, meanRow, stack } from '../tape/operations/shape.ts';
import { Tape, type Variable } from '../tape/tape.ts';
import type { Tower } from './tower.ts';

/** The switches of a BERT-like encoder. */
export interface BertArchitecture {
  readonly layers: number;
  /** Attention heads; their number divides the width of the model. */
  readonly heads: number;
  /** Layer norms after each residual sum, or before each block and once at the end. */
  readonly norm: 'post' | 'pre';
  readonly activation: 'gelu' | 'relu';
  /** The mean of a sequence's tokens, or its first token, to which a CLS token 0 is put. */
  readonly pooling: 'mean' | 'cls';
}

/**
 * A BERT-like encoder of token sequences, one an input: token and position embeddings, self-attention and feed-forward
 * blocks with residual sums, pooling, and a linear layer. A sequence is encoded by itself, at its own length: what a
 * padding mask would leave out is not there.
 *
 * @param sequences token numbers of each input; CLS is put before them where it is pooled
 * @param parameters by name: tok.weight, pos.weight, emb_ln, layers.L.{q,k,v,o,ln1,f1,f2,ln2}, final_ln, out; each of the
 *   linear layers and norms with .weight and .bias
 */
export function bertTower(
  sequences: readonly (readonly number[])[],
  parameters: readonly Parameter[],
  architecture: BertArchitecture,
): Tower {
  // What the loss has just looked at is what is differentiated next, before anything moves.
  let last: { readonly inputs: readonly number[]; readonly encoded: ReturnType<typeof encode> } | null = null;
  return {
    name: 'bert',
    inputs: sequences.length,
    parameters,
    outputs(inputs) {
      last = { inputs, encoded: encode(inputs) };
      return last.encoded.output.value;
    },
    gradients(inputs, gradient) {
      const { tape, variables, output } = last?.inputs === inputs ? last.encoded : encode(inputs);
      last = null;
      tape.windBack(output, gradient);
      return parameters.map(({ name }): ParameterGradient => wholeGradient(variables.get(name)!.gradient));
    },
  };

  /** Inputs that come several times are encoded once. */
  function encode(inputs: readonly number[]) {
    const tape = new Tape();
    const variables = new Map(parameters.map(({ name, value }) => [name, tape.variable(value)]));
    const encoder = new Encoder(tape, variables, architecture);
    const distinct = [...new Set(inputs)];
    const encoded = stack(
      tape,
      distinct.map((input) => encoder.encode(sequences[input])),
    );
    const output = gather(
      tape,
      encoded,
      inputs.map((input) => distinct.indexOf(input)),
    );
    return { tape, variables, output };
  }
}

/** One pass over a sequence, written on a tape. */
class Encoder {
  readonly #tape: Tape;
  readonly #parameters: ReadonlyMap<string, Variable>;
  readonly #architecture: BertArchitecture;

  constructor(tape: Tape, parameters: ReadonlyMap<string, Variable>, architecture: BertArchitecture) {
    this.#tape = tape;
    this.#parameters = parameters;
    this.#architecture = architecture;
  }

  /** Shape [1, d]. */
  encode(sequence: readonly number[]): Variable {
    const { layers, norm, pooling } = this.#architecture;
    const tape = this.#tape;
    const tokens = pooling === 'cls' ? [0, ...sequence] : sequence;
    const positions = tokens.map((_, position) => position);
    let x = add(tape, gather(tape, this.#at('tok.weight'), tokens), gather(tape, this.#at('pos.weight'), positions));
    if (this.#parameters.has('emb_ln.weight')) x = this.#norm('emb_ln', x);
    for (let layer = 0; layer < layers; layer++) {
      x = this.#block(x, `layers.${layer}.ln1`, (input) => this.#attention(`layers.${layer}`, input));
      x = this.#block(x, `layers.${layer}.ln2`, (input) => this.#feedForward(`layers.${layer}`, input));
    }
    if (norm === 'pre') x = this.#norm('final_ln', x);
    return this.#affine('out', pooling === 'cls' ? firstRow(tape, x) : meanRow(tape, x));
  }

  /** norm(x + f(x)), or x + f(norm(x)). */
  #block(x: Variable, norm: string, of: (input: Variable) => Variable): Variable {
    if (this.#architecture.norm === 'post') return this.#norm(norm, add(this.#tape, x, of(x)));
    return add(this.#tape, x, of(this.#norm(norm, x)));
  }

  #attention(layer: string, x: Variable): Variable {
    const tape = this.#tape;
    const [queries, keys, values] = ['q', 'k', 'v'].map((name) => this.#affine(`${layer}.${name}`, x));
    const { heads } = this.#architecture;
    const width = queries.value.columns / heads;
    const attended = Array.from({ length: heads }, (_, head) => {
      const [q, k, v] = [queries, keys, values].map((all) => columns(tape, all, head * width, (head + 1) * width));
      const weights = softmaxRows(tape, scaledTimesTransposed(tape, q, k, 1 / Math.sqrt(width)));
      return product(tape, weights, v);
    });
    return this.#affine(`${layer}.o`, concatenate(tape, attended));
  }

  #feedForward(layer: string, x: Variable): Variable {
    const activation = this.#architecture.activation === 'gelu' ? gelu : relu;
    return this.#affine(`${layer}.f2`, activation(this.#tape, this.#affine(`${layer}.f1`, x)));
  }

  #affine(name: string, x: Variable): Variable {
    return affine(this.#tape, x, this.#at(`${name}.weight`), this.#at(`${name}.bias`));
  }

  #norm(name: string, x: Variable): Variable {
    return layerNorm(this.#tape, x, this.#at(`${name}.weight`), this.#at(`${name}.bias`));
  }

  #at(name: string): Variable {
    const found = this.#parameters.get(name);
    if (found === undefined) throw new RangeError(`bertTower: there is no parameter ${name}`);
    return found;
  }
}
