import { afterEach, describe, expect, it, vi } from 'vitest';
import { numericFingerprint } from '../../src/results/numeric-fingerprint.ts';

afterEach(() => vi.restoreAllMocks());

/** The next double after a finite one above 0. */
function nextUp(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0);
}

describe('numericFingerprint', () => {
  it('is the same twice in one runtime', () => {
    expect(numericFingerprint()).toBe(numericFingerprint());
    expect(numericFingerprint()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['exp', 'expm1', 'log', 'log1p', 'sqrt', 'sin', 'cos', 'atan', 'log2'] as const)(
    'notices the last bit of one value of %s',
    (name) => {
      const before = numericFingerprint();
      const original = Math[name];
      vi.spyOn(Math, name).mockImplementation((x) => (x === 1.5 ? nextUp(original(x)) : original(x)));
      expect(numericFingerprint()).not.toBe(before);
    },
  );
});
