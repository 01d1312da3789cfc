import { expect, it } from 'vitest';
import { fillGapTable, gapBuckets, undecidedGap } from '../../src/kernels/gap-table.ts';

it.each([-1e-12, -1e-9, -1e-4, -0.01, -0.2566, -0.7, -3.3, -40, Number.NEGATIVE_INFINITY])(
  'decides only gaps that every draw of the bucket has, for log(1 − a) = %d',
  (logAbsence) => {
    const table = new Uint32Array(gapBuckets);
    fillGapTable(table, logAbsence);
    for (let bucket = 0; bucket < gapBuckets; bucket++) {
      if (table[bucket] === undecidedGap) continue;
      for (const within of [0, 2 ** -40, 0.3, 0.7, 1 - 2 ** -40]) {
        const u = (bucket + within) / gapBuckets;
        expect(table[bucket]).toBe(1 + Math.floor(Math.log1p(-u) / logAbsence));
      }
    }
  },
);

it('decides all but one bucket in a hundred where the item is in a fifth of the batches', () => {
  const table = new Uint32Array(gapBuckets);
  fillGapTable(table, Math.log1p(-0.2));
  expect(table.filter((gap) => gap === undecidedGap).length).toBeLessThan(gapBuckets / 100);
});
