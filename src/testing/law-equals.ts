import { formatCount, formatSignificant } from '../report/format-number.ts';
import { shownNumber } from '../scenarios/shown-value.ts';
import { lawPValue } from '../statistics/hypothesis-tests/dkw.ts';
import { pValueText, sampleFailure } from './failure.ts';
import { falseAlarmRateOf, type RateOptions } from './false-alarm-rate.ts';
import { rounderNumbers } from './rounding.ts';
import { type Sample, shareAtMost, shareBelow, sortedSample } from './sample.ts';

/** A continuous law by its distribution function x ↦ P(X ≤ x), or a law on 0, 1, 2, … by its probabilities. */
export type Law = ((x: number) => number) | Sample;

const operator = 'assertLawEquals';
const claim = 'the sample has the law';

/** How far the probabilities of a law on the integers may miss 1 when they are added up: a thousand terms' rounding. */
const sumTolerance = 1e-12;

/**
 * Asserts that independent draws have a law.
 *
 * By the two-sided inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant, for continuous laws and for
 * laws on the integers alike: the false-alarm rate holds for every number of draws, which that of a chi-square test only
 * approaches. A draw that the law on the integers calls impossible refutes it alone, with rate 0. With n draws at 1e-6
 * a law at distance 4.3/√n is found with probability 0.99.
 *
 * @throws {AssertionError} when the sample's distribution function is farther from the law's than chance takes it
 * @throws {RangeError} when the law is none
 */
export function assertLawEquals(sample: Sample, law: Law, options: RateOptions = {}): void {
  const rate = falseAlarmRateOf(options);
  const sorted = sortedSample('sample', sample);
  const { atMost, below } = typeof law === 'function' ? continuousLaw(law) : integerLaw(law);
  if (typeof law !== 'function') requirePossible(sorted, law);
  const { distance, at } = greatestDistance(sorted, atMost, below);
  const pValue = lawPValue(sorted.length, distance);
  if (pValue >= rate) return;
  const critical = Math.sqrt(Math.log(2 / rate) / (2 * sorted.length));
  throw sampleFailure({
    operator,
    claim,
    measured: `sup |F̂ − F| = ${formatSignificant(distance, 4)} (${pValueText(pValue)})`,
    expected: `at most ${formatSignificant(critical, 4)} with ${formatCount(sorted.length)} draws`,
    falseAlarm: `${shownNumber(rate)}, by the DKW inequality, for every law and number of draws`,
    counterexample: witness(sorted, { atMost, below }, at, critical),
  });
}

/** The roundest number at which the sample misses the law by too much; `at` itself where only it shows that. */
function witness(sorted: Float64Array, { atMost, below }: Cdfs, at: number, critical: number): string {
  const isBeyond = (x: number) => Math.abs(shareAtMost(sorted, x) - atMost(x)) > critical;
  const x = [...rounderNumbers(at), at].find(isBeyond);
  const [drawn, expected] = x === undefined ? [shareBelow(sorted, at), below(at)] : [shareAtMost(sorted, x), atMost(x)];
  const shares = [drawn, expected].map((share) => formatSignificant(share, 4));
  const where = x === undefined ? 'below' : 'at most';
  return `x = ${x ?? at}: a share ${shares[0]} of the sample is ${where} x, the law says ${shares[1]}`;
}

type Cdf = (x: number) => number;

/** P(X ≤ x) and P(X < x). */
interface Cdfs {
  readonly atMost: Cdf;
  readonly below: Cdf;
}

function continuousLaw(cdf: Cdf): Cdfs {
  const checked = (x: number) => {
    const probability = cdf(x);
    if (probability >= 0 && probability <= 1) return probability;
    throw new RangeError(`law: expected a probability for P(X ≤ ${x}), got ${probability}`);
  };
  return { atMost: checked, below: checked };
}

function integerLaw(probabilities: Sample): Cdfs {
  const sums: number[] = [];
  for (let index = 0; index < probabilities.length; index++) {
    if (!(probabilities[index] >= 0)) throw new RangeError(`law: expected a probability, got ${probabilities[index]}`);
    sums.push((sums[index - 1] ?? 0) + probabilities[index]);
  }
  const total = sums.at(-1) ?? 0;
  if (!(Math.abs(total - 1) <= sumTolerance))
    throw new RangeError(`law: expected probabilities of sum 1, got ${total}`);
  const at = (index: number) => (index < 0 ? 0 : Math.min(1, sums[Math.min(index, sums.length - 1)]));
  return { atMost: (x) => at(Math.floor(x)), below: (x) => at(Math.ceil(x) - 1) };
}

function requirePossible(sorted: Float64Array, probabilities: Sample): void {
  const impossible = sorted.find((draw) => !(probabilities[draw] > 0));
  if (impossible === undefined) return;
  throw sampleFailure({
    operator,
    claim,
    measured: `a draw of ${impossible}`,
    expected: 'only draws that the law gives a probability above 0',
    falseAlarm: '0: the law calls this draw impossible',
    counterexample: `x = ${impossible}`,
  });
}

/** sup |F̂ − F|, reached at or just below a draw, and that draw. */
function greatestDistance(sorted: Float64Array, atMost: Cdf, below: Cdf): { distance: number; at: number } {
  let [distance, at] = [0, sorted[0]];
  const look = (x: number, here: number) => {
    if (here > distance) [distance, at] = [here, x];
  };
  for (let index = 0; index < sorted.length; index++) {
    const x = sorted[index];
    if (x === sorted[index + 1]) continue;
    look(x, Math.abs((index + 1) / sorted.length - atMost(x)));
    look(x, Math.abs(shareBelow(sorted, x) - below(x)));
  }
  return { distance, at };
}
