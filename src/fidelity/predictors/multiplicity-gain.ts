import { grow } from '../../process/grow.ts';
import type { ItemLedger } from '../recording/item-ledger.ts';
import type { Predictor } from './predictor.ts';

/** (c) c₁K^γ: γ by least squares of log c on log K, c₁ so that all gains together are what they were. */
export const multiplicityGain: Predictor = {
  letter: 'c',
  title: 'c₁K^γ, fitted',
  needs: 'the training',
  predict({ initial, items, gains }) {
    const exponent = gains.multiplicityExponent ?? 0;
    const total = items.reduce((sum, { totalGain }) => sum + totalGain, 0);
    const powers = items.reduce((sum, { multiplicities }) => {
      return sum + [...multiplicities].reduce((within, [copies, count]) => within + count * copies ** exponent, 0);
    }, 0);
    const scale = total / powers;
    return items.map((ledger, item) =>
      grownByMultiplicity(initial[item], ledger, (copies) => scale * copies ** exponent),
    );
  },
};

/** s after the item's appearances, those with few copies first: the order among them changes c²/s² terms only. */
function grownByMultiplicity(
  start: number,
  { multiplicities }: ItemLedger,
  gainOf: (copies: number) => number,
): number {
  let s = start;
  for (const [copies, appearances] of [...multiplicities].sort(([a], [b]) => a - b)) {
    for (let appearance = 0; appearance < appearances; appearance++) s = grow(s, gainOf(copies));
  }
  return s;
}
