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
  readonly chunkTimeoutMs: number | undefined;
  readonly quiet: boolean;
}

/** Serves a queue until a signal comes; the chunks under way are finished then. */
export async function serveQueue({ queue, workers, chunkTimeoutMs, quiet }: ServeSettings): Promise<void> {
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
    // It is the queue that tries a chunk again.
    const patience = { attempts: 1, ...(chunkTimeoutMs === undefined ? {} : { chunkTimeoutMs }) };
    const pool = workerPool(workers ?? defaultWorkers(), patience);
    const done = await runWorker({ address, pool, signal, say });
    say(`${formatCount(done)} ${done === 1 ? 'chunk' : 'chunks'} computed`);
  } finally {
    stopListening();
  }
}
