import type { ChunkedCell } from '../engine/plan.ts';
import { formatParameter } from '../report/format-number.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';

/** What a dashboard knows of a run before anything has happened in it; nothing here changes. */
export interface RunFacts {
  readonly title: string;
  readonly kind: 'coupled' | 'train' | 'fidelity';
  /** What a replicate is called, in the plural. */
  readonly replicatesAre: 'pairs' | 'trainings';
  /** The run folder, for the replay line; null where there is none. */
  readonly folder: string | null;
  /** The swept fields, in the order in which they were written. */
  readonly axes: readonly string[];
  readonly cells: readonly CellFacts[];
}

/** What a dashboard knows of a cell beforehand. */
interface CellFacts {
  /** This cell's value of each swept field, by its dotted path; safe to print. */
  readonly swept: Readonly<Record<string, AxisValue>>;
  /** At most so many: a stopping rule may do with fewer. */
  readonly replicates: number;
  /** Steps of one replicate: what a pair-step is counted in. */
  readonly steps: number;
  /** Epochs of one replicate; null where it is no training. */
  readonly epochs: number | null;
  /** What the cell's numbers are expected to be, in words; safe to print. */
  readonly expects: readonly string[];
  /** The resolved cell, which the panels of its kind understand. */
  readonly plan: ChunkedCell;
}

/** A swept value as a person would write it. */
export function shownValue(value: AxisValue): string {
  return typeof value === 'number' ? formatParameter(value) : String(value);
}

/** A cell's name: what was swept to make it, or its number. */
export function cellName({ cells }: RunFacts, index: number): string {
  const swept = Object.entries(cells[index].swept).map(([path, value]) => `${path} = ${shownValue(value)}`);
  return swept.length === 0 ? `cell ${index}` : `cell ${index}: ${swept.join(', ')}`;
}
