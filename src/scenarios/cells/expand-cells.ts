import { couplingNamed } from '../../coupling/index.ts';
import { CellList } from '../../engine/cell-list.ts';
import type { CellPlan } from '../cell-plan.ts';
import type { CoupledFields } from '../coupled-schema.ts';
import type { Problem } from '../problem.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import { ScenarioError } from '../scenario-error.ts';
import { meetsConditions } from '../sweep/meets-conditions.ts';
import { type Sweep, sweptText, sweptValues } from '../sweep/sweep.ts';
import { readExpectations } from './expectations.ts';
import { pairProblems } from './pair-problems.ts';
import { recordedSteps } from './recorded-steps.ts';
import { type Resources, resolvedGain, resolvedPopularity } from './resources.ts';
import { sweptSections } from './sections.ts';

/**
 * The cells of a scenario: for each, the swept values are set in the document, and the sections they are in are parsed
 * again. All are checked at once; each is made when it is asked for.
 *
 * @param fields the parsed fields of the first cell
 * @throws {ScenarioError} for the first cell that is wrong, and if the conditions leave no cell
 */
export function expandCells(
  document: ScenarioDocument,
  fields: CoupledFields,
  sweep: Sweep,
  resources: Resources,
): CellList<CellPlan> {
  const makeCell = cellMaker(document, fields, sweep, resources);
  const kept: number[] = [];
  for (let cell = 0; cell < sweep.size; cell++) if (makeCell(cell) !== null) kept.push(cell);
  if (kept.length === 0) {
    throw document.refuse([
      { path: ['sweep', 'where'], message: `expected some of the ${sweep.size} cells, got none` },
    ]);
  }
  const places = Uint32Array.from(kept);
  return new CellList(places.length, (index) => makeCell(places[index])!);
}

/** Makes the cell of a place in the sweep, or null where the conditions leave it out. */
function cellMaker(
  document: ScenarioDocument,
  fields: CoupledFields,
  sweep: Sweep,
  resources: Resources,
): (cell: number) => CellPlan | null {
  const sections = sweptSections(document, sweep);
  const recorded = rememberedSteps();
  const groups = readExpectations(fields.expect);
  if ('problems' in groups) throw document.refuse(groups.problems);
  return (cell) => {
    const cellFields: Record<string, unknown> = { ...fields };
    for (const { key, parse } of sections) {
      const parsed = parse(cell);
      if ('problems' in parsed) throw refuseCell(document, sweep, cell, parsed.problems);
      cellFields[key] = parsed.value;
    }
    const resolved = resolve(cellFields as CoupledFields, resources);
    if (!meetsConditions(document, resolved, sweep.conditions)) return null;
    const expect = groups
      .filter(({ conditions }) => meetsConditions(document, resolved, conditions))
      .flatMap(({ expectations }) => expectations);
    const plan = planOf(resolved, recorded(resolved), resources, { swept: sweptValues(sweep, cell), expect });
    const problems = [...pairProblems(plan.pair), ...couplingProblems(plan)];
    if (problems.length > 0) throw refuseCell(document, sweep, cell, problems.map(withRemedy(sweep)));
    return plan;
  };
}

type Resolved = ReturnType<typeof resolve>;

function resolve(fields: CoupledFields, resources: Resources) {
  const popularity = resolvedPopularity(fields.popularity, resources);
  return { ...fields, popularity, gain: resolvedGain(fields.gain, resources) };
}

function planOf(
  fields: Resolved,
  recordedSteps: readonly number[],
  { table }: Resources,
  ofCell: Pick<CellPlan, 'swept' | 'expect'>,
): CellPlan {
  const { popularity, batchSize, steps, initialSquaredNorm, learningRate, tangentSignal, gain } = fields;
  const { weightDecay, momentum, coupling, generator, seed, replicates, until } = fields;
  const rates = { learningRate, tangentSignal };
  const pair = { popularity, batchSize, steps, initialSquaredNorm, ...rates, gain, weightDecay, momentum };
  return {
    pair,
    coupling,
    generator,
    seed,
    replicates,
    recordedSteps,
    ...(until === undefined ? {} : { until }),
    items: table?.items ?? null,
    ...ofCell,
  };
}

/** Cells mostly share their recorded steps with the cell before. */
function rememberedSteps(): (fields: Resolved) => readonly number[] {
  let last: { fields: Resolved; recorded: readonly number[] } | undefined;
  return (fields) => {
    const { trajectory, steps } = fields;
    if (last?.fields.steps === steps && last.fields.trajectory === trajectory) return last.recorded;
    last = { fields, recorded: recordedSteps(trajectory, steps) };
    return last.recorded;
  };
}

function couplingProblems({ pair, coupling, recordedSteps }: CellPlan): Problem[] {
  if (coupling === 'auto') return [];
  const refusal = couplingNamed(coupling).refusal(pair, recordedSteps.length > 0);
  if (refusal === null) return [];
  return [{ path: ['coupling'], message: `expected a coupling that is exact here, got ${coupling}: ${refusal}` }];
}

function withRemedy({ axes }: Sweep): (problem: Problem) => Problem {
  const isSwept = axes.some(({ path }) => path[0] === 'popularity');
  const remedy = '; `where: popularity.lower <= popularity.upper` leaves such cells out';
  return (problem) => {
    const isOrder = problem.path.join('.') === 'popularity.lower';
    return isOrder && isSwept ? { ...problem, message: problem.message + remedy } : problem;
  };
}

/** Problems of a cell: at the swept value where a field is swept, and with the cell's values. */
function refuseCell(
  document: ScenarioDocument,
  sweep: Sweep,
  cell: number,
  problems: readonly Problem[],
): ScenarioError {
  const { axes } = sweep;
  return new ScenarioError(
    problems.map((problem) => {
      const axis = axes.find(({ name }) => name === problem.path.join('.'));
      const inCell = axes.length > (axis === undefined ? 0 : 1) ? ` (in the cell ${sweptText(sweep, cell)})` : '';
      return document.located({ ...problem, message: problem.message + inCell }, axis?.writtenAt(cell));
    }),
  );
}
