import type { ExactFinding } from './finding.ts';

/** One case of an exact check: by how much it deviates, and how to tell it. */
export interface ComparedCase {
  readonly deviation: number;
  /** The case in words, with its numbers; asked for only where it is the worst. */
  readonly told: () => string;
}

/** Folds cases into a finding: the worst deviation, and the case that has it where it passes the bound. */
export function exactFinding(
  text: { readonly what: string; readonly bound: number; readonly unit: string },
  cases: Iterable<ComparedCase>,
): ExactFinding {
  let count = 0;
  let worst: ComparedCase | null = null;
  for (const compared of cases) {
    count += 1;
    // A deviation that is no number is the worst there is.
    const deviation = Number.isNaN(compared.deviation) ? Number.POSITIVE_INFINITY : compared.deviation;
    if (worst === null || deviation > worst.deviation) worst = { ...compared, deviation };
  }
  const deviation = worst?.deviation ?? 0;
  const counterexample = worst !== null && deviation > text.bound ? worst.told() : null;
  return { kind: 'exact', ...text, cases: count, deviation, counterexample };
}

/** A yes-or-no case: no deviation where it is true, an infinite one where it is false. */
export function trueCase(isTrue: boolean, told: () => string): ComparedCase {
  return { deviation: isTrue ? 0 : Number.POSITIVE_INFINITY, told };
}
