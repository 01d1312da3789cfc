import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { listScenarios } from '../../src/scenarios/find-scenario.ts';
import { command, temporaryFolder } from '../cli/command.ts';

const cluster = fileURLToPath(new URL('../../scenarios/cluster', import.meta.url));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const scenario = ['own-gains', '--set', 'steps=5000', '--replicates', '3000'];

const textOf = (file: string) => readFileSync(join(cluster, file), 'utf8');

/** The documents of a YAML file, which must be without a flaw. */
function documentsOf(file: string): Record<string, unknown>[] {
  return parseAllDocuments(textOf(file)).map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS();
  });
}

/** Runs a shell with what a cluster would set. */
function shell(words: readonly string[], environment: NodeJS.ProcessEnv, cwd: string): void {
  const [program, ...more] = words;
  const { status, stderr } = spawnSync(program, more, {
    cwd,
    env: { ...process.env, NORM_GROWTH: `${process.execPath} ${main}`, ...environment },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
}

function summaryOf(folder: string): string {
  const [run] = readdirSync(folder).filter((name) => name.startsWith('own-gains--'));
  return readFileSync(join(folder, run, 'summary.json'), 'utf8');
}

/** The summary of the same run in one piece. */
async function wholeSummary(cwd: string): Promise<string> {
  expect((await command(['run', ...scenario, '--quiet', '--out', 'whole'], cwd)).code).toBe(0);
  return summaryOf(join(cwd, 'whole'));
}

it('slurm.sbatch: the tasks of an array, merged, are the run', async () => {
  const cwd = temporaryFolder();
  const file = join(cluster, 'slurm.sbatch');
  for (const task of [2, 3, 1]) {
    const set = { SLURM_ARRAY_TASK_ID: String(task), SLURM_ARRAY_TASK_MAX: '3', SLURM_CPUS_PER_TASK: '1' };
    shell(['bash', file, ...scenario], set, cwd);
  }
  // The merge as the head of the file gives it, for the scenario of this test.
  const [, merge] = /--wrap '(norm-growth merge .*)'/.exec(textOf('slurm.sbatch'))!;
  const line = merge.replace('norm-growth', '$NORM_GROWTH').replace('eta-p-sweep', 'own-gains');
  shell(['bash', '-c', line], {}, cwd);
  expect(summaryOf(join(cwd, 'results'))).toBe(await wholeSummary(cwd));
});

it('kubernetes.yaml: the pods of its job, merged by the other, are the run', async () => {
  const cwd = temporaryFolder();
  const [claim, shards, merge] = documentsOf('kubernetes.yaml');
  expect([claim, shards, merge].map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim', 'Job', 'Job']);
  const { completions, parallelism, template, ...spec } = shards.spec as PodJob & { completionMode: string };
  expect(spec.completionMode).toBe('Indexed');
  const [pod] = template.spec.containers;
  expect(pod.env).toEqual([{ name: 'SHARDS', value: String(completions) }]);
  expect(parallelism).toBeLessThanOrEqual(completions);
  const [mergingPod] = (merge.spec as PodJob).template.spec.containers;
  expect(mergingPod.env).toEqual(pod.env);
  const wordsOf = ({ command: words, args }: Container) => [
    ...words,
    ...args.map((text) =>
      text.replace('exec norm-growth', 'exec $NORM_GROWTH').replace('eta-p-sweep', scenario.join(' ')),
    ),
  ];
  // As many pods as the file has, would take long: SHARDS says how many there are.
  for (const index of [0, 1]) {
    shell(wordsOf(pod), { SHARDS: '2', JOB_COMPLETION_INDEX: String(index), OUT: 'volume' }, cwd);
  }
  shell(wordsOf(mergingPod), { SHARDS: '2', OUT: 'volume' }, cwd);
  expect(summaryOf(join(cwd, 'volume'))).toBe(await wholeSummary(cwd));
});

interface Container {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: unknown;
}

interface PodJob {
  readonly completions: number;
  readonly parallelism: number;
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

it('kubernetes-queue.yaml: Redis that forgets nothing, and workers that know it from a secret', () => {
  const documents = documentsOf('kubernetes-queue.yaml');
  expect(documents.map(({ kind }) => kind)).toEqual(['Service', 'StatefulSet', 'Deployment']);
  const text = JSON.stringify(documents);
  expect(text).toContain('--appendonly yes --maxmemory-policy noeviction');
  expect(text).toContain('{"name":"NORM_GROWTH_QUEUE","valueFrom":{"secretKeyRef"');
  expect(text).toContain('["norm-growth","worker","--workers","2"]');
});

it('github-actions.yaml: its matrix has as many shards as it says', () => {
  const [workflow] = documentsOf('github-actions.yaml');
  const { env, jobs } = workflow as {
    env: { SHARDS: number };
    jobs: { shard: { strategy: { matrix: { shard: number[] } } }; merge: { needs: string } };
  };
  expect(jobs.shard.strategy.matrix.shard).toEqual(Array.from({ length: env.SHARDS }, (_, index) => index + 1));
  expect(jobs.merge.needs).toBe('shard');
});

it('gnu-parallel.sh: can be run, and says how', () => {
  const file = join(cluster, 'gnu-parallel.sh');
  expect(statSync(file).mode & 0o111).toBe(0o111);
  expect(spawnSync('bash', ['-n', file]).status).toBe(0);
  expect(spawnSync(file, [], { encoding: 'utf8' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('usage:'),
  });
});

it('is no folder of scenarios', async () => {
  expect((await listScenarios()).filter(({ name }) => name.includes('cluster'))).toEqual([]);
  const { code, stderr } = await command(['run', 'cluster'], temporaryFolder());
  expect(code).toBe(2);
  expect(stderr).toContain('expected a scenario file or the name of a shipped scenario, got');
});
