import { stripVTControlCharacters } from 'node:util';
import { render, renderToString, useInput } from 'ink';
import type { ReactElement } from 'react';
import { Dashboard } from './dashboard.tsx';
import { type KeyName, keyNames } from './key-press.ts';
import type { Room } from './panels/panel.ts';
import type { RunFacts } from './run-facts.ts';
import { screenSvg } from './screen-svg.ts';
import { Session } from './session.ts';
import { type CellJudge, emptySnapshot, type Seen, type Snapshot } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

/** A screen as it is saved. */
interface SavedScreen {
  readonly text: string;
  readonly svg: string;
}

export interface DashboardOptions {
  readonly facts: RunFacts;
  readonly judge: CellJudge;
  /** Frames a second at most. */
  readonly fps: number;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** See SessionMeans. */
  quit(): void;
  readonly pauseRun: ((isPaused: boolean) => void) | null;
  /** Keeps a screen; returns what to tell. */
  saveScreen(screen: SavedScreen): string;
  /** Told once if the dashboard itself fails: it has closed by then, and the run goes on. */
  failed(error: Error): void;
}

/** A dashboard on the terminal's other screen. */
export interface OpenDashboard {
  see(seen: Seen): void;
  /** Whether a person has pressed a key. */
  isTouched(): boolean;
  /** Gives the terminal back as it was. A second call does nothing. */
  close(): void;
}

/** What happened in a run is drawn at most so often; keys are answered sooner, within the frame rate. */
const newsMs = 500;
/** How long the clocks of a running run may stand still. */
const clockMs = 1000;

/** Shows a run on a terminal's other screen until it is closed. */
export function openDashboard(options: DashboardOptions): OpenDashboard {
  const { facts, judge, fps, stdin, stdout } = options;
  const now = () => performance.now();
  const session = new Session(emptySnapshot(facts, now()), {
    judge,
    quit: options.quit,
    pauseRun: options.pauseRun,
    screen: () => screenOf(stdout),
    // OSC 52: the terminal's clipboard, through SSH too.
    copy: (text) => void stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
    saveScreen: (snapshot, ui) => options.saveScreen(pictureOf(snapshot, ui, screenOf(stdout))),
  });
  const press = (key: KeyName) => {
    // As the terminal does it where it is not in raw mode: to all that the shell has started together.
    if (key === 'ctrl-z') return void process.kill(0, 'SIGTSTP');
    session.press(key);
    draw();
  };
  const frame = () => <App snapshot={session.shown} ui={session.ui} screen={screenOf(stdout)} press={press} />;
  let drawnMs = now();
  const draw = () => {
    if (isClosed) return;
    drawnMs = now();
    session.fold(drawnMs);
    instance.rerender(frame());
  };
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    clearInterval(timer);
    stdout.off('resize', draw);
    process.off('uncaughtExceptionMonitor', close);
    process.off('SIGTSTP', suspend);
    process.off('SIGCONT', mountAgain);
    instance.unmount();
  };
  const mount = () => {
    const mounted = render(frame(), {
      stdin,
      stdout,
      // Ctrl+C is the run's to handle: it saves before it stops.
      exitOnCtrlC: false,
      patchConsole: false,
      // Whoever opened the dashboard has decided: Ink's own guess would draw nothing where the variable CI is set.
      interactive: true,
      alternateScreen: true,
      maxFps: fps,
    });
    mounted.waitUntilExit().catch((error: Error) => {
      close();
      options.failed(error);
    });
    return mounted;
  };
  // The shell gets its terminal back as it was, and the dashboard has it anew when it goes on, however it was stopped.
  const suspend = () => {
    instance.unmount();
    process.kill(process.pid, 'SIGSTOP');
  };
  const mountAgain = () => {
    instance.unmount();
    instance = mount();
  };
  let instance = mount();
  const tick = () => {
    const isDue = session.hasNews || (session.shown.state === 'running' && now() - drawnMs >= clockMs);
    if (isDue) draw();
  };
  const timer = setInterval(tick, Math.max(newsMs, 1000 / fps));
  stdout.on('resize', draw);
  // An error that ends the process is printed to the screen that stays.
  process.on('uncaughtExceptionMonitor', close);
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', mountAgain);
  return { see: (seen) => session.see(seen), isTouched: () => session.isTouched, close };
}

interface AppProps {
  readonly snapshot: Snapshot;
  readonly ui: UiState;
  readonly screen: Room;
  press(key: KeyName): void;
}

/** The dashboard with a keyboard. */
function App({ snapshot, ui, screen, press }: AppProps): ReactElement {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(name);
  });
  return <Dashboard snapshot={snapshot} ui={ui} screen={screen} />;
}

function screenOf({ columns, rows }: NodeJS.WriteStream): Room {
  return { width: columns ?? 80, height: rows ?? 24 };
}

/** The screen as it is, as text and as a picture. */
function pictureOf(snapshot: Snapshot, ui: UiState, screen: Room): SavedScreen {
  const frame = renderToString(<Dashboard snapshot={snapshot} ui={ui} screen={screen} />, { columns: screen.width });
  return { text: `${stripVTControlCharacters(frame)}\n`, svg: screenSvg(frame, screen) };
}
