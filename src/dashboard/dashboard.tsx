import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { formatDuration, formatSignificant } from '../report/format-number.ts';
import { helpLines } from './help-lines.ts';
import { layoutOf, type PlacedPane, roomOfPanes, smallestScreen } from './layout.ts';
import { paceOf } from './pace.ts';
import { panelsFor } from './panels/index.ts';
import type { Panel, PanelProps, Room } from './panels/panel.ts';
import { shareDone } from './share-done.ts';
import type { Snapshot } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

interface DashboardProps {
  readonly snapshot: Snapshot;
  readonly ui: UiState;
  /** The screen, of which the last line is left free: a frame as tall as the screen flickers. */
  readonly screen: Room;
}

/** The whole screen: a head line, the panes, and a line of hints. A function of what it is given. */
export function Dashboard({ snapshot, ui, screen }: DashboardProps): ReactElement {
  const { width, height } = screen;
  if (width < smallestScreen.width || height < smallestScreen.height) return <TooSmall screen={screen} />;
  const room = roomOfPanes(screen);
  return (
    <Box flexDirection="column" width={width} height={height - 1}>
      <HeadLine snapshot={snapshot} ui={ui} width={width} />
      <Middle snapshot={snapshot} ui={ui} room={room} />
      <HintLine snapshot={snapshot} ui={ui} width={width} />
    </Box>
  );
}

function TooSmall({ screen: { width, height } }: { screen: Room }): ReactElement {
  const text = `norm-growth needs ${smallestScreen.width} columns and ${smallestScreen.height} lines; this has ${width} and ${height}. The run goes on; q quits.`;
  return (
    <Box width={width} height={Math.max(1, height - 1)}>
      <Text wrap="wrap">{text}</Text>
    </Box>
  );
}

function Middle({ snapshot, ui, room }: PanelProps): ReactElement {
  const panels = panelsFor(snapshot);
  if (ui.help !== null) return <Help panels={panels} from={ui.help} room={room} />;
  const focused = panels.find(({ id }) => id === ui.focus) ?? panels[0];
  const layout = ui.isOpen ? [[{ panel: focused, room }]] : layoutOf(panels, focused.id, room);
  return (
    <Box height={room.height} columnGap={1}>
      {layout.map((panes) => (
        <Box key={panes[0].panel.id} flexDirection="column">
          {panes.map((pane) => (
            <Pane
              key={pane.panel.id}
              {...pane}
              snapshot={snapshot}
              ui={ui}
              number={panels.indexOf(pane.panel) + 1}
              isFocused={pane.panel === focused}
            />
          ))}
        </Box>
      ))}
    </Box>
  );
}

function Pane(
  props: PlacedPane & { snapshot: Snapshot; ui: UiState; number: number; isFocused: boolean },
): ReactElement {
  const { panel, room, snapshot, ui, number, isFocused } = props;
  const inner = { snapshot, ui, room: { width: room.width, height: room.height - 1 } };
  const more = panel.overflow?.(inner) ?? 0;
  const end = more > 0 ? ` ${more} more ↕ ` : '';
  const rule = isFocused ? '━' : '─';
  const head = `${rule} ${number} ${panel.title} `;
  const line = `${head}${rule.repeat(Math.max(0, room.width - stringWidth(head) - stringWidth(end)))}${end}`;
  return (
    <Box flexDirection="column" width={room.width} height={room.height} overflow="hidden">
      <Text bold={isFocused} dimColor={!isFocused} wrap="truncate">
        {line}
      </Text>
      <panel.Body {...inner} />
    </Box>
  );
}

function Help({ panels, from, room }: { panels: readonly Panel[]; from: number; room: Room }): ReactElement {
  const lines = helpLines(panels);
  const start = Math.min(from, Math.max(0, lines.length - room.height));
  return (
    <Box flexDirection="column" width={room.width} height={room.height} overflow="hidden">
      <Text wrap="truncate">{lines.slice(start, start + room.height).join('\n')}</Text>
    </Box>
  );
}

function HeadLine({ snapshot, ui, width }: { snapshot: Snapshot; ui: UiState; width: number }): ReactElement {
  const { facts, state } = snapshot;
  const { secondsLeft, stepsPerSecond } = paceOf(snapshot);
  const isGoing = state === 'running';
  const parts = [
    state,
    `${Math.floor(100 * shareDone(snapshot))} %`,
    ...(isGoing && stepsPerSecond > 0 ? [`${formatSignificant(stepsPerSecond, 3)} steps/s`] : []),
    ...(isGoing && Number.isFinite(secondsLeft) ? [`${formatDuration(secondsLeft)} left`] : []),
    ...(ui.isViewPaused ? ['VIEW PAUSED (u)'] : []),
    ...(ui.filter === '' ? [] : [`filter: ${ui.filter}`]),
  ];
  return (
    <Text wrap="truncate" inverse>
      {` norm-growth  ${facts.title}  ${parts.join('  ')}`.padEnd(width)}
    </Text>
  );
}

/** What can be done from here, or what the last key did. */
function HintLine({ snapshot, ui, width }: { snapshot: Snapshot; ui: UiState; width: number }): ReactElement {
  return (
    <Text wrap="truncate" dimColor={ui.notice === null && !ui.isTypingFilter}>
      {hintOf(snapshot, ui).padEnd(width)}
    </Text>
  );
}

function hintOf(snapshot: Snapshot, ui: UiState): string {
  if (ui.isTypingFilter) return ` /${ui.filter}▏ Enter keeps, Esc drops`;
  if (ui.notice !== null) return ` ${ui.notice}`;
  if (ui.help !== null) return ' ↑↓ PgUp PgDn scroll  Esc back';
  const own = panelsFor(snapshot).find(({ id }) => id === ui.focus)?.keys ?? [];
  const run = snapshot.state === 'paused' ? 'go on' : 'pause';
  const hints = [
    ['?', 'help'],
    ['q', 'quit'],
    ...own,
    ...(ui.isOpen
      ? [['Esc', 'back']]
      : [
          ['Tab', 'pane'],
          ['Enter', 'open'],
        ]),
    ['/', 'filter'],
    ['p', run],
    ['u', 'hold view'],
    ['c', 'copy replay'],
    ['s', 'save screen'],
  ];
  return ` ${hints.map(([key, what]) => `${key} ${what}`).join('  ')}`;
}
