import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/api/run-options.ts';
import { simulate } from '../../src/api/simulate.ts';
import { type CoupledInput, type SweepOptions, type SweptCell, sweep } from '../../src/api/sweep.ts';
import { ScenarioError } from '../../src/scenarios/scenario-error.ts';
import { command, temporaryFolder } from '../cli/command.ts';

const grid = {
  name: 'grid',
  popularity: { lower: 0.02, upper: 0.04 },
  replicates: 60_000,
  sweep: { learningRate: [0.5, 1], 'popularity.upper': [0.04, 0.08] },
} satisfies CoupledInput;

async function cellsOf(scenario: CoupledInput | string, options: SweepOptions = {}): Promise<SweptCell[]> {
  const cells: SweptCell[] = [];
  for await (const cell of sweep(scenario, options)) cells.push(cell);
  return cells.toSorted((a, b) => a.index - b.index);
}

const reference = await cellsOf(grid, { workers: 0 });

describe('sweep', () => {
  it('tells every cell once, the same on any number of workers and with the numbers of the command', async () => {
    expect(reference.map(({ index, swept }) => [index, swept])).toEqual([
      [0, { learningRate: 0.5, 'popularity.upper': 0.04 }],
      [1, { learningRate: 0.5, 'popularity.upper': 0.08 }],
      [2, { learningRate: 1, 'popularity.upper': 0.04 }],
      [3, { learningRate: 1, 'popularity.upper': 0.08 }],
    ]);
    expect(await cellsOf(grid, { workers: 2 })).toEqual(reference);
    const words = ['run', JSON.stringify({ kind: 'coupled', ...grid }), '--format', 'json', '--quiet'];
    const { stdout } = await command(words, temporaryFolder());
    const { cells } = JSON.parse(stdout);
    expect(JSON.parse(JSON.stringify(reference))).toEqual(cells.map((cell: object) => ({ ...cell, failure: null })));
  });

  it('tells its progress up to the end', async () => {
    const told: Progress[] = [];
    await cellsOf(grid, { workers: 0, onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ cells: { done: 4, of: 4 }, replicates: { done: 240_000, of: 240_000 } });
    const counts = told.map(({ replicates }) => replicates.done);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.length).toBeGreaterThan(8);
  });

  it('throws the reason of its signal, keeps what is done in a run folder, and goes on from it to the same bytes', async () => {
    const folder = temporaryFolder();
    const [out, whole] = [join(folder, 'out'), join(folder, 'whole')];
    const controller = new AbortController();
    const reason = new Error('enough for today');
    const aborted = cellsOf(grid, {
      out,
      workers: 0,
      signal: controller.signal,
      onProgress: ({ replicates }) => {
        if (replicates.done > 60_000) controller.abort(reason);
      },
    });
    await expect(aborted).rejects.toBe(reason);
    const path = (from: string) => join(from, readdirSync(from)[0]);
    const lines = readFileSync(join(path(out), 'journal.ndjson'), 'utf8')
      .trim()
      .split('\n').length;
    expect(lines).toBeGreaterThan(2);
    const reused: number[] = [];
    const cells = await cellsOf(grid, { out, onProgress: ({ replicates }) => reused.push(replicates.done) });
    expect(cells).toEqual(reference);
    await cellsOf(grid, { out: whole, workers: 0 });
    const summary = (from: string) => readFileSync(join(path(from), 'summary.json'), 'utf8');
    expect(summary(out)).toBe(summary(whole));
    // A finished one is only read.
    const again = await cellsOf(grid, { out, onProgress: () => expect.unreachable() });
    expect(again).toEqual(JSON.parse(JSON.stringify(reference)));
  });

  it('stops at once with a signal that is aborted already, and when its loop is left', async () => {
    await expect(cellsOf(grid, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    const seen: number[] = [];
    for await (const { index } of sweep(grid, { workers: 2 })) {
      seen.push(index);
      break;
    }
    expect(seen).toHaveLength(1);
  });

  it('takes shipped scenarios and files by name, and says what is wrong in a scenario', async () => {
    const cells = await cellsOf('toy-steps', { workers: 0 });
    expect(cells).toHaveLength(1);
    await expect(cellsOf('toy-step')).rejects.toThrow(ScenarioError);
    await expect(cellsOf({ ...grid, batchSize: 0 })).rejects.toThrow(/batchSize — expected an integer from 1/);
  });

  it.each<[string, unknown]>([
    ['popularity.upper — expected a finite number, got NaN', { popularity: { lower: 0.1, upper: Number.NaN } }],
    ['sweep.learningRate[1] — expected a finite number, got Infinity', { sweep: { learningRate: [1, 1 / 0] } }],
    ['gain.model — expected a value that a file can hold, got a function', { gain: { model: () => 1 } }],
    ['seed — expected a value that a file can hold, got the bigint 3n', { seed: 3n }],
    ['expect[0] — expected a value that a file can hold, got nothing', { expect: [undefined] }],
    ['popularity — expected a value that a file can hold, got an instance of Map', { popularity: new Map() }],
    [
      'recordSteps — expected a list, got an instance of Float64Array; Array.from makes',
      { recordSteps: Float64Array.of(1) },
    ],
  ])('refuses what JSON would lose: %s', async (message, changes) => {
    const refusal = cellsOf({ ...grid, ...(changes as object) });
    await expect(refusal).rejects.toThrow(`inline scenario ${message}`);
    await expect(refusal).rejects.toThrow(ScenarioError);
  });

  it('refuses fields that hold themselves, and leaves out what is undefined', async () => {
    const popularity: Record<string, unknown> = { lower: 0.1, upper: 0.2 };
    popularity.upper = popularity;
    await expect(cellsOf({ ...grid, popularity } as never)).rejects.toThrow('popularity.upper — expected a value');
    const cells = await cellsOf({ ...grid, name: undefined, learningRate: undefined } as never, { workers: 0 });
    expect(cells).toEqual(reference);
  });

  it.each<[string, unknown, ErrorConstructor]>([
    ['workers to be a whole number from 0 to 256, got 1.5; without it', { workers: 1.5 }, RangeError],
    ['workers to be a whole number from 0 to 256, got "2"', { workers: '2' }, TypeError],
    ['kernel to be auto or plain, got "foo"', { kernel: 'foo' }, RangeError],
    ['onProgress to be a function, got true', { onProgress: true }, TypeError],
    [
      'signal to be an AbortSignal, got an instance of AbortController; a controller',
      { signal: new AbortController() },
      TypeError,
    ],
    ['out to be the path of a folder, got ""', { out: '' }, RangeError],
    ['out to be the path of a folder, got nothing', { out: null }, TypeError],
    ['options with workers, chunkTimeoutMs, kernel, signal, onProgress, out, got 3', 3, TypeError],
    [
      'one of workers, chunkTimeoutMs, kernel, signal, onProgress, out, got an unknown worker; did you mean workers?',
      { worker: 2 },
      TypeError,
    ],
  ])('refuses an option: %s', async (message, options, kind) => {
    const refusal = cellsOf(grid, options as SweepOptions);
    await expect(refusal).rejects.toThrow(`sweep: expected ${message}`);
    await expect(refusal).rejects.toThrow(kind);
  });

  it('refuses what is neither a name nor fields', async () => {
    await expect(cellsOf(null as never)).rejects.toThrow('sweep: expected the name of a scenario');
    await expect(cellsOf([] as never)).rejects.toThrow('or its fields as an object, got a list of 0');
  });
});

describe('simulate', () => {
  it('refuses what is not one pair', async () => {
    await expect(simulate(grid)).rejects.toThrow('simulate: expected the fields of one pair');
    await expect(simulate('toy-steps' as never)).rejects.toThrow('simulate: expected the fields of one pair');
    await expect(simulate(null as never)).rejects.toThrow(TypeError);
  });

  it('names itself where an option is wrong', async () => {
    await expect(simulate({ popularity: grid.popularity }, { workers: -1 })).rejects.toThrow(
      'simulate: expected workers to be a whole',
    );
  });

  it('is a sweep of one cell', async () => {
    const { sweep: _, ...pair } = grid;
    const result = await simulate({ ...pair, learningRate: 0.5 }, { workers: 0 });
    const [first] = reference;
    expect(first).toMatchObject(result);
  });
});
