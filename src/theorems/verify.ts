import { type ChunkSummary, emptySummary } from '../coupling/chunk-summary.ts';
import type { Executor } from '../engine/executor.ts';
import { planCells } from '../engine/plan.ts';
import { runPlan } from '../engine/run-plan.ts';
import { openGenerator } from '../random/generators/index.ts';
import { streamKey } from '../random/stream-address.ts';
import type { CheckSetting, Claim } from './claim.ts';
import { type Finding, findingHolds } from './finding.ts';

/** What became of one claim. */
export interface Verdict {
  readonly claim: Pick<Claim, 'id' | 'statement' | 'source' | 'conditions' | 'drawn'>;
  readonly holds: boolean;
  readonly findings: readonly (Finding & { readonly holds: boolean })[];
  /** The false-alarm probability that each statistical finding could spend; null where there is none. */
  readonly alpha: number | null;
  readonly seed: number;
  readonly durationMs: number;
}

export interface VerifyOptions {
  readonly seed: number;
  /** Probability that any statistical finding of the run rejects a true claim; split equally among all of them. */
  readonly budget: number;
  readonly executor: Executor;
}

/**
 * Checks claims one after the other. Every statistical test of the run may raise a false alarm with probability
 * budget / tests, so that the whole run does with probability at most the budget (Bonferroni).
 *
 * @throws {RangeError} when a check returns another number of statistical findings than its claim announced
 */
export async function* verify(claims: readonly Claim[], options: VerifyOptions): AsyncGenerator<Verdict> {
  const tests = claims.reduce((sum, claim) => sum + claim.tests, 0);
  for (const claim of claims) {
    const alpha = options.budget / Math.max(1, tests);
    const started = performance.now();
    const findings = await claim.check(checkSetting(claim.id, alpha, options));
    requireAnnounced(claim, findings);
    const judged = findings.map((finding) => ({ ...finding, holds: findingHolds(finding, alpha) }));
    const { id, statement, source, conditions, drawn } = claim;
    yield {
      claim: { id, statement, source, conditions, drawn },
      holds: judged.every(({ holds }) => holds),
      findings: judged,
      alpha: claim.tests === 0 ? null : alpha,
      seed: options.seed,
      durationMs: performance.now() - started,
    };
  }
}

/** What a claim's check gets: draws of its own, whatever else is checked in the same run. */
export function checkSetting(
  id: string,
  alpha: number,
  { seed, executor }: Omit<VerifyOptions, 'budget'>,
): CheckSetting {
  return {
    seed,
    alpha,
    uniform: (name) => {
      const key = streamKey({ seed, group: `claim ${id} ${name}`, purpose: 'claim', block: 0 });
      return openGenerator('sfc32', key)(0);
    },
    simulate: async (request) => {
      let summary: ChunkSummary = emptySummary;
      for await (const event of runPlan(planCells([request]), { executor })) {
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
