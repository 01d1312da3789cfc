import { Command } from 'commander';
import { failed, interrupted } from '../exit-codes.ts';
import { frameRate } from '../option-values.ts';

interface WatchFlags {
  readonly tui: boolean;
  readonly fps: number;
  readonly quiet: boolean;
}

/** `norm-growth watch <run>`: look at a run of another process, or at a finished one. */
export function watchCommand(report: (exitCode: number) => void): Command {
  return new Command('watch')
    .description('look at a run of another process while it goes on, or at a finished one; writes nothing')
    .argument('<run>', 'a run folder')
    .option('--no-tui', 'plain progress instead of the dashboard')
    .option('--fps <frames>', 'frames a second of the dashboard, at most', frameRate, 10)
    .option('--quiet', 'no progress and no notices: wait until the run is finished and print its summary', false)
    .addHelpText('after', examples)
    .action(async (path: string, { tui, fps, quiet }: WatchFlags) => {
      const { watchRun } = await import('../watch-run.ts');
      const { isAtTerminal } = await import('../open-watch.ts');
      const outcome = await watchRun(path, { isLive: isAtTerminal(tui && !quiet), quiet, fps });
      if (outcome !== 'finished') return report(interrupted);
      const { tellStored } = await import('../tell-stored.ts');
      if (!(await tellStored(path))) report(failed);
    });
}

const examples = `
Follows the run's journal. q leaves: the run goes on, and the exit code is 130 if it was not finished. When it is
finished its summary is printed and, of coupled pairs, what came of the scenario's expectations; the exit code is 1 where
one is not met or a cell has failed. What trainings are expected to come to is not in the run folder.

Of a run that was stopped, and that nobody is writing to, --no-tui says how far it came and ends, with 130, too; --quiet
waits for it to be gone on with.

Examples:
  norm-growth watch results/eta-p-sweep--…
  norm-growth watch results/eta-p-sweep--… --no-tui      a line of progress, for logs
  norm-growth watch results/eta-p-sweep--… --quiet       wait for it in a script`;
