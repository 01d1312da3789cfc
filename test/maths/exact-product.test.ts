import fc from 'fast-check';
import { expect, it } from 'vitest';
import { productError } from '../../src/maths/exact-product.ts';
import { Rational } from '../../src/maths/rational.ts';

it('is what rounding took, to the last bit', () => {
  const factor = fc.double({ min: 1e-100, max: 1e100, noNaN: true });
  fc.assert(
    fc.property(factor, factor, (a, b) => {
      const lost = Rational.of(a)
        .times(Rational.of(b))
        .minus(Rational.of(a * b));
      expect(lost.minus(Rational.of(productError(a, b))).sign()).toBe(0);
    }),
    { seed: 1 },
  );
});
