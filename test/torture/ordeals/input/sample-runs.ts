import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commandHere } from './here.ts';

/** A small finished run: what its folder holds, and the words that made it. */
export interface SampleRun {
  /** Of its folder. */
  readonly name: string;
  /** The words after `run`, without `--out`. */
  readonly words: readonly string[];
  /** The files that hold the run, by name. */
  readonly files: ReadonlyMap<string, string>;
}

const data = 'data: {from: generator, users: 20, items: 8, interactions: 60, factors: 0}';
const training = `${data}, dimension: 4, learningRate: 10`;
const pairs =
  '{kind: coupled, name: pairs, popularity: {lower: 0.02, upper: 0.05}, batchSize: 8, steps: 40, replicates: 40, trajectory: {points: 3}, gain: {model: lognormal, sharing: own, sigma: 1, rho: 0.5}, sweep: {learningRate: [1, 2]}}';

/** One run of each kind, with cells that failed and pairs out of order among them, and the parts of one. */
const scenarios: readonly (readonly string[])[] = [
  [pairs],
  ['popularity-from-data', '--replicates', '20', '--set', 'steps=20'],
  [`{kind: train, name: trained, ${training}, epochs: 2, replicates: 2, sweep: {learningRate: [1, 10]}}`],
  [`{kind: fidelity, study: predictors, name: predicted, ${training}, batches: {sampler: epoch-shuffle, size: 16}, epochs: 1, replicates: 1}`],
  [`{kind: fidelity, study: coupled-trainings, name: coupled, ${data}, dimension: 4, batchSize: 8, steps: 10, replicates: 2, popularity: {lower: 0.2, upper: 0.4}, sweep: {learningRate: [0.1, 1e155]}}`],
  [pairs, '--shard', '1/2'],
  [pairs, '--shard', '2/2'],
]; // biome-ignore format: a list

/** Makes them in a folder that has none. */
export async function sampleRuns(folder: string): Promise<SampleRun[]> {
  const samples: SampleRun[] = [];
  for (const [index, words] of scenarios.entries()) {
    const out = join(folder, `sample-${index}`);
    const { stderr } = await commandHere(['run', ...words, ...quietly, '--out', out]);
    const [name] = readdirSync(out);
    const files = filesIn(join(out, name ?? ''));
    if (!files.has('summary.json')) throw new Error(`sampleRuns: ${words[0]} came to nothing: ${stderr}`);
    samples.push({ name, words, files });
  }
  return samples;
}

/** Options of a run that shows nothing of its course and needs no threads. */
export const quietly = ['--workers', '0', '--no-tui', '--quiet'];

function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name !== 'lock' && statSync(join(folder, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
