import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { cellResult } from '../../src/engine/cell-result.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { exportTable } from '../../src/results/export/index.ts';
import { rowsOf } from '../../src/results/export/rows.ts';
import { type RunSummary, summarySchema } from '../../src/results/summary-schema.ts';
import { pairOf } from '../coupling/pairs.ts';

/** Names that a spreadsheet would run, that would end a Markdown cell, and that would bring markup. */
const hostile = '=cmd()|"x", <b>&\n`';

async function summaryOf(): Promise<RunSummary> {
  const request = { coupling: 'steps', generator: 'sfc32', seed: 1, replicates: 50, recordedSteps: [3, 6] } as const;
  const lognormal = { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 } as const;
  const plan = planCells([
    { ...request, pair: pairOf() },
    { ...request, pair: pairOf({ gain: lognormal }) },
  ]);
  const cells = [];
  for await (const event of runPlan(plan, { executor: inProcess() })) {
    if (event.type !== 'cell') continue;
    const items = {
      lower: { label: hostile, interactions: 3 },
      upper: { label: '-1', interactions: 5 },
      skippedRows: 0,
    };
    cells.push({
      index: event.cell.index,
      ...cellResult(event.cell, event.summary),
      couplingReason: 'asked for',
      swept: { 'gain.sigma': event.cell.index },
      items,
    });
  }
  return summarySchema.parse({
    scenario: 's',
    description: '',
    id: 'x',
    seed: 1,
    version: '0',
    cells: JSON.parse(JSON.stringify(cells)),
    failures: [],
  });
}

const summary = await summaryOf();

describe('export of cells', () => {
  const rows = rowsOf(summary, 'cells');

  it('has a row a cell, with the same columns in each, null where a cell has no such field', () => {
    expect(rows).toHaveLength(2);
    expect(Object.keys(rows[1])).toEqual(Object.keys(rows[0]));
    expect(rows.map((row) => row['gain.sigma'])).toEqual([null, 0.5]);
    expect(rows[0]['norm.lower.mean']).toBe(summary.cells[0].norm.lower.mean);
    expect(rows[1]['norm.lower.exact']).toBeNull();
  });

  it('gives the same numbers back from CSV, and no formula', () => {
    const text = exportTable(summary, 'cells', 'csv') as string;
    const [first] = parse(text, { columns: true }) as Record<string, string>[];
    expect(Number(first['norm.difference.mean'])).toBe(summary.cells[0].norm.difference.mean);
    expect(first['items.lower.label']).toBe(`'${hostile}`);
    expect(first['items.upper.label']).toBe("'-1");
  });

  it('gives the same rows back from Parquet, with the run in its metadata', async () => {
    const bytes = exportTable(summary, 'cells', 'parquet') as Uint8Array;
    const file = bytes.slice().buffer;
    expect(await parquetReadObjects({ file })).toEqual(rows);
    expect(parquetMetadata(file).key_value_metadata).toContainEqual({ key: 'scenario', value: 's' });
  });

  it('keeps a hostile name inside its Markdown cell', () => {
    const lines = (exportTable(summary, 'cells', 'markdown') as string).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    const cells = lines.map((line) => line.split('|').length);
    expect(new Set(cells).size).toBe(1);
    expect(lines[2]).not.toContain('<b>');
  });

  it('is the rows themselves as JSON', () => {
    expect(JSON.parse(exportTable(summary, 'cells', 'json') as string)).toEqual(rows);
  });
});

it('exports trajectories with a row for every cell, run and recorded step', () => {
  const rows = rowsOf(summary, 'trajectory');
  expect(rows).toHaveLength(2 * 2 * 2);
  expect(rows[3]).toMatchObject({ cell: 0, run: 'upper', step: 6, mean: summary.cells[0].trajectory.upper.mean[1] });
});
