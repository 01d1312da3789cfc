import { describe, expect, it } from 'vitest';
import { displacementFigure } from '../../../src/report/figures/displacement.ts';
import { toyInteractions } from '../../../src/trainer/data-sets/toy.ts';
import { train } from '../../../src/trainer/train.ts';
import { streamsOf, trainingOf } from '../../trainer/training.ts';
import { foreignId, stepWithStill, toyNames, toyTraining } from './sample.ts';

interface Layer {
  readonly name: string;
  readonly data?: { readonly values: readonly Record<string, number>[] };
  readonly transform?: readonly unknown[];
  readonly encoding: Record<'x' | 'y', { readonly scale: { readonly domain: readonly number[] } }> &
    Record<string, unknown>;
}

interface Datum {
  readonly side: string;
  readonly id: string;
  readonly moved: boolean;
  readonly label: string;
  readonly angle?: number;
  readonly isOnPoint?: boolean;
}

interface Figure {
  readonly caption: string;
  readonly rows: readonly Datum[];
  readonly spec: {
    readonly width: number;
    readonly height: number;
    readonly title: { readonly text: string; readonly subtitle: readonly string[] };
    readonly layer: readonly Layer[];
  };
}

function figureOf({ record, names } = stepWithStill()): Figure {
  return displacementFigure(record, names) as unknown as Figure;
}

const layer = ({ spec }: Figure, name: string) => spec.layer.find((candidate) => candidate.name === name)!;

describe('displacementFigure', () => {
  it('has circles of radius 1, 1.5 and 2 around the origin, as round as the axes are equal', () => {
    const figure = figureOf();
    const lengths = layer(figure, 'circles').data!.values.map(({ x, y, radius }) => [Math.hypot(x, y), radius]);
    for (const [length, radius] of lengths) expect(length).toBeCloseTo(radius, 4);
    expect(new Set(lengths.map(([, radius]) => radius))).toEqual(new Set([1, 1.5, 2]));
    expect(figure.spec.width).toBe(figure.spec.height);
    for (const { encoding } of figure.spec.layer) {
      expect(encoding.y.scale.domain).toEqual(encoding.x.scale.domain);
      expect(encoding.x.scale.domain[0]).toBe(-encoding.x.scale.domain[1]);
      expect(encoding.x.scale.domain[1]).toBeGreaterThan(3);
    }
  });

  it('has an arrow for each row that moved, its head turned the way it went, and none for a still one', () => {
    const figure = figureOf();
    const rows = figure.rows.map(({ id, moved, angle, isOnPoint }) => ({ id, moved, angle, isOnPoint }));
    expect(rows).toEqual([
      { id: 'u1', moved: true, angle: 0, isOnPoint: false },
      { id: 'u2', moved: false },
      { id: 'i1', moved: true, angle: 90, isOnPoint: true },
    ]);
    for (const name of ['arrows', 'heads']) {
      expect(layer(figure, name).transform).toEqual([{ filter: 'datum.moved' }]);
    }
  });

  it('tells users from items by colour and by shape', () => {
    const { encoding } = layer(figureOf(), 'after');
    expect(encoding).toMatchObject({ color: { field: 'side' }, shape: { field: 'side' } });
  });

  it('says the id, the popularity of an item, both norms and the cosine', () => {
    const labels = figureOf().rows.map(({ label }) => label);
    expect(labels).toEqual([
      'user u1, norm before 1.0000, norm after 1.1180, cos(Δ, q) 0',
      'user u2, norm before 2.0000, norm after 2.0000, cos(Δ, q) did not move',
      'item i1, popularity 1,234, norm before 3.0000, norm after 3.0000, cos(Δ, q) 0',
    ]);
    const { tooltip } = layer(figureOf(), 'after').encoding as unknown as { tooltip: { field: string }[] };
    expect(tooltip.map(({ field }) => field)).toContain('id');
  });

  it('names the toy data as the article does, and numbers what has no name', () => {
    const figure = displacementFigure(toyTraining.records[0], toyNames) as unknown as Figure;
    expect(figure.rows.map(({ id }) => id)).toEqual([...toyInteractions.users, ...toyInteractions.items]);
    expect(figureOf(stepWithStill([])).rows.map(({ id }) => id)).toEqual(['1', '2', 'i1']);
  });

  it('has the epoch, the step, the loss and the tangent shares in its title', () => {
    const { text, subtitle } = (displacementFigure(toyTraining.records[2], toyNames) as unknown as Figure).spec.title;
    expect(text).toBe('Epoch 3, step 3');
    expect(subtitle[0]).toMatch(/^loss \d\.\d+; tangent: users 100 %, items 100 %$/);
  });

  it('draws a thousand of the rows of a large side, and says so', () => {
    const { record, names } = stepWithStill();
    const values = Array.from({ length: 6000 }, (_, index) => index);
    const user = { ...record.user, rows: 3000 };
    const large = { ...record, user, picture: { ...record.picture!, user: { from: values, to: values } } };
    const figure = figureOf({ record: large, names });
    expect(figure.rows.filter(({ side }) => side === 'users')).toHaveLength(1000);
    expect(figure.caption).toContain('of 3,000 users moved (1,000 are drawn)');
  });

  it('shows control characters of an id as marks', () => {
    const [{ id }] = figureOf(stepWithStill([foreignId])).rows;
    expect(id).toMatch(/^\\u\{1b\}\[31m\\u\{0\}\\u\{2028\}</);
  });

  it('is none where d is not 2', () => {
    const { records } = train(trainingOf({ dimension: 3, epochs: 1 }), toyInteractions, streamsOf(0));
    expect(displacementFigure(records[0], toyNames)).toBeNull();
  });
});
