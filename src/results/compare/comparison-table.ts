import { type Table, tableOf } from '../export/table.ts';
import type { RunComparison } from './compare-runs.ts';

/** A comparison as a tidy table: a row a pair of cells and quantity. */
export function comparisonTable({ cells }: RunComparison): Promise<Table> {
  return tableOf(async function* () {
    for (const { cellA, cellB, place, pairing, replicates, blocks, quantities } of cells) {
      const [replicatesA, replicatesB] = replicates;
      for (const quantity of quantities) {
        const values = { ...quantity, ...pairing, replicatesA, replicatesB, blocks };
        yield { place: { cellA, cellB, ...place }, values };
      }
    }
  });
}
