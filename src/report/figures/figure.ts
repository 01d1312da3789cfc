import type { TopLevelSpec } from 'vega-lite';

/** A row of what a figure is drawn from. */
export type Datum = Readonly<Record<string, number | string | boolean | null>>;

/** A line, or a set of marks, that a reader may hide. */
export interface Series {
  /** As the rows have it in the field `series`. */
  readonly name: string;
  readonly color: string;
}

/** What a reader may choose, one at a time: the cells of a sweep, or the quantity that is drawn. */
export interface Choice {
  readonly label: string;
  /** As the rows have them in the field `choice`; the first is drawn until another is chosen, and on paper. */
  readonly options: readonly string[];
}

/** A picture with its words and its numbers. */
export interface Figure {
  /** Lower-case letters, digits and hyphens: its place in a page and the name of its file. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in numbers. */
  readonly caption: string;
  /** All that is drawn: the download of a page is this. Foreign text in it is safe to show. */
  readonly rows: readonly Datum[];
  /** A Vega-Lite specification whose data is called `rows`; without a title, which the place of the picture gives it. */
  readonly spec: TopLevelSpec;
  /** Empty where there is one. */
  readonly series: readonly Series[];
  /** Null where all the rows are drawn. */
  readonly choice: Choice | null;
  /** A second thing to choose beside the first, as the rows have it in the field `slice`. */
  readonly slice?: Choice | null;
  /** The fields on the axes that a reader may zoom: see `zoomParam`. */
  readonly zoomed: readonly string[];
}

/** What makes a figure of a run. */
export interface FigureOf<Source> {
  readonly id: string;
  /** What it shows, in a few words for a list. */
  readonly about: string;
  /** Null where the run has nothing to show in it. */
  draw(source: Source): Figure | null;
}
