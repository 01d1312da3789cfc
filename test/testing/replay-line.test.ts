import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuoted } from '../../src/report/shell-quoted.ts';
import { assertOrderKept, type TestedPair } from '../../src/testing/index.ts';
import { replayLine } from '../../src/testing/replay-line.ts';
import { command, temporaryFolder } from '../cli/command.ts';

const article: TestedPair = { popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 100 };
const softmax = { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 64 } as const;

describe('a replay line', () => {
  it('is read by a POSIX shell as the words that were meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const word = text.replaceAll('\0', '');
        const script = `printf %s ${shellQuoted(word)}`;
        expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(word);
      }),
      { numRuns: 50, examples: [['it\'s $HOME `id` \\ " ! \n'], ["''"], ['']] },
    );
  });

  it('leaves a scenario that no command line can hold to a file', () => {
    const scenario = `{"values":[${'1,'.repeat(60_000)}1]}`;
    expect(replayLine({ scenario }, 3)).toMatch(/^norm-growth replay pair\.yaml --pair 3, where pair\.yaml holds \{/);
  });

  it.each<[string, TestedPair]>([
    ['kernel, own gains', { ...article, gain: { model: 'lognormal', sharing: 'own', sigma: 0.3, rho: 0.5 } }],
    [
      'kernel, trace',
      { ...article, steps: 3, gain: { model: 'trace', sharing: 'shared', values: [1e-7, 0.1, 1 / 3e-2] } },
    ],
    [
      'plain, random start',
      { ...article, gain: softmax, initialSquaredNorm: { dimension: 3, standardDeviation: 0.1 } },
    ],
    ['plain, momentum', { ...article, momentum: { beta: 0.9, dimension: 4 } }],
  ])('shows the violation that the assertion found, by the real command: %s', async (_, pair) => {
    const { message } = (await assertOrderKept(pair, { seed: 5, replicates: 3000 }).catch((error) => error)) as Error;
    const [, replicate, step] = message.match(/^address: .*, pair (\d+), step (\d+)$/m)!;
    const [, scenario] = message.match(/^replay: norm-growth replay '(.*)' --pair \d+$/m)!;
    const { code, stdout, stderr } = await command(['replay', scenario, '--pair', replicate], temporaryFolder());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`order first violated at step ${step} of ${pair.steps}:`);
  });
});

describe('norm-growth replay', () => {
  it('replays a shipped scenario by its name, and one written as YAML flow text', async () => {
    const folder = temporaryFolder();
    const shipped = await command(['replay', 'own-gains', '--pair', '3'], folder);
    expect(shipped).toMatchObject({ code: 0, stdout: expect.stringContaining('pair 3: seed 1') });
    const inline = '{kind: coupled, name: inline, popularity: {lower: 0.1, upper: 0.2}, steps: 9, seed: 4}';
    const written = await command(['replay', inline, '--pair', '0'], folder);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('every one of 9 steps') });
  });

  it('refuses what is wrong in an inline scenario by its place, and pairs and cells that it does not have', async () => {
    const folder = temporaryFolder();
    const refusal = async (...words: string[]) => {
      const { code, stderr } = await command(['replay', ...words], folder);
      return `${code} ${stderr}`;
    };
    const inline = (more: string) => `{kind: coupled, name: x, popularity: {lower: 0.1, upper: 0.2}, ${more}}`;
    expect(await refusal(inline('stepz: 3'), '--pair', '0')).toMatch(
      /^2 norm-growth: inline scenario:1:64 stepz — expected one of .*did you mean steps\?/,
    );
    expect(await refusal(inline('replicates: 9'), '--pair', '9')).toContain('--pair 9 — expected 0 to 8');
    expect(await refusal(inline('steps: 3'), '--pair', '0', '--cell', '1')).toContain('--cell 1 — expected 0 to 0');
    expect(await refusal('own-gain', '--pair', '0')).toMatch(
      /no such run folder; as a scenario: .*did you mean own-gains/,
    );
  });
});
