import { type ChunkSummary, emptySummary } from '../coupling/chunk-summary.ts';
import type { KernelOption } from '../engine/choose-member.ts';
import { expectNoFailure } from '../engine/engine-event.ts';
import type { Executor } from '../engine/executor.ts';
import { planCells } from '../engine/plan.ts';
import { runPlan } from '../engine/run-plan.ts';
import { openGenerator } from '../random/generators/index.ts';
import { streamKey } from '../random/stream-address.ts';
import type { CheckSetting, Claim } from './claim.ts';
import { type Finding, findingHolds } from './finding.ts';

/** A finding, and whether it agrees with its claim. */
export type JudgedFinding = Finding & { readonly holds: boolean };

/** What became of one claim. */
export interface Verdict {
  readonly claim: Pick<Claim, 'id' | 'statement' | 'source' | 'conditions' | 'drawn'>;
  readonly holds: boolean;
  readonly findings: readonly JudgedFinding[];
  readonly durationMs: number;
}

/** What checks get, and what runs what they simulate. */
export interface VerifyOptions {
  /** Root of every draw. */
  readonly seed: number;
  /** The false-alarm probability of each statistical finding. */
  readonly alpha: number;
  readonly executor: Executor;
  /** Whether what is simulated may use kernels, or their plain twins are wanted. */
  readonly kernel: KernelOption;
}

/** Probability of any false alarm in a run of checks, unless another is asked for. */
export const defaultBudget = 1e-6;

/**
 * The false-alarm probability of each of some tests, so that any of them raises one with probability at most the budget
 * (Bonferroni).
 */
export function alphaOf(budget: number, tests: number): number {
  return budget / Math.max(1, tests);
}

/**
 * Checks claims one after the other, and yields each verdict as it is reached.
 *
 * @throws {RangeError} when a check returns another number of statistical findings than its claim announced
 */
export async function* verify(claims: readonly Claim[], options: VerifyOptions): AsyncGenerator<Verdict> {
  for (const claim of claims) {
    const started = performance.now();
    const findings = await claim.check(checkSetting(claim.id, options));
    requireAnnounced(claim, findings);
    const { id, statement, source, conditions, drawn } = claim;
    yield {
      claim: { id, statement, source, conditions, drawn },
      ...judged(findings, options.alpha),
      durationMs: performance.now() - started,
    };
  }
}

/** Findings with their outcome, and whether all of them hold. */
export function judged(findings: readonly Finding[], alpha: number): Pick<Verdict, 'holds' | 'findings'> {
  const outcomes = findings.map((finding) => ({ ...finding, holds: findingHolds(finding, alpha) }));
  return { holds: outcomes.every(({ holds }) => holds), findings: outcomes };
}

/** What a claim's check gets: draws of its own, whatever else is checked in the same run. */
export function checkSetting(id: string, { seed, alpha, executor, kernel }: VerifyOptions): CheckSetting {
  return {
    seed,
    alpha,
    uniform: (name) => {
      const key = streamKey({ seed, group: `claim ${id} ${name}`, purpose: 'claim', block: 0 });
      return openGenerator('sfc32', key)(0);
    },
    simulate: async (request) => {
      let summary: ChunkSummary = emptySummary;
      for await (const event of runPlan(planCells([request], kernel), { executor })) {
        expectNoFailure(event);
        if (event.type === 'cell') summary = event.summary;
      }
      return summary;
    },
  };
}

function requireAnnounced(claim: Claim, findings: readonly Finding[]): void {
  const tests = findings.filter(({ kind }) => kind === 'statistical').length;
  if (tests !== claim.tests) {
    throw new RangeError(`verify: ${claim.id} announced ${claim.tests} statistical findings, its check made ${tests}`);
  }
}
