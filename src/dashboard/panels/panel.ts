import type { ReactElement } from 'react';
import type { Snapshot } from '../snapshot.ts';
import type { PaneId, UiState } from '../ui-state.ts';

/** The room that a panel has for its lines, in columns and lines of the terminal. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What a panel gets: it shows; it does not fetch, time or compute what is not cheap. */
export interface PanelProps {
  readonly snapshot: Snapshot;
  readonly ui: UiState;
  readonly room: Room;
}

/** One pane of the dashboard. */
export interface Panel {
  readonly id: PaneId;
  /** A word or two. */
  readonly title: string;
  /** Whether a run of this kind has anything to show here. */
  isFor(snapshot: Snapshot): boolean;
  /** Fills its room and no more: at most `height` lines of at most `width` columns. */
  readonly Body: (props: PanelProps) => ReactElement;
  /** How many lines there are to scroll through beyond the room; 0 or missing where nothing scrolls. */
  overflow?(props: PanelProps): number;
  /** Keys that only this pane knows, for the last line and the help: `['y', 'axis']`. */
  readonly keys: readonly (readonly [key: string, what: string])[];
}
