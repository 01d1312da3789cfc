import type { Datum } from '../../report/figures/figure.ts';
import type { Equipment } from './equipment.ts';
import type { Row } from './row.ts';

/** A part of the article and the theory that can be done by itself. */
export interface Section {
  /** Lower-case letters. */
  readonly id: string;
  readonly title: string;
  /** What it compares, and how, in a sentence or two. */
  readonly about: string;
  /** Does all of it anew, but for runs that are finished already. */
  reproduce(equipment: Equipment): Promise<Reproduced>;
}

/** What a section came to. */
export interface Reproduced {
  readonly rows: readonly Row[];
  readonly tables?: readonly Table[];
  readonly pictures?: readonly Pictures[];
}

/** Numbers beside the rows. */
export interface Table {
  /** Lower-case letters and hyphens: its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Datum[];
}

/** Which pictures are drawn of a run. */
export interface Pictures {
  /** Its run folder. */
  readonly path: string;
  readonly scenario: string;
  /** Of the report's figures; those that do not exist, or have nothing to show, are left out. */
  readonly figures: readonly string[];
  /** Pictures that the run folder has of its own, by their names; those that are not there are left out. */
  readonly kept?: readonly string[];
}
