/** An exact fraction, not reduced: the arithmetic that the formulas are held against. The denominator is positive. */
export class Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator = 1n) {
    this.numerator = denominator < 0n ? -numerator : numerator;
    this.denominator = denominator < 0n ? -denominator : denominator;
  }

  /**
   * The exact value of a double.
   *
   * @throws {RangeError} for NaN and infinities
   */
  static of(x: number): Rational {
    if (!Number.isFinite(x)) throw new RangeError(`Rational.of: x must be finite, got ${x}`);
    let [value, halvings] = [x, 0];
    while (!Number.isInteger(value)) {
      value *= 2;
      halvings += 1;
    }
    return new Rational(BigInt(value), 1n << BigInt(halvings));
  }

  plus(other: Rational): Rational {
    const { numerator, denominator } = other;
    return new Rational(this.numerator * denominator + numerator * this.denominator, this.denominator * denominator);
  }

  minus({ numerator, denominator }: Rational): Rational {
    return this.plus(new Rational(-numerator, denominator));
  }

  times({ numerator, denominator }: Rational): Rational {
    return new Rational(this.numerator * numerator, this.denominator * denominator);
  }

  /** @throws {RangeError} for a divisor of 0 */
  over({ numerator, denominator }: Rational): Rational {
    if (numerator === 0n) throw new RangeError('Rational.over: the divisor is 0');
    return this.times(new Rational(denominator, numerator));
  }

  /** −1, 0 or 1. */
  sign(): number {
    return this.numerator > 0n ? 1 : this.numerator < 0n ? -1 : 0;
  }

  /** The nearest double or one next to it. */
  toNumber(): number {
    const bits = (integer: bigint) => (integer < 0n ? -integer : integer).toString(2).length;
    const shift = bits(this.denominator) - bits(this.numerator) + 64;
    const quotient =
      shift >= 0
        ? (this.numerator << BigInt(shift)) / this.denominator
        : this.numerator / (this.denominator << BigInt(-shift));
    // In two halves, since 2^−shift alone may underflow.
    return Number(quotient) * 2 ** -Math.trunc(shift / 2) * 2 ** -(shift - Math.trunc(shift / 2));
  }
}
