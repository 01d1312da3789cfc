import { chiSquareSurvival } from '../../../../src/maths/incomplete-gamma.ts';
import { twoSidedPValue } from '../../../../src/maths/normal.ts';
import { chiSquarePValue } from '../../../../src/statistics/hypothesis-tests/chi-square.ts';
import { type Address, addressParts, besides, neighbour, type StreamSet } from './stream-sets.ts';

/** How much of the streams is looked at. */
export interface BatterySize {
  readonly streams: number;
  /** Of each. */
  readonly words: number;
  /** Of which nothing but the first draws is looked at. */
  readonly firstDraws: number;
}

/** A test of a set of streams: its p-values, each uniform for streams of independent bits. */
export interface StreamTest {
  readonly name: string;
  pValues(streams: StreamSet, size: BatterySize): number[];
}

/** Replicates of one key before the next key's. */
const replicatesOfKey = 12;

/** The words of neighbouring streams, [stream][word]. */
function drawn(streams: StreamSet, { streams: count, words }: BatterySize): Uint32Array[] {
  return Array.from({ length: count }, (_, index) => {
    const next = streams.open(neighbour(index, replicatesOfKey));
    return Uint32Array.from({ length: words }, next);
  });
}

const uniformly = (categories: number) => new Array<number>(categories).fill(1 / categories);

export const battery: readonly StreamTest[] = [
  {
    name: 'equidistribution',
    // Of four bits of the first words of all streams, and of eight bits of all words, low ones and high ones.
    pValues: (streams, size) => {
      const words = drawn(streams, size);
      return [0, 24].flatMap((shift) => {
        const [first, all] = [new Array(16).fill(0), new Array(256).fill(0)];
        for (const stream of words) {
          first[(stream[0] >>> shift) & 15] += 1;
          for (const word of stream) all[(word >>> shift) & 255] += 1;
        }
        return [first, all].map((counts) => chiSquarePValue(counts, uniformly(counts.length)));
      });
    },
  },
  {
    name: 'serial pairs',
    // Of neighbouring words in a stream, and of the same word in neighbouring streams.
    pValues: (streams, size) => {
      const words = drawn(streams, size);
      const [along, across] = [new Array(256).fill(0), new Array(256).fill(0)];
      for (let index = 0; index + 1 < words.length; index += 2) {
        for (let at = 0; at + 1 < size.words; at += 2) {
          along[(words[index][at] >>> 28) * 16 + (words[index][at + 1] >>> 28)] += 1;
          across[(words[index][at] >>> 28) * 16 + (words[index + 1][at] >>> 28)] += 1;
        }
      }
      return [along, across].map((counts) => chiSquarePValue(counts, uniformly(256)));
    },
  },
  {
    name: 'runs and gaps',
    // Of one word of each stream in turn.
    pValues: (streams, size) => {
      const words = drawn(streams, size);
      const interleaved = Float64Array.from({ length: size.streams * size.words }, (_, index) => {
        return words[index % size.streams][Math.floor(index / size.streams)];
      });
      return [runsPValue(interleaved), gapsPValue(interleaved)];
    },
  },
  {
    name: 'birthday spacings',
    // Of the words at the same place in 4,096 streams: 4 equal spacings are expected among birthdays in a year of 2³² days.
    pValues: (streams, size) => {
      const words = drawn(streams, size);
      let [equal, expected] = [0, 0];
      for (let first = 0; first + 4096 <= words.length; first += 4096) {
        for (let at = 0; at < size.words; at++) {
          equal += equalSpacings(Float64Array.from({ length: 4096 }, (_, index) => words[first + index][at]));
          expected += 4;
        }
      }
      return [poissonPValue(equal, expected)];
    },
  },
  {
    name: 'cross-stream correlation',
    // Of a stream with the one beside it in each part of the address, over all of them, and of their squares.
    pValues: (streams, size) =>
      addressParts.flatMap((part) => {
        const pairs = Math.floor(size.streams / addressParts.length / 2);
        let [sum, squares] = [0, 0];
        for (let index = 0; index < pairs; index++) {
          const product = productOf(streams, neighbour(index, replicatesOfKey), part, size.words);
          sum += product;
          squares += product * product;
        }
        // A product of two centred uniforms of variance 1 has fourth moment (9/5)².
        const varianceOfSquare = 2 + ((9 / 5) ** 2 - 3) / size.words;
        return [sum / Math.sqrt(pairs), (squares - pairs) / Math.sqrt(pairs * varianceOfSquare)].map(twoSidedPValue);
      }),
  },
  {
    name: 'avalanche',
    // A neighbour's first word differs in each bit half the time, and in 16 bits on average.
    pValues: (streams, { streams: count }) =>
      addressParts.flatMap((part) => {
        const pairs = Math.floor(count / addressParts.length);
        const flips = new Array<number>(32).fill(0);
        const weights = new Array<number>(33).fill(0);
        for (let index = 0; index < pairs; index++) {
          const address = neighbour(index, replicatesOfKey);
          const changed = (streams.open(address)() ^ streams.open(besides(address, part))()) >>> 0;
          let weight = 0;
          for (let bit = 0; bit < 32; bit++) {
            const isFlipped = (changed >>> bit) & 1;
            flips[bit] += isFlipped;
            weight += isFlipped;
          }
          weights[weight] += 1;
        }
        const deviations = flips.reduce((sum, seen) => sum + (2 * seen - pairs) ** 2 / pairs, 0);
        return [chiSquareSurvival(deviations, 32), chiSquarePValue(weights, binomialHalf(32))];
      }),
  },
  {
    name: 'duplicates',
    // Of 64 bits of the first two draws, and of 64 of the next two: none is expected.
    pValues: (streams, { firstDraws }) => {
      const seen = Array.from({ length: 2 }, () => new Float64Array(firstDraws));
      const { streamsOfKey = Math.max(100, firstDraws / 2000) } = streams;
      for (let index = 0; index < firstDraws; index++) {
        const next = streams.open(neighbour(index, streamsOfKey));
        // 53 bits are what a number holds.
        for (const values of seen) values[index] = next() * 2 ** 21 + (next() >>> 11);
      }
      const [one, other] = seen.map((values) => duplicatesIn(values));
      // By chance some agree in 53 bits, but not in both places.
      const expected = (firstDraws * (firstDraws - 1)) / 2 ** 54;
      return [one, other].map((count) => poissonPValue(count, expected));
    },
  },
];

