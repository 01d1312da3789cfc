import fc from 'fast-check';
import type { PairParameters } from '../../process/pair-parameters.ts';
import { streamKey } from '../../random/stream-address.ts';
import { ClaimError } from '../claim-error.ts';
import { searchableClaims } from './claims/index.ts';
import type { Family } from './family.ts';
import type { Break, SearchableClaim } from './searchable-claim.ts';

/** Where to look, and how long. */
export interface SearchRequest {
  /** 'A15' or 'a15'. */
  readonly claim: string;
  /** The name of one of the claim's families. */
  readonly gain: string;
  /** The longest training to try, an integer in 1 … 6; families with a lower limit keep to it. */
  readonly steps: number;
  /** How many pairs to try at most, an integer ≥ 1. */
  readonly candidates: number;
  readonly seed: number;
}

/** A pair that breaks the claim after its last step. */
export interface Counterexample {
  readonly pair: PairParameters;
  readonly break: Break;
  /** How many times a number of the pair that was found first was replaced by a rounder one. */
  readonly shrinks: number;
}

/** What a search did and found. */
export interface SearchResult {
  readonly claim: Pick<SearchableClaim, 'id' | 'statement'>;
  readonly family: Pick<Family, 'name' | 'says'>;
  /** The longest training that was to be tried. */
  readonly steps: number;
  readonly seed: number;
  readonly candidates: number;
  /** Pairs tried until the first break; all of them where there was none. */
  readonly tried: number;
  /** Null where no pair broke the claim, which does not prove it. */
  readonly found: Counterexample | null;
}

/**
 * Looks for a pair that breaks a claim, the shortest trainings first, and shrinks it until none of its numbers can be
 * made rounder alone. Each length gets an equal part of the candidates. The same request gives the same result.
 *
 * @throws {ClaimError} for a claim that cannot be searched, or a family that it does not have
 */
export function searchForBreak({ claim: id, gain, steps, candidates, seed }: SearchRequest): SearchResult {
  const claim = named(searchableClaims, ({ id }) => id, id, 'a claim');
  const family = named(claim.families, ({ name }) => name, gain, `a gain for ${claim.id}`);
  const longest = Math.min(steps, family.mostSteps);
  let tried = 0;
  let found: Counterexample | null = null;
  for (let length = 1; length <= longest && found === null; length++) {
    // Of candidates that do not divide, the longer trainings get the rest.
    const share = Math.floor((candidates * length) / longest) - tried;
    if (share === 0) continue;
    const property = fc.property(family.pairs(length), (pair) => claim.breakOf(pair) === null);
    const search = fc.check(property, { seed: seedOf(seed, claim, family, length), numRuns: share });
    tried += search.numRuns;
    if (search.counterexample === null) continue;
    const [pair] = search.counterexample;
    const broken = claim.breakOf(pair)!;
    found = { pair: endedAt(broken.step, pair), break: broken, shrinks: search.numShrinks };
  }
  return {
    claim: { id: claim.id, statement: claim.statement },
    family: { name: family.name, says: family.says },
    steps: longest,
    seed,
    candidates,
    tried,
    found,
  };
}

/** The pair without the steps after one: none of the families' gains depends on how long the training is. */
function endedAt(step: number, pair: PairParameters): PairParameters {
  const { gain } = pair;
  const cut = gain.model === 'trace' ? { ...gain, values: gain.values.slice(0, step) } : gain;
  return { ...pair, steps: step, gain: cut };
}

/** fast-check takes 32 bits and ignores the rest, so the address is hashed to them. */
function seedOf(seed: number, claim: SearchableClaim, family: Family, length: number): number {
  const key = streamKey({ seed, group: `search ${claim.id} ${family.name}`, purpose: 'claim', block: length });
  return Number.parseInt(key.slice(0, 8), 16) | 0;
}

function named<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string, name: string, what: string): Thing {
  const found = things.find((thing) => nameOf(thing).toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const known = things.map(nameOf).join(', ');
  throw new ClaimError(`search: expected ${what} among ${known}, got ${JSON.stringify(name.slice(0, 64))}`);
}
