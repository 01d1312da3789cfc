import type { RunWatch, Watched } from './run-watch.ts';

/** How a run is watched. */
export interface WatchSettings {
  readonly isLive: boolean;
  readonly quiet: boolean;
  readonly fps: number;
}

/** The watch that fits the terminal: the dashboard, a plain progress line, or nothing. Each is loaded when it is wanted. */
export async function openWatch(watched: Watched, { isLive, quiet, fps }: WatchSettings): Promise<RunWatch> {
  if (quiet) return silentWatch;
  if (watched.facts === null) return (await import('./count-watch.ts')).openCountWatch(watched.cells);
  if (!isLive) return (await import('./plain-watch.ts')).openPlainWatch(watched.facts);
  return (await import('./live-watch.ts')).openLiveWatch({ ...watched, facts: watched.facts }, fps);
}

/** Whether there is a person to look and to press keys. */
export function isAtTerminal(wantsDashboard: boolean): boolean {
  return wantsDashboard && process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI;
}

const silentWatch: RunWatch = {
  see: () => {},
  say: () => {},
  turn: () => {},
  pause: null,
  left: async () => {},
  close: () => {},
};
