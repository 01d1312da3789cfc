import fc from 'fast-check';
import { type Cell, chunkAt, nominalNanoseconds } from '../../../../src/engine/plan.ts';
import { runChunk } from '../../../../src/engine/run-chunk.ts';
import { gainModel } from '../../../../src/process/gains/index.ts';
import { presenceProbability } from '../../../../src/process/presence.ts';
import { planScenario } from '../../../../src/results/stored-plan.ts';
import type { CoupledScenario } from '../../../../src/scenarios/coupled-scenario.ts';
import { loadScenario } from '../../../../src/scenarios/load-scenario.ts';
import { ScenarioError } from '../../../../src/scenarios/scenario-error.ts';
import type { Ordeal } from '../../ordeal.ts';
import { isClearRefusal } from './clear-refusal.ts';
import { judgeCell } from './judge-cell.ts';
import { isClose } from './known-gains.ts';
import { type Written, writtenExtremes } from './written-extremes.ts';

/** What longer cells cost they do not pay back: the rest is left out. */
interface Limits {
  readonly scenarios: number;
  readonly nanoseconds: number;
  /** Tables of S_n for the exact law and for counts take their time, too. */
  readonly appearances: number;
}

const bounded: Limits = { scenarios: 300, nanoseconds: 2e7, appearances: 1e5 };
const full: Limits = { scenarios: 6000, nanoseconds: 3e8, appearances: 1e6 };

export const extremePairs: Ordeal = {
  name: 'extreme-pairs',
  promise:
    'scenarios with fields at the ends of their ranges give the right numbers, or are refused by field and limit',
  async endure(trial) {
    const limits = trial.isBounded ? bounded : full;
    const written = fc.sample(writtenExtremes, { seed: trial.seed, numRuns: limits.scenarios });
    const counts = {
      refusals: 0,
      cells: 0,
      'pair-steps judged': 0,
      'exact numbers compared': 0,
      'left out as too long': 0,
    };
    for (const [index, scenario] of written.entries()) {
      trial.say(`${index} of ${written.length} scenarios`);
      for (const cell of await cellsOf(scenario)) {
        if (cell === 'refused') counts.refusals += 1;
        else if (isLong(cell, limits)) counts['left out as too long'] += 1;
        else {
          const { steps, exactNumbers } = told(scenario, cell);
          counts.cells += 1;
          counts['pair-steps judged'] += steps;
          counts['exact numbers compared'] += exactNumbers;
        }
      }
    }
    if (!trial.isBounded) await judgeLongCounts();
    return { scenarios: written.length, ...counts };
  },
};

/** What becomes of a scenario, with kernels and without. */
async function cellsOf(written: Written): Promise<(Cell | 'refused')[]> {
  let scenario: CoupledScenario;
  try {
    scenario = await loadScenario(JSON.stringify(written));
  } catch (error) {
    judgeRefusal(written, error);
    return ['refused'];
  }
  return (['auto', 'plain'] as const).map((kernel) => planScenario(scenario, kernel).plan.cells.at(0)!);
}

/** A refusal says where, what was expected with a limit in it, and what came. */
function judgeRefusal(written: Written, error: unknown): void {
  if (error instanceof ScenarioError && error.message.split('\n').every(isClearRefusal)) return;
  throw new Error(`${JSON.stringify(written)} is refused by ${(error as Error).stack}`);
}

function told(written: Written, cell: Cell): ReturnType<typeof judgeCell> {
  try {
    return judgeCell(cell);
  } catch (error) {
    const member = `${cell.coupling}, ${cell.kernel}`;
    throw new Error(`${JSON.stringify(written)} (${member}): ${(error as Error).message}`, { cause: error });
  }
}

function isLong(cell: Cell, { nanoseconds, appearances }: Limits): boolean {
  const { pair, replicates } = cell;
  const { steps, popularity, batchSize } = pair;
  // Laws of copies are tabulated, a few times for a cell.
  const ofCopies = gainModel(pair, 'lower').usesCopies ? 1000 * batchSize : 0;
  const cost = replicates * nominalNanoseconds(cell) + ofCopies;
  return cost > nanoseconds || steps * presenceProbability(popularity.upper, batchSize) > appearances;
}

/** An item that is in all of 10⁹ batches: S_n² = 2n + ½ ln n + K from s₀ = c = 1, K = 1.72314 (A5). */
async function judgeLongCounts(): Promise<void> {
  const [steps, popularity] = [1e9, { lower: 0.5, upper: 1 }];
  const trajectory = { points: 0 };
  const written = {
    kind: 'coupled',
    name: 'long',
    popularity,
    batchSize: 1,
    steps,
    trajectory,
    coupling: 'counts',
    replicates: 1,
  };
  const [, cell] = await cellsOf(written);
  const { squaredNorm } = runChunk(cell as Cell, chunkAt(cell as Cell, 0));
  const expected = Math.sqrt(2 * steps + Math.log(steps) / 2 + 1.72314);
  if (!isClose(squaredNorm.mean[1], expected, 1e-10))
    throw new Error(`after 10⁹ appearances s is ${squaredNorm.mean[1]}, not ${expected}`);
}