/** Lengths of ascending runs, the word after each left out so that they are independent: 1/k! − 1/(k + 1)!. */
function runsPValue(values: Float64Array): number {
  const counts = new Array<number>(8).fill(0);
  for (let at = 0; at < values.length - 1; ) {
    let length = 1;
    while (at + length < values.length && values[at + length] > values[at + length - 1]) length += 1;
    if (at + length < values.length) counts[Math.min(length, 8) - 1] += 1;
    at += length + 1;
  }
  const factorial = [1, 1, 2, 6, 24, 120, 720, 5040, 40_320];
  const probabilities = counts.map((_, index) => 1 / factorial[index + 1] - 1 / (factorial[index + 1] * (index + 2)));
  probabilities[7] = 1 / factorial[8];
  return chiSquarePValue(counts, probabilities);
}

/** Waiting times between words in the lowest eighth. */
function gapsPValue(values: Float64Array): number {
  const longest = 60;
  const counts = new Array<number>(longest + 1).fill(0);
  let gap = 0;
  for (const value of values) {
    if (value < 2 ** 29) {
      counts[Math.min(gap, longest)] += 1;
      gap = 0;
    } else gap += 1;
  }
  const probabilities = counts.map((_, length) => (length < longest ? 0.125 : 1) * 0.875 ** length);
  return chiSquarePValue(counts, probabilities);
}

function equalSpacings(birthdays: Float64Array): number {
  birthdays.sort();
  const spacings = birthdays.map((day, index) => (index === 0 ? day : day - birthdays[index - 1])).sort();
  let equal = 0;
  for (let index = 1; index < spacings.length; index++) if (spacings[index] === spacings[index - 1]) equal += 1;
  return equal;
}

function duplicatesIn(values: Float64Array): number {
  values.sort();
  let duplicates = 0;
  for (let index = 1; index < values.length; index++) if (values[index] === values[index - 1]) duplicates += 1;
  return duplicates;
}

/** Twice the smaller tail. */
function poissonPValue(seen: number, mean: number): number {
  // P(K ≤ k) is the chi-square survival at twice the mean, of 2(k + 1) degrees.
  const atMost = (count: number) => (count < 0 ? 0 : chiSquareSurvival(2 * mean, 2 * (count + 1)));
  const atLeast = seen === 0 ? 1 : tailAbove(seen, mean, 1 - atMost(seen - 1));
  return Math.min(1, 2 * Math.min(atMost(seen), atLeast));
}

/** Where 1 − P loses its digits the leading term of the tail, times what follows it, does not. */
function tailAbove(seen: number, mean: number, subtracted: number): number {
  if (subtracted > 1e-3 || seen <= mean) return subtracted;
  let logFirst = -mean + seen * Math.log(mean);
  for (let factor = 2; factor <= seen; factor++) logFirst -= Math.log(factor);
  return Math.min(1, Math.exp(logFirst) / (1 - mean / (seen + 1)));
}

function productOf(streams: StreamSet, address: Address, part: (typeof addressParts)[number], words: number): number {
  const [one, other] = [streams.open(address), streams.open(besides(address, part))];
  let product = 0;
  for (let at = 0; at < words; at++) product += (one() / 2 ** 32 - 0.5) * (other() / 2 ** 32 - 0.5);
  return (12 * product) / Math.sqrt(words);
}

/** Bin(n, ½). */
function binomialHalf(n: number): number[] {
  const probabilities = [2 ** -n];
  for (let k = 1; k <= n; k++) probabilities.push((probabilities[k - 1] * (n - k + 1)) / k);
  return probabilities;
}
