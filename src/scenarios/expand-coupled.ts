import { expandCells } from './cells/expand-cells.ts';
import { scenarioIdentity } from './cells/identity.ts';
import type { Resources } from './cells/resources.ts';
import { designOf, wordsOf } from './coupled-design.ts';
import type { CoupledScenario } from './coupled-scenario.ts';
import { type CoupledFields, coupledSchema } from './coupled-schema.ts';
import { type Problem, problemsOf } from './problem.ts';
import { type ScenarioDocument, valueAt, withValue } from './scenario-document.ts';
import { ScenarioError } from './scenario-error.ts';
import { sweepSchema } from './schema/sweep.ts';
import { expandSweep, type Sweep } from './sweep/sweep.ts';
import { visibleLines } from './visible-text.ts';

/**
 * The sweep of a scenario of any kind. It comes first: a field that every cell sets may be missing from the rest of the file.
 *
 * @throws {ScenarioError} for what is wrong in it
 */
export function parseSweep(document: ScenarioDocument): Sweep {
  const parsed = sweepSchema.safeParse(valueAt(document.value, ['sweep']));
  if (!parsed.success) throw document.refuse(problemsOf(parsed.error.issues, ['sweep']));
  const sweep = expandSweep(parsed.data, document.fields);
  if ('axes' in sweep) return sweep;
  throw document.refuse(sweep);
}

/**
 * A coupled scenario, checked and expanded.
 *
 * @param fields of its first cell: see `parseFirstCell`
 * @throws {ScenarioError} for the first cell that is wrong
 */
export function expandCoupled(
  document: ScenarioDocument,
  sweep: Sweep,
  fields: CoupledFields,
  resources: Resources,
): CoupledScenario {
  return {
    kind: fields.kind,
    name: fields.name,
    description: visibleLines(fields.description),
    cells: expandCells(document, fields, sweep, resources),
    source: document.source,
    identity: scenarioIdentity(fields, resources),
    design: designOf(fields, resources),
    words: wordsOf(document),
    notices: resources.notices,
  };
}

/** @throws {ScenarioError} for what the schema refuses in the first cell */
export function parseFirstCell(document: ScenarioDocument, { axes }: Sweep): CoupledFields {
  const first = axes.reduce((value, { path, valueAt }) => withValue(value, path, valueAt(0)), document.value);
  const parsed = coupledSchema.safeParse(first);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error.issues);
  // Another kind has other fields: what else is wrong would mislead.
  const kind = problems.filter(({ path }) => path[0] === 'kind');
  throw new ScenarioError((kind.length > 0 ? kind : problems).map((problem) => locatedOnAxis(document, problem, axes)));
}

function locatedOnAxis(document: ScenarioDocument, problem: Problem, axes: Sweep['axes']): string {
  const axis = axes.find(({ name }) => name === problem.path.join('.'));
  return document.located(problem, axis?.writtenAt(0) ?? problem.path);
}
