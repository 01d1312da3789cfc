import { describe, expect, it } from 'vitest';
import { alongField } from '../../../../src/report/figures/coupled/along-field.ts';
import { heatMap } from '../../../../src/report/figures/coupled/heat-map.ts';
import { varianceReduction } from '../../../../src/report/figures/coupled/variance-reduction.ts';
import { drawSvg } from '../../../../src/report/figures/draw.ts';
import { pictureSection } from '../../../../src/report/page/figure-section.ts';
import { rowsOf } from './source-of.ts';
import * as sources from './sources.ts';

describe('alongField', () => {
  const figure = alongField.draw(sources.rates)!;
  const [difference, relative, violated, reduction, zScore] = figure.choice!.options;

  it('has the numbers of the summary, with their intervals, and the exact ones', () => {
    for (const { index, swept, norm, order, varianceReduction } of sources.rates.cells) {
      const of = (choice: string) => rowsOf(figure, { choice, cell: index });
      const { mean, standardError, exact, zScore: z } = norm.difference;
      const [low, high] = [mean - 2 * standardError!, mean + 2 * standardError!];
      expect(of(difference)).toMatchObject([{ x: swept.learningRate, value: mean, low, high }, { value: exact }]);
      expect(of(relative)).toMatchObject([
        { value: (100 * mean) / norm.lower.mean, low: null },
        { value: (100 * exact!) / norm.lower.exact! },
      ]);
      expect(of(violated)).toMatchObject([{ value: (100 * order.pairsViolatedAtSomeStep) / order.pairs, low: 0 }]);
      expect(of(reduction)).toMatchObject([
        { value: varianceReduction.norm.estimate },
        { value: varianceReduction.norm.exact },
      ]);
      expect(of(zScore)).toMatchObject([{ value: z }]);
    }
  });

  it('is for one swept field', () => {
    expect(alongField.draw(sources.sliced)).toBeNull();
    expect(alongField.draw(sources.constant)).toBeNull();
  });
});

describe('heatMap', () => {
  const figure = heatMap.draw(sources.sliced)!;
  const [difference, relative, violated, reduction, zScore] = figure.choice!.options;

  it('has the numbers of the summary, those that a reader may choose', () => {
    for (const { index, norm, order, varianceReduction } of sources.sliced.cells) {
      const value = (choice: string) => rowsOf(figure, { choice, cell: index })[0]?.value;
      expect(value(difference)).toBe(norm.difference.mean);
      expect(value(relative)).toBe((100 * norm.difference.mean) / norm.lower.mean);
      expect(value(violated)).toBe((100 * order.pairsViolatedAtSomeStep) / order.pairs);
      expect(value(reduction)).toBe(varianceReduction.norm.estimate);
      expect(value(zScore)).toBe(norm.difference.zScore);
    }
  });

  it('has rate and popularity as its axes, and no two cells in one place of a slice', () => {
    expect(figure.title).toBe('Over learningRate and popularity.upper');
    expect(figure.slice!.options).toEqual(['batchSize = 4', 'batchSize = 8']);
    const places = figure.rows.map(({ choice, slice, x, y }) => JSON.stringify([choice, slice, x, y]));
    expect(new Set(places).size).toBe(places.length);
    for (const slice of figure.slice!.options) expect(rowsOf(figure, { choice: difference, slice })).toHaveLength(6);
  });

  it('shades numbers of both signs away from 0, and positive ones that span decades by their logarithms', () => {
    const shades = (source: typeof sources.sliced) => {
      const { params } = heatMap.draw(source)!.spec as unknown as {
        params: { name: string; value: Record<string, object> }[];
      };
      return params.find(({ name }) => name === 'shades')!.value[difference];
    };
    const means = sources.sliced.cells.map(({ norm }) => norm.difference.mean);
    expect(shades(sources.sliced)).toEqual({
      scheme: 'viridis',
      isLog: true,
      from: Math.log10(Math.min(...means)),
      to: Math.log10(Math.max(...means)),
    });
    const reach = Math.max(...sources.counterexample.cells.map(({ norm }) => Math.abs(norm.difference.mean)));
    expect(shades(sources.counterexample)).toEqual({ scheme: 'purpleorange', isLog: false, from: -reach, to: reach });
  });

  it('draws a design as points where they lie, and says that other fields vary', () => {
    const scattered = heatMap.draw(sources.scattered)!;
    expect(scattered.zoomed).toEqual(['x', 'y']);
    expect(scattered.slice).toBeNull();
    expect(scattered.caption).toContain('Points: the cells of the sweep, whose other fields vary, too.');
    expect(figure.zoomed).toEqual([]);
  });

  it('names what is drawn on paper, and has two lists to choose from on a page', async () => {
    const svg = await drawSvg(figure, 'paper');
    expect(svg).toContain("Subtitle text 'E‖q″‖ − E‖q′‖");
    expect(svg).toContain('batchSize = 4');
    const section = await pictureSection({ place: 'here', figure }, { level: 2 });
    expect(section).toContain('<select id="here-choice" data-signal="chosen"><option>E‖q″‖ − E‖q′‖</option>');
    expect(section).toContain('<select id="here-slice" data-signal="sliced"><option>batchSize = 4</option>');
  });

  it('says from where to where the difference goes', () => {
    const means = sources.counterexample.cells.map(({ norm }) => norm.difference.mean);
    const said = /goes from (−[\d.]+) ± [\d.]+ \(popularity.lower = 0.75, .*\) to ([\d.]+) ±/.exec(
      heatMap.draw(sources.counterexample)!.caption,
    )!;
    expect(Number(said[1].replace('−', '-'))).toBeCloseTo(means[1], 2);
    expect(Number(said[2])).toBeCloseTo(means[0], 2);
  });
});

