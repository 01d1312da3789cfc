import { foldSeen } from '../dashboard/fold-seen.ts';
import { paceOf } from '../dashboard/pace.ts';
import type { RunFacts } from '../dashboard/run-facts.ts';
import { emptySnapshot, type Seen, type Snapshot } from '../dashboard/snapshot.ts';
import { formatDuration, formatSignificant } from '../report/format-number.ts';
import { listenToEpochs } from '../trainer/epoch-channel.ts';
import { progressBar } from './progress-bar.ts';
import type { RunWatch } from './run-watch.ts';

const updateMs = 100;

/** A line of progress on stderr: a bar on a terminal, else a line now and then. */
export function openPlainWatch(facts: RunFacts): RunWatch {
  const bar = progressBar('{percentage} % of {total} {unit}, {place}{pace}');
  const started = performance.now();
  let snapshot = emptySnapshot(facts, started);
  let seen: Seen[] = [];
  let isStarted = false;
  let shownMs = started;
  const show = (atMs: number) => {
    shownMs = atMs;
    snapshot = foldSeen(snapshot, seen, atMs, () => []);
    seen = [];
    const { total, done, ...words } = progressOf(snapshot);
    if (!isStarted) bar.start(total, done, words);
    isStarted = true;
    bar.update(done, words);
  };
  const add = (what: Seen) => {
    seen.push(what);
    // Nothing is drawn of a run that is over before a bar would be.
    if (what.atMs - shownMs >= updateMs) show(what.atMs);
  };
  const stopListening = listenToEpochs((epoch) => add({ atMs: performance.now(), epoch }));
  let isClosed = false;
  return {
    see: (event) => add({ atMs: performance.now(), event }),
    say: (text) => void process.stderr.write(`${text}\n`),
    turn: () => {},
    pause: null,
    left: async () => {},
    close() {
      if (isClosed) return;
      isClosed = true;
      stopListening();
      if (isStarted) show(performance.now());
      if (isStarted) bar.stop();
    },
  };
}

/** What the bar shows: epochs of trainings, which are long, or replicates. */
function progressOf(snapshot: Snapshot) {
  const { facts, replicatesDone, epochsDone, cells } = snapshot;
  const { stepsPerSecond, secondsLeft } = paceOf(snapshot);
  const sum = (of: (cell: (typeof facts.cells)[number]) => number) =>
    facts.cells.reduce((total, cell) => total + of(cell), 0);
  const replicates = sum((cell) => cell.replicates);
  const cellsDone = cells.filter(({ status }) => status === 'done').length;
  const isOfEpochs = facts.cells.some(({ epochs }) => epochs !== null);
  if (isOfEpochs) {
    const total = sum((cell) => cell.replicates * (cell.epochs ?? 0));
    const place = `${replicatesDone} of ${replicates} ${facts.replicatesAre} done`;
    return { total, done: epochsDone, unit: 'epochs', place, pace: '' };
  }
  const place = `cell ${Math.min(cells.length, cellsDone + 1)} of ${cells.length}`;
  const pace = `, ${formatSignificant(stepsPerSecond, 3)} pair-steps/s, ${formatDuration(secondsLeft)} left`;
  return { total: replicates, done: replicatesDone, unit: facts.replicatesAre, place, pace };
}
