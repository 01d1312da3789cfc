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

interface Histograms {
  readonly lower: FloatHistogram;
  readonly upper: FloatHistogram;
}

/**
 * Edges of at most 80 bins for the norms of both runs. Each is an edge of the histograms' own bins, so that counts stay
 * whole numbers; given as the squared norm there.
 *
 * @param atoms the squared norms that there can be, increasing, where the law is discrete: then every bin holds equally many
 */
export function binEdges({ lower, upper }: Histograms, atoms: readonly number[] | null): number[] {
  const both = mergeFloatHistograms(lower, upper);
  const bins = atoms === null ? evenBins(both) : binsBetween(atoms.filter(isWithin(both)), both.bits);
  return [...new Set(bins)].sort((a, b) => a - b).map((bin) => binEdge(bin, both.bits));
}

/** A run's counts between the edges. */
export function countsBetween(edges: readonly number[], histogram: FloatHistogram): NormBin[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const [bin, count] of binsOf(histogram)) {
    const place = placeBetween(edges, binEdge(bin, histogram.bits));
    if (place !== null) counts[place] += count;
  }
  return counts.map((count, place) => ({ left: Math.sqrt(edges[place]), right: Math.sqrt(edges[place + 1]), count }));
}

/** Which of the intervals between the edges has the number; null where none has. */
export function placeBetween(edges: readonly number[], value: number): number | null {
  const above = edges.findIndex((edge) => value < edge);
  return above <= 0 ? null : above - 1;
}

function isWithin({ bits, minimum, maximum }: FloatHistogram): (value: number) => boolean {
  const [first, last] = [binOf(minimum, bits), binOf(maximum, bits)];
  return (value) => binOf(value, bits) >= first && binOf(value, bits) <= last;
}

/** Between groups of equally many atoms, as far to the left of the first and to the right of the last as beside them. */
function binsBetween(atoms: readonly number[], bits: number): number[] {
  const bins = atoms.map((atom) => binOf(atom, bits));
  const group = Math.ceil(bins.length / mostBins);
  const between = (left: number, right: number) => (left === right ? left : Math.floor((left + right + 1) / 2));
  const inner = Array.from({ length: Math.ceil(bins.length / group) - 1 }, (_, index) => {
    const next = (index + 1) * group;
    return between(bins[next - 1], bins[next]);
  });
  const [first, last] = [bins[0], bins.at(-1)!];
  const before = bins.length === 1 ? 1 : Math.max(0, between(first, bins[1]) - first);
  const after = bins.length === 1 ? 1 : Math.max(1, last - between(bins.at(-2)!, last) + 1);
  return [Math.max(0, first - before), ...inner, last + after];
}

/** As even as the histogram's bins allow, without the last thousandths of long tails. */
function evenBins(both: FloatHistogram): number[] {
  const { bits, minimum, maximum } = both;
  const [low, high] = histogramQuantiles(both, [0.001, 0.999]).map(Math.sqrt);
  const [least, greatest] = [Math.sqrt(minimum), Math.sqrt(maximum)];
  const [from, to] = 2 * (high - low) < greatest - least ? [low, high] : [least, greatest];
  const inner = Array.from({ length: mostBins - 1 }, (_, index) => {
    return binOf((from + ((to - from) * (index + 1)) / mostBins) ** 2, bits);
  });
  return [binOf(from * from, bits), ...inner, binOf(to * to, bits) + 1];
}
