import { describe, expect, it } from 'vitest';
import { coupledTrainingsFigures } from '../../../../src/report/figures/coupled-trainings/index.ts';
import { realAndProcess } from '../../../../src/report/figures/coupled-trainings/real-and-process.ts';
import { realAndProcessCells } from '../../../../src/report/figures/coupled-trainings/real-and-process-cells.ts';
import { realAndProcessOrder } from '../../../../src/report/figures/coupled-trainings/real-and-process-order.ts';
import { drawSvg } from '../../../../src/report/figures/draw.ts';
import { formatEstimate, formatSignificant } from '../../../../src/report/format-number.ts';
import { coupledTrainingsSource } from '../../../../src/report/sources/coupled-trainings-source.ts';
import { differenceEstimate } from '../../../../src/statistics/pair-estimates.ts';
import { shareInterval } from '../../../../src/statistics/share-interval.ts';
import { foreignId } from '../sample.ts';
import { marksIn, rowsOf, storedCoupled } from '../stored.ts';

const source = await coupledTrainingsSource(
  storedCoupled([
    [0.02, 0.3],
    [0.6, 1],
  ]),
);
const [growing, shrinking] = source.cells;

const runsOf = ({ result }: typeof growing) =>
  [
    ['real trainings', result.real],
    ['process by the law (f)', result.processes.law],
    ['process with shared gains', result.processes.shared],
    ['process with own gains (e)', result.processes.own],
  ] as const;

describe('real-and-process', () => {
  const figure = realAndProcess.draw(source)!;

  it('has the mean difference and its error after each recorded step, of real trainings and processes', () => {
    expect(figure.choice!.options).toEqual(['p 0.02 → 0.3', 'p 0.6 → 1']);
    for (const cell of source.cells) {
      for (const [series, { norms }] of runsOf(cell)) {
        const rows = rowsOf(figure, series, cell.name);
        expect(rows.map(({ step }) => step)).toEqual([10, 20, 40]);
        expect(rows.map(({ value, standardError }) => ({ estimate: value, standardError }))).toEqual(
          norms.map(differenceEstimate),
        );
      }
    }
  });

  it('says where they end, with errors', async () => {
    const { estimate, standardError } = differenceEstimate(growing.result.real.norms.at(-1)!);
    expect(figure.caption).toContain(
      `After 40 steps at p 0.02 → 0.3 it is ${formatEstimate(estimate, standardError)} ± ${formatSignificant(standardError!, 2)} (real trainings)`,
    );
    expect(await marksIn(figure, 'line')).toBe(4);
    expect(await marksIn(figure, 'symbol')).toBe(12);
  });
});

describe('real-and-process-order', () => {
  it('has the share of pairs out of order after each recorded step', () => {
    const figure = realAndProcessOrder.draw(source)!;
    for (const cell of source.cells) {
      for (const [series, { violated }] of runsOf(cell)) {
        const rows = rowsOf(figure, series, cell.name);
        expect(rows.map(({ pairs, value }) => [pairs, value])).toEqual(violated.map((pairs) => [pairs, pairs / 8]));
      }
    }
    expect(rowsOf(figure, 'real trainings', shrinking.name).at(-1)!.value).toBe(1);
    expect(figure.caption).toMatch(
      /At p 0\.02 → 0\.3, after some step and at the end: [\d.]+ % and [\d.]+ % \(real trainings\)/,
    );
  });
});

describe('real-and-process-cells', () => {
  it('has the end of each cell, and says where the order turns round', async () => {
    const figure = realAndProcessCells.draw(source)!;
    for (const cell of source.cells) {
      for (const [series, { norms, order }] of runsOf(cell)) {
        const rows = rowsOf(figure, series).filter(({ pair }) => pair === cell.name);
        expect(rows.map(({ value }) => value)).toEqual([
          differenceEstimate(norms.at(-1)!).estimate,
          order.pairsViolatedAtEnd / 8,
          order.pairsViolatedAtSomeStep / 8,
        ]);
      }
    }
    const { estimate } = differenceEstimate(shrinking.result.real.norms.at(-1)!);
    expect(figure.caption).toContain(`shorter on average at p 0.6 → 1 (${formatSignificant(estimate, 3)}).`);
    expect(await marksIn(figure, 'symbol')).toBe(8);
  });

  it('says that none turns round where none does, and is none of a single cell', async () => {
    const cells = [growing, { ...growing, name: 'another', index: 1 }];
    expect(realAndProcessCells.draw({ cells, shown: cells })!.caption).toContain(
      'ends longer on average in every cell, by more than 2 standard errors.',
    );
    expect(realAndProcessCells.draw({ cells: [growing], shown: [growing] })).toBeNull();
  });
});

it('tells no order from a difference within its error, and counts the cells that are not drawn', () => {
  // Both runs as one, as in a cell whose difference is 0.
  const { real } = growing.result;
  const norms = real.norms.map((moments) => ({ ...moments, mean: [1, 1] as [number, number] }));
  const equal = { ...growing, name: 'equal', result: { ...growing.result, real: { ...real, norms } } };
  const cells = Array.from({ length: 25 }, (_, index) => ({
    ...(index === 1 ? shrinking : index === 3 ? equal : growing),
    name: `cell ${index}`,
    index,
  }));
  const figure = realAndProcessCells.draw({ cells, shown: cells.slice(0, 8) })!;
  expect(new Set(figure.rows.map(({ pair }) => pair)).size).toBe(12);
  expect(figure.rows.map(({ pair }) => pair)).not.toContain('cell 1');
  expect(figure.caption).toMatch(
    /longer on average in 23 of 25 cells, by more than 2 standard errors; shorter on average at cell 1 \(−[\d.]+\); 1 cannot be told from chance\./,
  );
  expect(figure.caption).toContain('farthest apart at cell 3: ');
});

it('has intervals of a share that have a width at 0 and at all, and stay within 0 and 1', () => {
  const order = { ...growing.result.real.order, pairsViolatedAtEnd: 0, pairsViolatedAtSomeStep: growing.result.pairs };
  const violated = growing.result.real.violated.map(() => 0);
  const cell = { ...growing, result: { ...growing.result, real: { ...growing.result.real, order, violated } } };
  const cells = [cell, { ...cell, name: 'another', index: 1 }];
  const ends = rowsOf(realAndProcessCells.draw({ cells, shown: cells })!, 'real trainings').filter(
    ({ pair }) => pair === cell.name,
  );
  const [, none, all] = ends;
  expect(none).toMatchObject(shareIntervalOf(0));
  expect(all).toMatchObject(shareIntervalOf(8));
  expect(none.high).toBeGreaterThan(0.3);
  for (const row of rowsOf(realAndProcessOrder.draw({ cells, shown: cells })!, 'real trainings')) {
    expect(row).toMatchObject(shareIntervalOf(0));
  }
});

function shareIntervalOf(pairs: number) {
  const { low, high } = shareInterval(pairs, 8);
  return { low, high };
}

it('lets nothing that was swept be markup', async () => {
  const hostile = await coupledTrainingsSource(
    storedCoupled(
      [
        [0.1, 0.2],
        [0.1, 0.3],
      ],
      { [foreignId]: foreignId },
    ),
  );
  for (const figure of coupledTrainingsFigures.flatMap((of) => of.draw(hostile) ?? [])) {
    expect(await drawSvg(figure, 'page')).not.toContain('<script');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    expect(JSON.stringify(figure.rows) + figure.caption).not.toMatch(/[\u0000-\u001f\u2028]/);
  }
});
