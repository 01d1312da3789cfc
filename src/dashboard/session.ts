import type { Cell } from '../engine/plan.ts';
import { replayPair } from '../engine/replay-pair.ts';
import { quantityNames } from './cell-quantities.ts';
import { firstViolationOf } from './first-violation.ts';
import { foldSeen } from './fold-seen.ts';
import type { KeyName } from './key-press.ts';
import { panelsFor } from './panels/index.ts';
import type { Room } from './panels/panel.ts';
import { type Command, press } from './press.ts';
import { replayLine } from './replay-line.ts';
import { withinScroll } from './scroll-limit.ts';
import { shownCell } from './shown-cell.ts';
import type { CellJudge, Seen, Snapshot } from './snapshot.ts';
import { initialUi, type UiState } from './ui-state.ts';

/** What a dashboard needs others for. */
export interface SessionMeans {
  readonly judge: CellJudge;
  /** Ends the run, or the look at it: once to save and stop, twice to stop at once. */
  quit(): void;
  /** Holds the run or lets it go on; null where it is another process's. */
  readonly pauseRun: ((isPaused: boolean) => void) | null;
  /** How large the screen is. */
  screen(): Room;
  copy(text: string): void;
  /** Keeps the screen in sight; returns what to tell. */
  saveScreen(shown: Snapshot, ui: UiState): string;
}

/** Steps shown on either side of a violation. */
const around = 4;

/**
 * What is seen of a run and what the person at the keyboard wants to see, brought together: knows no terminal. What is
 * seen waits until the next look, and is folded at once.
 */
export class Session {
  ui: UiState = initialUi;
  /** Whether anybody has pressed a key: then somebody is looking. */
  isTouched = false;
  readonly #means: SessionMeans;
  #waiting: Seen[] = [];
  #live: Snapshot;
  #held: Snapshot | null = null;

  constructor(start: Snapshot, means: SessionMeans) {
    this.#live = start;
    this.#means = means;
  }

  get hasNews(): boolean {
    return this.#waiting.length > 0;
  }

  /** What is to be shown: the run as it is, or as it was when the view was paused. */
  get shown(): Snapshot {
    return this.#held ?? this.#live;
  }

  see(seen: Seen): void {
    this.#waiting.push(seen);
  }

  /** Takes in all that was seen. */
  fold(nowMs: number): void {
    this.#live = foldSeen(this.#live, this.#waiting, nowMs, this.#means.judge);
    this.#waiting = [];
  }

  press(key: KeyName): void {
    this.isTouched = true;
    const panels = panelsFor(this.#live);
    const context = { panes: panels.map(({ id }) => id), estimates: quantityNames(this.#live).length };
    const { ui, command } = press(this.ui, key, this.shown, context);
    this.ui = withinScroll(ui, this.shown, this.#means.screen());
    this.#held = ui.isViewPaused ? this.shown : null;
    if (command !== null) this.#obey(command);
  }

  #obey(command: Command): void {
    switch (command) {
      case 'quit':
        this.#means.quit();
        return;
      case 'pause the run':
        this.#pauseRun();
        return;
      case 'copy': {
        const line = replayLine(this.shown, shownCell(this.shown, this.ui));
        if (line !== null) this.#means.copy(line);
        this.#tell(line === null ? 'there is no run folder to replay from' : `copied: ${line}`);
        return;
      }
      case 'save':
        this.#tell(this.#means.saveScreen(this.shown, this.ui));
        return;
      case 'replay':
        this.#replay();
    }
  }

  #pauseRun(): void {
    const { state } = this.#live;
    if (this.#means.pauseRun === null) this.#tell('this run is another process’s: it cannot be paused from here');
    else if (state === 'running' || state === 'paused') this.#means.pauseRun(state === 'running');
    else this.#tell(`the run is ${state}`);
  }

  #replay(): void {
    const cell = shownCell(this.shown, this.ui);
    const violation = firstViolationOf(this.shown, cell);
    if (violation === null) return;
    const { replicate } = violation;
    const replay = replayPair(this.shown.facts.cells[cell].plan as Cell, replicate, around);
    this.ui = { ...this.ui, isOpen: true, cell, replay: { cell, replicate, replay } };
  }

  #tell(notice: string): void {
    this.ui = { ...this.ui, notice };
  }
}
