import { SingleBar } from 'cli-progress';

/** A line of progress on stderr: a bar on a terminal, else a line now and then. */
export function progressBar(format: string): SingleBar {
  return new SingleBar({
    format,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: null,
  });
}
