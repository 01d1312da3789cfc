import { render } from 'ink';
import { RunPanel } from './run-panel.tsx';
import type { Snapshot } from './snapshot.ts';

/** Shows a run on the terminal of a stream; each call of `show` replaces what is there. */
export function openDashboard(title: string, stream: NodeJS.WriteStream) {
  // Ctrl+C is the run's to handle: it saves before it stops.
  const options = { stdout: stream, exitOnCtrlC: false, patchConsole: false };
  const view = (snapshot: Snapshot, elapsedSeconds: number) => (
    <RunPanel title={title} snapshot={snapshot} elapsedSeconds={elapsedSeconds} />
  );
  let instance: ReturnType<typeof render> | null = null;
  return {
    show(snapshot: Snapshot, elapsedSeconds: number): void {
      if (instance === null) instance = render(view(snapshot, elapsedSeconds), options);
      else instance.rerender(view(snapshot, elapsedSeconds));
    },
    close(): void {
      instance?.clear();
      instance?.unmount();
    },
  };
}
