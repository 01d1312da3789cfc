import { type Cell, nominalNanoseconds } from './plan.ts';

/** What a pair of a cell took in a pilot. */
export interface MeasuredCell {
  readonly cell: Cell;
  /** Seconds of processor time of a pair. */
  readonly cpuSeconds: number;
  /** Seconds that pass for a pair while all workers are busy. */
  readonly wallSeconds: number;
  /** |log| of the ratio of two measurements of the processor time. */
  readonly noise: number;
}

/** Seconds that a pair is expected to take. */
type PairCost = Pick<MeasuredCell, 'cpuSeconds' | 'wallSeconds'>;

/** What every cell of a plan is expected to take, from some that were measured. */
export interface CostForecast {
  costOf(cell: Cell): PairCost;
  /** The same, by what simulates the cell and what its constants say that a pair takes. */
  costBy(member: Pick<Cell, 'coupling' | 'kernel'>, nominalNanoseconds: number): PairCost;
  /** Within this factor, up or down, the sum of all cells probably lies: twice what the scatter that was seen makes of it. */
  readonly factor: number;
}

/** Cells that one member simulates: their costs are comparable. */
export function memberOf({ coupling, kernel }: Pick<Cell, 'coupling' | 'kernel'>): string {
  return `${coupling} ${kernel}`;
}

/**
 * Costs of cells that were not measured: those that their constants say, times what the measured cells of the same member
 * took more or less than theirs say, interpolated between the two nearest.
 *
 * @param measured at least one cell of every member that there is
 * @param cells how many there are in all
 */
export function costForecast(measured: readonly MeasuredCell[], cells: number): CostForecast {
  const groups = new Map<string, Ratio[]>();
  for (const of of measured) {
    const nominal = nominalNanoseconds(of.cell) * 1e-9;
    const ratio = {
      at: Math.log(nominal),
      cpu: Math.log(of.cpuSeconds / nominal),
      wall: Math.log(of.wallSeconds / nominal),
    };
    const name = memberOf(of.cell);
    groups.set(name, [...(groups.get(name) ?? []), ratio]);
  }
  for (const ratios of groups.values()) ratios.sort((a, b) => a.at - b.at);
  const costBy: CostForecast['costBy'] = (member, nanoseconds) => {
    const nominal = nanoseconds * 1e-9;
    const ratios = groups.get(memberOf(member));
    if (ratios === undefined) throw new RangeError(`costForecast: no cell of ${memberOf(member)} was measured`);
    const { cpu, wall } = interpolated(ratios, Math.log(nominal));
    return { cpuSeconds: nominal * Math.exp(cpu), wallSeconds: nominal * Math.exp(wall) };
  };
  return {
    costBy,
    costOf: (cell) => costBy(cell, nominalNanoseconds(cell)),
    factor: Math.exp(Math.max(leastScatter, 2 * scatterOfSum(measured, [...groups.values()], cells))),
  };
}

/** A machine is not steadier than this from one minute to the next. */
const leastScatter = Math.log(1.15);

/** Logarithms: of a cell's nominal cost, and of what it took over that. */
interface Ratio {
  readonly at: number;
  readonly cpu: number;
  readonly wall: number;
}

function interpolated(ratios: readonly Ratio[], at: number): Pick<Ratio, 'cpu' | 'wall'> {
  const next = ratios.findIndex((ratio) => ratio.at >= at);
  if (next === -1) return ratios[ratios.length - 1];
  if (next === 0) return ratios[0];
  const [a, b] = [ratios[next - 1], ratios[next]];
  const share = (at - a.at) / (b.at - a.at);
  return { cpu: a.cpu + share * (b.cpu - a.cpu), wall: a.wall + share * (b.wall - a.wall) };
}

/** What a cell is off by that its constants alone speak of, where too few were measured to see it. */
const unseenMiss = Math.log(2);

/** Of the logarithm of the sum: what the cells scatter evens out, and with every cell measured there is no interpolation. */
function scatterOfSum(measured: readonly MeasuredCell[], groups: readonly (readonly Ratio[])[], cells: number): number {
  const noise = measured.reduce((sum, of) => sum + of.noise ** 2 / 2, 0) / measured.length;
  const misses = groups.flatMap((ratios) => {
    if (ratios.length < 3) return ratios.map(() => unseenMiss);
    return ratios.map((left, index) => interpolated(ratios.toSpliced(index, 1), left.at).cpu - left.cpu);
  });
  const miss = misses.reduce((sum, of) => sum + of ** 2, 0) / misses.length;
  return Math.sqrt((noise + (measured.length === cells ? 0 : miss)) / measured.length);
}
