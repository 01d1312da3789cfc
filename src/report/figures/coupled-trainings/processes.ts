import type { CoupledRuns } from '../../../fidelity/coupled/coupled-run.ts';
import { shareInterval } from '../../../statistics/share-interval.ts';
import type { NamedPair } from '../../sources/coupled-trainings-source.ts';
import { colored } from '../plot.ts';

/** The real trainings, and the processes under the same uniforms. */
const runs: readonly { readonly name: string; of(result: NamedPair['result']): CoupledRuns }[] = [
  { name: 'real trainings', of: ({ real }) => real },
  { name: 'process by the law (f)', of: ({ processes }) => processes.law },
  { name: 'process with shared gains', of: ({ processes }) => processes.shared },
  { name: 'process with own gains (e)', of: ({ processes }) => processes.own },
];

export const processSeries = colored(runs.map(({ name }) => name));

/** Each of them, by the name of its series. */
export function runsOfCell({ result }: NamedPair): { readonly series: string; readonly runs: CoupledRuns }[] {
  return runs.map(({ name, of }) => ({ series: name, runs: of(result) }));
}

/** A share of independent pairs, with its 95 % interval. */
export function shareOfPairs(count: number, pairs: number) {
  const { share, low, high } = shareInterval(count, pairs);
  return { value: share, low, high };
}

/** Said in every caption. */
export const processesText =
  'Beside the real trainings walks the process s ← s + c/s under the same uniforms: with the gains of the law, with the upper ' +
  'run’s recorded gains in both runs, and with each run’s own.';
