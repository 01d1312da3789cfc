import type { KernelOption } from '../engine/choose-member.ts';
import { type Cell, type Plan, planCells } from '../engine/plan.ts';
import type { Shard } from '../engine/shard.ts';
import { programVersion } from '../program-version.ts';
import { canonicalJson } from '../random/canonical-json.ts';
import type { CoupledDesign } from '../scenarios/coupled-design.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { scenarioOfDesign } from '../scenarios/stored-scenario.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import type { Manifest } from './manifest.ts';
import { ResultsError } from './results-error.ts';

/** What a manifest holds of a coupled scenario's plan. */
export interface StoredPlan {
  readonly design: CoupledDesign;
  readonly kernel: KernelOption;
  /** How many cells the design is expanded to, and two of them: another program might expand it otherwise. */
  readonly cells: { readonly count: number; readonly first: Cell; readonly last: Cell };
}

/** A scenario, and the plan of its run. */
export interface PlannedScenario {
  readonly scenario: CoupledScenario;
  readonly kernel: KernelOption;
  readonly plan: Plan;
}

/** @throws {ScenarioError} for a coupling that cannot simulate its cell exactly */
export function planScenario(scenario: CoupledScenario, kernel: KernelOption): PlannedScenario {
  try {
    // What is expected of the numbers does not decide them, and may change without a new run.
    const requests = scenario.cells.map(({ expect: _expect, ...cell }) => cell);
    return { scenario, kernel, plan: planCells(requests, kernel) };
  } catch (error) {
    if (error instanceof RangeError) throw new ScenarioError(`${scenario.source}: ${error.message}`);
    throw error;
  }
}

/** What a run folder keeps of a plan. */
export function storedPlan({ scenario: { design }, kernel, plan: { cells } }: PlannedScenario): StoredPlan {
  return { design, kernel, cells: { count: cells.length, first: cells.at(0)!, last: cells.at(cells.length - 1)! } };
}

/**
 * The scenario of a stored run of coupled pairs and its plan; null for a run of another kind.
 *
 * @param path of the run folder, for messages
 * @throws {ResultsError} when another version made it, or it does not expand to the cells that it had
 */
export function plannedOfRun({ manifest, path }: StoredManifest): PlannedScenario | null {
  requireOwnVersion({ manifest, path });
  const stored = (manifest.plan as { readonly coupled?: Partial<StoredPlan> | null } | null)?.coupled;
  if (stored === undefined) return null;
  const source = `${path}/manifest.json`;
  const isWhole = stored?.design !== undefined && stored.kernel !== undefined && stored.cells !== undefined;
  if (isWhole) return planOfStored(stored as StoredPlan, manifest.words, source);
  throw new ResultsError(`${source}: plan — expected a design and its cells; it was changed by hand`);
}

/**
 * The scenario and the plan that were stored.
 *
 * @param stored of unknown origin, but for `design`, `kernel` and `cells` being there
 * @param words what was kept beside it
 * @param source what messages call it
 * @throws {ResultsError} when it does not expand to the cells that it had
 */
export function planOfStored(stored: StoredPlan, words: unknown, source: string): PlannedScenario {
  try {
    const kernel = stored.kernel === 'plain' ? 'plain' : 'auto';
    const planned = planScenario(scenarioOfDesign(stored.design, words, source), kernel);
    const { cells } = JSON.parse(JSON.stringify(storedPlan(planned))) as StoredPlan;
    if (canonicalJson(cells) === canonicalJson(stored.cells)) return planned;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const said = `${error.message}; it was changed by hand, or made by another build`;
    throw new ResultsError(said.split('\n'), { cause: error });
  }
  throw new ResultsError(
    `${source}: plan — expands to other cells than the run had; it was changed by hand, or made by another build`,
  );
}

/**
 * The cells of a stored run of coupled pairs, without expanding it: how many, the first and the last; null for a run of
 * another kind.
 *
 * @throws {ResultsError} where they are none
 */
export function storedCells({ manifest, path }: StoredManifest): StoredPlan['cells'] | null {
  const stored = (manifest.plan as { readonly coupled?: StoredPlan } | null)?.coupled;
  if (stored === undefined) return null;
  const { count, first, last } = stored?.cells ?? {};
  if (Number.isSafeInteger(count) && [first, last].every(isCell)) return stored.cells;
  throw new ResultsError(`${path}/manifest.json: plan — expected the cells of a run; it was changed by hand`);
}

function isCell(value: unknown): boolean {
  const { index, replicates, chunkSize, pair } = (value ?? {}) as Partial<Cell>;
  const isCounted = [replicates, chunkSize].every((count) => Number.isSafeInteger(count) && count! > 0);
  return isCounted && Number.isSafeInteger(index) && typeof pair === 'object';
}

/** The part of a run that a run folder holds; null where it is a whole run. */
export function shardOf({ plan }: Manifest): Shard | null {
  const shard = (plan as { readonly shard?: unknown } | null)?.shard;
  return isShard(shard) ? shard : null;
}

/** A manifest may hold anything. */
function isShard(value: unknown): value is Shard {
  const { number, of } = (value ?? {}) as Partial<Shard>;
  return Number.isSafeInteger(number) && Number.isSafeInteger(of) && number! >= 1 && number! <= of! && of! < 1e5;
}

/** @throws {ResultsError} when another version of the program made a run */
export function requireOwnVersion({ manifest, path }: StoredManifest): void {
  const { normGrowth } = manifest.provenance;
  if (normGrowth === programVersion()) return;
  throw new ResultsError(
    `${path}: was computed by norm-growth ${visibleText(normGrowth)}, this is ${programVersion()}; look at it with that version`,
  );
}

interface StoredManifest {
  readonly manifest: Manifest;
  readonly path: string;
}
