import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { axisOf } from '../../../src/dashboard/charts/axis.ts';
import { type Curve, lineChart } from '../../../src/dashboard/charts/line-chart.ts';
import { axisScales } from '../../../src/dashboard/ui-state.ts';

const room = { width: 60, height: 12 };

function curve(values: readonly number[], changes: Partial<Curve> = {}): Curve {
  const at = values.map((_, index) => index + 1);
  return { label: 'a', at, values, stroke: 'thin', paint: (text) => text, ...changes };
}

const linear = { scale: 'linear', places: 'step' } as const;

describe('lineChart', () => {
  it('draws nothing where there is nothing to draw', () => {
    const empties = [[], [Number.NaN], [Number.POSITIVE_INFINITY, Number.NaN]];
    expect(empties.map((values) => lineChart([curve(values)], room, linear))).toEqual([[], [], []]);
    expect(lineChart([], room, linear)).toEqual([]);
  });

  it('draws lines of no more columns and no more rows than the room, whatever the values', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1e308));
    const stroke = fc.constantFrom<Curve['stroke']>('thin', 'heavy', { mark: '·', everyColumns: 2 });
    const anyCurve = fc
      .tuple(fc.array(value, { maxLength: 300 }), stroke, fc.constantFrom('', 'a', '‖q″‖'))
      .map(([values, stroke, label]) => curve(values, { stroke, label }));
    const anyRoom = fc.record({ width: fc.integer({ min: 1, max: 220 }), height: fc.integer({ min: 1, max: 70 }) });
    fc.assert(
      fc.property(
        fc.array(anyCurve, { maxLength: 4 }),
        anyRoom,
        fc.constantFrom(...axisScales),
        (curves, space, scale) => {
          const lines = lineChart(curves, space, { scale, places: 'step' });
          expect(lines.length).toBeLessThanOrEqual(space.height);
          expect(Math.max(0, ...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(space.width);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('draws curves that differ by less than rounding', () => {
    expect(lineChart([curve([1, 1 + Number.EPSILON])], room, linear).length).toBeGreaterThan(0);
  });

  it('labels the top line with the greatest value and the lowest with the least', () => {
    const lines = lineChart([curve([2, 3, 7])], room, linear);
    expect(lines[0]).toMatch(/^7\.00┤/);
    expect(lines.at(-2)).toMatch(/^2\.00┼/);
    expect(lines.at(-1)).toMatch(/step 1 +3/);
  });

  it('writes each curve at its end, on the line where it ends', () => {
    const lines = lineChart([curve([1, 2], { label: 'low' }), curve([1, 9], { label: 'high' })], room, linear);
    expect(lines[0]).toMatch(/high$/);
    expect(lines.findIndex((line) => line.endsWith('low'))).toBeGreaterThan(5);
  });

  it('leaves a gap where a value is not finite', () => {
    const gap = [5, 5, 5, Number.NaN, Number.NaN, Number.NaN, 5, 6];
    const whole = gap.map((value) => (Number.isNaN(value) ? 5 : value));
    const [gapped, drawn] = [gap, whole].map((values) => lineChart([curve(values)], room, linear).at(-2)!);
    expect(drawn).toMatch(/^\S+─+╯/);
    expect(gapped).toMatch(/─ {10,}─*╯/);
  });

  it('ends a shorter curve where it is no longer known', () => {
    const lines = lineChart(
      [curve([1, 1, 1]), curve([2, 2, 2, 2, 2, 2], { stroke: 'heavy', label: 'b' })],
      room,
      linear,
    );
    const [thin, heavy] = ['─', '━'].map((sign) => lines.join('').split(sign).length);
    expect(thin / heavy).toBeCloseTo(2 / 5, 1);
  });
});

describe('axisOf', () => {
  const fourthRoots = [1, 2, 3, 4, 5].map((step) => (step * 10) ** 0.25);

  it('makes a fourth root a straight line on the fourth power, and on no other scale', () => {
    const bends = axisScales.map((scale) => {
      const { heightOf } = axisOf(fourthRoots, scale, 41)!;
      return Math.abs(heightOf(fourthRoots[2]) - 20);
    });
    expect(bends[2]).toBeLessThan(1e-12);
    expect(Math.min(bends[0], bends[1])).toBeGreaterThan(1);
  });

  it('is labelled by the values themselves on every scale', () => {
    for (const scale of axisScales) {
      const axis = axisOf([1.5, 6], scale, 10)!;
      expect([Number(axis.label(0)), Number(axis.label(9))]).toEqual([1.5, 6]);
    }
  });

  it('gives no height to what a logarithm does not have', () => {
    const axis = axisOf([0, -1, 1, 10], 'logarithmic', 10)!;
    expect([0, -1, 1, 10].map(axis.heightOf)).toEqual([Number.NaN, Number.NaN, 0, 9]);
  });
});
