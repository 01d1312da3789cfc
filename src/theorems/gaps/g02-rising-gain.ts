import { grow } from '../../process/grow.ts';
import type { Gap } from '../gap.ts';

/** Gap G2: what the floor 2√c is worth when c rises. */
export const risingGain: Gap = {
  id: 'G2',
  article: 'Step 3 rests on s ≥ 2√c after an appearance, as long as c does not change much; how much is left open.',
  instead:
    'That c is an earlier one: the floor protects the order from a later gain up to four times it, and from no larger one.',
  measure: () =>
    [4, 4.1].map((rise) => {
      // Both runs meet c = 1 from s₀ = 1, and stand on the floor 2√c; a gain of 0.01 then parts them.
      const lower = grow(1, 1);
      const upper = grow(grow(1, 1), 0.01);
      const what = `s″ − s′ after both meet a gain ${rise} times the first one, 0.005 before it`;
      return { what, value: grow(upper, rise) - grow(lower, rise), standardError: null, unit: '' };
    }),
};
