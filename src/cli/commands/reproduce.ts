import { Command } from 'commander';
import { failed, interrupted } from '../exit-codes.ts';
import { workerCount } from '../option-values.ts';

interface ReproduceFlags {
  readonly out: string;
  readonly runs: string;
  readonly workers?: number;
  readonly fresh: boolean;
  readonly check: boolean;
  readonly list: boolean;
  readonly quiet: boolean;
}

/** `norm-growth reproduce [section…]`: the article's and the theory's figures, beside ours. */
export function reproduceCommand(report: (exitCode: number) => void): Command {
  return new Command('reproduce')
    .description('do the article anew: every table, figure and claim beside what comes out')
    .argument('[section...]', 'parts of it, as --list names them (default: all)')
    .option('--out <folder>', 'the folder of the page, its tables and pictures', 'results/reference')
    .option('--runs <folder>', 'the folder that holds run folders: what is finished there is only read', 'results')
    .option('--workers <count>', 'worker threads; 0 runs on the main thread (default: one a processor)', workerCount)
    .option('--fresh', 'run anew what has been run before, in run folders beside it', false)
    .option('--check', 'write nothing; say whether rows, tables and captions come out as they are kept', false)
    .option('--list', 'list the sections', false)
    .option('--quiet', 'no progress and no notices', false)
    .addHelpText('after', examples)
    .action(async (ids: string[], { list, ...settings }: ReproduceFlags) => {
      const { reproduce, sectionList } = await import('../reproduce/run-reproduce.ts');
      if (list) {
        process.stdout.write(sectionList());
        return;
      }
      const outcome = await reproduce(ids, settings);
      if (outcome !== 'done') report(outcome === 'interrupted' ? interrupted : failed);
    });
}

const examples = `
Each section is written as soon as it is done: an interrupted command goes on with the runs that it has finished. Exit
code 1 means that a row differs from its reference without a known reason, or with --check from what is kept.

Examples:
  norm-growth reproduce                          all of it, in some minutes
  norm-growth reproduce laws counterexample      parts; the rest of the page stays
  norm-growth reproduce laws --check             does it still come out the same?
  norm-growth reproduce --out /tmp/reference --runs /tmp/runs`;
