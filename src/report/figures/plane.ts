/** Of the plot, in pixels, each way: one scale on both axes, so that circles are round. */
export const size = 440;

/** The circles around the origin. */
export const radii = [1, 1.5, 2];

/** How far the plane goes in all four directions: a number, or the name of a parameter that is one. */
export type Reach = number | { readonly param: string };

/** Both axes of a layer: the fields that it is drawn at, and the domain of the plane. */
export function positions(x: string, y: string, reach: Reach) {
  const scale = { ...domainOf(reach), nice: false, zero: false };
  const axis = { grid: false, format: '.4~g', tickCount: 5 } as const;
  return {
    x: { field: x, type: 'quantitative', scale, axis, title: 'first coordinate' },
    y: { field: y, type: 'quantitative', scale, axis, title: 'second coordinate' },
  } as const;
}

function domainOf(reach: Reach) {
  if (typeof reach === 'number') return { domain: [-reach, reach] };
  return { domainMin: { expr: `-${reach.param}` }, domainMax: { expr: reach.param } };
}

/** The circles, and how long their radii are. */
export function circleLayers(reach: Reach) {
  return [circleLayer(reach), circleLabelLayer(reach)];
}

/** A circle of `corners` corners differs from a round one by less than a tenth of a pixel. */
const corners = 120;

function circleLayer(reach: Reach) {
  const points = radii.flatMap((radius) => {
    return Array.from({ length: corners + 1 }, (_, corner) => {
      const angle = (2 * Math.PI * corner) / corners;
      return { radius, corner, x: rounded(radius * Math.cos(angle)), y: rounded(radius * Math.sin(angle)) };
    });
  });
  return {
    name: 'circles',
    data: { values: points },
    mark: { type: 'line', color: 'grey', strokeWidth: 1, strokeDash: [4, 3] as number[], opacity: 0.55, aria: false },
    encoding: {
      ...positions('x', 'y', reach),
      detail: { field: 'radius', type: 'nominal' },
      order: { field: 'corner', type: 'quantitative' },
    },
  } as const;
}

/** A reach up to which there is room between the circles. */
const farthestLabelled = 8;

/** The radii, written on top of the circles while they are apart enough. */
function circleLabelLayer(reach: Reach) {
  const isLabelled = `${typeof reach === 'number' ? reach : reach.param} <= ${farthestLabelled}`;
  return {
    name: 'circle labels',
    data: { values: radii.map((radius) => ({ x: 0, y: radius, text: `r = ${radius}` })) },
    transform: [{ filter: isLabelled }] as { filter: string }[],
    mark: { type: 'text', color: '#777', dy: -6, fontSize: 10, aria: false },
    encoding: {
      ...positions('x', 'y', reach),
      text: { field: 'text', type: 'nominal' },
    },
  } as const;
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
