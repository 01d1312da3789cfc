import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { type Matrix, matrixOf } from '../maths/matrix.ts';
import { type LossName, lossNamed, type NamedModel } from '../trainer/named-model.ts';
import type { BertArchitecture } from '../trainer/towers/bert.ts';
import { DataError } from './data-error.ts';
import { misfitOfModel } from './parameter-shapes.ts';
import { formatPath, problemsOf } from './problem.ts';
import { faultOfRead, fileFault } from './tables/regular-file.ts';
import { visiblePath, visibleText } from './visible-text.ts';

/** Some hundred thousand entries; larger models are trained elsewhere. */
const mostBytes = 4 * 2 ** 20;
/** Whatever is nested deeper is no parameter file, and takes a hundred times its length to be parsed. */
const mostLevels = 8;
/** A step of a file's training takes milliseconds. */
const mostSteps = 100_000;

const index = z.int().min(0);
const row = z.array(z.number());
const rows = z.array(row);

const bert = z.object({
  layers: z.int().min(1),
  heads: z.int().min(1),
  norm: z.enum(['post', 'pre']),
  act: z.enum(['gelu_tanh', 'relu']),
  pool: z.enum(['mean', 'cls']),
});

const snapshot = z.object({
  step: index.max(mostSteps, `expected at most ${mostSteps} steps`),
  loss_before_step: z.number(),
  loss_after_step: z.number().optional(),
  users: rows,
  items: rows,
});

const fileSchema = z.object({
  lr: z.number(),
  temperature: z.number().positive().default(1),
  loss: z.enum(['infonce_cos', 'infonce_dot', 'sqcos', 'negcos']),
  user_names: z.array(z.string()),
  item_names: z.array(z.string()),
  pairs: z.array(z.tuple([index, index])).min(1),
  params: z.record(
    z.string(),
    z.object({ shape: z.array(z.int().min(1)).min(1).max(2), trainable: z.boolean(), data: z.union([row, rows]) }),
  ),
  bert: bert.optional(),
  sequences: z.array(z.array(index)).optional(),
  step0: z.object({ users: rows, items: rows, loss: z.number() }).optional(),
  snapshots: z.array(snapshot).default([]),
  suggested_abs_tol: z.record(z.string(), z.number()).default({}),
});

const lossOf: Readonly<Record<z.infer<typeof fileSchema>['loss'], LossName>> = {
  infonce_cos: 'info-nce-cosine',
  infonce_dot: 'info-nce-dot',
  sqcos: 'squared-cosine-gap',
  negcos: 'negative-cosine',
};

/** The outputs of both towers, and the loss, after some steps. */
interface Snapshot {
  readonly step: number;
  /** The loss whose gradient made the last step. */
  readonly lossBeforeStep: number;
  /** Of the same batch; null where the file does not say. */
  readonly lossAfterStep: number | null;
  /** Shape [users, d]. */
  readonly users: readonly (readonly number[])[];
  readonly items: readonly (readonly number[])[];
}

/** A training that another program ran: where it starts, and where it was after some steps. */
export interface ParameterFile {
  readonly model: NamedModel;
  readonly learningRate: number;
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** The one batch of every step. */
  readonly pairs: readonly (readonly [user: number, item: number])[];
  readonly start: (Pick<Snapshot, 'users' | 'items'> & { readonly loss: number }) | null;
  readonly snapshots: readonly Snapshot[];
  /** Step → how far an implementation that rounds differently may be off there. */
  readonly tolerance: ReadonlyMap<number, number>;
}

/**
 * Reads a file of initial parameters and snapshots, in JSON.
 *
 * @throws {DataError} for a file that cannot be read, is longer than 4 MB, has another form, or whose parts do not fit
 */
