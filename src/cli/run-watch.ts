import type { RunFacts } from '../dashboard/run-facts.ts';
import type { CellJudge, LogLine, Merged, RunState } from '../dashboard/snapshot.ts';
import type { EngineEvent } from '../engine/engine-event.ts';
import type { Pause } from '../engine/pause.ts';
import type { ChunkedCell } from '../engine/plan.ts';

/** Who watches a run. Nothing that is watched depends on it. */
export interface RunWatch {
  see(event: EngineEvent<ChunkedCell, Merged>): void;
  /** Tells a person something about the run. */
  say(text: string, level?: LogLine['level']): void;
  /** What the run as a whole does now, and why, where that is bad news that will be printed when the screen is back. */
  turn(state: RunState, because?: string): void;
  /** Holds the run; null where nobody can. */
  readonly pause: Pause | null;
  /** Settles when whoever looks has seen enough of a run that is over. */
  left(): Promise<void>;
  /** Gives the terminal back. A second call does nothing. */
  close(): void;
}

/** What a watch is opened for. */
export interface Watched {
  /** Null of a run of more cells than a person can look at. */
  readonly facts: RunFacts | null;
  /** How many cells there are. */
  readonly cells: number;
  /** Loads what decides a cell's expectations: only the dashboard shows them before the end. */
  loadJudge(): Promise<CellJudge>;
  /** What a person was told before: the dashboard hides the screen where it stands. */
  readonly notices: readonly string[];
  /** What the person at the keyboard can do to the run. */
  readonly control: RunControl;
}

export interface RunControl {
  /** Whether the run can be held from here. */
  readonly canPause: boolean;
  /** Whether the dashboard stays when the run is over although no key has been pressed. */
  readonly stays: boolean;
  /** Ends the run, or the look at it, while it is going on. */
  interrupt(): void;
}

/** A run of this process: a person interrupts it as a signal does. */
export const ownRun: RunControl = {
  canPause: true,
  stays: false,
  interrupt: () => void process.kill(process.pid, 'SIGINT'),
};
