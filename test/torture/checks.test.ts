import { expect, it } from 'vitest';
import { planCells } from '../../src/engine/plan.ts';
import { ownKernels } from '../../src/kernels/kernel-module.ts';
import { seedKernel } from '../../src/kernels/seed.ts';
import { pairOf } from '../coupling/pairs.ts';
import { faultOfScreen } from './ordeals/hostile/hostile-screens.ts';
import { forced } from './ordeals/numbers/forced-rows.ts';
import { judgeCell } from './ordeals/numbers/judge-cell.ts';
import { isPossibleGain } from './ordeals/numbers/known-gains.ts';
import { longPresence, longPresenceGap } from './ordeals/numbers/long-presence.ts';
import { drawBulk } from './ordeals/streams/stream-sets.ts';

// What the ordeals judge by must itself be able to say no.

it('long presences are the definition, down to the least number', () => {
  expect(longPresence(0.5, 2)).toEqual({ present: 0.75, absent: 0.25 });
  expect(longPresence(Number.MIN_VALUE, 3)).toEqual({ present: 3 * Number.MIN_VALUE, absent: 1 });
  expect(longPresence(1, 2 ** 20)).toEqual({ present: 1, absent: 0 });
  expect(longPresenceGap(2 ** -1000, 3 * 2 ** -1000, 1)).toBe(2 ** -999);
});

it('a gain that is a billionth too large is not possible', () => {
  const pair = pairOf({ learningRate: 3 });
  expect(isPossibleGain(pair, 'upper', 1, 9)).toBe(true);
  expect(isPossibleGain(pair, 'upper', 1, 9 * (1 + 1e-9))).toBe(false);
});

it('a right cell is taken, and one whose popularities are swapped is not', () => {
  const request = { coupling: 'steps', generator: 'sfc32', seed: 1, replicates: 8, recordedSteps: [6] } as const;
  const [cell] = planCells([{ ...request, pair: pairOf() }], 'plain').cells;
  expect(judgeCell(cell).exactNumbers).toBe(6);
  const swapped = { ...cell, pair: { ...cell.pair, popularity: { lower: 0.2, upper: 0.1 } } };
  expect(() => judgeCell(swapped)).toThrow('popularities 0.2 and 0.1 were taken');
});

it.each([0, 1, 30])('a forced row of kernel draws is drawn after %d others', (row) => {
  const kernel = ownKernels();
  const { exports } = kernel;
  (kernel as { exports: typeof exports }).exports = forced(exports, row, [0xffff_f00f, 7]);
  seedKernel(kernel, 'a key');
  const pattern = Array.from({ length: 12 }, (_, stream) => (stream % 2 === 0 ? 0xffff_f00f : 7));
  expect([...drawBulk(kernel).subarray(12 * row, 12 * row + 12)]).toEqual(pattern);
});

it.each([
  ['a frame as Ink draws it', '\u001b[?2026h\u001b[2K\u001b[1A\u001b[G milk \u001b[?2026l\r\n', null],
  ['a colour that came with a text', 'mi\u001b[31mlk', expect.stringContaining('U+001b')],
  ['a text that clears the screen', '\u001b[2K\u001b[2J', expect.stringContaining('U+001b')],
  ['a text from the right to the left', '\u202eklim', expect.stringContaining('U+202e')],
])('%s is told from the others', (_, text, fault) => {
  expect(faultOfScreen(text)).toEqual(fault);
});
