import type { Predictor } from './predictor.ts';

/** (e) The recorded gains themselves: exact, up to rounding, where s changes at appearances only, by c/s. */
export const recordedGains: Predictor = {
  letter: 'e',
  title: 'the recorded gains',
  needs: 'the training',
  predict: ({ initial, items }) =>
    items.map(({ appearances, replayed }, item) => (appearances === 0 ? initial[item] : replayed)),
};