describe('varianceReduction', () => {
  it('has estimate, error and exact factor of each cell, for ‖q‖ and for s', () => {
    const figure = varianceReduction.draw(sources.sliced)!;
    const [ofNorm, ofSquare] = figure.choice!.options;
    for (const { index, varianceReduction } of sources.sliced.cells) {
      for (const [choice, { estimate, standardError, exact }] of [
        [ofNorm, varianceReduction.norm],
        [ofSquare, varianceReduction],
      ] as const) {
        const [measured, known] = rowsOf(figure, { choice, cell: index });
        expect(measured).toMatchObject({
          factor: estimate,
          standardError,
          low: estimate! - 2 * standardError!,
          high: estimate! + 2 * standardError!,
        });
        expect(known.factor).toBe(exact);
      }
    }
  });

  it('is drawn against the only swept field, or by the names of the cells', () => {
    const { planned } = sources.counterexample;
    const design = { ...planned.scenario.design, axes: ['popularity.lower'] };
    const along = varianceReduction.draw({
      ...sources.counterexample,
      planned: { ...planned, scenario: { ...planned.scenario, design } },
    })!;
    expect(along.zoomed).toEqual(['x', 'factor']);
    expect(along.rows[0].x).toBe(0.25);
    const named = varianceReduction.draw(sources.sliced)!;
    expect(named.zoomed).toEqual([]);
    expect(named.rows[0].name).toBe('4, 0.1, 0.1');
  });

  it('says how often the exact factor is near, and where none is known', () => {
    const near = sources.sliced.cells.filter(({ varianceReduction: { norm } }) => {
      return Math.abs(norm.estimate! - norm.exact!) <= 2 * norm.standardError!;
    });
    expect(varianceReduction.draw(sources.sliced)!.caption).toContain(
      `within 2 standard errors in ${near.length} of 12 cells`,
    );
    const off = sources.sliced.cells.map((cell, index) => {
      const { norm } = cell.varianceReduction;
      const exact = index < 2 ? norm.estimate! + 9 * norm.standardError! : norm.estimate!;
      return { ...cell, varianceReduction: { ...cell.varianceReduction, norm: { ...norm, exact } } };
    });
    // Chance puts two of twelve there in 1 of 10 runs, four of four in 1 of 200,000.
    expect(varianceReduction.draw({ ...sources.sliced, cells: off })!.caption).toMatch(
      /in 10 of 12 cells; by chance about 1 in 20 is beyond\.$/,
    );
    const far = [...off.slice(0, 2), ...off.slice(0, 2)].map((cell, index) => ({ ...cell, index }));
    expect(varianceReduction.draw({ ...sources.sliced, cells: far })!.caption).toContain('and where rare replicates');
    expect(varianceReduction.draw(sources.momentum)!.caption).toContain('No exact factor is known.');
    expect(varianceReduction.draw(sources.single)!.caption).toContain('none can be told from one pair');
  });
});
