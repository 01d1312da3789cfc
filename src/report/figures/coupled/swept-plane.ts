import type { CoupledSource } from '../../sources/coupled-source.ts';
import { type NumericAxis, numericAxes, type Slices, slicesBeside } from './swept-axes.ts';

/** Two swept fields as the axes of a plane. */
export interface SweptPlane extends Slices {
  readonly across: NumericAxis;
  readonly down: NumericAxis;
  /** Whether the cells lie scattered, as those of a design do, each at a place of its own: then there are no slices. */
  readonly isScatter: boolean;
}

/** A plane with more places than this for each cell is no grid, unless it is so small that it looks like one. */
const fullestGrid = 4;
const smallGrid = 12;

const unsliced: Slices = { choice: null, nameOf: () => '' };

/** The plane of a sweep: learning rate and popularity where both are swept, else the first two fields; null where there are none. */
export function sweptPlane(source: CoupledSource): SweptPlane | null {
  const axes = numericAxes(source);
  if (axes.length < 2) return null;
  const [across, down] = planeAxes(axes);
  const [columns, rows] = [across.values.length, down.values.length];
  const isScatter = columns * rows > fullestGrid * source.cells.length && Math.max(columns, rows) > smallGrid;
  const slices = isScatter ? unsliced : slicesBeside([across, down], source);
  return { across, down, isScatter, ...slices };
}

function planeAxes(axes: readonly NumericAxis[]): readonly NumericAxis[] {
  const named = ['learningRate', 'popularity.upper'].map((path) => axes.find((axis) => axis.path === path));
  const preferred = named.filter((axis) => axis !== undefined);
  return preferred.length === 2 ? preferred : axes;
}
