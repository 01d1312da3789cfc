import { describe, expect, it } from 'vitest';
import { pairOf } from '../coupling/pairs.ts';
import { expectSameTrajectory, foldPlainly } from './plain-fold.ts';
import { cellOf, constantSchedule, walked } from './requests.ts';
import { runOfChunk } from './watched-cells.ts';

const recordedSteps = [1, 5, 20];
const gains = [
  pairOf().gain,
  constantSchedule,
  { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0.5 },
  // Gains over more octaves than the window that is tried first, whatever the start.
  { model: 'lognormal', sharing: 'shared', sigma: 8, rho: 0 },
] as const;
const cases = walked.flatMap((coupling) =>
  gains.flatMap((gain) =>
    // The first appearance leads from s to about 1/s: over 60 octaves, and over 200.
    [1e-9, 1e-30].map((initialSquaredNorm) => ({
      name: `${coupling}, ${gain.model}, from ${initialSquaredNorm}`,
      pair: pairOf({ steps: 20, initialSquaredNorm, gain }),
      coupling,
    })),
  ),
);

describe.each(cases)('a trajectory beyond sixteen octaves: $name', ({ coupling, pair }) => {
  const { summary, finals } = runOfChunk(cellOf(coupling, pair, 150, recordedSteps));

  it('is folded as the plain twin folds it', () => {
    const { minimum, maximum } = summary.trajectory!.upper.histograms[1];
    expect(maximum / minimum).toBeGreaterThan(2 ** 16);
    expectSameTrajectory(summary.trajectory!, foldPlainly(cellOf(coupling, pair, 150, recordedSteps)));
  });

  it('belongs to pairs that end where they last were recorded', () => {
    const { lower, upper } = summary.trajectory!;
    for (const [run, last] of [lower, upper].map((moments) => moments.histograms[2]).entries()) {
      const ends = finals.filter((_, at) => at % 2 === run);
      expect([last.minimum, last.maximum]).toEqual([Math.min(...ends), Math.max(...ends)]);
    }
  });
});
