import type { NamedModel } from '../trainer/named-model.ts';

/** Numbers of rows and columns; a vector has one row. */
type Shape = readonly [rows: number, columns: number];

/** How many inputs the towers have. */
interface Inputs {
  readonly users: number;
  readonly items: number;
}

/**
 * What keeps named parameters from being a model of so many users and items: the first parameter that is missing or has
 * another shape, or a history that its encoder cannot read. Null where they fit together.
 */
export function misfitOfModel(model: NamedModel, { users, items }: Inputs): string | null {
  const { parameters } = model;
  const dimension = parameters.get('item.weight')?.value.columns;
  if (dimension === undefined) return 'params.item.weight — expected the table of the items, got none';
  const misfit = (name: string, [rows, columns]: Shape): string[] => {
    const found = parameters.get(name)?.value;
    if (found?.rows === rows && found.columns === columns) return [];
    const got = found === undefined ? 'none' : `${found.rows} × ${found.columns}`;
    return [`params.${name} — expected ${rows} × ${columns} numbers, got ${got}`];
  };
  for (const [name, shape] of shapesOf(model, users, dimension)) {
    const [fault] = misfit(name, shape);
    if (fault !== undefined) return fault;
  }
  return misfit('item.weight', [items, dimension])[0] ?? misfitOfHistories(model, users);
}

/** The parameters that the left tower must have. */
function* shapesOf(model: NamedModel, users: number, dimension: number): Generator<[name: string, shape: Shape]> {
  const { parameters, bert } = model;
  if (bert !== null) return yield* shapesOfBert(model, dimension);
  const hasLayer = parameters.has('left.lin.weight');
  const features = hasLayer ? (parameters.get('left.emb.weight')?.value.columns ?? users) : dimension;
  if (parameters.has('left.emb.weight') || !hasLayer) yield ['left.emb.weight', [users, features]];
  if (hasLayer) yield ['left.lin.weight', [dimension, features]];
  if (parameters.has('left.lin.bias')) yield ['left.lin.bias', [1, dimension]];
}

function* shapesOfBert({ parameters, bert }: NamedModel, dimension: number): Generator<[name: string, shape: Shape]> {
  const net = (name: string) => `left.net.${name}`;
  const columns = (name: string) => parameters.get(net(name))?.value.columns ?? 1;
  const rows = (name: string) => parameters.get(net(name))?.value.rows ?? 1;
  const width = columns('tok.weight');
  function* affine(name: string, outputs: number, inputs: number): Generator<[name: string, shape: Shape]> {
    yield [net(`${name}.weight`), [outputs, inputs]];
    yield [net(`${name}.bias`), [1, outputs]];
  }
  function* layerNorm(name: string): Generator<[name: string, shape: Shape]> {
    yield [net(`${name}.weight`), [1, width]];
    yield [net(`${name}.bias`), [1, width]];
  }
  yield [net('tok.weight'), [rows('tok.weight'), width]];
  yield [net('pos.weight'), [rows('pos.weight'), width]];
  if (parameters.has(net('emb_ln.weight'))) yield* layerNorm('emb_ln');
  for (let layer = 0; layer < bert!.architecture.layers; layer++) {
    const at = (name: string) => `layers.${layer}.${name}`;
    for (const name of ['q', 'k', 'v', 'o']) yield* affine(at(name), width, width);
    const hidden = rows(at('f1.weight'));
    yield* affine(at('f1'), hidden, width);
    yield* affine(at('f2'), width, hidden);
    for (const name of ['ln1', 'ln2']) yield* layerNorm(at(name));
  }
  if (bert!.architecture.norm === 'pre') yield* layerNorm('final_ln');
  yield* affine('out', dimension, width);
}

function misfitOfHistories({ parameters, bert }: NamedModel, users: number): string | null {
  if (bert === null) return null;
  const { sequences, architecture } = bert;
  const [tokens, positions] = ['tok', 'pos'].map((name) => parameters.get(`left.net.${name}.weight`)!.value);
  if (tokens.columns % architecture.heads !== 0)
    return `bert.heads — expected a divisor of the width ${tokens.columns}, got ${architecture.heads}`;
  if (sequences.length !== users) return `sequences — expected one of each of ${users} users, got ${sequences.length}`;
  const before = architecture.pooling === 'cls' ? 1 : 0;
  for (const [user, sequence] of sequences.entries()) {
    const unknown = sequence.find((token) => token >= tokens.rows);
    if (unknown !== undefined) return `sequences[${user}] — expected tokens below ${tokens.rows}, got ${unknown}`;
    const length = sequence.length + before;
    if (length < 1 || length > positions.rows)
      return `sequences[${user}] — expected 1 to ${positions.rows - before} tokens beside padding, got ${sequence.length}`;
  }
  return null;
}
