import { canonicalJson } from '../../random/canonical-json.ts';
import { flattened } from '../export/flattened.ts';
import type { Value } from '../export/table.ts';
import { ResultsError } from '../results-error.ts';
import type { RunSummary } from '../summary-schema.ts';

export type SummaryCell = RunSummary['cells'][number];

type Fields = Readonly<Record<string, Value>>;

/** Two cells, one of each run, with the same values of all that either run sweeps. */
export interface CellPair {
  readonly a: SummaryCell;
  readonly b: SummaryCell;
  /** The values in which they agree. */
  readonly place: Fields;
  /** The other parameters in which they differ: in a, and in b. */
  readonly differing: Readonly<Record<string, readonly [Value, Value]>>;
}

/** A cell with no partner. */
interface LoneCell {
  readonly cell: number;
  readonly place: Fields;
}

interface Matched {
  /** The fields that either run sweeps, by which cells are matched. */
  readonly by: readonly string[];
  readonly pairs: readonly CellPair[];
  readonly onlyA: readonly LoneCell[];
  readonly onlyB: readonly LoneCell[];
}

/**
 * Finds for each cell of one run its partner in the other: the cell with the same value of every field that either run
 * sweeps. What a run does not sweep has the value of its parameters. Two runs of one cell each are partners.
 *
 * @throws {ResultsError} when two cells of a run have the same values
 */
export function matchCells(a: NamedCells, b: NamedCells): Matched {
  const by = [...new Set([...a.cells, ...b.cells].flatMap(({ swept }) => Object.keys(swept)))];
  const partners = placed(b, by);
  const pairs: CellPair[] = [];
  const onlyA: LoneCell[] = [];
  for (const [key, { cell, place }] of placed(a, by)) {
    const partner = partners.get(key);
    partners.delete(key);
    if (partner === undefined) onlyA.push({ cell: cell.index, place });
    else pairs.push({ a: cell, b: partner.cell, place, differing: differing(cell, partner.cell, by) });
  }
  const onlyB = [...partners.values()].map(({ cell, place }) => ({ cell: cell.index, place }));
  return { by, pairs, onlyA, onlyB };
}

interface NamedCells {
  /** Of the run, for messages. */
  readonly path: string;
  readonly cells: readonly SummaryCell[];
}

function placed({ path, cells }: NamedCells, by: readonly string[]) {
  const byKey = new Map<string, { readonly cell: SummaryCell; readonly place: Fields }>();
  for (const cell of cells) {
    const known = fieldsOf(cell);
    const place = Object.fromEntries(by.map((field) => [field, cell.swept[field] ?? known[field] ?? null]));
    const key = canonicalJson(place);
    const other = byKey.get(key)?.cell;
    if (other !== undefined) {
      const same = `cells ${other.index} and ${cell.index} have the same values, and none is a partner`;
      throw new ResultsError(`${path}: ${same}; expected each only once: it was changed by hand`);
    }
    byKey.set(key, { cell, place });
  }
  return byKey;
}

/** The parameters of a cell, and what drew it. */
function fieldsOf({ parameters, coupling, kernel }: SummaryCell): Fields {
  return { ...flattened(parameters), coupling, kernel };
}

function differing(a: SummaryCell, b: SummaryCell, by: readonly string[]): CellPair['differing'] {
  const [ofA, ofB] = [fieldsOf(a), fieldsOf(b)];
  const names = new Set([...Object.keys(ofA), ...Object.keys(ofB)]);
  const changed = [...names].filter((name) => !by.includes(name) && (ofA[name] ?? null) !== (ofB[name] ?? null));
  return Object.fromEntries(changed.map((name) => [name, [ofA[name] ?? null, ofB[name] ?? null]]));
}
