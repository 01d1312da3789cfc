import { grow } from '../../process/grow.ts';
import type { Predictor } from './predictor.ts';

/** (a) One constant gain: the mean over the first epoch. */
export const constantGain: Predictor = {
  letter: 'a',
  title: 'one constant gain',
  needs: 'the first epoch',
  predict({ initial, items, gains }) {
    const { meanGain } = gains.byEpoch[0];
    return items.map(({ appearances }, item) => grownBy(initial[item], meanGain, appearances));
  },
};

/** S_n: s after so many appearances with the same gain. */
export function grownBy(start: number, gain: number, appearances: number): number {
  let s = start;
  for (let appearance = 0; appearance < appearances; appearance++) s = grow(s, gain);
  return s;
}
