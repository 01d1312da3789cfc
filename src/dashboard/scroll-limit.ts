import { layoutOf, roomOfPanes } from './layout.ts';
import { panelsFor } from './panels/index.ts';
import type { Room } from './panels/panel.ts';
import type { Snapshot } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

/** The state with no pane scrolled beyond its end, so that the key back moves at once. */
export function withinScroll(ui: UiState, snapshot: Snapshot, screen: Room): UiState {
  const scrolled = ui.scroll[ui.focus] ?? 0;
  const panels = panelsFor(snapshot);
  const panel = panels.find(({ id }) => id === ui.focus);
  // A pane that counts its turns without an end has no overflow.
  if (scrolled === 0 || panel?.overflow === undefined) return ui;
  const room = roomOfPanes(screen);
  const placed = ui.isOpen
    ? { room }
    : layoutOf(panels, ui.focus, room)
        .flat()
        .find((pane) => pane.panel === panel);
  if (placed === undefined) return ui;
  const { width, height } = placed.room;
  const most = panel.overflow({ snapshot, ui, room: { width, height: height - 1 } });
  return { ...ui, scroll: { ...ui.scroll, [ui.focus]: Math.min(scrolled, most) } };
}
