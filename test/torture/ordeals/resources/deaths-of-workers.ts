import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ending } from '../../../started-process.ts';
import type { Ordeal, Trial } from '../../ordeal.ts';
import { openShell, type Shell, told } from '../shell.ts';
import type { Poison, Sabotage } from './saboteur.ts';

const saboteur = fileURLToPath(new URL('saboteur.ts', import.meta.url));

const poisons = ['exit', 'memory', 'throw', 'loop'] as const satisfies readonly Poison[];

/** What is said of a chunk with each. */
const reasons: Record<Poison, string> = {
  exit: 'its worker ended with exit code 7, 3 times',
  memory: 'its worker ran out of memory, 3 times',
  throw: 'it threw RangeError: no such number, 3 times',
  loop: 'it took longer than the chunk timeout of 4 s',
};

/** Pairs of a chunk of the scenario that is run: were it another number, fewer chunks would be set aside than are poisoned. */
const pairsPerChunk = 2048;

/** Of every five chunks of a cell the first four are poisoned, each otherwise. */
export const deathsOfWorkers: Ordeal = {
  name: 'deaths-of-workers',
  promise:
    'a chunk whose thread exits, runs out of memory, throws or never ends is set aside and named; the others are done, and ' +
    'the next run ends with the bytes of a sound one',
  async endure(trial) {
    const each = trial.isBounded ? 1 : 20;
    const shell = openShell(trial.folder);
    const chunks = await poisonedPairs(shell, each);
    await brokenWorkers(shell);
    const trainings = await passingDeaths(shell, trial);
    return {
      'chunks set aside': chunks.setAside,
      'threads that ended': chunks.deaths + trainings.deaths,
      'summaries compared': 1 + trainings.summaries,
      differences: 0,
    };
  },
};

const pairs = (chunks: number) => `norm-growth run own-gains --set steps=2000 --replicates ${chunks * pairsPerChunk}`;

async function poisonedPairs(shell: Shell, each: number) {
  const blocks = poisons.length * each;
  const line = `${pairs(each * (poisons.length + 1))} --workers 2 --chunk-timeout 4`;
  const chunks = Object.fromEntries(
    Array.from({ length: blocks }, (_, index) => {
      const [group, poison] = [Math.floor(index / poisons.length), index % poisons.length];
      return [`0/${group * (poisons.length + 1) + poison}`, poisons[poison]];
    }),
  );
  const ended = await sabotaged(shell, `${line} --quiet --out sabotaged`, { chunks, onceIn: null });
  expectIncomplete(ended, blocks);
  for (const poison of poisons)
    if (!ended.stderr.includes(reasons[poison]))
      throw new Error(`${line}: expected a chunk with "${reasons[poison]}", got ${told(ended)}`);
  if (filesOf(shell, 'sabotaged').includes('summary.json'))
    throw new Error(`${line}: there is a summary, although chunks were set aside`);
  await sameAsSound(shell, line, 'sabotaged');
  return { setAside: blocks, deaths: each * (3 + 3 + 1) };
}

/** Where no chunk can be run at all, the run does not try them all. */
async function brokenWorkers(shell: Shell): Promise<void> {
  const line = `${pairs(40)} --workers 2 --out broken`;
  const ended = await sabotaged(shell, line, { chunks: { '*': 'throw' }, onceIn: null });
  if (ended.code !== 1 || !ended.stderr.includes('32 chunks in a row are set aside: the run stops'))
    throw new Error(`${line}: expected it to stop after 32 chunks, got ${told(ended)}`);
}

/** Trainings and recordings whose thread ends once each are simply done again. */
async function passingDeaths(shell: Shell, { isBounded }: Trial) {
  const scenarios = isBounded ? [recorded] : [recorded, trained];
  for (const [index, scenario] of scenarios.entries()) {
    const line = `norm-growth run '${scenario}' --workers 2 --no-tui`;
    const onceIn = join(shell.folder, `tasted-${index}`);
    mkdirSync(onceIn);
    const ended = await sabotaged(shell, `${line} --quiet --out once-${index}`, { chunks: { '*': 'exit' }, onceIn });
    if (ended.code !== 0) throw new Error(`${line}: expected it to survive one exit a chunk, got ${told(ended)}`);
    await sameAsSound(shell, line, `once-${index}`);
  }
  return { summaries: scenarios.length, deaths: 3 * scenarios.length };
}

const data = 'data: {from: generator, users: 40, items: 8, interactions: 200, zipfExponent: 1, factors: 0}';
const trained = `{kind: train, name: trained, ${data}, dimension: 4, batches: {size: 20}, epochs: 2, replicates: 3}`;
const recorded = `{kind: fidelity, study: predictors, name: recorded, ${data}, dimension: 4, batches: {size: 20}, epochs: 2, replicates: 3, recordings: all}`;

function sabotaged(shell: Shell, line: string, sabotage: Sabotage): Promise<Ending> {
  const options = `--import ${saboteur} --max-old-space-size=96`;
  return shell.run(`SABOTAGE='${JSON.stringify(sabotage)}' NODE_OPTIONS='${options}' ${line}`);
}

function expectIncomplete(ended: Ending, count: number): void {
  const head = `${count} chunks are set aside`;
  if (ended.code !== 1 || !ended.stderr.startsWith(head))
    throw new Error(`expected exit code 1 and "${head}", got ${told(ended)}`);
}

function filesOf(shell: Shell, results: string): string[] {
  const [run] = readdirSync(join(shell.folder, results));
  return readdirSync(join(shell.folder, results, run));
}

/** Finishes a run without sabotage, and holds it against one that never saw any. */
async function sameAsSound(shell: Shell, line: string, results: string): Promise<void> {
  await shell.done(`${line} --quiet --out ${results}`);
  await shell.done(`${line} --quiet --out ${results}-sound`);
  const ended = await shell.run(`cmp ${results}/*/summary.json ${results}-sound/*/summary.json`);
  if (ended.code !== 0) throw new Error(`${line}: the summary is another one after sabotage: ${told(ended)}`);
}
