import { describe, expect, it } from 'vitest';
import { type CoupledTraining, coupledBatches } from '../../src/fidelity/coupled/coupled-training.ts';
import {
  type CoupledTrainings,
  mergeCoupledTrainings,
  noCoupledTrainings,
  runCoupledTrainings,
} from '../../src/fidelity/coupled/run-coupled-trainings.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { differenceEstimate } from '../../src/statistics/pair-estimates.ts';
import { generateInteractions } from '../../src/trainer/data-sets/generated.ts';
import type { TrainingSpecification } from '../../src/trainer/specification.ts';
import { shareZ } from '../error-budget.ts';
import { sgd, streamsOf, trainingOf } from '../trainer/training.ts';

const data = generateInteractions(
  { users: 100, items: 50, interactions: 250, zipfExponent: 0, factors: 0 },
  streamsOf(5).batches,
);
const streams = replicateStreams(1, 'coupled trainings', 'sfc32');

function coupledOf(
  [lower, upper]: readonly [number, number],
  changes: Partial<TrainingSpecification> = {},
): CoupledTraining {
  const training = trainingOf({
    dimension: 8,
    optimisers: { user: sgd(10), item: sgd(10) },
    batches: { sampler: 'slots', size: 16 },
    ...changes,
  });
  return { training, item: 3, popularity: { lower, upper }, steps: 200, recordedSteps: [50, 200] };
}

const run = (coupled: CoupledTraining, replicates = 40, first = 0) =>
  runCoupledTrainings(coupled, data, { first, replicates }, streams);

const difference = ({ norms }: CoupledTrainings['real']) => differenceEstimate(norms.at(-1)!);

describe('coupled real trainings', () => {
  it.each<[number, number]>([
    [0.02, 0.04],
    [0.05, 0.06],
    [0.2, 0.25],
    [0.3, 0.6],
  ])('of popularity %d and %d end in order', (lower, upper) => {
    const { real } = run(coupledOf([lower, upper]));
    expect(real.order).toMatchObject({ pairs: 40, pairsViolatedAtEnd: 0 });
    expect(real.violated.at(-1)).toBe(0);
    const { estimate, standardError } = difference(real);
    expect(estimate / standardError!).toBeGreaterThan(shareZ);
  });

  it.each<[number, number]>([
    [0.5, 0.9],
    [0.6, 1],
  ])('of popularity %d and %d end in the other order, as the law of the softmax has it', (lower, upper) => {
    const { real, processes } = run(coupledOf([lower, upper]));
    for (const { order, violated } of [real, processes.law]) {
      expect(order.pairsViolatedAtSomeStep).toBe(40);
      expect(violated.at(-1)).toBe(order.pairsViolatedAtEnd);
    }
    for (const runs of [real, processes.law]) {
      const { estimate, standardError } = difference(runs);
      expect(estimate / standardError!).toBeLessThan(-shareZ);
    }
  });

  it('are one training twice where the popularities are the same', () => {
    const { real } = run(coupledOf([0.3, 0.3]), 5);
    expect(real.order).toMatchObject({ ties: 5, violatedPairSteps: 0 });
    expect(difference(real).estimate).toBe(0);
  });

  it('are told to rounding by their own gains, and not by shared ones', () => {
    const { own, shared } = run(coupledOf([0.2, 0.6])).processes;
    for (const { largest } of own.divergence) expect(largest).toBeLessThan(1e-12);
    expect(shared.divergence.at(-1)!.largest).toBeGreaterThan(0.01);
    expect(shared.order.pairsViolatedAtSomeStep).toBeLessThan(
      run(coupledOf([0.2, 0.6])).real.order.pairsViolatedAtSomeStep,
    );
  });

  it('have the same bits however they are cut into chunks, and nearly the same with the plain twins', () => {
    const coupled = coupledOf([0.1, 0.2]);
    const whole = JSON.stringify(run(coupled, 12));
    const fold = (sizes: readonly number[]) => {
      let first = 0;
      let merged = noCoupledTrainings(2);
      for (const size of sizes) {
        for (let pair = 0; pair < size; pair++) merged = mergeCoupledTrainings(merged, run(coupled, 1, first + pair));
        first += size;
      }
      return JSON.stringify(merged);
    };
    expect(fold([5, 7])).toBe(whole);
    const plain = runCoupledTrainings(coupled, data, { first: 0, replicates: 12 }, streams, 'plain');
    expect(plain.real.norms[1].mean[0]).toBeCloseTo(run(coupled, 12).real.norms[1].mean[0], 8);
    expect(JSON.stringify(plain)).not.toBe(whole);
  });

  it('begin anew with every pair, momentum and all', () => {
    const item = { ...sgd(1), momentum: 0.9 } as ReturnType<typeof sgd>;
    const coupled = coupledOf([0.1, 0.2], { optimisers: { user: sgd(1), item } });
    const [both, second] = [run(coupled, 2), run(coupled, 1, 1)];
    const first = run(coupled, 1);
    expect(JSON.stringify(mergeCoupledTrainings(first, second))).toBe(JSON.stringify(both));
  });

  it('name the pair and the step where a number is no longer finite', () => {
    const coupled = coupledOf([0.1, 0.2], {
      loss: { name: 'info-nce-dot', temperature: 1 },
      optimisers: { user: sgd(1e200), item: sgd(1e200) },
    });
    expect(() => run(coupled, 1)).toThrow(
      /^pair 0, step \d+: (the loss is no longer finite|a squared norm is above 1e\+75)/,
    );
  });
});

it('draws batches that differ in the item alone, each with a user of its item', () => {
  const draw = coupledBatches(coupledOf([0.1, 0.6]), data)(streams(0));
  const known = new Set(data.pairs.map(([user, item]) => `${user} ${item}`));
  const counts = { lower: 0, upper: 0 };
  for (let step = 0; step < 500; step++) {
    const { lower, upper } = draw();
    for (const [slot, item] of lower.items.entries()) {
      expect(known.has(`${lower.users[slot]} ${item}`)).toBe(true);
      expect(known.has(`${upper.users[slot]} ${upper.items[slot]}`)).toBe(true);
      if (item === 3) expect(upper.items[slot]).toBe(3);
      if (upper.items[slot] !== 3) expect([upper.items[slot], upper.users[slot]]).toEqual([item, lower.users[slot]]);
      counts.lower += item === 3 ? 1 : 0;
      counts.upper += upper.items[slot] === 3 ? 1 : 0;
    }
  }
  for (const [run, p] of [
    ['lower', 0.1],
    ['upper', 0.6],
  ] as const) {
    const slots = 500 * 16;
    expect(Math.abs(counts[run] - slots * p)).toBeLessThan(shareZ * Math.sqrt(slots * p * (1 - p)));
  }
});
