import { grownBy } from './constant-gain.ts';
import type { Predictor } from './predictor.ts';

/** (b) Each item's own mean gain. */
export const itemMeanGain: Predictor = {
  letter: 'b',
  title: "an item's mean gain",
  needs: 'the training',
  predict: ({ initial, items }) =>
    items.map(({ appearances, totalGain }, item) => grownBy(initial[item], totalGain / appearances, appearances)),
};
