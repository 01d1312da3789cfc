import { Text } from 'ink';
import type { ReactElement } from 'react';
import wrapAnsi from 'wrap-ansi';
import type { LogLine, Snapshot } from '../snapshot.ts';
import type { Panel, PanelProps } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';

/** What the run has told, the newest last. */
export const logPanel: Panel = {
  id: 'log',
  title: 'Log',
  isFor: () => true,
  Body: LogBody,
  overflow: ({ snapshot, room }) => Math.max(0, linesOf(snapshot, room.width).length - room.height),
  keys: [],
};

/** Told apart without colour, too. */
const marks = { info: 'i', warning: '!', error: '✗' } as const;
const colours = { info: 'gray', warning: 'yellow', error: 'red' } as const;

/** The lines scrolled are counted from the newest one back, so that who has not scrolled sees what comes. */
function LogBody({ snapshot, ui, room }: PanelProps): ReactElement {
  const lines = linesOf(snapshot, room.width);
  if (lines.length === 0) return <PanelLines room={room} lines={[<Text key="none">nothing to tell so far</Text>]} />;
  const scrolled = Math.min(ui.scroll.log ?? 0, Math.max(0, lines.length - room.height));
  const end = lines.length - scrolled;
  const shown = lines.slice(Math.max(0, end - room.height), end);
  return (
    <PanelLines
      room={room}
      lines={shown.map(({ head, level, text }) => (
        <Text key="line" {...(level === 'info' ? {} : { color: colours[level] })}>
          {head}
          {text}
        </Text>
      ))}
    />
  );
}

/** A line on the screen; the head of those that go on is blank. */
interface WrappedLine {
  readonly head: string;
  readonly level: LogLine['level'];
  readonly text: string;
}

function linesOf({ log, startedMs }: Snapshot, width: number): WrappedLine[] {
  return log.flatMap((line) => {
    const head = `${clock(line.atMs - startedMs)} ${marks[line.level]} `;
    const texts = wrapped(line, Math.max(1, width - head.length));
    return texts.map((text, place) => ({
      head: place === 0 ? head : ' '.repeat(head.length),
      level: line.level,
      text,
    }));
  });
}

/** A log only grows: what is there is wrapped once for each width. */
function wrapped(line: LogLine, width: number): readonly string[] {
  const known = wrappings.get(line);
  if (known?.width === width) return known.texts;
  const texts = wrapAnsi(line.text, width, { hard: true }).split('\n');
  wrappings.set(line, { width, texts });
  return texts;
}

const wrappings = new WeakMap<LogLine, { readonly width: number; readonly texts: readonly string[] }>();

/** 0:05, 12:40, 1:02:03: time since the start. */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const end = String(seconds % 60).padStart(2, '0');
  const text = hours === 0 ? `${minutes}:${end}` : `${hours}:${String(minutes % 60).padStart(2, '0')}:${end}`;
  return text.padStart(5);
}
