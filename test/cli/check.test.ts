import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claims } from '../../src/theorems/claims/index.ts';
import { command, temporaryFolder } from './command.ts';

const expecting = `
kind: coupled
name: expecting
popularity: {lower: 0.002, upper: 0.004}
replicates: 2000
sweep: {learningRate: [0.5, 1]}
`;

/** Runs `check` on a scenario that expects something. */
async function checkScenario(expect: string, ...flags: string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'expecting.yaml'), `${expecting}expect:\n${expect}`);
  return command(['check', '--scenario', 'expecting.yaml', '--workers', '0', ...flags], folder);
}

describe('check', () => {
  it('prints every claim with what was measured, and passes', async () => {
    const { code, stdout } = await command(['check'], temporaryFolder());
    expect(code).toBe(0);
    for (const { id } of claims) expect(stdout).toMatch(new RegExp(`^✓ ${id} `, 'm'));
    expect(stdout).toContain(`✓ ${claims.length} of ${claims.length} hold`);
    expect(stdout).not.toContain('\u001b');
  });

  it('checks the claims that are named, in the order of their numbers', async () => {
    const { code, stdout } = await command(['check', 'A11', 'a1', '--format', 'json'], temporaryFolder());
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.claims.map(({ claim }: { claim: { id: string } }) => claim.id)).toEqual(['A1', 'A11']);
    expect(report).toMatchObject({ seed: 1, budget: 1e-6, holds: true, scenarios: [], gaps: [] });
    expect(report.alpha).toBe(report.budget / report.tests);
  });

  it('draws from a fresh seed that it prints, and from that seed again', async () => {
    const first = JSON.parse(
      (await command(['check', 'A11', '--fresh-seed', '--format', 'json'], temporaryFolder())).stdout,
    );
    expect(first.seed).toBeGreaterThan(1);
    const words = ['check', 'A11', '--seed', String(first.seed), '--format', 'json'];
    const again = JSON.parse((await command(words, temporaryFolder())).stdout);
    expect(again.claims[0].findings).toEqual(first.claims[0].findings);
  });

  it('draws by the plain twins of the kernels where they are asked for', async () => {
    const words = ['check', 'A11', '--format', 'json'];
    const [byKernel, plain] = await Promise.all(
      [words, [...words, '--kernel', 'plain']].map(async (line) => {
        const { code, stdout } = await command(line, temporaryFolder());
        return { code, ...JSON.parse(stdout) };
      }),
    );
    expect([plain.code, plain.holds]).toEqual([0, true]);
    // The same law, from draws of its own.
    expect(plain.claims[0].findings).not.toEqual(byKernel.claims[0].findings);
  });

  it('spends the budget it is given', async () => {
    const { stdout } = await command(['check', 'A11', '--budget', '0.05'], temporaryFolder());
    expect(stdout).toContain('probability of any false alarm at most 0.050 (0.025 for each of 2 tests)');
  });

  it('measures the gaps when asked', async () => {
    const { code, stdout } = await command(['check', 'A1', '--gaps', '--format', 'json'], temporaryFolder());
    const { gaps } = JSON.parse(stdout);
    expect(code).toBe(0);
    const ids = gaps.map(({ gap }: { gap: { id: string } }) => gap.id);
    expect(ids).toEqual(Array.from({ length: 11 }, (_, index) => `G${index + 1}`));
    for (const { measurements } of gaps) expect(measurements.length).toBeGreaterThan(0);
  });
});

describe("check of a scenario's expectations", () => {
  it('passes what is so', async () => {
    const { code, stdout } = await checkScenario('  order.pairsViolatedAtSomeStep: 0\n  norm.lower: exact\n');
    expect(stdout).toContain('✓ expecting: 4 expectations in 2 cells');
    expect(code).toBe(0);
  });

  it('exits 1 on what is not, and says in which cell', async () => {
    const { code, stdout } = await checkScenario('  - where: learningRate > 0.7\n    norm.upper: 5\n');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ expecting[^✗]*learningRate = 1\n\s+✗ norm\.upper = 5: REJECTED/);
    expect(stdout).not.toContain('learningRate = 0.5');
  });

  it.each([
    ['  norm.lowr: exact\n', 'expecting.yaml:8:3 expect.norm.lowr — expected one of where, norm.lower'],
    ['  norm.lower: {atLeast: 2, atMost: 1}\n', 'expecting.yaml:8:15 expect.norm.lower — expected atLeast'],
    ['  norm.lower: {}\n', 'expecting.yaml:8:15 expect.norm.lower — expected'],
    ['  order.ties: 2\n', 'expecting.yaml:8:15 expect.order.ties — expected a number from 0 to 1, got 2'],
    ['  where: learnRate > 1\n', 'expecting.yaml:8:10 expect.where — expected the path of a number'],
  ])('refuses %j with the place', async (written, message) => {
    const { code, stderr } = await checkScenario(written);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('holds for every shipped scenario', { timeout: 300_000 }, async () => {
    const { code, stdout } = await command(['check', '--all-scenarios'], temporaryFolder());
    expect(stdout).toMatch(/✓ (\d+) of \1 hold/);
    expect(code).toBe(0);
  });
});

describe('check refuses', () => {
  it.each([
    [['check', 'A99'], 'expected claims among A'],
    [['check', '--budget', '0'], 'expected a probability above 0'],
    [['check', '--budget', '1e-400'], 'expected a probability above 0'],
    [['check', '--scenario', 'nowhere'], 'expected a scenario file'],
    [['check', '--workers', '-1'], 'expected a whole number'],
  ])('%j', async (words, message) => {
    const { code, stderr } = await command(words, temporaryFolder());
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('a named scenario that expects nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'plain.yaml'), expecting);
    const { code, stderr } = await command(['check', '--scenario', 'plain.yaml'], folder);
    expect(stderr).toContain('plain.yaml: has no `expect:` lines to check');
    expect(code).toBe(2);
  });
});
