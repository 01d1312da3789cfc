import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/engine/executor.ts';
import { claims } from '../../src/theorems/claims/index.ts';
import { findingHolds } from '../../src/theorems/finding.ts';
import { checkSetting } from '../../src/theorems/verify.ts';
import { share } from '../error-budget.ts';

/** The kernels of the chunks that were run. */
const kernelsUsed = { auto: new Set<string>(), plain: new Set<string>() };

describe.each(['auto', 'plain'] as const)('kernel: %s', (kernel) => {
  const thisThread = inProcess();
  const executor: typeof thisThread = {
    ...thisThread,
    run: (cell, chunk) => {
      kernelsUsed[kernel].add(cell.kernel);
      return thisThread.run(cell, chunk);
    },
  };

  describe.each(claims)('$id', (claim) => {
    const setting = checkSetting(claim.id, { seed: 1, alpha: share, executor, kernel });

    it('holds', async () => {
      const findings = await claim.check(setting);
      expect(findings.filter((finding) => !findingHolds(finding, share))).toEqual([]);
      expect(findings.filter(({ kind }) => kind === 'statistical')).toHaveLength(claim.tests);
      expect(findings.length).toBeGreaterThan(0);
    });

    it('rejects its wrong twin', async () => {
      const findings = await claim.wrongTwin.check(setting);
      expect(findings.some((finding) => !findingHolds(finding, share))).toBe(true);
    });
  });

  it('is what draws', () => {
    expect(kernelsUsed[kernel].has('simd')).toBe(kernel === 'auto');
  });
});

it('has every claim of the theory, in the order of their numbers', () => {
  expect(claims.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, number) => `A${number}`));
});
