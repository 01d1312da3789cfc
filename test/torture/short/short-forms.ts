import { describe, expect, it } from 'vitest';
import { endured, figuresText } from '../endured.ts';
import { ordealsBy } from '../ordeals/index.ts';

/** What needs rights that a machine's owner may withhold, such as to mount a disk. */
const forbidden = ['full-disk', 'hindered-disk'];

/** Goes through the short forms of some ordeals: a file each, so that they run side by side. */
export function endureShortForms(by: keyof typeof ordealsBy): void {
  const ordeals = ordealsBy[by].filter(({ isLongOnly }) => isLongOnly !== true);
  describe(`torture by ${by}, in its short form`, () => {
    it.for(ordeals)('$name: $promise', { timeout: 300_000 }, async (ordeal, { skip }) => {
      const row = await endured(ordeal, { isBounded: true, seed: 1, say: () => {} });
      if ('missing' in row) {
        // Where everything is to be tried, a machine that lacks a program fails.
        expect(process.env.CI === undefined || forbidden.includes(row.ordeal), row.missing).toBe(true);
        skip(row.missing);
      } else console.log(`${row.ordeal}: ${figuresText(row.figures)}, in ${row.seconds} s`);
    });
  });
}
