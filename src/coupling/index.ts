import type { PairParameters } from '../process/pair-parameters.ts';
import { counts } from './counts.ts';
import type { Coupling, CouplingName } from './coupling.ts';
import { events } from './events.ts';
import { independent } from './independent.ts';
import { walkingCost } from './open-walk.ts';
import { slots } from './slots.ts';
import { steps } from './steps.ts';

/** Every member, the literal definition first. */
export const couplings: readonly Coupling[] = [slots, steps, events, counts, independent];

/** Expected operations for one pair: the draws of its appearances, and its walk. */
export function pairCost(pair: PairParameters, coupling: CouplingName): number {
  return couplingNamed(coupling).cost(pair) + walkingCost(pair);
}

export function couplingNamed(name: CouplingName): Coupling {
  const found = couplings.find((coupling) => coupling.name === name);
  if (found === undefined) throw new RangeError(`couplingNamed: there is no coupling ${name}`);
  return found;
}

/** A coupling for a pair, and why. */
export interface CouplingChoice {
  readonly coupling: CouplingName;
  readonly reason: string;
}

/**
 * Resolves `auto` to the cheapest member that is exact for the pair and couples the two runs; a member asked for by
 * name is taken if it is exact.
 *
 * @param isRecorded whether states before the last step are wanted
 * @throws {RangeError} when the member asked for cannot simulate this pair exactly
 */
export function chooseCoupling(
  pair: PairParameters,
  asked: CouplingName | 'auto',
  isRecorded: boolean,
): CouplingChoice {
  if (asked !== 'auto') {
    const refusal = couplingNamed(asked).refusal(pair, isRecorded);
    if (refusal !== null) throw new RangeError(`coupling: ${asked} is not exact here: ${refusal}`);
    return { coupling: asked, reason: 'asked for' };
  }
  const exact = couplings.filter(({ name, refusal }) => name !== 'independent' && refusal(pair, isRecorded) === null);
  // Reversed, so that of two that cost the same the less literal is taken.
  const costOf = ({ name }: Coupling) => pairCost(pair, name);
  const [best, ...others] = exact.toReversed().toSorted((a, b) => costOf(a) - costOf(b));
  const costs = others.map((other) => `${other.name} ${formatCost(costOf(other))}`).join(', ');
  const reason = `cheapest exact member: about ${formatCost(costOf(best))} operations a pair (${costs})`;
  return { coupling: best.name, reason: `${reason}${whyNotCounts(pair, isRecorded)}` };
}

/** What stands in the way of the cheapest member of all, as the end of a reason; nothing if it is exact. */
export function whyNotCounts(pair: PairParameters, isRecorded: boolean): string {
  const refusal = counts.refusal(pair, isRecorded);
  return refusal === null ? '' : `; not counts: ${refusal}`;
}

/** A cost as the reasons show it. */
export function formatCost(cost: number): string {
  return cost >= 1e5 ? cost.toExponential(1) : String(Math.ceil(cost));
}
