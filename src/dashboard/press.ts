import { firstViolationOf } from './first-violation.ts';
import type { KeyName } from './key-press.ts';
import { moveCursor } from './map-cursor.ts';
import { filteredCells, shownCell } from './shown-cell.ts';
import type { Snapshot } from './snapshot.ts';
import { axisScales, initialUi, type PaneId, type UiState } from './ui-state.ts';

/** What a key asks of whoever runs the dashboard: what the view cannot do itself. */
export type Command = 'quit' | 'pause the run' | 'copy' | 'save' | 'replay';

/** What a key led to. */
export interface Pressed {
  readonly ui: UiState;
  readonly command: Command | null;
}

/** What a key may be about: the panes there are, in their order, and how many estimates a map can show. */
export interface PressContext {
  readonly panes: readonly PaneId[];
  readonly estimates: number;
}

const page = 10;

/** The plain meaning of every key: a function of what is seen and what was pressed. */
export function press(ui: UiState, key: KeyName, snapshot: Snapshot, context: PressContext): Pressed {
  const plain = { ...ui, notice: null };
  if (key === 'ctrl-c') return { ui: plain, command: 'quit' };
  if (ui.isTypingFilter) return only(typeFilter(plain, key));
  const command = commandOf(key, plain, snapshot);
  if (command !== null) return { ui: plain, command };
  if (ui.help !== null) return only(turnHelp(plain, key));
  return only(turnPane(plain, key, snapshot, context) ?? moveWithin(plain, key, snapshot, context));
}

function only(ui: UiState): Pressed {
  return { ui, command: null };
}

function commandOf(key: KeyName, ui: UiState, snapshot: Snapshot): Command | null {
  switch (key) {
    case 'q':
      return 'quit';
    case 'p':
      return 'pause the run';
    case 'c':
      return 'copy';
    case 's':
      return 'save';
    case 'enter': {
      const isAsked = ui.help === null && ui.focus === 'order';
      return isAsked && firstViolationOf(snapshot, shownCell(snapshot, ui)) !== null ? 'replay' : null;
    }
    default:
      return null;
  }
}

function typeFilter(ui: UiState, key: KeyName): UiState {
  if (key === 'escape') return { ...ui, isTypingFilter: false, filter: '' };
  if (key === 'enter' || key === 'tab') return { ...ui, isTypingFilter: false };
  if (key === 'backspace') return { ...ui, filter: [...ui.filter].slice(0, -1).join('') };
  return [...key].length === 1 && ui.filter.length < 60 ? { ...ui, filter: ui.filter + key } : ui;
}

function turnHelp(ui: UiState, key: KeyName): UiState {
  if (['escape', '?', 'h', 'enter'].includes(key)) return { ...ui, help: null };
  const by = scrollOf(key);
  return { ...ui, help: Math.max(0, (ui.help ?? 0) + by) };
}

/** What every pane understands alike; null where a key means something to the pane itself. */
function turnPane(ui: UiState, key: KeyName, snapshot: Snapshot, { panes }: PressContext): UiState | null {
  const place = panes.indexOf(ui.focus);
  const focusOn = (next: number) => ({ ...ui, focus: panes[(next + panes.length) % panes.length], replay: null });
  if (/^[1-9]$/.test(key)) return Number(key) <= panes.length ? focusOn(Number(key) - 1) : ui;
  switch (key) {
    case 'tab':
      return focusOn(place + 1);
    case 'shift-tab':
      return focusOn(place - 1);
    case 'enter':
      return { ...ui, isOpen: true };
    case 'escape':
      return stepBack(ui);
    case '?':
      return { ...ui, help: 0 };
    // Left on a map, help everywhere else.
    case 'h':
      return ui.focus === 'sweep' ? null : { ...ui, help: 0 };
    case '/':
      return { ...ui, isTypingFilter: true };
    case '0':
      return { ...initialUi, focus: ui.focus, isOpen: ui.isOpen, notice: 'view reset' };
    case 'y':
      return { ...ui, scale: axisScales[(axisScales.indexOf(ui.scale) + 1) % axisScales.length] };
    case 'u':
      return { ...ui, isViewPaused: !ui.isViewPaused };
    case 'f':
      return { ...ui, cell: ui.cell === null ? shownCell(snapshot, ui) : null };
    default:
      return null;
  }
}

/** Esc takes back one thing at a time. */
function stepBack(ui: UiState): UiState {
  if (ui.replay !== null) return { ...ui, replay: null };
  if (ui.filter !== '') return { ...ui, filter: '' };
  return ui.isOpen ? { ...ui, isOpen: false } : { ...ui, cell: null };
}

const directions: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  up: [0, -1],
  k: [0, -1],
  down: [0, 1],
  j: [0, 1],
  left: [-1, 0],
  h: [-1, 0],
  right: [1, 0],
  l: [1, 0],
};

/** What a key means within the pane that has the keys. */
function moveWithin(ui: UiState, key: KeyName, snapshot: Snapshot, { estimates }: PressContext): UiState {
  const [dx, dy] = directions[key] ?? [0, 0];
  const isMove = key in directions;
  switch (ui.focus) {
    case 'sweep':
      if (isMove) return { ...ui, cell: moveCursor(snapshot, ui, dx, dy) };
      if (key === 'e') return { ...ui, map: { ...ui.map, estimate: (ui.map.estimate + 1) % Math.max(1, estimates) } };
      return key === 'x' ? { ...ui, map: nextAxes(ui.map, snapshot.facts.axes.length) } : ui;
    case 'log':
      // Counted from the newest line, which is the last one.
      return scrolled(ui, -scrollOf(key));
    case 'progress':
    case 'claims':
    case 'trainer':
      if (dx !== 0) return toCell(ui, dx, snapshot);
      return scrolled(ui, scrollOf(key));
    default:
      return isMove ? toCell(ui, dx + dy, snapshot) : ui;
  }
}

/** Through all ordered pairs of different axes. */
function nextAxes(map: UiState['map'], axes: number): UiState['map'] {
  if (axes < 2) return map;
  const pairs = Array.from({ length: axes * axes }, (_, pair) => ({
    across: pair % axes,
    down: Math.floor(pair / axes),
  })).filter(({ across, down }) => across !== down);
  const place = pairs.findIndex(({ across, down }) => across === map.across && down === map.down);
  return { ...map, ...pairs[(place + 1) % pairs.length] };
}

function scrolled(ui: UiState, by: number): UiState {
  const lines = Math.max(0, (ui.scroll[ui.focus] ?? 0) + by);
  return by === 0 ? ui : { ...ui, scroll: { ...ui.scroll, [ui.focus]: lines } };
}

function scrollOf(key: KeyName): number {
  if (key === 'page-down') return page;
  if (key === 'page-up') return -page;
  return directions[key]?.[1] ?? 0;
}

/** The next of the cells that the filter lets through. */
function toCell(ui: UiState, by: number, snapshot: Snapshot): UiState {
  const cells = filteredCells(snapshot, ui);
  if (by === 0 || cells.length === 0) return ui;
  const shown = shownCell(snapshot, ui);
  const place = cells.indexOf(shown);
  const next = place < 0 ? 0 : Math.min(cells.length - 1, Math.max(0, place + by));
  return { ...ui, cell: cells[next], replay: null };
}
