import type { Spec } from 'vega';
import type { Figure } from '../figures/figure.ts';

/** What a page's script knows of a figure. */
export interface LiveFigure extends Pick<Figure, 'title' | 'rows' | 'zoomed'> {
  /** The id of its section. */
  readonly place: string;
  /** Its data `rows` is empty. */
  readonly vega: Spec;
}
