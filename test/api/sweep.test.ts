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
    await expect(cellsOf(grid, { workers: 1.5 })).rejects.toThrow('workers — expected a whole number from 0 to 256');
    await expect(cellsOf({ ...grid, batchSize: 0 })).rejects.toThrow(/batchSize — expected an integer from 1/);
    await expect(cellsOf({ ...grid, learningRate: Number.NaN })).rejects.toThrow(
      'learningRate — expected a finite number',
    );
  });
});

describe('simulate', () => {
  it('refuses what is not one pair', async () => {
    await expect(simulate(grid)).rejects.toThrow('simulate: expected the fields of one pair');
    await expect(simulate('toy-steps' as never)).rejects.toThrow('simulate: expected the fields of one pair');
  });

  it('is a sweep of one cell', async () => {
    const { sweep: _, ...pair } = grid;
    const result = await simulate({ ...pair, learningRate: 0.5 }, { workers: 0 });
    const [first] = reference;
    expect(first).toMatchObject(result);
  });
});
