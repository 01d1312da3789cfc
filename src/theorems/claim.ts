import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CellRequest } from '../engine/plan.ts';
import type { Finding } from './finding.ts';

/** What a check gets by the door: randomness by address, a share of the error budget, and the simulator. */
export interface CheckSetting {
  /** Root of every draw. */
  readonly seed: number;
  /** The false-alarm probability of each statistical test of this claim. */
  readonly alpha: number;
  /** A stream of uniforms in [0, 1), named within the claim; the same name gives the same draws. */
  readonly uniform: (name: string) => () => number;
  /** Simulates one cell to its end, on as many threads as there are. */
  readonly simulate: (request: CellRequest) => Promise<ChunkSummary>;
}

/** What every claim and every wrong twin says of itself. */
interface ClaimText {
  /** 'A1' … */
  readonly id: string;
  /** One sentence that can be false. */
  readonly statement: string;
  /** Section of the article, or 'derived for this project'. */
  readonly source: string;
  /** Under which conditions it is claimed. */
  readonly conditions: string;
  /** What the check draws: cases and their ranges, or replicates. */
  readonly drawn: string;
  /** How many statistical findings a check returns: they share the claim's part of the error budget equally. */
  readonly tests: number;
}

/** A checkable theorem. */
export interface Claim extends ClaimText {
  check(setting: CheckSetting): Promise<Finding[]>;
  readonly wrongTwin: {
    /** The false statement, which the same check must reject. */
    readonly says: string;
    check(setting: CheckSetting): Promise<Finding[]>;
  };
}

/** A claim as it is written: one check, applied to what is claimed and to its wrong twin. */
interface ClaimDefinition<Subject> extends ClaimText {
  /** What the claim says, as something that the check can try: a formula, a map, a sampler, a pair. */
  readonly claimed: Subject;
  readonly wrongTwin: { readonly says: string; readonly claimed: Subject };
  check(claimed: Subject, setting: CheckSetting): Promise<Finding[]> | Finding[];
}

export function defineClaim<Subject>(definition: ClaimDefinition<Subject>): Claim {
  const { claimed, wrongTwin, check, ...text } = definition;
  return {
    ...text,
    check: async (setting) => check(claimed, setting),
    wrongTwin: { says: wrongTwin.says, check: async (setting) => check(wrongTwin.claimed, setting) },
  };
}
