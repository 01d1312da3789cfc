import { expect, it } from 'vitest';
import { standardNormalSurvival } from '../../../src/maths/normal.ts';
import { detectableShift } from '../../../src/statistics/hypothesis-tests/z-test.ts';

it.each([1e-9, 1e-4, 0.05])('a shift called detectable at level %d is found 99 times in a hundred', (alpha) => {
  const shift = detectableShift(1, alpha);
  // The test rejects above the critical value z; a mean shifted by `shift` is above it with this probability.
  const critical = shift - 2.3263478740408408;
  expect(standardNormalSurvival(critical - shift)).toBeCloseTo(0.99, 12);
  expect(2 * standardNormalSurvival(critical)).toBeCloseTo(alpha, 12);
  expect((2 * standardNormalSurvival(critical)) / alpha).toBeCloseTo(1, 9);
});
