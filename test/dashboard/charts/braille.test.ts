import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { BrailleCanvas, polyline, rangeOf, scatter } from '../../../src/dashboard/charts/braille.ts';

/** What a canvas shows, as dots: a line of text for each line of dots. */
function dotsOf(canvas: BrailleCanvas): string[] {
  // The order of the bits of U+2800 to U+28FF is that of dots 1 to 8: 1 2 3 7 on the left, 4 5 6 8 on the right.
  const places = [
    [0, 3],
    [1, 4],
    [2, 5],
    [6, 7],
  ];
  return canvas.lines().flatMap((line) => {
    const bits = [...line].map((character) => (character === ' ' ? 0 : character.charCodeAt(0) - 0x2800));
    return places.map((pair) => bits.flatMap((of) => pair.map((bit) => ((of >> bit) & 1 ? '#' : '.'))).join(''));
  });
}

function drawn(columns: number, rows: number, draw: (canvas: BrailleCanvas) => void): BrailleCanvas {
  const canvas = new BrailleCanvas(columns, rows);
  draw(canvas);
  return canvas;
}

describe('a canvas', () => {
  it.each([
    [0, 0, '⠁'],
    [0, 1, '⠂'],
    [0, 2, '⠄'],
    [0, 3, '⡀'],
    [1, 0, '⠈'],
    [1, 1, '⠐'],
    [1, 2, '⠠'],
    [1, 3, '⢀'],
  ])('has the dot at %d, %d as %s', (x, y, character) => {
    expect(drawn(1, 1, (canvas) => canvas.dot(x, y)).lines()).toEqual([character]);
  });

  it('is full at U+28FF, and blank where nothing is set', () => {
    const canvas = drawn(2, 1, (canvas) => {
      for (let dot = 0; dot < 8; dot++) canvas.dot(dot & 1, dot >> 1);
    });
    expect(canvas.lines()).toEqual(['\u28ff ']);
  });

  it('draws a line with both its ends', () => {
    expect(drawn(2, 1, (canvas) => canvas.line([0, 0], [3, 3])).lines()).toEqual(['⠑⢄']);
    expect(dotsOf(drawn(3, 1, (canvas) => canvas.line([5, 1], [0, 3])))).toEqual([
      '......',
      '....##',
      '..##..',
      '##....',
    ]);
  });

  it('draws a circle', () => {
    const circle = drawn(6, 3, (canvas) => canvas.circle([5, 5], 5));
    expect(dotsOf(circle)).toEqual([
      '...#####....',
      '..#.....#...',
      '.#.......#..',
      '#.........#.',
      '#.........#.',
      '#.........#.',
      '#.........#.',
      '#.........#.',
      '.#.......#..',
      '..#.....#...',
      '...#####....',
      '............',
    ]);
    expect(circle.lines()).toEqual(['⡠⠊⠉⠉⠢⡀', '⡇    ⡇', '⠈⠢⠤⠤⠊ ']);
  });

  it('cuts a line that begins and ends outside, however far', () => {
    const inside = drawn(4, 2, (canvas) => canvas.line([0, 0], [7, 7]));
    const across = drawn(4, 2, (canvas) => canvas.line([-1e12, -1e12], [1e12, 1e12]));
    expect(across.lines()).toEqual(inside.lines());
    expect(drawn(4, 2, (canvas) => canvas.line([-5, 3], [-1, 3])).lines()).toEqual(['    ', '    ']);
  });

  it('never throws, and is always as large as it was made', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: -20, max: 60 }));
    const point = fc.tuple(number, number);
    const size = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(size, size, fc.array(fc.tuple(point, point), { maxLength: 5 }), (columns, rows, strokes) => {
        const canvas = drawn(columns, rows, (canvas) => {
          for (const [from, to] of strokes) {
            canvas.line(from, to);
            canvas.circle(from, to[0]);
          }
          scatter(canvas, strokes.flat(), { x: strokes[0]?.[0] ?? [0, 1], y: [0, 1] });
        });
        expect(canvas.lines().map((line) => stringWidth(line))).toEqual(Array.from({ length: rows }, () => columns));
      }),
      { seed: 1 },
    );
  });
});

const unit = { x: [0, 1], y: [0, 1] } as const;

it('has the ends of the axes at its edges, and y upwards', () => {
  const canvas = drawn(2, 1, (canvas) => {
    scatter(
      canvas,
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [Number.NaN, 0],
      ],
      unit,
    );
  });
  expect(dotsOf(canvas)).toEqual(['...#', '....', '....', '#...']);
});

it('draws points on a part of its width', () => {
  const canvas = drawn(3, 1, (canvas) => scatter(canvas, [[1, 0]], unit, { area: { left: 2, width: 2 } }));
  expect(dotsOf(canvas)).toEqual(['......', '......', '......', '...#..']);
});

it('draws lines from point to point, and a dot for a single one', () => {
  const tent = drawn(4, 1, (canvas) => {
    const [low, high, lowAgain] = [[0, 0] as const, [3, 3] as const, [7, 0] as const];
    polyline(canvas, [low, high, lowAgain], { x: [0, 7], y: [0, 3] });
  });
  expect(dotsOf(tent)).toEqual(['...#....', '..#.#...', '.#...##.', '#......#']);
  const single = drawn(1, 1, (canvas) => polyline(canvas, [[3, 3]], { x: [3, 3], y: [3, 3] }));
  expect(single.lines().join('').trim()).not.toBe('');
});

it('has the range of what is finite', () => {
  expect(rangeOf([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(rangeOf([Number.NaN])).toBeNull();
});
