import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  type HeatMap,
  type HeatPoint,
  heatLevel,
  heatMapView,
  heatRange,
  heatScale,
  ramp,
  spansText,
} from '../../../src/dashboard/charts/heat-map.ts';

const done = (value: number | null): HeatPoint => ({ status: 'done', value });

function mapOf(rows: (HeatPoint | null)[][], cursor = { column: 0, row: 0 }): HeatMap {
  const acrossLabels = rows[0].map((_, column) => String(column));
  return { rows, acrossLabels, downLabels: rows.map((_, row) => `r${row}`), cursor };
}

function textsOf(map: HeatMap, room = { width: 60, height: 20 }): string[] {
  return heatMapView(map, room).rows.map((row) => row.map(({ text }) => text).join(''));
}

describe('the levels', () => {
  it('are fifths of the range', () => {
    const range = { least: 0, greatest: 10 };
    expect([0, 1.9, 2, 5, 7.9, 8, 10].map((value) => heatLevel(value, range))).toEqual([1, 1, 2, 3, 4, 5, 5]);
  });

  it('never fall as the value rises', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 }), (values) => {
        const sorted = values.sort((a, b) => a - b);
        const levels = sorted.map((value) => heatLevel(value, heatRange(sorted))!);
        levels.forEach((level, place) => {
          expect(level).toBeGreaterThanOrEqual(levels[Math.max(0, place - 1)]);
        });
      }),
    );
  });

  it('are in the middle where all values are equal, and there is none for what is no number', () => {
    expect(heatLevel(3, heatRange([3, 3]))).toBe(3);
    expect(heatRange([Number.NaN, null])).toBeNull();
    for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY])
      expect(heatLevel(value, heatRange([1, 2]))).toBeNull();
  });

  it('have five texts that differ', () => {
    expect(new Set(heatScale().map(({ text }) => text)).size).toBe(5);
  });
});

describe('the colours', () => {
  it('get lighter from step to step, so that no hue is needed to tell more from less', () => {
    const luminances = ramp.map(luminance);
    expect(luminances).toEqual(luminances.toSorted((a, b) => a - b));
    expect(new Set(luminances).size).toBe(ramp.length);
  });
});

describe('a map in colour', () => {
  const spans = heatMapView(
    mapOf([
      [done(0), done(1)],
      [done(0.5), null],
    ]),
    { width: 40, height: 5 },
  ).rows.flat();

  it('has the text that it has without', () => {
    expect(stripVTControlCharacters(spansText(spans, true))).toBe(spansText(spans, false));
  });

  it('uses the whole ramp, and none where colour is not wanted', () => {
    expect(spansText(spans, true)).toContain(`\u001b[38;5;${ramp.at(-1)}m`);
    expect(spansText(spans, false)).not.toContain('\u001b');
  });
});

describe('a map', () => {
  it('shows each value’s level, and what is not known', () => {
    const row = [done(0), done(5), done(10), done(Number.NaN), done(null), null];
    const [text] = textsOf(mapOf([row, [{ status: 'queued', value: null }]], { column: 0, row: 1 }));
    expect(text).toBe('r0   1▒▒3██5  ?  –   ');
  });

  it('shows queued, running and failed points by marks', () => {
    const of = (status: HeatPoint['status'], value: number | null) => ({ status, value });
    const row = [of('queued', null), of('running', null), of('running', 1), of('failed', 2), done(3)];
    expect(textsOf(mapOf([row, row], { column: 0, row: 1 }))[0]).toBe('r0   ···~  ~▒▒✗██5');
  });

  it('brackets the cursor alone', () => {
    const rows = [0, 1, 2].map((row) => [0, 1, 2].map((column) => done(row + column)));
    const texts = textsOf(mapOf(rows, { column: 2, row: 1 }));
    expect(texts.join('').match(/\[/g)).toHaveLength(1);
    expect(texts[1]).toMatch(/\[▓+4 3\.000 \]$/);
  });

  it('of any size fits its room, the cursor in sight', () => {
    const size = fc.integer({ min: 1, max: 60 });
    const setting = fc.record({
      columns: size,
      rows: size,
      across: fc.nat(),
      down: fc.nat(),
      label: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => /^\P{C}*$/u.test(text)),
      width: fc.integer({ min: 20, max: 220 }),
      height: fc.integer({ min: 1, max: 70 }),
    });
    fc.assert(
      fc.property(setting, ({ columns, rows, across, down, label, width, height }) => {
        const cursor = { column: across % columns, row: down % rows };
        const points = Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (__, at) => done(row * at)),
        );
        const labels = (count: number) => Array.from({ length: count }, (_, place) => `${label}${place}`);
        const map = { rows: points, cursor, acrossLabels: labels(columns), downLabels: labels(rows) };
        const view = heatMapView(map, { width, height });
        const lines = view.rows.map((row) => row.map(({ text }) => text).join(''));
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of [...lines, view.labels]) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(view.rows.flat().filter(({ isCursor }) => isCursor)).toHaveLength(1);
        // All blocks of a row are equally wide.
        expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
      }),
    );
  });

  it('writes the numbers into blocks that have the room, and only there', () => {
    const map = mapOf([[done(1), done(2.5), done(-4e-7)]], { column: 1, row: 0 });
    const textAt = (width: number) =>
      heatMapView(map, { width, height: 3 })
        .rows[0].map(({ text }) => text)
        .join('');
    expect(textAt(60)).toBe('r0 ▒▒▒▒▒▒3 1.000 [████5 2.500 ]  1 −4.000e-7 ');
    expect(textAt(30)).toBe('r0 ▒▒3[5]  1');
  });

  it('has each label over the left edge of its block', () => {
    const map = { ...mapOf([[done(1), done(2), done(3)]]), acrossLabels: ['0.25', '0.5', '1'] };
    expect(heatMapView(map, { width: 30, height: 3 }).labels).toBe('   0.25 0.5  1');
    const narrow = { ...map, acrossLabels: ['0.0001', '0.0002', '0.0003'] };
    expect(heatMapView(narrow, { width: 14, height: 3 }).labels).toBe('   0.0001');
  });
});

/** Relative luminance of a colour of the 6 × 6 × 6 cube (WCAG 2). */
function luminance(code: number): number {
  const levels = [0, 95, 135, 175, 215, 255];
  const cube = code - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => {
    const share = levels[level] / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
