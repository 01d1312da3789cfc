import { describe, expect, it } from 'vitest';
import { kernelRefusal, runKernel } from '../../src/kernels/index.ts';
import type { KernelRequest } from '../../src/kernels/kernel-run.ts';
import type { FloatHistogram } from '../../src/statistics/float-histogram.ts';
import { pairOf } from '../coupling/pairs.ts';
import { constantSchedule, keyOfBlock, walked } from './requests.ts';

const lognormal = { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 } as const;
// Longest first: a kernel that counted those that end first would leave out the pairs that appear most.
const popularities = [
  { lower: 0.001, upper: 0.002 },
  { lower: 0.2, upper: 0.4 },
];
const members = [
  ...walked.flatMap((coupling) =>
    [pairOf().gain, constantSchedule, lognormal].map((gain) => ({ coupling, gain, name: gain.model })),
  ),
  { coupling: 'counts' as const, gain: pairOf().gain, name: 'constant' },
];

const counted = ({ runs }: FloatHistogram) => runs.reduce((sum, count, at) => sum + (at % 2 === 1 ? count : 0), 0);

describe.each(members)('the kernel of $coupling, $name', ({ coupling, gain }) => {
  const requestOf = (popularity: KernelRequest['pair']['popularity'], replicates: number): KernelRequest => {
    const pair = pairOf({ popularity, steps: 40, initialSquaredNorm: 2, gain });
    expect(kernelRefusal(coupling, pair)).toBeNull();
    const recordedSteps = coupling === 'counts' ? [] : [20];
    return { pair, recordedSteps, key: keyOfBlock(0), first: 0, replicates, starts: 2 };
  };

  it.each([1, 2, 63, 64, 65, 200, 1000])('counts every started pair of %d', (replicates) => {
    for (const popularity of popularities) {
      const { summary, finals } = runKernel(coupling, requestOf(popularity, replicates));
      expect(finals === null ? null : finals.length).toBe(coupling === 'counts' ? null : 2 * replicates);
      if (finals !== null) expect(finals.every((state) => state >= 2)).toBe(true);
      expect(summary.order.pairs).toBe(replicates);
      expect([summary.norm.count, summary.squaredNorm.count]).toEqual([replicates, replicates]);
      expect(counted(summary.histograms!.lower)).toBe(replicates);
      expect(counted(summary.histograms!.upper)).toBe(replicates);
      if (summary.trajectory === null) continue;
      const { lower, upper } = summary.trajectory;
      expect([lower.count, upper.count]).toEqual([replicates, replicates]);
      expect([counted(lower.histograms[0]), counted(upper.histograms[0])]).toEqual([replicates, replicates]);
    }
  });
});

it('numbers the first violated pair from the first replicate of the chunk', () => {
  const pair = pairOf({ steps: 40, initialSquaredNorm: 0.05, gain: lognormal });
  const request = { pair, recordedSteps: [], key: keyOfBlock(0), first: 0, replicates: 200, starts: 0.05 };
  const { firstViolation } = runKernel('events', request).summary.order;
  const shifted = runKernel('events', { ...request, first: 7000 }).summary.order.firstViolation;
  expect(shifted).toEqual({ step: firstViolation!.step, replicate: firstViolation!.replicate + 7000 });
});
