import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleText } from '../../src/scenarios/visible-text.ts';

const acting = /(?!\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{M}{5}/u;

it.each([
  ['whole milk', 'whole milk'],
  ['Müsli 麦片 👩‍🍳 ❤️', 'Müsli 麦片 👩‍🍳 ❤️'],
  ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
  ['\u001b]8;;http://x\u001b\\link', '\\u{1b}]8;;http://x\\u{1b}\\link'],
  ['\u009b31m', '\\u{9b}31m'],
  ['a\nb\r\tc\0', 'a\\u{a}b\\u{d}\\u{9}c\\u{0}'],
  ['a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
  ['a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
  ['a\u00adb\u3164c\u{e0041}', 'a\\u{ad}b\\u{3164}c\\u{e0041}'],
  ['\ud800x', '\\u{d800}x'],
  [`e${'\u0301'.repeat(6)}`, `e${'\u0301'.repeat(4)}\\u{301}\\u{301}`],
])('shows %j as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it('ends what is longer than 60 clusters in an ellipsis, and counts it', () => {
  expect(visibleText('é'.repeat(60))).toBe('é'.repeat(60));
  expect(visibleText('é'.repeat(61))).toBe(`${'é'.repeat(59)}…`);
  expect(visibleText('👩‍🍳'.repeat(61), 3)).toBe('👩‍🍳👩‍🍳…');
});

it('does not show half a mark', () => {
  expect(visibleText(`abcd\u001bef`, 7)).toBe('abcd…');
});

it('leaves nothing that acts, is bounded, and changes nothing the second time', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(text, (foreign) => {
      const shown = visibleText(foreign);
      expect(shown).not.toMatch(acting);
      expect(shown.length).toBeLessThanOrEqual(60 * 32);
      expect(visibleText(shown)).toBe(shown);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('shows a megabyte as quickly as a line', () => {
  expect(visibleText('\u0301'.repeat(2 ** 20)).length).toBeLessThan(200);
  expect(visibleText('👩\u200d'.repeat(2 ** 20)).length).toBeLessThanOrEqual(60 * 32);
});
