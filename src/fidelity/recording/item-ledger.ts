import { grow } from '../../process/grow.ts';
import type { Appearance } from '../../trainer/steppers/watched-stepper.ts';

/** What a recording keeps of one item: as much memory as it has different multiplicities, however long the training. */
export interface ItemLedger {
  readonly appearances: number;
  /** Σ K, slots that held the item. */
  readonly slots: number;
  /** Σ c. */
  readonly totalGain: number;
  /** K → appearances with K copies. */
  readonly multiplicities: ReadonlyMap<number, number>;
  /** s as the process has it: s ← s + c/s with the recorded gains, from the s before the first. NaN before it. */
  readonly replayed: number;
}

/** The item's gain at an appearance: c = s(s⁺ − s). */
export function gainOf({ before, after }: Appearance): number {
  return before * (after - before);
}

/** Adds up an item's appearances. */
export class OpenLedger implements ItemLedger {
  appearances = 0;
  slots = 0;
  totalGain = 0;
  replayed = Number.NaN;
  readonly multiplicities = new Map<number, number>();

  add(appearance: Appearance): void {
    const { before, multiplicity } = appearance;
    if (this.appearances === 0) this.replayed = before;
    const gain = gainOf(appearance);
    this.appearances += 1;
    this.slots += multiplicity;
    this.totalGain += gain;
    this.multiplicities.set(multiplicity, (this.multiplicities.get(multiplicity) ?? 0) + 1);
    this.replayed = grow(this.replayed, gain);
  }
}
