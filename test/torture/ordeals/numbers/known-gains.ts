import type { PairParameters } from '../../../../src/process/pair-parameters.ts';
import type { LearningRateSchedule } from '../../../../src/process/schedules/index.ts';

type Run = 'lower' | 'upper';

/** η_t/η₀, written down once more from what a scenario's fields mean. */
export function rateFactorAt({ gain, steps }: PairParameters, step: number): number {
  return gain.model === 'schedule' ? factorOf(gain.schedule, steps, step - 1) : 1;
}

function factorOf(schedule: LearningRateSchedule, steps: number, done: number): number {
  switch (schedule.shape) {
    case 'constant':
      return 1;
    case 'step':
      return Math.exp(Math.floor(done / schedule.every) * Math.log(schedule.factor));
    case 'exponential':
      return Math.exp(done * Math.log(schedule.factor));
    case 'cosine':
      return schedule.floor + (1 - schedule.floor) * Math.cos((Math.PI * done) / (2 * steps)) ** 2;
    case 'warm-up':
      return done >= schedule.over ? 1 : schedule.from * (1 - done / schedule.over) + done / schedule.over;
    case 'cyclic': {
      const inCycle = done % (2 * schedule.halfPeriod);
      const up = Math.min(inCycle, 2 * schedule.halfPeriod - inCycle) / schedule.halfPeriod;
      return schedule.low * (1 - up) + schedule.high * up;
    }
  }
}

/** c at a step where that is a matter of the step alone; null where the gain is drawn, or counts copies. */
export function stepGain(pair: PairParameters, run: Run, step: number): number | null {
  const { gain, learningRate, tangentSignal } = pair;
  const base = learningRate * tangentSignal;
  switch (gain.model) {
    case 'constant':
      return base * base;
    case 'schedule':
      return (base * rateFactorAt(pair, step)) ** 2;
    case 'trace': {
      const values = run === 'upper' && gain.sharing === 'own' ? (gain.upperValues ?? gain.values) : gain.values;
      return base * base * values[step - 1];
    }
    default:
      return null;
  }
}

/** Whether an appearance may have this gain. */
export function isPossibleGain(pair: PairParameters, run: Run, step: number, c: number): boolean {
  const known = stepGain(pair, run, step);
  if (known !== null) return isClose(c, known);
  const { gain, learningRate, tangentSignal, batchSize } = pair;
  const base = (learningRate * tangentSignal) ** 2;
  const copies = Array.from({ length: Math.min(batchSize, 1000) }, (_, index) => index + 1);
  switch (gain.model) {
    case 'multiplicity':
      return batchSize > 1000 || copies.some((count) => isClose(c, base * count ** gain.exponent));
    case 'in-batch-softmax': {
      const scale = (learningRate / (batchSize * gain.temperature)) ** 2 * (1 - 1 / gain.dimension);
      return batchSize > 1000 || copies.some((count) => isClose(c, scale * count * (1 - count / batchSize)));
    }
    case 'lognormal': {
      // A normal of 53 bits is within ±8.3.
      const [least, most] = [-8.4, 8.4].map((x) => base * Math.exp(gain.sigma * x - gain.sigma ** 2 / 2));
      return gain.sigma === 0 ? isClose(c, base) : c >= least && c <= most;
    }
    case 'pareto': {
      const least = base * (1 - 1 / gain.tailIndex);
      const most = least * Math.exp((53 * Math.LN2) / gain.tailIndex);
      return c >= least * (1 - 1e-12) && c <= most * (1 + 1e-12);
    }
    default:
      return false;
  }
}

/** Equal but for the rounding of a few operations, and for what is lost among the least doubles. */
export function isClose(a: number, b: number, precision = 1e-12): boolean {
  return Math.abs(a - b) <= precision * Math.max(Math.abs(a), Math.abs(b)) + 1e-290;
}
