import { Command, Option } from 'commander';
import { wholeNumber } from '../option-values.ts';

interface ReplayFlags {
  readonly cell: number;
  readonly pair: number;
  readonly around: number;
  readonly format: 'text' | 'json';
}

/** `norm-growth replay`: one pair of a run or of a scenario, again, step by step. */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'repeat one pair from its address and show its path around the first violation; or one training, or one pair of trainings',
    )
    .argument('<run or scenario>', 'a run folder, a scenario (name or file), or one inline: JSON or YAML text in {…}')
    .option('--cell <index>', 'the cell, counted from 0', wholeNumber, 0)
    .requiredOption('--pair <number>', 'the pair or training, counted from 0', wholeNumber)
    .option('--around <steps>', 'changes to show on either side of the violation', wholeNumber, 5)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (name: string, flags: ReplayFlags) => {
      const { replayTraining } = await import('../replay-training.ts');
      if (await replayTraining(name, flags, flags.format)) return;
      const { replayFidelity } = await import('../replay-fidelity.ts');
      if (await replayFidelity(name, flags, flags.format)) return;
      const { replayPair } = await import('../../engine/replay-pair.ts');
      const { cellNamed } = await import('../run-cell.ts');
      const cell = await cellNamed(name, flags);
      const replay = replayPair(cell, flags.pair, flags.around);
      if (flags.format === 'json') return void process.stdout.write(`${JSON.stringify(replay, null, 2)}\n`);
      const { replayText } = await import('../../report/replay-text.ts');
      const { paintFor } = await import('../../report/paint.ts');
      process.stdout.write(replayText(cell, flags.pair, replay, paintFor(process.stdout)));
    });
}

const examples = `
A scenario's pairs are those of a run of it as it stands, without --set, --seed or --kernel. A violation is no failure:
the exit code is 0.

Examples:
  norm-growth replay results/own-gains--… --cell 0 --pair 3
  norm-growth replay own-gains --pair 0
  norm-growth replay experiments/09-low-rate --cell 1 --pair 0
  norm-growth replay fidelity/coupled-trainings --cell 4 --pair 17
  norm-growth replay '{kind: coupled, name: inline, popularity: {lower: 0.02, upper: 0.04}}' --pair 17`;
