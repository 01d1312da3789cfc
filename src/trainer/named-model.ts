import type { Matrix } from '../maths/matrix.ts';
import { infoNceCosine, infoNceDot } from './losses/info-nce.ts';
import type { Loss } from './losses/loss.ts';
import { negativeCosine, squaredCosineGap } from './losses/pairwise.ts';
import { type Parameter, parameter } from './parameter.ts';
import type { TwoTowers } from './sgd-step.ts';
import { type BertArchitecture, bertTower } from './towers/bert.ts';
import { embeddingTower } from './towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from './towers/linear.ts';
import type { Tower } from './towers/tower.ts';

/** The losses, as scenarios and parameter files call them. */
export type LossName = 'info-nce-cosine' | 'info-nce-dot' | 'squared-cosine-gap' | 'negative-cosine';

/** @param temperature of InfoNCE; the others have none */
export function lossNamed(name: LossName, temperature: number): Loss {
  switch (name) {
    case 'info-nce-cosine':
      return infoNceCosine(temperature);
    case 'info-nce-dot':
      return infoNceDot(temperature);
    case 'squared-cosine-gap':
      return squaredCosineGap;
    case 'negative-cosine':
      return negativeCosine;
  }
}

/** A model whose towers are told by the names of their parameters. */
export interface NamedModel {
  /** By name: `left.emb.weight`, `left.lin.weight`, `left.lin.bias`, `left.net.…`, `item.weight`. */
  readonly parameters: ReadonlyMap<string, { readonly value: Matrix; readonly isTrainable: boolean }>;
  readonly loss: Loss;
  /** For a BERT-like left tower: what each user's history holds, and how it is encoded. */
  readonly bert: { readonly sequences: readonly (readonly number[])[]; readonly architecture: BertArchitecture } | null;
}

/**
 * The towers of a model, by the names of its parameters: `left.emb.weight` alone is an embedding table; with `left.lin.*`
 * a linear layer follows it, on frozen embeddings if they are not trainable; `left.lin.weight` alone is a linear layer on
 * one-hot inputs; `left.net.*` is a BERT-like encoder. The right tower is the table `item.weight`.
 *
 * @throws {RangeError} for parameters that make no tower
 */
export function openNamedModel({ parameters, loss, bert }: NamedModel): TwoTowers {
  const items = parameters.get('item.weight');
  if (items === undefined) throw new RangeError('openNamedModel: there is no parameter item.weight');
  const prefix = bert === null ? 'left.' : netPrefix;
  return {
    user: frozenAs(parameters, leftTower(parameters, bert), prefix),
    item: frozenAs(parameters, embeddingTower(items.value, 'item.weight'), ''),
    loss,
  };
}

/** The tower, with those parameters frozen that are frozen in the model. */
function frozenAs(named: NamedModel['parameters'], tower: Tower, prefix: string): Tower {
  const parameters = tower.parameters.map((part) => {
    return { ...part, isTrainable: named.get(`${prefix}${part.name}`)!.isTrainable };
  });
  return { ...tower, parameters };
}

function leftTower(parameters: NamedModel['parameters'], bert: NamedModel['bert']): Tower {
  const [embedding, weight] = ['left.emb.weight', 'left.lin.weight'].map((name) => parameters.get(name));
  const bias = parameters.get('left.lin.bias')?.value.values ?? null;
  if (bert !== null) return bertTower(bert.sequences, netParameters(parameters), bert.architecture);
  if (embedding === undefined && weight !== undefined) return oneHotLinearTower(weight.value, bias);
  if (embedding !== undefined && weight === undefined) return embeddingTower(embedding.value);
  if (embedding === undefined || weight === undefined) {
    throw new RangeError('openNamedModel: expected left.emb.weight, left.lin.weight or left.net.…, got none of them');
  }
  const layer = { features: embedding.value, weight: weight.value, bias };
  return embedding.isTrainable ? embeddingLinearTower(layer) : frozenLinearTower(layer);
}

const netPrefix = 'left.net.';

function netParameters(parameters: NamedModel['parameters']): Parameter[] {
  return [...parameters]
    .filter(([name]) => name.startsWith(netPrefix))
    .map(([name, { value }]) => parameter(name.slice(netPrefix.length), value));
}
