import { parseQueueAddress } from '../distribution/queue/queue-address.ts';
import { QueueError } from '../distribution/queue/queue-error.ts';
import { runWorker } from '../distribution/queue/run-worker.ts';
import { defaultWorkers, workerPool } from '../engine/pool.ts';
import { formatCount } from '../report/format-number.ts';
import { abortOnSignals } from './interruption.ts';

/** What `norm-growth worker` was asked for. */
interface ServeSettings {
  readonly queue: string | undefined;
  readonly workers: number | undefined;
  readonly quiet: boolean;
}

/** Serves a queue until a signal comes; the chunks under way are finished then. */
export async function serveQueue({ queue, workers, quiet }: ServeSettings): Promise<void> {
  if (queue === undefined)
    throw new QueueError('--queue — expected redis://host:port/db, here or in NORM_GROWTH_QUEUE');
  const say = (text: string) => {
    if (!quiet) process.stderr.write(`${text}\n`);
  };
  const { signal, stopListening } = abortOnSignals(() =>
    say('finishing the chunks under way; once more stops at once'),
  );
  try {
    const address = parseQueueAddress(queue);
    const done = await runWorker({ address, pool: workerPool(workers ?? defaultWorkers()), signal, say });
    say(`${formatCount(done)} ${done === 1 ? 'chunk' : 'chunks'} computed`);
  } finally {
    stopListening();
  }
}
