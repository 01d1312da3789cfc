import { Command, Option } from 'commander';
import type { Shard } from '../../engine/shard.ts';
import { failed, interrupted } from '../exit-codes.ts';
import { chunkTimeoutMs, frameRate, mostShards, shard, workerCount } from '../option-values.ts';
import { queueOption } from '../queue-option.ts';

interface RunFlags {
  readonly set: string[];
  readonly sweep: string[];
  readonly design?: string;
  readonly seed?: string;
  readonly replicates?: string;
  readonly until: string[];
  readonly workers?: number;
  readonly chunkTimeout?: number;
  readonly out: string;
  readonly tui: boolean;
  readonly fps: number;
  readonly format: 'text' | 'json';
  readonly fresh: boolean;
  readonly failFast: boolean;
  readonly shard?: Shard;
  readonly queue?: string;
  readonly kernel: 'auto' | 'plain';
  readonly quiet: boolean;
  readonly skipBadRows: boolean;
  readonly plan: boolean;
}

const collect = (value: string, earlier: string[]) => [...earlier, value];

/** `norm-growth run [scenario]`: simulate, or show again what has been simulated. */
export function runScenarioCommand(report: (exitCode: number) => void): Command {
  return new Command('run')
    .alias('sweep')
    .description('run a scenario: a shipped one by name, a YAML file, or every one of a folder')
    .argument('[scenario]', 'name, file or folder', 'coupled-pair')
    .option('--set <path=value>', 'override a field of the scenario; may be repeated', collect, [])
    .option(
      '--sweep <path=values>',
      'sweep a field: log:0.1:100:7, linear:0:1:5, or 1,2,5; may be repeated',
      collect,
      [],
    )
    .option(
      '--design <kind:points>',
      'spread so many cells over ranges: sobol:64 or latin-hypercube:64, with --sweep path=log:0.1:100',
    )
    .option('--seed <integer>', 'root of all random draws')
    .option('--replicates <count>', 'pairs in each cell')
    .option(
      '--until <field=value>',
      'stop a cell early: norm.difference.relativeHalfWidth=0.01, halfWidth=1e-3, or violationRate.atMost=… and violationRate.atLeast=…; level=0.95; may be repeated',
      collect,
      [],
    )
    .option('--workers <count>', 'worker threads; 0 runs on the main thread (default: one a processor)', workerCount)
    .option(
      '--chunk-timeout <seconds>',
      'ends a chunk that takes longer, and sets it aside; 0 never does (default: 3600 for pairs, 0 for trainings)',
      chunkTimeoutMs,
    )
    .option('--out <folder>', 'the folder that holds run folders', 'results')
    .addOption(
      new Option('--kernel <kernel>', 'compiled kernels where there are any, or their plain twins')
        .choices(['auto', 'plain'])
        .default('auto'),
    )
    .option('--fresh', 'compute all of it in a new run folder, whatever has been run before', false)
    .option('--fail-fast', 'stop at the first cell that fails, instead of going on with the others', false)
    .option(
      '--shard <k/n>',
      `do part k of n of the run (1 ≤ k ≤ n ≤ ${mostShards}), to be put together with \`merge\``,
      shard,
    )
    .addOption(queueOption('let workers on any machines compute the chunks: redis://host:port/db, see `worker`'))
    .option('--skip-bad-rows', 'skip and count the bad rows of a data table instead of refusing it', false)
    .option(
      '--plan',
      'print what the run would take and how precise it would be, by a short pilot; write nothing',
      false,
    )
    .option('--no-tui', 'plain progress instead of the dashboard')
    .option('--fps <frames>', 'frames a second of the dashboard, at most', frameRate, 10)
    .option('--quiet', 'no progress and no notices', false)
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (scenario: string, { plan, chunkTimeout, ...given }: RunFlags) => {
      const flags = { ...given, chunkTimeoutMs: chunkTimeout };
      if (plan) {
        const { planScenarios } = await import('../plan-run.ts');
        return planScenarios(scenario, { ...flags, isLive: false });
      }
      const { runScenarios } = await import('../run-scenario.ts');
      const { isAtTerminal } = await import('../open-watch.ts');
      const outcome = await runScenarios(scenario, {
        ...flags,
        isLive: isAtTerminal(flags.tui && !flags.quiet),
      });
      if (outcome !== 'done') report(outcome === 'interrupted' ? interrupted : failed);
    });
}

const examples = `
A run folder is named by the hash of its plan: asked for again, an unfinished run goes on where it stopped and a
finished one is shown without computing. With more replicates or other cells it is another plan, in a new folder: what
earlier runs of the scenario in the same results folder have computed of it is reused.
Exit code 1 means that an expectation is not met or a cell has failed; 130 that the run was interrupted, and what is
done is kept.

Examples:
  norm-growth run
  norm-growth run experiments
  norm-growth run scenarios/popularity-from-data.yaml --set popularity.data=baskets.csv
  norm-growth run coupled-pair --set popularity.upper=0.01 --replicates 1000000
  norm-growth run coupled-pair --replicates 100000000 --until norm.difference.relativeHalfWidth=0.001
  norm-growth run coupled-pair --sweep learningRate=log:0.1:100:7 --format json > sweep.json
  norm-growth sweep coupled-pair --design sobol:64 --sweep learningRate=log:0.1:100 --plan`;
