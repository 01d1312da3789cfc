import { blockEstimate, normalScoreOfT } from '../../statistics/block-estimate.ts';
import type { Estimate } from '../../statistics/pair-estimates.ts';
import type { Value } from '../export/table.ts';
import { ResultsError } from '../results-error.ts';
import { type CellBlocks, type ComparedRun, openComparedRun } from './compared-run.ts';
import { type CellPair, matchCells } from './match-cells.ts';
import { merged, type PairedBlocks, pairBlocks } from './pair-blocks.ts';
import { comparedQuantities, summaryEstimates } from './quantities.ts';

/** How a quantity differs between two cells. */
export interface QuantityComparison {
  readonly quantity: string;
  readonly a: number;
  readonly b: number;
  /** b − a. */
  readonly difference: number;
  readonly standardError: number | null;
  /** The difference in standard errors, as a normal score; null where there is no standard error. */
  readonly zScore: number | null;
  /** What is known exactly of the difference; null where nothing is. */
  readonly exact: number | null;
  /** How many times more replicates independent runs would need for this standard error; null where not paired. */
  readonly varianceReduction: number | null;
}

/** How two cells differ. */
export interface CellComparison {
  readonly cellA: number;
  readonly cellB: number;
  readonly place: CellPair['place'];
  readonly differing: CellPair['differing'];
  /** Whether the two drew the same, and are compared block with block; and why not. */
  readonly pairing: { readonly isPaired: boolean; readonly reason: string | null };
  /** Pairs of each cell that the comparison looks at. */
  readonly replicates: readonly [a: number, b: number];
  /** Blocks in which they are held against each other; 0 where not paired. */
  readonly blocks: number;
  readonly quantities: readonly QuantityComparison[];
}

/** How two runs differ. */
export interface RunComparison {
  readonly a: string;
  readonly b: string;
  /** The fields by whose values cells are matched. */
  readonly matchedBy: readonly string[];
  readonly cells: readonly CellComparison[];
  readonly onlyA: readonly { readonly cell: number; readonly place: Readonly<Record<string, Value>> }[];
  readonly onlyB: RunComparison['onlyA'];
}

/**
 * Compares two finished runs of coupled pairs, cell with cell. Cells that drew from the same streams are compared in
 * pairs of blocks of the same draws, others as independent ones.
 *
 * @throws {ResultsError} for what is no such run, and where no cell has a partner
 */
export async function compareRuns(pathA: string, pathB: string): Promise<RunComparison> {
  const [a, b] = [await openComparedRun(pathA), await openComparedRun(pathB)];
  const matched = matchCells(cellsOf(a), cellsOf(b));
  if (matched.pairs.length === 0) throw nothingInCommon(a, b, matched.by);
  const blocksA = await a.blocks(new Set(matched.pairs.map((pair) => pair.a.index)));
  const blocksB = await b.blocks(new Set(matched.pairs.map((pair) => pair.b.index)));
  const cells = matched.pairs.map((pair) => {
    const of = (run: ComparedRun, cell: CellPair['a'], blocks: ReadonlyMap<number, CellBlocks>) => ({
      plan: run.cells?.at(cell.index) ?? null,
      replicates: cell.replicates,
      blocks: blocks.get(cell.index) ?? null,
    });
    return compareCells(pair, pairBlocks(of(a, pair.a, blocksA), of(b, pair.b, blocksB)));
  });
  const { by, onlyA, onlyB } = matched;
  return { a: pathA, b: pathB, matchedBy: by, cells, onlyA, onlyB };
}

function cellsOf({ path, summary }: ComparedRun) {
  return { path, cells: summary.cells };
}

function nothingInCommon(a: ComparedRun, b: ComparedRun, by: readonly string[]): ResultsError {
  const fields = by.length === 0 ? 'there are none' : `by ${by.join(', ')}`;
  return new ResultsError(
    `${a.path}, ${b.path}: no cell of one has the values of a cell of the other, ${fields}; name runs whose sweeps meet`,
  );
}

function compareCells(pair: CellPair, paired: PairedBlocks): CellComparison {
  const { a, b, place, differing } = pair;
  const head = { cellA: a.index, cellB: b.index, place, differing };
  if (!paired.isPaired) {
    const pairing = { isPaired: false, reason: paired.reason };
    const quantities = independentQuantities(pair);
    return { ...head, pairing, replicates: [a.replicates, b.replicates], blocks: 0, quantities };
  }
  const { blocks } = paired;
  const replicates = blocks.reduce((sum, [{ norm }]) => sum + norm.count, 0);
  const pairing = { isPaired: true, reason: null };
  const quantities = pairedQuantities(pair, blocks);
  return { ...head, pairing, replicates: [replicates, replicates], blocks: blocks.length, quantities };
}

/** The difference block by block: what both runs have drawn alike cancels within a block. */
export function pairedQuantities({ a, b }: CellPair, blocks: SharedBlocks): QuantityComparison[] {
  const [wholeA, wholeB] = [0, 1].map((run) => blocks.map((both) => both[run]).reduce(merged));
  return comparedQuantities.map(({ name, of, exact }) => {
    const differences = blocks.map(([ofA, ofB]) => ({
      count: ofA.norm.count,
      mean: of(ofB).estimate - of(ofA).estimate,
    }));
    const { estimate, standardError, degreesOfFreedom } = blockEstimate(differences);
    const alone = independentError(of(wholeA), of(wholeB));
    const [estimateA, estimateB] = [of(wholeA), of(wholeB)].map((whole) => whole.estimate);
    // Runs that differ by rounding alone have no standard error worth the name.
    const isKnown = standardError > 1e-14 * Math.max(Math.abs(estimateA), Math.abs(estimateB));
    return {
      quantity: name,
      a: estimateA,
      b: estimateB,
      difference: estimate,
      standardError,
      zScore: isKnown ? normalScoreOfT(estimate / standardError, degreesOfFreedom) : null,
      exact: exactDifference(exact(a), exact(b)),
      varianceReduction: isKnown && alone !== null ? (alone / standardError) ** 2 : null,
    };
  });
}

type SharedBlocks = Extract<PairedBlocks, { readonly isPaired: true }>['blocks'];

function independentQuantities({ a, b }: CellPair): QuantityComparison[] {
  const [ofA, ofB] = [summaryEstimates(a), summaryEstimates(b)];
  return comparedQuantities.map(({ name, exact }, index) => {
    const difference = ofB[index].estimate - ofA[index].estimate;
    const standardError = independentError(ofA[index], ofB[index]);
    return {
      quantity: name,
      a: ofA[index].estimate,
      b: ofB[index].estimate,
      difference,
      standardError,
      zScore: standardError === null || standardError === 0 ? null : difference / standardError,
      exact: exactDifference(exact(a), exact(b)),
      varianceReduction: null,
    };
  });
}

/** The standard error of a difference of two estimates that have nothing to do with each other. */
function independentError(a: Estimate, b: Estimate): number | null {
  return a.standardError === null || b.standardError === null ? null : Math.hypot(a.standardError, b.standardError);
}

function exactDifference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : b - a;
}
