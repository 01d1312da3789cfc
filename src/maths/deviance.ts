/**
 * x·log(x/m) + m − x: how improbable it is to count x where m are expected, in Loader's saddle-point formulas.
 * Never negative; relative error a few 1e-16.
 *
 * @param count x ≥ 0
 * @param mean m > 0
 * @param deviation x − m, from whoever knows it to more digits than the rounded m gives
 */
export function deviance(count: number, mean: number, deviation: number): number {
  if (count === 0) return mean;
  if (Math.abs(deviation) > 0.5 * (count + mean)) return count * Math.log(count / mean) - deviation;
  // With v = (x − m)/(x + m), log(x/m) = 2(v + v³/3 + v⁵/5 + …), and the leading terms of x·log(x/m) − (x − m)
  // join into (x − m)v, so that nothing cancels.
  const v = deviation / (count + mean);
  let sum = deviation * v;
  let power = 2 * count * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
