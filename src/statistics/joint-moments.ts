/**
 * The central moments of a sample of pairs (x, y) up to the fourth order: enough for means, variances, the paired
 * difference, and the standard error of a ratio of variances. Mergeable, and constant in size.
 */
export interface JointMoments {
  readonly count: number;
  readonly mean: readonly [number, number];
  /** Σ (x − x̄)^j (y − ȳ)^k for j + k from 2 to 4, in the order of `orders`. */
  readonly central: readonly number[];
}

/** The pairs (j, k) of exponents of `JointMoments.central`. */
const orders: readonly (readonly [number, number])[] = [
  [2, 0],
  [1, 1],
  [0, 2],
  [3, 0],
  [2, 1],
  [1, 2],
  [0, 3],
  [4, 0],
  [3, 1],
  [2, 2],
  [1, 3],
  [0, 4],
];

export const noPairs: JointMoments = { count: 0, mean: [0, 0], central: orders.map(() => 0) };

/**
 * The moments of the pairs (xs[i], ys[i]), in two passes: the means first, then the powers around them.
 *
 * @param weights how many times each pair is there, whole numbers; once unless said
 */
export function jointMoments(xs: ArrayLike<number>, ys: ArrayLike<number>, weights?: ArrayLike<number>): JointMoments {
  let count = xs.length;
  if (weights !== undefined) {
    count = 0;
    for (let index = 0; index < xs.length; index++) count += weights[index];
  }
  const mean: [number, number] = [meanOf(xs, weights), meanOf(ys, weights)];
  const central = orders.map(() => 0);
  for (let index = 0; index < xs.length; index++) {
    const weight = weights === undefined ? 1 : weights[index];
    const x = xs[index] - mean[0];
    const y = ys[index] - mean[1];
    const [xx, xy, yy] = [weight * x * x, x * y, y * y];
    const weighted = weight * yy;
    central[0] += xx;
    central[1] += weight * xy;
    central[2] += weighted;
    central[3] += xx * x;
    central[4] += xx * y;
    central[5] += x * weighted;
    central[6] += weighted * y;
    central[7] += xx * x * x;
    central[8] += xx * xy;
    central[9] += xx * yy;
    central[10] += xy * weighted;
    central[11] += weighted * yy;
  }
  return { count, mean, central: central.map(withoutNegativeZero) };
}

/** The moments of two samples taken together. Not exactly associative: fold chunks in one fixed order. */
export function mergeJointMoments(a: JointMoments, b: JointMoments): JointMoments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const mean: [number, number] = [0, 1].map((axis) => {
    return a.mean[axis] + ((b.mean[axis] - a.mean[axis]) * b.count) / count;
  }) as [number, number];
  const [fromA, fromB] = [around(mean, a), around(mean, b)];
  return { count, mean, central: fromA.map((moment, index) => withoutNegativeZero(moment + fromB[index])) };
}

/** E (x − x̄)^j (y − ȳ)^k, with the count as divisor. */
export function centralMoment(moments: JointMoments, j: number, k: number): number {
  return centralSum(moments, j, k) / moments.count;
}

/** Σ (x − x̄)^j (y − ȳ)^k. */
export function centralSum({ count, central }: JointMoments, j: number, k: number): number {
  if (j + k === 0) return count;
  if (j + k === 1) return 0;
  return central[orders.findIndex(([ofX, ofY]) => ofX === j && ofY === k)];
}

/** The same sums taken around another centre, by the binomial theorem in each coordinate. */
function around(centre: readonly [number, number], moments: JointMoments): number[] {
  const dx = moments.mean[0] - centre[0];
  const dy = moments.mean[1] - centre[1];
  return orders.map(([j, k]) => {
    let sum = 0;
    for (let i = 0; i <= j; i++) {
      for (let l = 0; l <= k; l++) {
        sum += choose(j, i) * choose(k, l) * dx ** (j - i) * dy ** (k - l) * centralSum(moments, i, l);
      }
    }
    return sum;
  });
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}

function meanOf(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let mean = 0;
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights === undefined ? 1 : weights[index];
    count += weight;
    mean += ((values[index] - mean) * weight) / count;
  }
  return mean;
}

/** JSON has no −0, so a summary must not have one either if a resumed run is to end with the same bytes. */
function withoutNegativeZero(value: number): number {
  return value + 0;
}
