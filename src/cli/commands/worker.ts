import { Command } from 'commander';
import { interrupted } from '../exit-codes.ts';
import { chunkTimeoutMs, threadCount } from '../option-values.ts';
import { queueOption } from '../queue-option.ts';

interface WorkerFlags {
  readonly queue?: string;
  readonly workers?: number;
  readonly chunkTimeout?: number;
  readonly quiet: boolean;
}

/** `norm-growth worker`: computes chunks of the runs that send theirs to a queue. */
export function workerCommand(report: (exitCode: number) => void): Command {
  return new Command('worker')
    .description('compute chunks of runs that are sent to a queue, until it is interrupted')
    .addOption(queueOption('the Redis server that holds the queue: redis://host:port/db'))
    .option('--workers <count>', 'worker threads (default: one a processor)', threadCount)
    .option('--chunk-timeout <seconds>', 'ends a chunk that takes longer; 0 never does (default: 3600)', chunkTimeoutMs)
    .option('--quiet', 'no notices', false)
    .addHelpText('after', examples)
    .action(async ({ queue, workers, chunkTimeout, quiet }: WorkerFlags) => {
      const { serveQueue } = await import('../serve-queue.ts');
      await serveQueue({ queue, workers, chunkTimeoutMs: chunkTimeout, quiet });
      report(interrupted);
    });
}

const examples = `
Any number of workers on any number of machines may serve a queue, and any may be stopped, killed or added at any time.
They compute plans of the same build on the same Node only, and say so when others wait.
It ends when it is interrupted, with exit code 130, after the chunks under way; twice stops at once.
A password in the address is seen by whoever lists processes: NORM_GROWTH_QUEUE holds it unseen.

Examples:
  norm-growth worker --queue redis://127.0.0.1:6379/0
  NORM_GROWTH_QUEUE=redis://:secret@queue.internal:6379/0 norm-growth worker --workers 8`;
