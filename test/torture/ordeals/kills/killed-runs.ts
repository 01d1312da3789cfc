import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { DisturbedRun } from './disturbed-run.ts';
import { inLanes } from './lanes.ts';
import { drawMoment, momentText, reached } from './moments.ts';
import { recordLines } from './run-contents.ts';
import { runDesigns } from './run-designs.ts';

const kills = { bounded: 50, full: 2000 };

/** So often, at most, a run is killed before it may finish. */
const mostKillsOfARun = 7;

/** Kills runs of every kind at moments of their whole life. */
export const killedRuns: Ordeal = {
  name: 'killed-runs',
  promise: 'a run that is killed, however often, ends with the bytes of one that is not',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const wanted = isBounded ? kills.bounded : kills.full;
  const designs = runDesigns.filter(({ isLong }) => !(isBounded && isLong));
  const runs: DisturbedRun[] = [];
  for (const design of designs) runs.push(await DisturbedRun.of(design, join(folder, design.name)));
  const round = inTurns(runs);
  const tally = new Tally();
  await inLanes(async (number) => {
    const run = round[number % round.length];
    const own = join(folder, `trial-${number}`);
    await killOver(run, { folder: own, uniform: openGenerator('alea', `killed-runs ${number}`)(seed), tally });
    rmSync(own, { recursive: true });
    say(`killed-runs: ${tally.kills} of ${wanted} SIGKILLs`);
    return tally.kills < wanted;
  });
  return tally.figures();
}

/** Each as often as its turns say, those of a kind not one after the other. */
function inTurns(runs: readonly DisturbedRun[]): DisturbedRun[] {
  const round: DisturbedRun[] = [];
  for (let turn = 0; turn < Math.max(...runs.map(({ design }) => design.turns)); turn++)
    round.push(...runs.filter(({ design }) => turn < design.turns));
  return round;
}

/** Kills a run over and over, lets it finish, and compares. */
async function killOver(run: DisturbedRun, { folder, uniform, tally }: Attempt): Promise<void> {
  run.prepare(folder);
  const story: string[] = [];
  try {
    for (let left = Math.ceil(mostKillsOfARun * uniform()); left > 0; left--) {
      const victim = run.start(folder, uniform);
      const moment = drawMoment(uniform, run.life);
      story.push(momentText(moment));
      if (await reached(moment, victim, folder)) victim.child.kill('SIGKILL');
      const end = await victim.ended;
      if (end.signal === 'SIGKILL') tally.died(stageOf(run, folder));
      // It was done before its moment came.
      else run.expectAlike(folder, end);
      if (stageOf(run, folder) === 'after the summary') break;
    }
    tally.finished(run.expectAlike(folder, await run.start(folder, uniform).ended));
  } catch (error) {
    throw new Error(`${run.design.name}, killed ${story.join(', ')}: ${(error as Error).message}`, { cause: error });
  }
}

interface Attempt {
  readonly folder: string;
  readonly uniform: () => number;
  readonly tally: Tally;
}

const stages = [
  'before the run folder',
  'before the first record',
  'between records',
  'after the last record',
  'after the summary',
] as const;

/** How far a run had come when it died. */
function stageOf(run: DisturbedRun, folder: string): (typeof stages)[number] {
  const path = run.pathIn(folder);
  if (path === null) return 'before the run folder';
  if (existsSync(join(path, 'summary.json'))) return 'after the summary';
  const records = recordLines(path).length;
  if (records === 0) return 'before the first record';
  return records < run.records ? 'between records' : 'after the last record';
}

/** What was done, and what came of it. */
class Tally {
  kills = 0;
  readonly #stages = new Map<string, number>(stages.map((stage) => [stage, 0]));
  #runs = 0;
  #bytes = 0;

  died(stage: string): void {
    this.kills += 1;
    this.#stages.set(stage, this.#stages.get(stage)! + 1);
  }

  finished(bytes: number): void {
    this.#runs += 1;
    this.#bytes += bytes;
  }

  figures(): Figures {
    return {
      SIGKILLs: this.kills,
      ...Object.fromEntries(this.#stages),
      'finished runs compared': this.#runs,
      'bytes compared': this.#bytes,
      differences: 0,
    };
  }
}
