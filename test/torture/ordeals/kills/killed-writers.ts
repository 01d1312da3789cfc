import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { DisturbedWriting } from './disturbed-writing.ts';
import { inLanes } from './lanes.ts';
import { drawMoment, momentText, reached } from './moments.ts';
import { sourceRuns, writings } from './writings.ts';

const kills = { bounded: 20, full: 300 };
const mostKillsOfAWriting = 4;

/** Kills the commands that write files. */
export const killedWriters: Ordeal = {
  name: 'killed-writers',
  promise:
    'an export, a query, a report or a merge that is killed leaves all of its output or none, and does it all when asked again',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const wanted = isBounded ? kills.bounded : kills.full;
  const runs = await sourceRuns(join(folder, 'source'));
  const all: DisturbedWriting[] = [];
  for (const writing of writings.filter(({ isLong }) => !(isBounded && isLong)))
    all.push(await DisturbedWriting.of(writing, runs, join(folder, `whole-${all.length}`)));
  const figures = { SIGKILLs: 0, 'before any output': 0, 'with a part beside it': 0, 'after the output': 0 };
  let [outputs, bytes] = [0, 0];
  await inLanes(async (number) => {
    const own = join(folder, `trial-${number}`);
    const uniform = openGenerator('alea', `killed-writers ${number}`)(seed);
    bytes += await killOver(all[number % all.length], own, uniform, (stage) => {
      figures.SIGKILLs += 1;
      figures[stage] += 1;
    });
    outputs += 1;
    rmSync(own, { recursive: true });
    say(`killed-writers: ${figures.SIGKILLs} of ${wanted} SIGKILLs`);
    return figures.SIGKILLs < wanted;
  });
  return { ...figures, 'outputs compared': outputs, 'bytes compared': bytes, differences: 0 };
}

/** Kills a command over and over, lets it end, and compares. Returns how many bytes. */
async function killOver(
  writing: DisturbedWriting,
  folder: string,
  uniform: () => number,
  died: (stage: ReturnType<DisturbedWriting['expectWholeOrNone']>) => void,
): Promise<number> {
  writing.prepare(folder);
  const story: string[] = [];
  try {
    for (let left = Math.ceil(mostKillsOfAWriting * uniform()); left > 0; left--) {
      const victim = writing.start(folder);
      const moment = drawMoment(uniform, writing.life);
      story.push(momentText(moment));
      if (await reached(moment, victim, folder)) victim.child.kill('SIGKILL');
      const end = await victim.ended;
      // It was done before its moment came.
      if (end.signal !== 'SIGKILL') writing.expectAlike(folder, end);
      else died(writing.expectWholeOrNone(folder));
    }
    return writing.expectAlike(folder, await writing.start(folder).ended);
  } catch (error) {
    throw new Error(`${writing.name}, killed ${story.join(', ')}: ${(error as Error).message}`, { cause: error });
  }
}
