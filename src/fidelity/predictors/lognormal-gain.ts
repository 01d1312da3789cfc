import { lognormalGain as lognormalModel } from '../../process/gains/lognormal.ts';
import { grow } from '../../process/grow.ts';
import { replicateStreams } from '../../random/streams.ts';
import type { Predictor } from './predictor.ts';

/** Paths whose mean is the prediction. */
const paths = 8;

/** (d) Log-normal AR(1) gains, with the mean, the variance and the correlation of the recorded ones: the mean over paths. */
export const lognormalGain: Predictor = {
  letter: 'd',
  title: 'AR(1) log-normal',
  needs: 'the training',
  predict({ initial, items, gains }) {
    const rho = Math.min(1, Math.max(0, gains.lagOneAutocorrelation ?? 0));
    const specification = { model: 'lognormal', sharing: 'own', sigma: gains.logStandardDeviation, rho } as const;
    // Appearances take the place of steps: the correlation was measured from appearance to appearance.
    const setting = { baseGain: gains.mean, learningRate: 1, batchSize: 1, steps: 1, run: 'upper' } as const;
    const model = lognormalModel(specification, setting);
    const streams = replicateStreams(1, 'lognormal-gain predictor', 'sfc32');
    return items.map(({ appearances }, item) => {
      let sum = 0;
      for (let path = 0; path < paths; path++) {
        const uniform = streams(item * paths + path)('gain');
        const gain = model.open();
        let s = initial[item];
        for (let appearance = 1; appearance <= appearances; appearance++)
          s = grow(s, gain.gain(appearance, 1, uniform));
        sum += Math.sqrt(s);
      }
      return (sum / paths) ** 2;
    });
  },
};
