import { describe, expect, it } from 'vitest';
import type { CellResult } from '../../src/engine/cell-result.ts';
import { cellResult } from '../../src/engine/cell-result.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { articleRequest } from '../../src/theorems/article-request.ts';
import { type Expectation, expectationText } from '../../src/theorems/expectations/expectation.ts';
import { judge, testsOf } from '../../src/theorems/expectations/judge.ts';
import { findingHolds } from '../../src/theorems/finding.ts';
import { share } from '../error-budget.ts';

async function resultOf(pair: Partial<PairParameters> = {}, replicates = 20_000): Promise<CellResult> {
  const training = { popularity: { lower: 0.1, upper: 0.2 }, batchSize: 4, steps: 50, ...pair };
  const plan = planCells([articleRequest(training, { seed: 1 }, { replicates })]);
  for await (const event of runPlan(plan, { executor: inProcess() })) {
    if (event.type === 'cell') return cellResult(event.cell, event.summary);
  }
  throw new Error('the plan ended without its cell');
}

const holds = (expectation: Expectation, result: CellResult) =>
  judge([expectation], result, share).every((finding) => findingHolds(finding, share));

const constant = await resultOf();
const ownGains = await resultOf({ gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } });
const { lower } = constant.norm;
const sevenErrorsOff = { ...constant, norm: { ...constant.norm, lower: { ...lower, zScore: 7 } } };
const mean = constant.norm.difference.mean;

describe('of a cell that meets them', () => {
  it.each<Expectation>([
    { quantity: 'norm.lower', is: 'exact' },
    { quantity: 'squaredNorm.difference', is: 'exact' },
    { quantity: 'norm.difference', is: { atLeast: 0 } },
    { quantity: 'norm.difference', is: { atMost: 2 * mean } },
    { quantity: 'norm.difference', is: { atLeast: mean, atMost: mean } },
    { quantity: 'order.pairsViolatedAtSomeStep', is: { atMost: 0 } },
    { quantity: 'order.ties', is: { atMost: 0.2 } },
    { quantity: 'order.newViolations', is: 'predicted' },
  ])('holds: $quantity $is', (expectation) => {
    expect(holds(expectation, constant)).toBe(true);
  });
});

describe('of a cell that does not', () => {
  it.each<[Expectation, CellResult]>([
    [{ quantity: 'norm.lower', is: 'exact' }, sevenErrorsOff],
    [{ quantity: 'norm.lower', is: 'exact' }, ownGains],
    [{ quantity: 'norm.difference', is: { atLeast: 1.05 * mean } }, constant],
    [{ quantity: 'norm.difference', is: { atMost: 0.95 * mean } }, constant],
    [{ quantity: 'norm.difference', is: { atLeast: 0, atMost: 0 } }, constant],
    [{ quantity: 'order.pairsViolatedAtSomeStep', is: { atMost: 0 } }, ownGains],
    [{ quantity: 'order.pairsViolatedAtSomeStep', is: { atMost: 0.1 } }, ownGains],
    [{ quantity: 'order.pairsViolatedAtSomeStep', is: { atLeast: 1 } }, ownGains],
    [
      { quantity: 'order.newViolations', is: 'predicted' },
      { ...ownGains, order: { ...ownGains.order, newViolations: ownGains.order.newViolations + 1 } },
    ],
  ])('fails: %o', (expectation, result) => {
    expect(holds(expectation, result)).toBe(false);
  });
});

it('says which pair comes first where a statement about every pair fails', async () => {
  const [finding] = judge([{ quantity: 'order.pairsViolatedAtSomeStep', is: { atMost: 0 } }], ownGains, share);
  expect(finding).toMatchObject({
    kind: 'exact',
    counterexample: expect.stringMatching(/first violation in pair \d+/),
  });
});

it('does not call a mean of one pair decided', async () => {
  const one = await resultOf({}, 1);
  expect(holds({ quantity: 'norm.difference', is: { atLeast: -100 } }, one)).toBe(false);
});

it('spends a test on each bound that is no statement about every pair', () => {
  const expectations: Expectation[] = [
    { quantity: 'norm.lower', is: 'exact' },
    { quantity: 'norm.upper', is: { atLeast: 1, atMost: 2 } },
    { quantity: 'norm.upper', is: { atLeast: 1, atMost: 1 } },
    { quantity: 'order.ties', is: { atMost: 0.5 } },
    { quantity: 'order.newViolations', is: 'predicted' },
  ];
  const findings = judge(expectations, constant, share);
  expect(findings.filter(({ kind }) => kind === 'statistical')).toHaveLength(testsOf(expectations));
});

it.each([
  [{ quantity: 'norm.lower', is: 'exact' }, 'norm.lower exact'],
  [{ quantity: 'norm.lower', is: { atLeast: 1, atMost: 2 } }, 'norm.lower at least 1 and at most 2'],
  [{ quantity: 'order.ties', is: { atLeast: 0.5, atMost: 0.5 } }, 'order.ties = 0.5'],
] as const)('is told in words: %o', (expectation, text) => {
  expect(expectationText(expectation)).toBe(text);
});
