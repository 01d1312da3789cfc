import { numericScale } from '../plot.ts';
import type { SweptPlane } from './swept-plane.ts';

/** The axes of a plane, for rows with the fields `x` and `y`: a column and a row a value, or scales where cells lie scattered. */
export function planeAxes({ across, down, isScatter }: SweptPlane) {
  return isScatter ? scaledAxes({ across, down }) : bandAxes({ across, down });
}

type Axes = Pick<SweptPlane, 'across' | 'down'>;

/** Axes on which a value has the place that it has among the numbers. */
export function scaledAxes({ across, down }: Axes) {
  return {
    x: { field: 'x', type: 'quantitative', title: across.name, scale: numericScale(across.values) },
    y: { field: 'y', type: 'quantitative', title: down.name, scale: numericScale(down.values) },
  } as const;
}

function bandAxes({ across, down }: Axes) {
  const axis = { labelExpr: "format(datum.value, '.3~g')", labelAngle: 0 };
  return {
    x: { field: 'x', type: 'ordinal', title: across.name, axis },
    y: { field: 'y', type: 'ordinal', title: down.name, axis, sort: 'descending' },
  } as const;
}
