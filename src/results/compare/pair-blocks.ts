import { mergeOrderCounts } from '../../coupling/order-counts.ts';
import { type Cell, chunkCount, streamGroup } from '../../engine/plan.ts';
import { mergeJointMoments } from '../../statistics/joint-moments.ts';
import type { Block, CellBlocks } from './compared-run.ts';

/** One of two cells that are compared. */
export interface ComparedCell {
  /** Null where another version of the program made the run. */
  readonly plan: Cell | null;
  /** Pairs that were simulated and count. */
  readonly replicates: number;
  /** Null where the journal has none of the cell. */
  readonly blocks: CellBlocks | null;
}

/** The blocks of two cells that were drawn from the same streams, side by side; or why there are none. */
export type PairedBlocks =
  | { readonly isPaired: true; readonly blocks: readonly (readonly [a: Block, b: Block])[] }
  | { readonly isPaired: false; readonly reason: string };

/** With fewer, what the blocks scatter says too little of the standard error. */
const fewestBlocks = 5;

/**
 * Puts the blocks of two cells side by side that hold the same replicates of the same streams. Blocks of different sizes
 * are put together to the larger size; what only one of the cells has is left out.
 */
export function pairBlocks(a: ComparedCell, b: ComparedCell): PairedBlocks {
  if (a.plan === null || b.plan === null) return apart('another version made one of the runs, and may draw otherwise');
  const difference = whyNotShared(a.plan, b.plan);
  if (difference !== null) return apart(difference);
  const size = Math.max(a.plan.chunkSize, b.plan.chunkSize);
  const [ofA, ofB] = [gathered(a, size), gathered(b, size)];
  if (ofA === null || ofB === null) return apart('they share draws, but a journal lacks blocks');
  const blocks = ofA.flatMap((block, index): [Block, Block][] => {
    const other = ofB[index];
    return other !== undefined && other.norm.count === block.norm.count ? [[block, other]] : [];
  });
  if (blocks.length >= fewestBlocks) return { isPaired: true, blocks };
  const few = `they share draws, but in only ${blocks.length} of the ${fewestBlocks} blocks that it takes to tell how closely`;
  return apart(`${few}: run both with ${fewestBlocks * size} replicates`);
}

function apart(reason: string): PairedBlocks {
  return { isPaired: false, reason };
}

/** What keeps two cells from drawing the same; null where they do. */
function whyNotShared(a: Cell, b: Cell): string | null {
  if (a.seed !== b.seed) return `other seeds, ${a.seed} and ${b.seed}`;
  if (streamGroup(a) === streamGroup(b)) return null;
  const groups = [a, b].map(({ coupling, kernel, generator, chunkSize, pair: { batchSize, steps } }) => ({
    coupling,
    kernel,
    generator,
    batchSize,
    steps,
    'block size': chunkSize,
  }));
  const names = Object.keys(groups[0]) as (keyof (typeof groups)[0])[];
  const found = names.find((name) => groups[0][name] !== groups[1][name])!;
  return `other draws: ${found} ${groups[0][found]} and ${groups[1][found]}`;
}

/** The blocks of a cell put together to blocks of a size; null where one is missing. */
function gathered({ plan, replicates, blocks }: ComparedCell, size: number): Block[] | null {
  const { chunkSize } = plan!;
  const count = chunkCount({ ...plan!, replicates });
  const gathered: Block[] = [];
  for (let block = 0; block < count; block++) {
    const found = blocks?.[block];
    if (found === undefined) return null;
    const into = Math.floor((block * chunkSize) / size);
    gathered[into] = gathered[into] === undefined ? found : merged(gathered[into], found);
  }
  return gathered;
}

/** Two blocks taken together. */
export function merged(a: Block, b: Block): Block {
  return { norm: mergeJointMoments(a.norm, b.norm), order: mergeOrderCounts(a.order, b.order) };
}
