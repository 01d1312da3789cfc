import { Command, Option } from 'commander';
import { failed } from '../exit-codes.ts';

/** `norm-growth parity`: the trainer held against another program's numbers. */
export function parityCommand(report: (exitCode: number) => void): Command {
  return new Command('parity')
    .description("train as another program did, and compare with its numbers at each of its file's snapshots")
    .argument('<file...>', 'JSON files of initial parameters and snapshots')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (files: string[], { format }: { format: 'text' | 'json' }) => {
      const { runParity } = await import('../run-parity.ts');
      if (!(await runParity(files, format))) report(failed);
    });
}

const examples = `
Exit code 1 means that some deviation is beyond the file's tolerance for its step.

Example:
  norm-growth parity exp1.json exp3.json`;
