import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunPlan } from '../../src/report/plan-text.ts';
import { command, temporaryFolder } from './command.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

async function planOf(words: readonly string[], folder = temporaryFolder()): Promise<RunPlan> {
  const { code, stdout } = await command(['run', ...words, '--plan', '--format', 'json'], folder);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

/** Cells of ten short pairs, two hundred for each learning rate. */
function manyCells(rates: number): string {
  return `kind: coupled
name: many
popularity: {lower: 0.01, upper: 0.02}
batchSize: 8
steps: 20
replicates: 10
trajectory: {points: 0}
sweep: {learningRate: {log: [0.01, 100, ${rates}]}, tangentSignal: {log: [0.1, 10, 200]}}
`;
}

/** Runs the command to its end: what it prints, and its processor time in seconds. */
function measured(words: readonly string[], cwd: string, nodeOptions: readonly string[] = []) {
  const file = join(cwd, 'processor-time.txt');
  const hook = fileURLToPath(new URL('fixtures/processor-time.mjs', import.meta.url));
  const env = { ...process.env, PROCESSOR_TIME: file };
  const options = { encoding: 'utf8', cwd, env, stdio: 'pipe', maxBuffer: 2 ** 28 } as const;
  const stdout = execFileSync(process.execPath, [...nodeOptions, '--import', hook, main, ...words], options);
  return { stdout, cpuSeconds: Number(readFileSync(file, 'utf8')) };
}

describe('run --plan', () => {
  it('prints size, members, time and precision, and writes nothing', async () => {
    const folder = temporaryFolder();
    const words = ['eta-p-sweep', '--replicates', '500', '--plan'];
    const { code, stdout } = await command(['sweep', ...words], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('size        24 cells, 24 chunks, 12,000 pairs, 3,600,000 pair-steps');
    expect(stdout).toContain('results     none yet: a new run');
    expect(stdout).toMatch(/events \(kernel\) +24 +12,000/);
    expect(stdout).toMatch(/time +[\d.]+ s of processor time, [\d.]+ s (on the main thread|with \d+ workers?)/);
    expect(stdout).toMatch(/within a factor [\d.]+, by [\d,]+ chunks of \d+ cells tried here in [\d.]+ s/);
    expect(stdout).toMatch(/20 of 24 cells, the cheapest and the dearest among them/);
    expect(stdout).not.toContain('\u001b');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives the standard errors that the run then has', async () => {
    const folder = temporaryFolder();
    const words = ['coupled-pair', '--replicates', '20000'];
    const { coupled } = await planOf(words, folder);
    const [row] = coupled!.rows;
    const { stdout } = await command(['run', ...words, '--format', 'json', '--quiet'], folder);
    const [{ norm }] = JSON.parse(stdout).cells;
    expect(row.source).toBe('exact law');
    for (const of of ['lower', 'upper', 'difference'] as const) {
      expect(row.standardErrors[of]! / norm[of].standardError).toBeCloseTo(1, 1);
    }
  });

  it('takes more for more: a thousand times as many pairs, at least a hundred times the time over the start', async () => {
    const [few, many] = [
      await planOf(['own-gains', '--replicates', '2000']),
      await planOf(['own-gains', '--replicates', '2000000']),
    ];
    const cpu = ({ coupled }: RunPlan) => coupled!.members[0].cpuSeconds;
    expect(cpu(many) / cpu(few)).toBeGreaterThan(100);
    expect(many.coupled!.time.wallSeconds).toBeGreaterThan(few.coupled!.time.wallSeconds);
  });

  it('foretells where a stopping rule ends a cell', async () => {
    const words = ['coupled-pair', '--replicates', '1000000', '--until', 'halfWidth=0.002'];
    const { coupled, replicates } = await planOf(words);
    expect(replicates).toBe(1_000_000);
    expect(coupled!.until).toMatchObject({ cellsNotReached: 0, cellsLookedAt: 1 });
    const { stdout } = await command(['run', ...words, '--format', 'json', '--quiet'], temporaryFolder());
    const [cell] = JSON.parse(stdout).cells;
    expect(coupled!.until!.expectedPairs / cell.replicates).toBeGreaterThan(0.5);
    expect(coupled!.until!.expectedPairs / cell.replicates).toBeLessThan(2);
  });

  it('tells of an unfinished run what would be reused, and of a finished one that it would be shown', async () => {
    const folder = temporaryFolder();
    const words = ['warm-up', '--replicates', '3000'];
    expect((await command(['run', ...words, '--quiet'], folder)).code).toBe(0);
    const finished = await planOf(words, folder);
    expect(finished.folder).toMatchObject({ status: 'finished', chunks: 3, obstacle: null });
    expect(finished.coupled!.time.remainingCpuSeconds).toBe(0);
    expect((await planOf([...words, '--fresh'], folder)).folder).toMatchObject({ status: 'new', path: null });

    const [run] = readdirSync(join(folder, 'results'));
    rmSync(join(folder, 'results', run, 'summary.json'));
    const before = readdirSync(join(folder, 'results', run));
    const { stdout } = await command(['run', ...words, '--plan'], folder);
    expect(stdout).toContain(`results     unfinished in results/${run}: 3 chunks of it would be reused`);
    expect(stdout).toMatch(/still to do +[\d.]+ s of processor time/);
    expect(readdirSync(join(folder, 'results', run))).toEqual(before);
  });

  it('tells what earlier runs have of it, as the run then does, and writes nothing', async () => {
    const folder = temporaryFolder();
    const words = ['coupled-pair', '--replicates', '4000'];
    await command(['run', ...words, '--sweep', 'learningRate=1,10', '--quiet'], folder);
    const [run] = readdirSync(join(folder, 'results'));
    const more = [...words, '--sweep', 'learningRate=1,10,30,100'];
    const { reuse, chunks, folder: found, coupled } = await planOf(more, folder);
    expect(reuse).toEqual([{ path: `results/${run}`, chunks: chunks / 2 }]);
    expect(found).toMatchObject({ status: 'new', chunks: 0 });
    const { time, members } = coupled!;
    const saved = time.cpuSeconds - time.remainingCpuSeconds;
    expect(saved / members[0].cpuSeconds).toBeGreaterThan(0.3);
    expect(saved / members[0].cpuSeconds).toBeLessThan(0.7);
    expect(readdirSync(join(folder, 'results'))).toEqual([run]);

    const { stdout } = await command(['run', ...more, '--plan'], folder);
    expect(stdout).toContain(
      `reused      ${chunks / 2} of ${chunks} chunks from earlier runs: ${chunks / 2} from results/${run}`,
    );
    expect(stdout).toMatch(/still to do +[\d.]+ s of processor time/);
    expect((await planOf([...more, '--fresh'], folder)).reuse).toEqual([]);
    const { stderr } = await command(['run', ...more, '--format', 'json'], folder);
    expect(stderr).toContain(`${chunks / 2} of ${chunks} blocks reused: ${chunks / 2} from results/${run}`);
  });

  const plan = (file: string, folder: string, nodeOptions: readonly string[] = []): RunPlan => {
    const words = ['run', file, '--workers', '0', '--plan', '--format', 'json'];
    return JSON.parse(measured(words, folder, nodeOptions).stdout);
  };

  it('keeps no cell of a plan of very many', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'many.yaml'), manyCells(250));
    expect(plan('many.yaml', folder, ['--max-old-space-size=60']).cells).toBe(50_000);
  });

  it('foretells what many short cells take', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'few.yaml'), manyCells(10));
    const { time } = plan('few.yaml', folder).coupled!;
    const { cpuSeconds } = measured(['run', 'few.yaml', '--workers', '0', '--quiet'], folder);
    // Both depend on what else the machine does.
    expect(time.cpuSeconds / cpuSeconds).toBeGreaterThan(1 / 2.5);
    expect(time.cpuSeconds / cpuSeconds).toBeLessThan(2.5);
  });

  it('counts a shard alone', async () => {
    const whole = await planOf(['warm-up']);
    const shards = await Promise.all(['1/2', '2/2'].map((shard) => planOf(['warm-up', '--shard', shard])));
    expect(shards.map(({ shard }) => shard)).toEqual(['1/2', '2/2']);
    expect(shards.reduce((sum, { replicates }) => sum + replicates, 0)).toBe(whole.replicates);
    expect(shards.reduce((sum, { chunks }) => sum + chunks, 0)).toBe(whole.chunks);
  });

  it('tries trainings that are too long with fewer steps, and says so', async () => {
    const words = ['coupled-pair', '--set', 'steps=1000000000', '--set', 'coupling=slots', '--replicates', '4'];
    const { coupled, steps } = await planOf([...words, '--set', 'trajectory.points=0']);
    expect(steps).toBe(4e9);
    expect(coupled!.time.pilot.isShortened).toBe(true);
    expect(coupled!.time.pilot.seconds).toBeLessThan(120);
    expect(coupled!.time.cpuSeconds).toBeGreaterThan(10);
  });

  it.each([
    ['experiments/01-embedding', '1 cell, 1 chunk, 1 training, 100 epochs', '--set epochs=1'],
    ['fidelity/coupled-trainings', '6 cells, 1,200 chunks, 1,200 pairs, 240,000 steps', '--replicates 1'],
  ])('says of %s what it does not estimate', async (name, size, remedy) => {
    const folder = temporaryFolder();
    const { code, stdout } = await command(['run', name, '--plan'], folder);
    expect([code, existsSync(join(folder, 'results'))]).toEqual([0, false]);
    expect(stdout).toContain(size);
    expect(stdout).toContain('not estimated: the time and the precision of trainings');
    expect(stdout).toContain(remedy);
  });

  it('refuses what a run refuses', async () => {
    const { code, stdout, stderr } = await command(
      ['run', 'coupled-pair', '--set', 'steps=-1', '--plan'],
      temporaryFolder(),
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--set steps — expected an integer from 0 to 1e9, got -1');
  });
});

