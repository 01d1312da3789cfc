import fc, { type Arbitrary, type Random, type Stream, type Value } from 'fast-check';

/**
 * A number of one or two significant digits, all equally probable, which shrinks to the roundest that will do: every
 * rounder number is tried, the roundest first.
 *
 * @param exponents the decimal exponents of the first digit, from … to: [−2, 2] gives 0.01 … 990
 * @param greatest numbers above this are left out
 */
export function roundNumber(exponents: readonly [number, number], greatest = Infinity): Arbitrary<number> {
  return new RoundNumber(roundestFirst(exponents).filter((value) => value <= greatest));
}

/** Not `fc.nat` over the list: its shrinker jumps by halves, and stops beside a rounder number that would do. */
class RoundNumber extends fc.Arbitrary<number> {
  readonly #numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    super();
    this.#numbers = numbers;
  }

  override generate(random: Random): Value<number> {
    return new fc.Value(this.#numbers[random.nextInt(0, this.#numbers.length - 1)], undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is number {
    return this.#numbers.includes(value as number);
  }

  override shrink(value: number): Stream<Value<number>> {
    const rounder = this.#numbers.slice(0, this.#numbers.indexOf(value));
    return fc.stream(rounder.values()).map((number) => new fc.Value(number, undefined));
  }
}

/** Fewer significant digits first, then what is shorter as written, then what is smaller. */
function roundestFirst([from, to]: readonly [number, number]): number[] {
  const numbers: { readonly value: number; readonly digits: number }[] = [];
  for (let exponent = from; exponent <= to; exponent++) {
    for (let mantissa = 10; mantissa < 100; mantissa++) {
      // Through the decimal notation, so that the number is the double nearest to what is shown.
      const value = Number(`${mantissa}e${exponent - 1}`);
      numbers.push({ value, digits: mantissa % 10 === 0 ? 1 : 2 });
    }
  }
  const length = (value: number) => String(value).length;
  numbers.sort((a, b) => a.digits - b.digits || length(a.value) - length(b.value) || a.value - b.value);
  return numbers.map(({ value }) => value);
}