export async function readParameterFile(path: string): Promise<ParameterFile> {
  const name = visiblePath(path);
  const fault = await fileFault(path);
  if (fault !== undefined) throw new DataError(`${name} — expected a file of parameters, got ${fault}`);
  const { size } = await stat(path);
  if (size > mostBytes) throw new DataError(`${name} — expected at most ${mostBytes} bytes, got ${size}`);
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new DataError(`${name} — expected a file of parameters, got ${faultOfRead(error)}`);
  });
  const parsed = fileSchema.safeParse(parseJson(name, text));
  if (!parsed.success) {
    const problems = problemsOf(parsed.error.issues).slice(0, 10);
    throw new DataError(
      problems.map((problem) => `${name} ${formatPath(problem.path)} — ${problem.message}`).join('\n'),
    );
  }
  const { data } = parsed;
  const model = modelOf(name, data);
  const misfit =
    misfitOfModel(model, { users: data.user_names.length, items: data.item_names.length }) ?? misfitOf(data);
  if (misfit !== null) throw new DataError(`${name} ${misfit}`);
  return {
    model,
    learningRate: data.lr,
    users: data.user_names,
    items: data.item_names,
    pairs: data.pairs,
    start: data.step0 ?? null,
    snapshots: data.snapshots.map(({ step, loss_before_step, loss_after_step = null, users, items }) => {
      return { step, lossBeforeStep: loss_before_step, lossAfterStep: loss_after_step, users, items };
    }),
    tolerance: new Map(Object.entries(data.suggested_abs_tol).map(([step, value]) => [Number(step), value])),
  };
}

function parseJson(name: string, text: string): unknown {
  if (levelsOf(text) > mostLevels)
    throw new DataError(`${name} — expected at most ${mostLevels} levels of nesting, got more`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${name} — expected JSON: ${visibleText((error as SyntaxError).message, 200)}`);
  }
}

/** How deep brackets are nested, those within quotes included. */
function levelsOf(text: string): number {
  let [level, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    level += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, level);
    if (deepest > mostLevels) break;
  }
  return deepest;
}

/** What of a file's training is not about its model. */
function misfitOf({ pairs, user_names, item_names, snapshots }: z.infer<typeof fileSchema>): string | null {
  const strange = pairs.findIndex(([user, item]) => user >= user_names.length || item >= item_names.length);
  if (strange !== -1) return `pairs[${strange}] — expected a user and an item that have names, got ${pairs[strange]}`;
  const early = snapshots.findIndex(({ step }, at) => at > 0 && step <= snapshots[at - 1].step);
  return early === -1
    ? null
    : `snapshots[${early}].step — expected a later step than before, got ${snapshots[early].step}`;
}

function modelOf(name: string, { params, loss, temperature, bert, sequences }: z.infer<typeof fileSchema>): NamedModel {
  const parameters = Object.entries(params).map(([parameter, { shape, trainable, data }]) => {
    return [parameter, { value: matrixIn(name, parameter, shape, data), isTrainable: trainable }] as const;
  });
  if (bert !== undefined && sequences === undefined)
    throw new DataError(`${name} sequences — expected a list, got nothing`);
  return {
    parameters: new Map(parameters),
    loss: lossNamed(lossOf[loss], temperature),
    bert: bert === undefined ? null : { sequences: sequences!.map(withoutPadding), architecture: architectureOf(bert) },
  };
}

/** Token 0 pads a sequence, or is the CLS token before it: the encoder adds that itself, and needs no padding. */
function withoutPadding(sequence: readonly number[]): number[] {
  return sequence.filter((token) => token !== 0);
}

function architectureOf({ layers, heads, norm, act, pool }: z.infer<typeof bert>): BertArchitecture {
  return { layers, heads, norm, activation: act === 'relu' ? 'relu' : 'gelu', pooling: pool };
}

/** A vector is a matrix of one row. */
function matrixIn(
  name: string,
  parameter: string,
  shape: readonly number[],
  data: readonly (number | readonly number[])[],
): Matrix {
  const [height, width] = shape.length === 1 ? [1, shape[0]] : shape;
  const entries = data.flat() as number[];
  if (entries.length === height * width) return matrixOf(height, width, entries);
  throw new DataError(`${name} params.${parameter} — expected ${height} × ${width} numbers, got ${entries.length}`);
}
