import { generatorNames } from '../../../../src/random/generators/index.ts';
import { share } from '../../../error-budget.ts';
import type { Ordeal } from '../../ordeal.ts';
import { type BatterySize, battery } from './battery.ts';
import { laneStreams, negativeControls, ownStreams, type StreamSet } from './stream-sets.ts';

/**
 * A p-value below this is a rejection. There are some 200 of them: together they take two shares of the suite's budget in the
 * short form, and fail two of a million fresh seeds in the long one.
 */
const levels = { bounded: share / 100, full: 1e-8 };

/** Kernels have a memory each: of their lanes fewer are looked at, but more of each. */
const lanesOf = (size: BatterySize): BatterySize => ({ streams: 960, words: 20 * size.words, firstDraws: 2000 });

/** What each negative control is known to fail, besides what else it fails. */
const failures: Readonly<Record<string, readonly string[]>> = {
  'LCG(seed + i)': battery.map(({ name }) => name),
  'raw seedrandom strings': ['duplicates'],
  'unmixed sfc32 seeds': battery.map(({ name }) => name),
};

export const streamBattery: Ordeal = {
  name: 'stream-battery',
  promise: 'streams of neighbouring addresses are disjoint, uniform and independent, and bad ones are told from them',
  async endure(trial) {
    const size: BatterySize = trial.isBounded
      ? { streams: 10_000, words: 16, firstDraws: 50_000 }
      : { streams: 100_000, words: 64, firstDraws: 1_000_000 };
    const level = trial.isBounded ? levels.bounded : levels.full;
    let values = 0;
    let addresses = 0;
    for (const streams of [...generatorNames.map((name) => ownStreams(name, trial.seed)), laneStreams(trial.seed)]) {
      for (const test of battery) {
        trial.say(`${streams.name}: ${test.name}`);
        const measured = sizeFor(streams, size, trial.isBounded);
        const pValues = test.pValues(streams, measured);
        const least = Math.min(...pValues);
        if (!(least >= level))
          throw new Error(`${test.name} rejects ${streams.name}: p = ${least}, seed ${trial.seed}`);
        values += pValues.length;
        addresses += test.name === 'duplicates' ? measured.firstDraws : measured.streams;
      }
    }
    let rejections = 0;
    for (const control of negativeControls) {
      for (const test of battery.filter(({ name }) => failures[control.name].includes(name))) {
        trial.say(`${control.name}: ${test.name}`);
        const least = Math.min(...test.pValues(control, { streams: 10_000, words: 16, firstDraws: 50_000 }));
        if (!(least < level)) throw new Error(`${test.name} does not reject ${control.name}: p = ${least}`);
        rejections += 1;
      }
    }
    return { 'streams opened': addresses, 'p-values': values, rejections: 0, 'bad streams rejected': rejections };
  },
};

/** Of sfc32, from which everything is drawn unless somebody asks for another generator, more is looked at. */
function sizeFor({ name }: StreamSet, size: BatterySize, isBounded: boolean): BatterySize {
  if (name === 'simd lanes') return lanesOf(size);
  if (name !== 'sfc32') return { ...size, streams: size.streams / 2 };
  return { ...size, firstDraws: (isBounded ? 4 : 10) * size.firstDraws };
}
