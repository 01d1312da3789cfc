/**
 * Σ term(i) for i = 0 … count − 1 with the rounding errors carried along: the relative error is about 1e-16 times
 * Σ|term| / |Σ term|, whatever the count.
 *
 * @see Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen
 */
export function compensatedSum(count: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < count; index++) {
    const value = term(index);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
