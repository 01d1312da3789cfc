/**
 * A histogram of positive numbers whose bins are the leading bits of their float64 representation: the exponent and
 * `bits` bits of the mantissa. Every bin is 2^−bits of its octave wide, so quantiles are relative to that precision
 * whatever the scale, and merging adds integers.
 */
export interface FloatHistogram {
  readonly bits: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Alternating: bins to advance from the last one named, count of that bin. Starts from bin 0. */
  readonly runs: readonly number[];
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
// The upper half of a double is its second word on little-endian machines, its first on others.
const upperWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Counts numbers in place; `toHistogram` gives the plain value. */
export class FloatHistogramCounter {
  readonly #bits: number;
  #first = 0;
  #counts = new Float64Array(0);
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = 0;

  constructor(bits: number) {
    this.#bits = bits;
  }

  add(value: number, weight = 1): void {
    this.#count(binOf(value, this.#bits), weight);
    if (value < this.#minimum) this.#minimum = value;
    if (value > this.#maximum) this.#maximum = value;
  }

  toHistogram(): FloatHistogram {
    return floatHistogram(this.#bits, this.#first, this.#counts, this.#minimum, this.#maximum);
  }

  #count(bin: number, count: number): void {
    const index = bin - this.#first;
    if (index < 0 || index >= this.#counts.length) {
      this.#widenTo(bin);
      this.#counts[bin - this.#first] += count;
    } else {
      this.#counts[index] += count;
    }
  }

  /** Doubles the window of bins in the direction of the new one. */
  #widenTo(bin: number): void {
    const length = this.#counts.length;
    const slack = Math.max(16, length);
    const first = length === 0 ? Math.max(0, bin - 8) : Math.min(this.#first, Math.max(0, bin - slack));
    const end = Math.max(length === 0 ? 0 : this.#first + length, bin < this.#first ? 0 : bin + slack);
    const counts = new Float64Array(end - first);
    if (length > 0) counts.set(this.#counts, this.#first - first);
    this.#first = first;
    this.#counts = counts;
  }
}

/**
 * The histogram of numbers counted bin by bin.
 *
 * @param first the bin of `counts[0]`
 * @param minimum the least of the numbers, and `maximum` the greatest; of no matter where there are none
 */
export function floatHistogram(
  bits: number,
  first: number,
  counts: ArrayLike<number>,
  minimum: number,
  maximum: number,
): FloatHistogram {
  const from = Math.max(0, binOf(minimum, bits) - first);
  const to = Math.min(counts.length - 1, binOf(maximum, bits) - first);
  let used = 0;
  for (let index = from; index <= to; index++) if (counts[index] !== 0) used += 1;
  // As long as it will be: a kernel's chunk makes hundreds of them, and a list that grows is copied again and again.
  const runs = new Array<number>(2 * used);
  let [at, last] = [0, 0];
  for (let index = from; index <= to; index++) {
    if (counts[index] === 0) continue;
    runs[at] = first + index - last;
    runs[at + 1] = counts[index];
    at += 2;
    last = first + index;
  }
  return runs.length === 0 ? { bits, minimum: 0, maximum: 0, runs } : { bits, minimum, maximum, runs };
}

/** The bin of a positive number: the leading bits of its float64 representation. */
export function binOf(value: number, bits: number): number {
  float[0] = value;
  return words[upperWord] >>> (20 - bits);
}

/** The histogram of two samples taken together: a merge of two sorted lists, because a run merges thousands. */
export function mergeFloatHistograms(a: FloatHistogram, b: FloatHistogram): FloatHistogram {
  if (a.runs.length === 0) return b;
  if (b.runs.length === 0) return a;
  if (a.bits !== b.bits) {
    throw new RangeError(`mergeFloatHistograms: expected ${a.bits} mantissa bits, got ${b.bits}`);
  }
  const runs: number[] = [];
  let last = 0;
  let [ofA, ofB] = [0, 0];
  let [binA, binB] = [a.runs[0], b.runs[0]];
  while (ofA < a.runs.length || ofB < b.runs.length) {
    const bin = ofB >= b.runs.length || (ofA < a.runs.length && binA <= binB) ? binA : binB;
    let count = 0;
    if (ofA < a.runs.length && binA === bin) {
      count += a.runs[ofA + 1];
      ofA += 2;
      binA += a.runs[ofA];
    }
    if (ofB < b.runs.length && binB === bin) {
      count += b.runs[ofB + 1];
      ofB += 2;
      binB += b.runs[ofB];
    }
    runs.push(bin - last, count);
    last = bin;
  }
  return {
    bits: a.bits,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
    runs,
  };
}

/**
 * Quantiles by linear interpolation within the part of the bin that lies in [minimum, maximum].
 *
 * @param probabilities each in [0, 1], increasing
 */
export function histogramQuantiles(histogram: FloatHistogram, probabilities: readonly number[]): number[] {
  const bins = [...binsOf(histogram)];
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  let index = 0;
  let below = 0;
  return probabilities.map((probability) => {
    const rank = probability * total;
    while (index < bins.length - 1 && below + bins[index][1] < rank) {
      below += bins[index][1];
      index += 1;
    }
    const [bin, count] = bins[index];
    const left = Math.max(histogram.minimum, binEdge(bin, histogram.bits));
    const right = Math.min(histogram.maximum, binEdge(bin + 1, histogram.bits));
    return left + (right - left) * Math.min(1, Math.max(0, (rank - below) / count));
  });
}

/** The bins that hold something, in increasing order, each with its count. */
export function* binsOf({ runs }: FloatHistogram): Generator<[bin: number, count: number]> {
  let bin = 0;
  for (let index = 0; index < runs.length; index += 2) {
    bin += runs[index];
    yield [bin, runs[index + 1]];
  }
}

/** The smallest number of a bin. */
export function binEdge(bin: number, bits: number): number {
  words[upperWord] = bin << (20 - bits);
  words[1 - upperWord] = 0;
  return float[0];
}
