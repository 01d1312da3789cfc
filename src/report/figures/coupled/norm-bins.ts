import {
  binEdge,
  binOf,
  binsOf,
  type FloatHistogram,
  histogramQuantiles,
  mergeFloatHistograms,
} from '../../../statistics/float-histogram.ts';

/** No more bins than a picture has room for. */
const mostBins = 80;

/** The replicates of a run whose norm is in some interval. */
export interface NormBin {
  /** ‖q‖ from here… */
  readonly left: number;
  /** …to below here. */
  readonly right: number;
  readonly count: number;
}

/** Where one bin ends and the next begins, as squared norms. */
export interface BinEdge {
  /** An edge of the histograms' own bins: counts stay whole numbers. */
  readonly counted: number;
  /** Where it is drawn: amid the two values of a discrete law that it parts. */
  readonly shown: number;
}

interface Histograms {
  readonly lower: FloatHistogram;
  readonly upper: FloatHistogram;
}

/**
 * Edges of at most 80 bins for the norms of both runs.
 *
 * @param atoms the squared norms that there can be, increasing, where the law is discrete: then every bin holds equally many
 */
export function binEdges({ lower, upper }: Histograms, atoms: readonly number[] | null): BinEdge[] {
  const both = mergeFloatHistograms(lower, upper);
  const edges = atoms === null ? evenEdges(both) : edgesBetween(atoms.filter(isWithin(both)), both.bits);
  return edges.filter(({ counted }, index) => index === 0 || counted > edges[index - 1].counted);
}

/** A run's counts between the edges. */
export function countsBetween(edges: readonly BinEdge[], histogram: FloatHistogram): NormBin[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const [bin, count] of binsOf(histogram)) {
    const place = placeBetween(edges, binEdge(bin, histogram.bits));
    if (place !== null) counts[place] += count;
  }
  const [left, right] = [0, 1].map((side) => (place: number) => Math.sqrt(edges[place + side].shown));
  return counts.map((count, place) => ({ left: left(place), right: right(place), count }));
}

/** Which of the intervals between the edges has the number; null where none has. */
export function placeBetween(edges: readonly BinEdge[], value: number): number | null {
  const above = edges.findIndex(({ counted }) => value < counted);
  return above <= 0 ? null : above - 1;
}

function isWithin({ bits, minimum, maximum }: FloatHistogram): (value: number) => boolean {
  const [first, last] = [binOf(minimum, bits), binOf(maximum, bits)];
  return (value) => binOf(value, bits) >= first && binOf(value, bits) <= last;
}

/** Between groups of equally many atoms, as far to the left of the first and to the right of the last as beside them. */
function edgesBetween(atoms: readonly number[], bits: number): BinEdge[] {
  const [first, last] = [binOf(atoms[0], bits), binOf(atoms.at(-1)!, bits)];
  if (atoms.length === 1) return [first, first + 1].map((bin) => edgeAt(bin, bits));
  const group = Math.ceil(atoms.length / mostBins);
  const inner = Array.from({ length: Math.ceil(atoms.length / group) - 1 }, (_, index) => {
    const next = (index + 1) * group;
    return {
      counted: binEdge(binAmid(atoms[next - 1], atoms[next], bits), bits),
      shown: amid(atoms[next - 1], atoms[next]),
    };
  });
  return [
    { counted: binEdge(first, bits), shown: beyond(atoms[1], atoms[0]) },
    ...inner,
    { counted: binEdge(last + 1, bits), shown: beyond(atoms.at(-2)!, atoms.at(-1)!) },
  ];
}

function edgeAt(bin: number, bits: number): BinEdge {
  return { counted: binEdge(bin, bits), shown: binEdge(bin, bits) };
}

/** The bin that begins about in the middle between two numbers, above that of the first if it can. */
function binAmid(left: number, right: number, bits: number): number {
  return Math.floor((binOf(left, bits) + binOf(right, bits) + 1) / 2);
}

/** The squared norm whose norm is in the middle. */
function amid(left: number, right: number): number {
  return ((Math.sqrt(left) + Math.sqrt(right)) / 2) ** 2;
}

/** As far beyond an atom as its neighbour is half away on the other side; norms are not negative. */
function beyond(neighbour: number, atom: number): number {
  return Math.max(0, (3 * Math.sqrt(atom) - Math.sqrt(neighbour)) / 2) ** 2;
}

/** As even as the histogram's bins allow, without the last thousandths of long tails. */
function evenEdges(both: FloatHistogram): BinEdge[] {
  const { bits, minimum, maximum } = both;
  const [low, high] = histogramQuantiles(both, [0.001, 0.999]).map(Math.sqrt);
  const [least, greatest] = [Math.sqrt(minimum), Math.sqrt(maximum)];
  const [from, to] = 2 * (high - low) < greatest - least ? [low, high] : [least, greatest];
  const inner = Array.from({ length: mostBins - 1 }, (_, index) => {
    return binOf((from + ((to - from) * (index + 1)) / mostBins) ** 2, bits);
  });
  return [binOf(from * from, bits), ...inner, binOf(to * to, bits) + 1].map((bin) => edgeAt(bin, bits));
}
