import type { PairParameters } from '../../process/pair-parameters.ts';
import type { CellPlan } from '../cell-plan.ts';
import { suggestion } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';
import type { PopularityFromTable } from '../schema/popularity.ts';
import { shownValue } from '../shown-value.ts';
import type { ItemCount, UserItemTable } from '../user-item-table.ts';
import { visibleText } from '../visible-text.ts';

/** The popularities of two items, and which items they are. */
export interface TablePopularity {
  readonly popularity: PairParameters['popularity'];
  readonly items: NonNullable<CellPlan['items']>;
}

/**
 * The popularities of the items that a scenario names or finds by percentiles. An item's popularity is its share of
 * the interactions: the probability that a slot drawn uniformly from them holds it.
 */
export function popularityFromTable(
  written: PopularityFromTable,
  table: UserItemTable,
): TablePopularity | readonly Problem[] {
  const found = 'items' in written ? named(written.items, table) : atPercentiles(written.percentiles, table);
  if (found.length === 1) return found[0];
  const [lower, upper] = found;
  if (lower.interactions > upper.interactions) {
    const told = [upper, lower].map((item) => `${visibleText(item.id)} has ${item.interactions}`).join(', ');
    return [{ path: ['popularity', 'items'], message: `expected the rarer item first, got it second: ${told}` }];
  }
  const share = ({ interactions }: ItemCount) => interactions / table.interactions;
  return {
    popularity: { lower: share(lower), upper: share(upper) },
    items: { lower: labelled(lower), upper: labelled(upper), skippedRows: table.skippedRows },
  };
}

type Found = readonly [ItemCount, ItemCount] | readonly [readonly Problem[]];

function named(ids: readonly [string, string], { items }: UserItemTable): Found {
  const [lower, upper] = ids.map((id) => items.find((item) => item.id === id.trim()));
  if (lower && upper) return [lower, upper];
  const problems = ids.flatMap((id, index) => {
    if ([lower, upper][index]) return [];
    const near = suggestion(
      id,
      items.map((item) => item.id),
    );
    const message = `expected one of the table's ${items.length} items, got ${shownValue(id)}${near}`;
    return [{ path: ['popularity', 'items', index], message }];
  });
  return [problems];
}

function atPercentiles([from, to]: readonly [number, number], { items }: UserItemTable): Found {
  const path = ['popularity', 'percentiles'];
  if (from > to) return [[{ path, message: `expected the lower percentile first, got ${from} and ${to}` }]];
  // By id where the counts are equal, so that the order of the rows does not choose the item.
  const ordered = items.toSorted((a, b) => a.interactions - b.interactions || (a.id < b.id ? -1 : 1));
  const [lower, upper] = [from, to].map((percentile) => ordered[nearestRank(percentile, ordered.length) - 1]);
  if (lower !== upper) return [lower, upper];
  const message = `expected two items, got ${shownValue(lower.id)} at both percentiles (of ${items.length} items)`;
  return [[{ path, message }]];
}

/** The least rank, from 1, that at least `percentile` percent of the ranks reach up to. */
function nearestRank(percentile: number, count: number): number {
  return Math.max(1, Math.ceil((percentile * count) / 100));
}

function labelled({ id, interactions }: ItemCount) {
  return { label: visibleText(id), interactions };
}
