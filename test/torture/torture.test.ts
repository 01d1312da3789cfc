import { describe, expect, it } from 'vitest';
import { endured, figuresText } from './endured.ts';
import { ordeals } from './ordeals/index.ts';

describe('torture, in its short form', () => {
  it.each(ordeals.filter(({ isLongOnly }) => isLongOnly !== true))(
    '$name: $promise',
    { timeout: 300_000 },
    async (ordeal) => {
      const row = await endured(ordeal, { isBounded: true, seed: 1, say: () => {} });
      // Where everything is to be tried, a machine that lacks something fails.
      if ('missing' in row) expect(process.env.CI, row.missing).toBeUndefined();
      else console.log(`${row.ordeal}: ${figuresText(row.figures)}, in ${row.seconds} s`);
    },
  );
});
