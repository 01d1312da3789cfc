import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import type { Figure } from './figures/figure.ts';
import { reportKinds } from './kinds/index.ts';
import type { RunFigures } from './kinds/run-figures.ts';

/** What a report says of a run. All texts are safe to show. */
export interface RunReport {
  /** Of its folder. */
  readonly name: string;
  /** The path that commands name. */
  readonly path: string;
  readonly description: string;
  /** Name and value. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The run as the command prints it, without colour. */
  readonly words: string;
  readonly figures: readonly Figure[];
}

/**
 * Draws the figures of a run.
 *
 * @param wanted ids of figures; all where it is missing
 * @throws {ResultsError} for a kind of run that has no figures, and as `RunFigures.draw` does
 */
export async function figuresOf(run: StoredRun, wanted?: readonly string[]): Promise<Figure[]> {
  const kind = kindOf(run);
  if (kind === undefined) throw new ResultsError(`${run.path}: is of a kind that no figure shows`);
  return kind.draw(run, wanted);
}

/** Whether figures can be made of this kind of run. */
export function hasFigures(run: StoredRun): boolean {
  return kindOf(run) !== undefined;
}

function kindOf({ manifest: { plan } }: StoredRun): RunFigures | undefined {
  return reportKinds.find(({ name }) => typeof plan === 'object' && plan !== null && Object.hasOwn(plan, name));
}

/** The ids of all figures, each once, and what they show. */
export function figureCatalogue(): { readonly id: string; readonly about: string }[] {
  const byId = new Map(reportKinds.flatMap(({ figures }) => figures.map(({ id, about }) => [id, { id, about }])));
  return [...byId.values()];
}

/** The numbers that name what computed a run. */
export function factsOfRun({ manifest }: StoredRun): [name: string, value: string][] {
  const { provenance, seed, scenario, id, created } = manifest;
  const { normGrowth, node, git, machine } = provenance;
  const commit = git === null ? [] : [['commit', `${git.commit.slice(0, 12)}${git.isDirty ? ', changed' : ''}`]];
  const facts = [
    ['scenario', scenario],
    ['id', id],
    ['seed', String(seed)],
    ['computed', `${created.slice(0, 10)}, norm-growth ${normGrowth}, Node ${node}`],
    ...commit,
    ['machine', `${machine.cpu}, ${machine.cores} processors`],
  ];
  return facts.map(([name, value]) => [name, visibleText(value, 200)]);
}
