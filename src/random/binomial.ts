import { logBinomialPmf } from '../maths/binomial.ts';

/**
 * One draw from Bin(trials, probability).
 *
 * Small means by inversion from 0 (one uniform); others by transformed rejection (Hörmann 1993, algorithm BTRS: two
 * uniforms an attempt, about 1.2 attempts). Probabilities above ½ are drawn as trials minus failures.
 */
export function drawBinomial(trials: number, probability: number, uniform: () => number): number {
  if (probability > 0.5) return trials - drawBinomial(trials, 1 - probability, uniform);
  if (trials === 0 || probability === 0) return 0;
  return trials * probability < 10
    ? drawByInversion(trials, probability, uniform())
    : drawByRejection(trials, probability, uniform);
}

function drawByInversion(trials: number, probability: number, u: number): number {
  const odds = probability / (1 - probability);
  let mass = Math.exp(trials * Math.log1p(-probability));
  let left = u;
  let successes = 0;
  // Past the mode a mass this small can only be met by rounding in `left`.
  while (left >= mass && mass > 1e-30 && successes < trials) {
    left -= mass;
    successes += 1;
    mass *= (odds * (trials - successes + 1)) / successes;
  }
  return successes;
}

function drawByRejection(trials: number, probability: number, uniform: () => number): number {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const centre = trials * probability + 0.5;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const squeeze = 0.92 - 4.2 / b;
  const logModePmf = logBinomialPmf(Math.floor((trials + 1) * probability), trials, probability);
  while (true) {
    const u = uniform() - 0.5;
    const v = uniform();
    const edge = 0.5 - Math.abs(u);
    const successes = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= squeeze) return successes;
    if (successes < 0 || successes > trials) continue;
    const logAcceptance = Math.log((v * alpha) / (a / (edge * edge) + b));
    if (logAcceptance <= logBinomialPmf(successes, trials, probability) - logModePmf) return successes;
  }
}
