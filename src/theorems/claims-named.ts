import type { Claim } from './claim.ts';
import { ClaimError } from './claim-error.ts';
import { claims } from './claims/index.ts';

/**
 * The claims with these names, in the order of their numbers; all of them where no name is given.
 *
 * @param ids 'A1' or 'a1'
 * @throws {ClaimError} for a name that no claim has
 */
export function claimsNamed(ids: readonly string[]): readonly Claim[] {
  const wanted = new Set(ids.map((id) => id.toUpperCase()));
  const found = claims.filter(({ id }) => ids.length === 0 || wanted.has(id));
  for (const { id } of found) wanted.delete(id);
  const [unknown] = wanted;
  if (unknown === undefined) return found;
  const known = claims.map(({ id }) => id).join(', ');
  throw new ClaimError(`check: expected claims among ${known}, got ${JSON.stringify(unknown.slice(0, 64))}`);
}
