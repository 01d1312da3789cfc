import { followRun } from '../../../../src/cli/follow-run.ts';
import { cellNamed } from '../../../../src/cli/run-cell.ts';
import { storedCells } from '../../../../src/cli/stored-facts.ts';
import { foldParts, planOfParts, requireAllChunks } from '../../../../src/distribution/merge-runs.ts';
import { replayPair } from '../../../../src/engine/replay-pair.ts';
import { factsOfRun, figuresOf } from '../../../../src/report/report.ts';
import { compareRuns } from '../../../../src/results/compare/compare-runs.ts';
import { tableText } from '../../../../src/results/export/index.ts';
import { openRunSources } from '../../../../src/results/export/run-source.ts';
import { runTable } from '../../../../src/results/export/run-table.ts';
import { tableNames } from '../../../../src/results/export/table-names.ts';
import { readRun, type StoredRun } from '../../../../src/results/read-run.ts';
import { ResultsError } from '../../../../src/results/results-error.ts';
import { collect } from '../../../results/fixtures/collect.ts';

/** A way in which finished runs of others are read. */
export interface Reader {
  readonly name: string;
  /** All that it shows of a run, as text. @throws {ResultsError} for damage that it has found */
  read(path: string): Promise<string>;
}

/**
 * What opens runs of others, as the commands do. `query` asks what `export` writes.
 *
 * @param other a run that the others are compared with
 */
export function readersBeside(other: string): readonly Reader[] {
  return [
    { name: 'export', read: exported },
    { name: 'report', read: async (path) => reported(await readRun(path)) },
    { name: 'watch', read: async (path) => watched(await readRun(path)) },
    { name: 'merge', read: async (path) => merged(await readRun(path)) },
    { name: 'compare', read: (path) => compared(path, other) },
    { name: 'replay', read: async (path) => JSON.stringify(replayPair(await cellNamed(path, address), 5, 3)) },
  ];
}

const address = { cell: 1, pair: 5 };

async function exported(path: string): Promise<string> {
  const runs = await openRunSources([path]);
  const texts: string[] = [];
  for (const name of tableNames) {
    for await (const piece of tableText(await runTable(runs, name, false), 'csv', {})) texts.push(String(piece));
  }
  return texts.join('');
}

async function reported(run: StoredRun): Promise<string> {
  const figures = await figuresOf(run);
  return JSON.stringify([run.summary, factsOfRun(run), figures]);
}

/** What a dashboard sees of the cells. */
async function watched(run: StoredRun): Promise<string> {
  const events = await collect(followRun(run, storedCells(run), new AbortController().signal));
  const seen = events.filter(({ type }) => type === 'cell' || type === 'failure');
  return JSON.stringify(seen.toSorted((a, b) => indexOf(a) - indexOf(b)));
}

function indexOf(event: object): number {
  return (event as { readonly cell: { readonly index: number } }).cell.index;
}

async function merged(run: StoredRun): Promise<string> {
  const planned = planOfParts([run]);
  await requireAllChunks(planned, [run]);
  const cells: unknown[] = [];
  const failures = await foldParts(planned, [run], async (index, summary) => {
    cells[index] = summary;
  });
  return JSON.stringify([cells, failures]);
}

/** Where a journal lacks blocks, compare says so, and holds the summaries against each other. */
async function compared(path: string, other: string): Promise<string> {
  const { cells } = await compareRuns(path, other);
  const reason = cells.map(({ pairing }) => pairing.reason).find((text) => text?.includes('lacks blocks'));
  if (reason !== undefined) throw new ResultsError(`${path}: ${reason}`);
  return JSON.stringify(cells);
}

/** What became of the reading of a damaged run. */
export type Outcome = 'refused' | 'shown as it was';

/**
 * Reads a damaged run.
 *
 * @param whole what is to be shown where the damage is of no account
 * @param names what a refusal is to name: the file, or its folder
 * @throws where the damage was taken for the run, and for a refusal that does not say where
 */
export async function outcomeOf(read: () => Promise<string>, whole: string, names: string): Promise<Outcome> {
  let shown: string;
  try {
    shown = await read();
  } catch (error) {
    // What merge misses may be in a folder that it was not given.
    const isMissed = /cannot merge: \d+ chunks? (is|are) missing, of cell/.test((error as Error).message);
    const isClear = error instanceof ResultsError && (isMissed || error.message.includes(names));
    if (isClear) return 'refused';
    throw new Error(`expected a refusal that names ${names}, got ${(error as Error).stack}`);
  }
  if (shown === whole) return 'shown as it was';
  throw new Error(`expected a refusal or the run as it was, got, silently, ${firstDifference(whole, shown)}`);
}

function firstDifference(whole: string, shown: string): string {
  let place = 0;
  while (whole[place] === shown[place]) place += 1;
  return `${shown.slice(Math.max(0, place - 60), place + 60)} for ${whole.slice(Math.max(0, place - 60), place + 60)}`;
}
