import { expect, it } from 'vitest';
import { numericScale } from '../../../src/report/figures/plot.ts';

it('scales axes of more values than a function takes arguments', () => {
  const values = Array.from({ length: 300_000 }, (_, index) => 1 + index);
  expect(numericScale(values).type).toBe('log');
  expect(numericScale(values.map((value) => -value)).type).toBe('linear');
});
