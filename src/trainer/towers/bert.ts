import { type Parameter, type ParameterGradient, wholeGradient } from '../parameter.ts';
import { gelu, relu } from '../tape/operations/activations.ts';
import { attention, type Span } from '../tape/operations/attention.ts';
import { layerNorm } from '../tape/operations/layer-norm.ts';
import { add, affine } from '../tape/operations/linear.ts';
import { gather, meanRows } from '../tape/operations/shape.ts';
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
    const encoded = encoder.encode(distinct.map((input) => sequences[input]));
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

  /** Shape [sequences, d]. All sequences go through together, one below the other; attention keeps them apart. */
  encode(sequences: readonly (readonly number[])[]): Variable {
    const { layers, norm, pooling } = this.#architecture;
    const tape = this.#tape;
    const tokens = sequences.map((sequence) => (pooling === 'cls' ? [0, ...sequence] : sequence));
    const spans = spansOf(tokens);
    const positions = tokens.flatMap((sequence) => sequence.map((_, position) => position));
    let x = add(
      tape,
      gather(tape, this.#at('tok.weight'), tokens.flat()),
      gather(tape, this.#at('pos.weight'), positions),
    );
    if (this.#parameters.has('emb_ln.weight')) x = this.#norm('emb_ln', x);
    for (let layer = 0; layer < layers; layer++) {
      x = this.#block(x, `layers.${layer}.ln1`, (input) => this.#attention(`layers.${layer}`, input, spans));
      x = this.#block(x, `layers.${layer}.ln2`, (input) => this.#feedForward(`layers.${layer}`, input));
    }
    if (norm === 'pre') x = this.#norm('final_ln', x);
    const firstRows = spans.map(({ from }) => from);
    return this.#affine('out', pooling === 'cls' ? gather(tape, x, firstRows) : meanRows(tape, x, spans));
  }

  /** norm(x + f(x)), or x + f(norm(x)). */
  #block(x: Variable, norm: string, of: (input: Variable) => Variable): Variable {
    if (this.#architecture.norm === 'post') return this.#norm(norm, add(this.#tape, x, of(x)));
    return add(this.#tape, x, of(this.#norm(norm, x)));
  }

  #attention(layer: string, x: Variable, spans: readonly Span[]): Variable {
    const [queries, keys, values] = ['q', 'k', 'v'].map((name) => this.#affine(`${layer}.${name}`, x));
    const attended = attention(this.#tape, [queries, keys, values], spans, this.#architecture.heads);
    return this.#affine(`${layer}.o`, attended);
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

/** Where each sequence stands among the rows of all. */
function spansOf(sequences: readonly (readonly number[])[]): Span[] {
  let to = 0;
  return sequences.map(({ length }) => {
    const from = to;
    to += length;
    return { from, to };
  });
}
