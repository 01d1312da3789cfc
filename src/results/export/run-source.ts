import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../random/canonical-json.ts';
import { readCellsFile } from '../cells-file.ts';
import { readRun, type StoredRun } from '../read-run.ts';
import { expectWhole, misshapen } from '../read-summary.ts';
import { ResultsError } from '../results-error.ts';
import { cellsFileSchema, failureSchema } from '../summary-schema.ts';
import { runKinds } from './kinds/index.ts';
import type { RunKind } from './kinds/run-kind.ts';

/** What a run says of itself. */
interface RunHead {
  readonly scenario: string;
  readonly description: string;
  readonly id: string;
  readonly seed: number;
  readonly version: string;
}

/** A finished run, as tables are made of it. */
export interface RunSource {
  /** Its folder's name; the path where two of the runs have the same. */
  readonly name: string;
  readonly head: RunHead;
  readonly kind: RunKind;
  /** The cells in the order of the plan, read anew each time: the one place where tables get them from. */
  cells(): AsyncIterable<unknown>;
  /** The cells that could not be computed, in the order of the plan. */
  failures(): AsyncIterable<z.infer<typeof failureSchema>>;
}

/**
 * Opens finished runs of any kind.
 *
 * @throws {ResultsError} for what is no run folder, an unfinished run, a shard, damage, and a folder that is named twice
 */
export async function openRunSources(folders: readonly string[]): Promise<RunSource[]> {
  const runs = await Promise.all(folders.map(readRun));
  const places = await Promise.all(folders.map((folder) => realpath(folder)));
  const twice = folders.find((_, index) => places.indexOf(places[index]) !== index);
  if (twice !== undefined) throw new ResultsError(`${twice}: is named twice; name each run folder once`);
  const names = places.map((place) => basename(place));
  return runs.map((run, index) => {
    const isAlone = names.filter((name) => name === names[index]).length === 1;
    return runSource(run, isAlone ? names[index] : places[index]);
  });
}

const head = z.object({
  scenario: z.string(),
  description: z.string(),
  id: z.string(),
  seed: z.number(),
  version: z.string(),
  cells: z.array(z.unknown()),
  cellsFile: cellsFileSchema.optional(),
  failures: z.array(failureSchema),
});

function runSource({ summary, manifest, path }: StoredRun, name: string): RunSource {
  expectWhole(summary, path);
  const { cells, cellsFile, failures, ...rest } = parsed(head, summary, path);
  const kind = kindOf(manifest.plan, path);
  let sound: readonly unknown[] | undefined;
  return {
    name,
    head: rest,
    kind,
    async *cells() {
      if (cellsFile === undefined) {
        sound ??= cells.map((cell, place) => parsed(kind.cell, cell, path, ['cells', place]));
        yield* sound;
        return;
      }
      let place = 0;
      for await (const cell of readCellsFile(join(path, cellsFile.name), cellsFile)) {
        yield parsed(kind.cell, cell, path, [cellsFile.name, place]);
        place += 1;
      }
    },
    async *failures() {
      yield* failures;
    },
  };
}

function kindOf(plan: Json, path: string): RunKind {
  const kind = runKinds.find(({ name }) => typeof plan === 'object' && plan !== null && Object.hasOwn(plan, name));
  if (kind !== undefined) return kind;
  const names = runKinds.map(({ name }) => name).join(', ');
  throw new ResultsError(`${path}/manifest.json: plan — expected one of ${names}; it was changed by hand`);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, path: string, within: readonly PropertyKey[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw misshapen(path, result.error.issues[0], within);
}
