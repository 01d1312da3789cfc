import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../../src/report/figures/draw.ts';
import { gainByMultiplicity } from '../../../../src/report/figures/predictors/gain-by-multiplicity.ts';
import { predictorsFigures } from '../../../../src/report/figures/predictors/index.ts';
import { predictorQuality } from '../../../../src/report/figures/predictors/predictor-quality.ts';
import { predictorResiduals } from '../../../../src/report/figures/predictors/predictor-residuals.ts';
import { formatShare, formatSignificant } from '../../../../src/report/format-number.ts';
import { predictorsSource } from '../../../../src/report/sources/predictors-source.ts';
import { marksIn, rates, rowsOf, stored, storedPredictors } from '../stored.ts';

const run = storedPredictors(rates(20, 100));
const source = await predictorsSource(run);
const [{ name: first, training }] = source.shown;

describe('predictor-residuals', () => {
  const figure = predictorResiduals.draw(source)!;

  it('has predicted and measured norms of each item, and their relative difference', () => {
    for (const { name, training } of source.shown) {
      for (const { letter, title, finalNorm } of training.comparison!.predictors) {
        const rows = rowsOf(figure, name, `(${letter}) ${title}`) as Record<
          'item' | 'predicted' | 'measured' | 'residual',
          number
        >[];
        expect(rows).toHaveLength(40);
        for (const { item, predicted, measured, residual } of rows) {
          expect([predicted, measured]).toEqual([finalNorm[item], training.items.finalNorm[item]]);
          expect(residual).toBe(predicted / measured - 1);
        }
      }
    }
  });

  it('begins with the predictor that nothing is fitted in, and says each one’s median error', async () => {
    expect(figure.choice!.options[0]).toBe('(f) the softmax law');
    expect(await marksIn(figure, 'symbol')).toBe(80);
    const errors = rowsOf(figure, first, '(a) one constant gain').map(({ residual }) => Math.abs(residual as number));
    errors.sort((a, b) => a - b);
    expect(figure.caption).toContain(`(a) ${formatShare(errors[20])}`);
  });

  it('is none of a summary of before predictions were kept', async () => {
    const { cells } = structuredClone(run.summary) as unknown as { cells: { trainings: (typeof training)[] }[] };
    for (const { trainings } of cells) {
      for (const { comparison } of trainings) {
        for (const predictor of comparison!.predictors) delete (predictor as { finalNorm?: unknown }).finalNorm;
      }
    }
    const old = await predictorsSource(stored(run.manifest.plan as object, cells));
    expect(predictorResiduals.draw(old)).toBeNull();
    expect(predictorQuality.draw(old)!.rows).toEqual(predictorQuality.draw(source)!.rows);
  });

  it('leaves out what is no number', async () => {
    const { cells } = structuredClone(run.summary) as unknown as { cells: { trainings: (typeof training)[] }[] };
    const [{ finalNorm }] = cells[0].trainings[0].comparison!.predictors;
    (finalNorm as (number | null)[])[7] = null;
    const figure = predictorResiduals.draw(await predictorsSource(stored(run.manifest.plan as object, cells)))!;
    const items = rowsOf(figure, first, '(a) one constant gain').map(({ item }) => item);
    expect(items).toHaveLength(39);
    expect(items).not.toContain(7);
  });
});

it('leaves out of the captions what no number is known of', () => {
  const unknown = source.shown.map((of) => {
    const predictors = of.training.comparison!.predictors.map((predictor, index) => ({
      ...predictor,
      finalNorm: index === 0 ? predictor.finalNorm.map(() => null) : predictor.finalNorm,
      growthR2: null,
    }));
    const law = of.training.law.map(() => 0);
    return { ...of, training: { ...of.training, law, comparison: { ...of.training.comparison!, predictors } } };
  });
  const withUnknown = { ...source, shown: unknown };
  const residuals = predictorResiduals.draw(withUnknown)!;
  expect(residuals.caption).toMatch(/ is \(f\) [\d.]+ %/);
  expect(residuals.caption).not.toContain('(a)');
  expect(predictorQuality.draw(withUnknown)!.caption).not.toContain('median error');
  expect(gainByMultiplicity.draw(withUnknown)!.caption).not.toContain('off the law');
  for (const figure of predictorsFigures) expect(figure.draw(withUnknown)!.caption).not.toMatch(/NaN|Infinity/);
});

describe('predictor-quality', () => {
  const figure = predictorQuality.draw(source)!;

  it('has each predictor’s values with their intervals', async () => {
    const { predictors } = training.comparison!;
    for (const [choice, measure] of [
      ['R² of the growth s_T − s₀', 'growthR2'],
      ['R² of the final norm', 'normR2'],
      ['median relative error of the growth', 'growthError'],
    ] as const) {
      const rows = rowsOf(figure, first, choice).map(({ value, low, high }) => ({ value, low, high }));
      expect(rows).toEqual(predictors.map((of) => of[measure]));
    }
    const [a] = predictors;
    const [r2, error] = [formatSignificant(a.growthR2!.value, 4), formatSignificant(100 * a.growthError!.value, 2)];
    expect(figure.caption).toContain(`(a) ${r2} and ${error} %`);
    expect(await marksIn(figure, 'symbol')).toBe(12);
    expect(await marksIn(figure, 'rule')).toBe(12);
  });
});

describe('gain-by-multiplicity', () => {
  const figure = gainByMultiplicity.draw(source)!;

  it('has the mean gain and the law for each number of copies', async () => {
    const { gains, law } = training;
    expect(rowsOf(figure, 'measured mean', first)).toMatchObject(
      gains!.byMultiplicity.map(({ multiplicity, appearances, meanGain: gain }) => ({
        multiplicity,
        appearances,
        gain,
      })),
    );
    expect(rowsOf(figure, 'the law c(K)', first)).toMatchObject(law.map((gain) => ({ gain })));
    expect(await marksIn(figure, 'symbol')).toBe(law.length);
    expect(figure.caption).toContain(`c ∝ K^${formatSignificant(gains!.multiplicityExponent!, 3)}.`);
  });

  it('says how far the mean is off the law where there are many appearances', () => {
    const errors = training.gains!.byMultiplicity.flatMap(({ appearances, meanGain }, index) =>
      appearances < 100 ? [] : [Math.abs(meanGain / training.law[index] - 1)],
    );
    expect(errors.length).toBeGreaterThan(1);
    expect(figure.caption).toContain(`is at most ${formatShare(Math.max(...errors))} off the law`);
  });

  it('is none where no gains were kept', () => {
    const shown = source.shown.map((of) => ({ ...of, training: { ...of.training, gains: null } }));
    expect(gainByMultiplicity.draw({ ...source, shown })).toBeNull();
  });
});

it('draws all that a study has, with rows of plain fields', async () => {
  const figures = predictorsFigures.map((of) => of.draw(source)!);
  for (const figure of figures) {
    expect(await drawSvg(figure, 'page')).toMatch(/^<svg role="img"/);
    for (const field of figure.rows.flatMap((row) => Object.keys(row))) expect(field).toMatch(/^[a-zA-Z\d]+$/);
  }
});
