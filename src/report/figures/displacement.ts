import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from './figure.ts';
import { type MovedRow, movedRows, type Names, none, rowLabels, type StepRecord } from './moved-rows.ts';
import { circleLayers, positions, type Reach, radii, size } from './plane.ts';
import { noChoice } from './plot.ts';
import { stepCaption, stepSubtitles, stepTitle } from './step-words.ts';

/** Pixels from the middle of a filled point to the middle of the head that points at it. */
const headDistance = 8;

/** Pixels that a row must move for its arrow's head to have room beside the filled point; others have it on that point. */
const roomForHead = 18;

/**
 * The displacement plot of a recorded step: hollow where a row was, filled where it is, an arrow between where it moved,
 * circles of radius 1, 1.5 and 2.
 *
 * @returns null unless d = 2
 */
export function displacementFigure(record: StepRecord, names: Names): Figure | null {
  if (record.picture === null) return null;
  const { rows, reach } = displacementRows(record, names);
  return {
    id: `epoch-${record.epoch}`,
    title: stepTitle(record),
    caption: stepCaption(record),
    rows,
    spec: { title: { text: stepTitle(record), subtitle: stepSubtitles(record) }, ...displacementSpec(reach) },
    ...noChoice,
  };
}

/**
 * The rows of a displacement plot, and how far its axes go, both ways.
 *
 * @param most rows of each side that are drawn
 */
export function displacementRows(record: StepRecord, names: Names, most?: number) {
  const moved = movedRows(record, names, most);
  const reach = reachOf(moved);
  return { reach, rows: moved.map((row) => ({ ...datumOf(row), ...headOf(row, reach) })) };
}

/** Draws those rows; each layer has the same square plane. */
export function displacementSpec(reach: Reach) {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: size,
    height: size,
    data: { name: 'rows' },
    layer: [
      ...circleLayers(reach),
      {
        name: 'arrows',
        transform: [{ filter: 'datum.moved' }] as { filter: string }[],
        mark: { type: 'rule', strokeWidth: 1.25, aria: false },
        encoding: { ...positions('x', 'y', reach), x2: { field: 'x2' }, y2: { field: 'y2' }, color },
      },
      pointLayer('before', false, positions('x', 'y', reach)),
      pointLayer('after', true, positions('x2', 'y2', reach)),
      headLayer(reach),
    ],
  } satisfies TopLevelSpec;
}

const legend = { title: null, orient: 'bottom', direction: 'horizontal', symbolSize: 70 } as const;
// Okabe and Ito's blue and vermilion: apart for every kind of colour vision, and 3:1 against white and black alike.
const color = sideChannel({ users: '#0072B2', items: '#D55E00' });
const shape = sideChannel({ users: 'circle', items: 'square' });

/** Tells users and items apart. */
function sideChannel(range: { readonly users: string; readonly items: string }) {
  const scale = { domain: Object.keys(range), range: Object.values(range) };
  return { field: 'side', type: 'nominal', scale, legend } as const;
}

/** How far both axes go, both ways. */
function reachOf(rows: readonly MovedRow[]): number {
  return 1.08 * Math.max(radii.at(-1)!, ...rows.flatMap(({ from, to }) => [from.x, from.y, to.x, to.y].map(Math.abs)));
}

function datumOf(row: MovedRow) {
  const { side, from, to, hasMoved } = row;
  const labels = rowLabels(row);
  const { id, ...numbers } = labels;
  const told = Object.entries(numbers).flatMap(([name, text]) => (text === none ? [] : [`, ${name} ${text}`]));
  const label = `${side} ${id}${told.join('')}`;
  return { side: `${side}s`, x: from.x, y: from.y, x2: to.x, y2: to.y, moved: hasMoved, label, ...labels };
}

/** The arrow's head, in degrees clockwise from upwards. */
function headOf({ from, to }: MovedRow, reach: number) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return {};
  const pixel = (2 * reach) / size;
  const isOnPoint = length < roomForHead * pixel;
  const back = isOnPoint ? 0 : (headDistance * pixel) / length;
  return { headX: to.x - back * dx, headY: to.y - back * dy, angle: (Math.atan2(dx, dy) * 180) / Math.PI, isOnPoint };
}

/** What is said of a row: on hovering, and to who does not see. A head lies on its point, so it says it, too. */
const told = {
  description: { field: 'label', type: 'nominal' },
  tooltip: ['side', 'id', 'popularity', 'norm before', 'norm after', 'cos(Δ, q)'].map((field) => {
    return { field, type: 'nominal' as const };
  }),
} as const;

function pointLayer(name: string, filled: boolean, at: ReturnType<typeof positions>) {
  return {
    name,
    mark: { type: 'point', filled, size: 48, opacity: filled ? 0.9 : 1, strokeWidth: 1.5 },
    encoding: {
      ...at,
      color,
      shape,
      ...told,
    },
  } as const;
}

function headLayer(reach: Reach) {
  const test = 'datum.isOnPoint';
  return {
    name: 'heads',
    transform: [{ filter: 'datum.moved' }] as { filter: string }[],
    mark: { type: 'point', shape: 'triangle', filled: true, opacity: 1, strokeWidth: 0 },
    encoding: {
      ...positions('headX', 'headY', reach),
      color: { condition: { test, value: 'white' }, ...color },
      size: { condition: { test, value: 18 }, value: 45 },
      angle: { field: 'angle', type: 'quantitative', scale: null },
      ...told,
    },
  } as const;
}
