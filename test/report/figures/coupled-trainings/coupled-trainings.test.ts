import { describe, expect, it } from 'vitest';
import { coupledTrainingsFigures } from '../../../../src/report/figures/coupled-trainings/index.ts';
import { realAndProcess } from '../../../../src/report/figures/coupled-trainings/real-and-process.ts';
import { realAndProcessCells } from '../../../../src/report/figures/coupled-trainings/real-and-process-cells.ts';
import { realAndProcessOrder } from '../../../../src/report/figures/coupled-trainings/real-and-process-order.ts';
import { drawSvg } from '../../../../src/report/figures/draw.ts';
import { formatEstimate, formatSignificant } from '../../../../src/report/format-number.ts';
import { coupledTrainingsSource } from '../../../../src/report/sources/coupled-trainings-source.ts';
import { differenceEstimate } from '../../../../src/statistics/pair-estimates.ts';
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
    expect(realAndProcessCells.draw({ cells, shown: cells })!.caption).toContain('In every cell');
    expect(realAndProcessCells.draw({ cells: [growing], shown: [growing] })).toBeNull();
  });
});

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
