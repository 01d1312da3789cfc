import { expect, it } from 'vitest';
import { BrailleCanvas } from '../../../src/dashboard/charts/braille.ts';
import { fitted, type Layer, paintedLines, plotLines, spread } from '../../../src/dashboard/charts/braille-plot.ts';

/** A canvas of three characters with a dot in some, and a colour that can be read. */
function layer(name: string, columns: readonly number[], bit: number): Layer {
  const canvas = new BrailleCanvas(3, 1);
  for (const column of columns) canvas.dot(2 * column, bit);
  return { canvas, paint: (text) => `<${name} ${text}>` };
}

it('has the dots of all layers, in the colour of the last that has some', () => {
  expect(paintedLines([layer('a', [0, 1], 0), layer('b', [1], 1)])).toEqual(['<a ⠁><b ⠃> ']);
  expect(paintedLines([layer('a', [0, 2], 0)])).toEqual(['<a ⠁> <a ⠁>']);
});

const plot = {
  title: 'title',
  range: [0.5, 12] as const,
  foot: (columns: number) => spread(['1', 'epochs', '9'], columns),
  draw: (open: () => BrailleCanvas) => [{ canvas: open(), paint: (text: string) => text }],
};

it('has the ends of its axis beside the lowest and the highest dots', () => {
  expect(plotLines(plot, { width: 20, height: 5 }).map((line) => line.trimEnd())).toEqual([
    'title',
    ' 12.0',
    '',
    '0.500',
    '      1   epochs   9',
  ]);
});

it('drops the line below, then the title, in a low room, and the axis in a narrow one', () => {
  expect(plotLines(plot, { width: 20, height: 4 }).map((line) => line.trimEnd())).toEqual([
    'title',
    ' 12.0',
    '',
    '0.500',
  ]);
  expect(plotLines(plot, { width: 20, height: 2 }).map((line) => line.trimEnd())).toEqual(['', '']);
  expect(plotLines(plot, { width: 10, height: 5 }).map((line) => line.trimEnd())).toEqual([
    'title',
    '',
    '',
    '',
    '1 epochs 9',
  ]);
});

it('cuts and fills text to columns', () => {
  expect(fitted('abcdef', 3)).toBe('abc');
  expect(fitted('ab', 4)).toBe('ab  ');
  expect(spread(['1', 'epochs', '9'], 5)).toBe('1   9');
});
