import type { Panel, Room } from './panels/panel.ts';
import type { PaneId } from './ui-state.ts';

/** A pane and its room, its title line included. */
export interface PlacedPane {
  readonly panel: Panel;
  readonly room: Room;
}

/** Columns of panes, from left to right. */
export type Layout = readonly (readonly PlacedPane[])[];

/** Smaller screens get a word instead: nothing would be readable. */
export const smallestScreen: Room = { width: 80, height: 24 };

/** What is left of a screen for the panes: without the head line, the line of hints, and the last line. */
export function roomOfPanes({ width, height }: Room): Room {
  return { width, height: height - 3 };
}

/** A column narrower than this tells too little. */
const narrowestColumn = 58;
const mostColumns = 3;
/** Lines of a pane, title included. */
const lowestPane = 7;

/** How much of a column's height a pane asks for beside others. */
const weights: Readonly<Record<PaneId, number>> = {
  progress: 2,
  estimates: 2,
  trajectories: 4,
  order: 3,
  sweep: 4,
  claims: 2,
  trainer: 5,
  log: 2,
};

/** Where each pane goes: all that fit, in their order, the one with the keys among them; stacked where it is narrow. */
export function layoutOf(panels: readonly Panel[], focus: PaneId, room: Room): Layout {
  const columns = Math.min(mostColumns, panels.length, Math.max(1, Math.floor(room.width / narrowestColumn)));
  const perColumn = Math.max(1, Math.floor(room.height / lowestPane));
  const shown = shownPanels(panels, focus, columns * perColumn);
  const width = Math.floor((room.width - (columns - 1)) / columns);
  const inColumns = Array.from({ length: columns }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.round((edge * shown.length) / columns));
    return shown.slice(from, to);
  }).filter((panes) => panes.length > 0);
  return inColumns.map((panes) => stacked(panes, { width, height: room.height }));
}

/** The first ones, and the one that has the keys in place of the last where it is not among them. */
function shownPanels(panels: readonly Panel[], focus: PaneId, most: number): readonly Panel[] {
  if (panels.length <= most) return panels;
  const first = panels.slice(0, most);
  const focused = panels.find(({ id }) => id === focus);
  return focused === undefined || first.includes(focused) ? first : [...first.slice(0, -1), focused];
}

/** Panes below one another, which fill the height to the line. */
function stacked(panes: readonly Panel[], { width, height }: Room): PlacedPane[] {
  const total = panes.reduce((sum, { id }) => sum + weights[id], 0);
  const spare = height - lowestPane * panes.length;
  let weight = 0;
  let used = 0;
  return panes.map((panel) => {
    weight += weights[panel.id];
    const end = Math.round((spare * weight) / total);
    const extra = end - used;
    used = end;
    return { panel, room: { width, height: lowestPane + extra } };
  });
}
