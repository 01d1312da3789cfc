import { dot, type Matrix, rowOf, zeros } from '../maths/matrix.ts';
import type { Interactions } from './data-sets/interactions.ts';
import { histories } from './data-sets/interactions.ts';
import { drawLinearLayer, drawNormalMatrix } from './draw-parameters.ts';
import { lossNamed } from './named-model.ts';
import { type Parameter, parameter } from './parameter.ts';
import type { TwoTowers } from './sgd-step.ts';
import type { InitialRows, TowerSpecification, TrainingSpecification } from './specification.ts';
import { bertTower } from './towers/bert.ts';
import { embeddingTower } from './towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from './towers/linear.ts';
import type { Tower } from './towers/tower.ts';

/** A model at its start: the user tower's parameters are drawn first, then the item table. */
export function drawModel(specification: TrainingSpecification, data: Interactions, uniform: () => number): TwoTowers {
  const { dimension, tower, initial, loss } = specification;
  const user = drawTower(tower, data, dimension, initial, uniform);
  const item = embeddingTower(drawRows(data.items.length, dimension, initial, uniform), 'item.weight');
  replaceParameters(specification, user, item);
  return { user, item, loss: lossNamed(loss.name, loss.temperature) };
}

/**
 * Puts given entries in the place of drawn ones.
 *
 * @throws {RangeError} for a name that the model does not have, and for another number of entries
 */
function replaceParameters({ initialParameters = {} }: TrainingSpecification, user: Tower, item: Tower): void {
  const prefix = user.name === 'bert' ? 'left.net.' : 'left.';
  const known = new Map([
    ...user.parameters.map(({ name, value }) => [`${prefix}${name}`, value] as const),
    ...item.parameters.map(({ name, value }) => [name, value] as const),
  ]);
  for (const [name, entries] of Object.entries(initialParameters)) {
    const matrix = known.get(name);
    if (matrix === undefined)
      throw new RangeError(`initialParameters: expected ${[...known.keys()].join(', ')}, got ${name}`);
    if (entries.length !== matrix.values.length) {
      const expected = `${matrix.rows} × ${matrix.columns} entries`;
      throw new RangeError(`initialParameters: ${name} — expected ${expected}, got ${entries.length}`);
    }
    matrix.values.set(entries);
  }
}

function drawTower(
  tower: TowerSpecification,
  data: Interactions,
  dimension: number,
  initial: InitialRows,
  uniform: () => number,
): Tower {
  const users = data.users.length;
  switch (tower.kind) {
    case 'embedding':
      return embeddingTower(drawRows(users, dimension, initial, uniform));
    case 'one-hot-linear': {
      const { weight, bias } = drawLinearLayer(dimension, users, uniform);
      return oneHotLinearTower(weight, tower.bias ? bias : null);
    }
    case 'frozen-linear':
    case 'embedding-linear': {
      const features = drawRows(users, tower.features, initial, uniform);
      const { weight, bias } = drawLinearLayer(dimension, tower.features, uniform);
      const layer = { features, weight, bias: tower.bias ? bias : null };
      return tower.kind === 'frozen-linear' ? frozenLinearTower(layer) : embeddingLinearTower(layer);
    }
    case 'bert':
      return drawBert(tower, data, dimension, uniform);
  }
}

/** Rows of normal entries; on a sphere they are brought to its radius. */
function drawRows(rows: number, columns: number, initial: InitialRows, uniform: () => number): Matrix {
  const matrix = drawNormalMatrix(rows, columns, uniform);
  for (let row = 0; row < rows; row++) {
    const values = rowOf(matrix, row);
    const scale = 'radius' in initial ? initial.radius / Math.sqrt(dot(values, values)) : initial.standardDeviation;
    for (const axis of values.keys()) values[axis] *= scale;
  }
  return matrix;
}

type Bert = Extract<TowerSpecification, { kind: 'bert' }>;

/** As PyTorch draws them: N(0, 1) embeddings, linear layers uniform in ±1/√inputs, norms 1 and 0. */
function drawBert(tower: Bert, data: Interactions, dimension: number, uniform: () => number): Tower {
  const { width, layers, feedForward, norm, pooling } = tower;
  const sequences = histories(data).map((items) => items.map((item) => item + 1));
  const longest = Math.max(...sequences.map(({ length }) => length)) + (pooling === 'cls' ? 1 : 0);
  const linear = (name: string, outputs: number, inputs: number): Parameter[] => {
    const { weight, bias } = drawLinearLayer(outputs, inputs, uniform);
    return [
      parameter(`${name}.weight`, weight),
      parameter(`${name}.bias`, { rows: 1, columns: outputs, values: bias }),
    ];
  };
  const layerNorm = (name: string): Parameter[] => [
    parameter(`${name}.weight`, filled(width, 1)),
    parameter(`${name}.bias`, zeros(1, width)),
  ];
  const parameters = [
    parameter('tok.weight', drawNormalMatrix(data.items.length + 1, width, uniform)),
    parameter('pos.weight', drawNormalMatrix(longest, width, uniform)),
    ...(norm === 'post' ? layerNorm('emb_ln') : []),
    ...Array.from({ length: layers }, (_, layer) => [
      ...['q', 'k', 'v', 'o'].flatMap((name) => linear(`layers.${layer}.${name}`, width, width)),
      ...layerNorm(`layers.${layer}.ln1`),
      ...linear(`layers.${layer}.f1`, feedForward, width),
      ...linear(`layers.${layer}.f2`, width, feedForward),
      ...layerNorm(`layers.${layer}.ln2`),
    ]).flat(),
    ...(norm === 'pre' ? layerNorm('final_ln') : []),
    ...linear('out', dimension, width),
  ];
  return bertTower(sequences, parameters, tower);
}

function filled(columns: number, value: number): Matrix {
  const matrix = zeros(1, columns);
  matrix.values.fill(value);
  return matrix;
}
