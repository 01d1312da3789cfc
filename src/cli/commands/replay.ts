import { Command, Option } from 'commander';
import { wholeNumber } from '../option-values.ts';

interface ReplayFlags {
  readonly cell: number;
  readonly pair: number;
  readonly around: number;
  readonly format: 'text' | 'json';
}

/** `norm-growth replay`: one pair of a run, again, step by step. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('repeat one pair of a run from its address and show its path around the first violation')
    .argument('<run folder>')
    .option('--cell <index>', 'the cell, counted from 0', wholeNumber, 0)
    .requiredOption('--pair <number>', 'the replicate, counted from 0', wholeNumber)
    .option('--around <steps>', 'changes to show on either side of the violation', wholeNumber, 5)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  norm-growth replay results/own-gains--… --cell 0 --pair 3')
    .action(async (folder: string, flags: ReplayFlags) => {
      const { readRun } = await import('../../results/read-run.ts');
      const { replayPair } = await import('../../engine/replay-pair.ts');
      const { cellOfRun } = await import('../run-cell.ts');
      const cell = cellOfRun(await readRun(folder), flags.cell, flags.pair);
      const replay = replayPair(cell, flags.pair, flags.around);
      if (flags.format === 'json') return void process.stdout.write(`${JSON.stringify(replay, null, 2)}\n`);
      const { replayText } = await import('../../report/replay-text.ts');
      const { paintFor } = await import('../../report/paint.ts');
      process.stdout.write(replayText(cell, flags.pair, replay, paintFor(process.stdout)));
    });
}
