import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { command, start, temporaryFolder } from './command.ts';

const experiments = fileURLToPath(new URL('../../scenarios/experiments/', import.meta.url));
const fixtures = fileURLToPath(new URL('../fixtures/trainer/', import.meta.url));

/** Lines of the journal of the only run of a folder, 0 before there is one. */
function journalLines(folder: string): number {
  try {
    const [run] = readdirSync(join(folder, 'results'));
    return readFileSync(join(folder, 'results', run, 'journal.ndjson'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

describe('run of trainings', () => {
  it('prints each recorded step and the verdict', async () => {
    const { code, stdout, stderr } = await command(['run', 'experiments/01-embedding'], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\s+100 .* 100 % .* 100 %/m);
    expect(stdout).toContain('✓ 01-embedding: 2 expectations in 1 cell');
    expect(stderr).toContain('saved in results/01-embedding--');
  });

  it('exits 1 when a training is not as expected', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 's.yaml'), 'kind: train\nname: s\nepochs: 3\nexpect: {item.tangent: false}\n');
    const { code, stdout } = await command(['run', 's.yaml'], folder);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ item.tangent no: FALSE in 3 cases');
  });

  it('ends with the same bytes on any number of workers, and shows a finished run without training again', async () => {
    const words = ['run', 'experiments/06-one-hot-linear', '--set', 'replicates=3', '--set', 'epochs=5', '--quiet'];
    const summaries = await Promise.all(
      ['0', '1', '2'].map(async (workers) => {
        const folder = temporaryFolder();
        const first = await command([...words, '--workers', workers], folder);
        const again = await command([...words, '--workers', workers], folder);
        expect(again.stdout).toBe(first.stdout);
        const [run] = readdirSync(join(folder, 'results'));
        return readFileSync(join(folder, 'results', run, 'summary.json'), 'utf8');
      }),
    );
    expect(new Set(summaries).size).toBe(1);
  });

  it('goes on from where it was killed, to the same bytes', async () => {
    const words = ['run', 'experiments/09-low-rate', '--set', 'epochs=4', '--workers', '1', '--format', 'json'];
    const whole = await command([...words, '--quiet'], temporaryFolder());
    const folder = temporaryFolder();
    const { child, ended } = start(words, folder);
    // The journal's first line names the run; the second is a training.
    while (journalLines(folder) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    const resumed = await command(words, folder);
    expect(resumed.stdout).toBe(whole.stdout);
    expect(resumed.stderr).toContain('resum');
  });

  it('replays a training, from its run and from its scenario, to the same numbers', async () => {
    const folder = temporaryFolder();
    await command(['run', 'experiments/01-embedding', '--quiet'], folder);
    const [run] = readdirSync(join(folder, 'results'));
    const { cells } = JSON.parse(readFileSync(join(folder, 'results', run, 'summary.json'), 'utf8'));
    for (const name of [join('results', run), 'experiments/01-embedding']) {
      const { code, stdout } = await command(['replay', name, '--pair', '0', '--format', 'json'], folder);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual(cells[0].trainings[0]);
    }
    const beyond = await command(['replay', 'experiments/01-embedding', '--pair', '1'], folder);
    expect(beyond.stderr).toContain('--pair 1 — expected 0 to 0');
    expect(beyond.code).toBe(2);
    const exported = await command(['export', join('results', run)], folder);
    expect(exported.stdout).toMatch(/^cell,training,steps,epochs,/);
    expect(exported.code).toBe(0);
  });

  it('replays a training on data of the generator from its run: the draws do not hang on how the plan is written', async () => {
    const folder = temporaryFolder();
    await command(['run', 'experiments/09-low-rate', '--set', 'epochs=2', '--quiet'], folder);
    const [run] = readdirSync(join(folder, 'results'));
    const { cells } = JSON.parse(readFileSync(join(folder, 'results', run, 'summary.json'), 'utf8'));
    const words = ['replay', join('results', run), '--cell', '1', '--pair', '0', '--format', 'json'];
    expect(JSON.parse((await command(words, folder)).stdout)).toEqual(cells[1].trainings[0]);
  });

  it('stops with the step and the tower when norms are no longer finite, and exits 1', async () => {
    const folder = temporaryFolder();
    const scenario = 'kind: train\nname: s\nlearningRate: 1e200\nloss: {name: info-nce-dot}\n';
    writeFileSync(join(folder, 's.yaml'), scenario);
    const { code, stdout } = await command(['run', 's.yaml'], folder);
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/✗ stopped at step \d: the user tower's norms are no longer finite/);
  });

  it('trains with the plain twins on request, the same but for rounding, and says that singles need the kernels', async () => {
    const words = ['run', 'experiments/01-embedding', '--set', 'epochs=3', '--format', 'json'];
    const [kernels, plain] = await Promise.all(
      [[], ['--kernel', 'plain']].map(async (option) => {
        const { stdout } = await command([...words, ...option], temporaryFolder());
        const [{ records, items }] = JSON.parse(stdout).cells[0].trainings;
        return { loss: records[2].loss as number, norms: items.finalNorm as number[] };
      }),
    );
    expect(plain).not.toEqual(kernels);
    expect(plain.loss).toBeCloseTo(kernels.loss, 12);
    for (const [item, norm] of plain.norms.entries()) expect(norm).toBeCloseTo(kernels.norms[item], 12);
    const refused = await command([...words, '--kernel', 'plain', '--set', 'precision=single'], temporaryFolder());
    expect(refused.stderr).toContain('precision: single needs the kernels; leave out --kernel plain');
    expect(refused.code).toBe(2);
  });

  it('runs every scenario of a folder, and ends with the tables', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'some'));
    for (const name of ['02-dot-products', '05-frozen-linear']) {
      copyFileSync(join(experiments, `${name}.yaml`), join(folder, 'some', `${name}.yaml`));
    }
    const { code, stdout } = await command(['run', 'some', '--set', 'epochs=4'], folder);
    expect(code).toBe(0);
    const json = await command(['run', 'some', '--set', 'epochs=4', '--format', 'json'], folder);
    expect(JSON.parse(json.stdout)).toMatchObject([{ scenario: '02-dot-products' }, { scenario: '05-frozen-linear' }]);
    expect(stdout).toContain('steps at right angles');
    expect(stdout).toMatch(/02-dot-products +info-nce-dot +no: 0 % +✓ +no: 0 % +✓/);
    expect(stdout).toMatch(/05-frozen-linear +info-nce-cosine +no: 0 % +✓ +yes: 100 % +✓/);
  });
});

describe('parity', () => {
  it('agrees with every fixture, and exits 0', async () => {
    const files = readdirSync(fixtures).map((name) => join(fixtures, name));
    const { code, stdout } = await command(['parity', ...files], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout.match(/✓ step 10 /g)).toHaveLength(files.length);
  });

  it('exits 1 beyond the tolerance, and names the step', async () => {
    const folder = temporaryFolder();
    const text = readFileSync(join(fixtures, 'exp1.json'), 'utf8');
    writeFileSync(join(folder, 'other.json'), text.replace('"lr": 5', '"lr": 5.001'));
    const { code, stdout } = await command(['parity', 'other.json'], folder);
    expect(stdout).toContain('✓ step 0');
    expect(stdout).toContain('✗ step 1');
    expect(code).toBe(1);
  });

  it.each([
    ['{', 'expected JSON'],
    ['{}', 'lr'],
  ])('refuses a file that holds %j', async (text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bad.json'), text);
    const { code, stderr } = await command(['parity', 'bad.json'], folder);
    expect(stderr).toContain('bad.json');
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
