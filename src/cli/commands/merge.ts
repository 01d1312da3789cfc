import { Command, Option } from 'commander';
import { failed } from '../exit-codes.ts';

interface MergeFlags {
  readonly out: string;
  readonly format: 'text' | 'json';
}

/** `norm-growth merge <run folders…>`: the shards of a run, put together. */
export function mergeCommand(report: (exitCode: number) => void): Command {
  return new Command('merge')
    .description('put the shards of a run together: the same numbers as from a run in one piece')
    .argument('<run folders...>', 'the folders of all shards, in any order')
    .option('--out <folder>', 'the folder that holds run folders; the merged one is made in it', 'results')
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (folders: string[], { out, format }: MergeFlags) => {
      const { mergeFolders } = await import('../merge-folders.ts');
      if (!(await mergeFolders(folders, { out, format }))) report(failed);
    });
}

const examples = `
Missing chunks are named, and nothing is written then. The merged folder is that of the run in one piece: its journal
holds every chunk, and more replicates or a closer look go on from it. Exit code 1 means that an expectation of the scenario is
not met or a cell has failed.

Examples:
  norm-growth run eta-p-sweep --shard 1/3        on one machine, 2/3 and 3/3 on others
  norm-growth merge results/eta-p-sweep.shard-*
  norm-growth merge node-*/results/eta-p-sweep.shard-* --out merged`;
