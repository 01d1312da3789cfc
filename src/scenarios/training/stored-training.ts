import { z } from 'zod';
import { formatPath, type Problem, problemsOf } from '../problem.ts';
import { closedObject } from '../schema/fields.ts';
import { contradictions } from './contradictions.ts';
import { modelShape } from './model-fields.ts';

const { seed, initialParameters: _file, learningRate: _rate, ...shape } = modelShape;

/** What a scenario writes of a training. */
const written = z.object(shape);

/** What only a run folder has of it. */
const kept = z.object({
  initialParameters: z.record(z.string(), z.array(z.number())).optional(),
  snapshots: z.array(z.int().min(1).max(1e9)).max(1000).optional(),
});

/** In place of its path. */
const table = closedObject({ from: z.literal('table'), sha256: z.string() });

const pair = z.object({
  item: z.int().min(0).max(1e6),
  popularity: z.object({ lower: z.number().min(0).max(1), upper: z.number().min(0).max(1) }),
  steps: z.int().min(1).max(1e7),
  recordedSteps: z.array(z.int().min(1).max(1e7)).max(1000),
});

const drawn = z.object({ seed, kernel: z.enum(['auto', 'plain']) });

/**
 * What is wrong with a cell of trainings, or of a study of them, that comes from a run folder; null where nothing is. Its
 * fields have the limits of a scenario's.
 *
 * @param cell of unknown origin
 */
export function problemOfStored(cell: unknown): string | null {
  const { training: own, coupled } = (cell ?? {}) as { readonly training?: unknown; readonly coupled?: unknown };
  const training = coupled === undefined ? own : (coupled as { readonly training?: unknown } | null)?.training;
  const at = coupled === undefined ? ['training'] : ['coupled', 'training'];
  const problems = [
    ...problemsIn(drawn, cell, []),
    ...(coupled === undefined ? [] : problemsIn(pair, coupled, ['coupled'])),
    ...problemsIn(kept, training, at),
    ...problemsOfModel(training, at),
  ];
  const [first] = problems;
  return first === undefined ? null : `${formatPath(first.path)} — ${first.message}`;
}

function problemsIn(schema: z.ZodType, value: unknown, at: string[]): Problem[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : problemsOf(parsed.error.issues, at);
}

/** Of what a scenario would have written: a table has its path there, and each tower's optimiser a place of its own. */
function problemsOfModel(training: unknown, at: string[]): Problem[] {
  const { optimisers, untilMeanCosine, data, ...fields } = (training ?? {}) as Readonly<Record<string, unknown>>;
  const { user, item } = (optimisers ?? {}) as Readonly<Record<string, unknown>>;
  const isTable = (data as { readonly from?: unknown } | undefined)?.from === 'table';
  const value = {
    ...fields,
    user,
    item,
    data: isTable ? { from: 'table', file: '-' } : data,
    untilMeanCosine: untilMeanCosine ?? undefined,
  };
  const ofTable = isTable ? problemsIn(table, data, [...at, 'data']) : [];
  if (ofTable.length > 0) return ofTable;
  const missing = ['data', 'user', 'item'].filter((name) => value[name as 'data'] === undefined);
  if (missing.length > 0) return [{ path: [...at, missing[0]], message: 'expected a mapping, got nothing' }];
  const parsed = written.safeParse(value);
  if (!parsed.success) return problemsOf(parsed.error.issues, at);
  return contradictions(parsed.data).map(({ path, message }) => ({ path: [...at, ...path], message }));
}
