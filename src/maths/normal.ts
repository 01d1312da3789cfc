import { polynomial } from './polynomial.ts';

/**
 * Φ(z), the probability that a standard normal draw is at most z. Relative error a few 1e-16, in the lower tail too.
 *
 * @see Cody (1969), Rational Chebyshev approximations for the error function, Mathematics of Computation 23
 */
export function standardNormalCdf(z: number): number {
  return standardNormalSurvival(-z);
}

/** 1 − Φ(z), the probability of a draw above z. Relative error a few 1e-16 as far as z = 37, where it is 6e-300. */
export function standardNormalSurvival(z: number): number {
  const distance = Math.abs(z);
  if (distance <= 0.67448975) return 0.5 - centralArea(z);
  const tail = tailProbability(distance);
  return z > 0 ? tail : 1 - tail;
}

/** Probability that a standard normal draw is at least as far from 0 as z is. */
export function twoSidedPValue(z: number): number {
  return 2 * standardNormalSurvival(Math.abs(z));
}

/** Φ(z) − ½ for |z| ≤ Φ⁻¹(¾). */
function centralArea(z: number): number {
  return (z * polynomial(CENTRE.numerator, z * z)) / polynomial(CENTRE.denominator, z * z);
}

/** 1 − Φ(z) for z above Φ⁻¹(¾); NaN stays NaN. */
function tailProbability(z: number): number {
  if (z > 39) return 0;
  return gaussian(z) * (z <= Math.sqrt(32) ? middleRatio(z) : farRatio(z));
}

/** e^(−z²/2). The square is split so that its rounding, times z², does not eat the digits of the tail. */
function gaussian(z: number): number {
  const sixteenths = Math.trunc(z * 16) / 16;
  return Math.exp(-(sixteenths * sixteenths) / 2) * Math.exp(-((z - sixteenths) * (z + sixteenths)) / 2);
}

function middleRatio(z: number): number {
  return polynomial(MIDDLE.numerator, z) / polynomial(MIDDLE.denominator, z);
}

function farRatio(z: number): number {
  const y = 1 / (z * z);
  return (Math.sqrt(1 / (2 * Math.PI)) - (y * polynomial(FAR.numerator, y)) / polynomial(FAR.denominator, y)) / z;
}

const CENTRE = {
  numerator: [18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837, 0.06568233791820745],
  denominator: [45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1],
};

const MIDDLE = {
  numerator: [
    9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002, 93.50665613217785,
    8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
  ],
  denominator: [
    19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761, 1519.3775994075547,
    235.387901782625, 22.266688044328117, 1,
  ],
};

const FAR = {
  numerator: [
    0.000029112874951168793, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736, 0.215898534057957,
    0.023073441764940174,
  ],
  denominator: [
    0.00007297515550839662, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651, 1.284260096144911, 1,
  ],
};
