import { formatDuration } from '../report/format-number.ts';
import { progressBar } from './progress-bar.ts';
import type { RunWatch } from './run-watch.ts';

/** A line of progress on stderr for a run of very many cells: it counts those that are whole. */
export function openCountWatch(cells: number): RunWatch {
  const bar = progressBar('{percentage} % of {total} cells, {left} left');
  const started = performance.now();
  let [done, reused] = [0, 0];
  let isFromJournal = false;
  const leftText = () => {
    const computed = done - reused;
    if (computed === 0) return '–';
    return formatDuration(((performance.now() - started) / 1000 / computed) * (cells - done));
  };
  bar.start(cells, 0, { left: '–' });
  return {
    see(event) {
      if (event.type === 'chunk') isFromJournal = event.isRecovered;
      if (event.type !== 'cell' && event.type !== 'failure') return;
      done += 1;
      if (isFromJournal) reused += 1;
      if (done % 100 === 0) bar.update(done, { left: leftText() });
    },
    say: (text) => void process.stderr.write(`${text}\n`),
    turn: () => {},
    pause: null,
    left: async () => {},
    close: () => bar.stop(),
  };
}