describe('run --design', () => {
  it('spreads cells as the fields of the file do: the same run folder', async () => {
    const folder = temporaryFolder();
    const scenario = 'kind: coupled\nname: spread\npopularity: {lower: 0.1, upper: 0.2}\nreplicates: 20\n';
    writeFileSync(join(folder, 'options.yaml'), scenario);
    writeFileSync(
      join(folder, 'file.yaml'),
      `${scenario}sweep: {combine: latin-hypercube, points: 5, learningRate: {log: [0.1, 100]}}\n`,
    );
    const options = ['--design', 'latin-hypercube:5', '--sweep', 'learningRate=log:0.1:100'];
    expect((await command(['sweep', 'options.yaml', ...options, '--quiet'], folder)).code).toBe(0);
    const { code, stderr, stdout } = await command(['run', 'file.yaml'], folder);
    expect(code).toBe(0);
    expect(stderr).toContain('finished before, shown again');
    expect(stdout).toContain('all 5 cells');
  });

  it('refuses another kind, with the option’s name', async () => {
    const { code, stderr } = await command(['run', '--design', 'sobl:8'], temporaryFolder());
    expect(code).toBe(2);
    expect(stderr).toContain('--design — expected one of latin-hypercube, sobol, got "sobl"; did you mean sobol?');
  });
});
