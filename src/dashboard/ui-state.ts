import type { Replay } from '../engine/replay-pair.ts';

/** The panes, in the order of their numbers. */
export const paneIds = ['progress', 'estimates', 'trajectories', 'order', 'sweep', 'claims', 'trainer', 'log'] as const;
export type PaneId = (typeof paneIds)[number];

/** The scales of a chart of norms: on the fourth power the law of growth is a line. */
export const axisScales = ['linear', 'logarithmic', 'fourth power'] as const;
export type AxisScale = (typeof axisScales)[number];

/** What the person at the keyboard has chosen to look at: nothing here is of the run. */
export interface UiState {
  /** The pane that has the keys. */
  readonly focus: PaneId;
  /** Whether it fills the screen. */
  readonly isOpen: boolean;
  /** The cell to show; null follows the one that grew last. */
  readonly cell: number | null;
  /** Lines scrolled, by pane. */
  readonly scroll: Readonly<Partial<Record<PaneId, number>>>;
  readonly scale: AxisScale;
  /** Of the sweep's map: the axes across and down, by their place among the swept fields, and the estimate. */
  readonly map: { readonly across: number; readonly down: number; readonly estimate: number };
  /** Cells whose name does not hold this are left out of lists and maps. */
  readonly filter: string;
  readonly isTypingFilter: boolean;
  /** Lines scrolled of the help; null while it is not shown. */
  readonly help: number | null;
  readonly isViewPaused: boolean;
  /** The first violation of the shown cell, replayed; null until it is asked for. */
  readonly replay: { readonly cell: number; readonly replicate: number; readonly replay: Replay } | null;
  /** A word on what a key did. */
  readonly notice: string | null;
}

export const initialUi: UiState = {
  focus: 'progress',
  isOpen: false,
  cell: null,
  scroll: {},
  scale: 'linear',
  map: { across: 0, down: 1, estimate: 0 },
  filter: '',
  isTypingFilter: false,
  help: null,
  isViewPaused: false,
  replay: null,
  notice: null,
};
