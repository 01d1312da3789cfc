import type { Gap } from '../gap.ts';
import { ownGains } from './g01-own-gains.ts';
import { risingGain } from './g02-rising-gain.ts';
import { commonGains } from './g03-common-gains.ts';
import { multiplicity } from './g04-multiplicity.ts';
import { acrossItems } from './g05-across-items.ts';
import { epochShuffle } from './g06-epoch-shuffle.ts';
import { fullSoftmax } from './g07-full-softmax.ts';
import { size } from './g08-size.ts';
import { scaleOfTheMetric } from './g09-scale-of-the-metric.ts';
import { singlePrecision } from './g10-single-precision.ts';
import { otherOptimisers } from './g11-other-optimisers.ts';

/** Where the article's argument is silent or wrong. To add one: a file in this folder, a line here. */
export const gaps: readonly Gap[] = [
  ownGains,
  risingGain,
  commonGains,
  multiplicity,
  acrossItems,
  epochShuffle,
  fullSoftmax,
  size,
  scaleOfTheMetric,
  singlePrecision,
  otherOptimisers,
];
