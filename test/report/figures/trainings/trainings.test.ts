import { describe, expect, it } from 'vitest';
import { expectedPearson } from '../../../../src/fidelity/calculator/expected-correlations.ts';
import { type LawOfTraining, lawOfTraining } from '../../../../src/fidelity/calculator/law-of-training.ts';
import { displacementFigure } from '../../../../src/report/figures/displacement.ts';
import { drawSvg } from '../../../../src/report/figures/draw.ts';
import { displacement } from '../../../../src/report/figures/trainings/displacement.ts';
import { trainingsFigures } from '../../../../src/report/figures/trainings/index.ts';
import { pearsonByRate } from '../../../../src/report/figures/trainings/pearson-by-rate.ts';
import { popularityAndNorm } from '../../../../src/report/figures/trainings/popularity-and-norm.ts';
import { trainingAngles } from '../../../../src/report/figures/trainings/training-angles.ts';
import { trainingCourse } from '../../../../src/report/figures/trainings/training-course.ts';
import { formatSignificant } from '../../../../src/report/format-number.ts';
import { trainingsSource } from '../../../../src/report/sources/trainings-source.ts';
import { pearson, spearman } from '../../../../src/statistics/correlation.ts';
import { foreignId } from '../sample.ts';
import { marksIn, rates, rowsOf, storedTrainings, viewOf } from '../stored.ts';

const sweep = await trainingsSource(storedTrainings(rates(20, 200), 2));
const bert = {
  kind: 'bert',
  width: 8,
  heads: 1,
  layers: 1,
  feedForward: 8,
  norm: 'post',
  activation: 'gelu',
  pooling: 'mean',
} as const;
const plane = { dimension: 2, data: { from: 'toy' }, batches: { sampler: 'full', size: 25 } } as const;

describe('pearson-by-rate', () => {
  const figure = pearsonByRate.draw(sweep)!;

  it('has the correlation of every training of every cell, before and after', () => {
    for (const [series, norms] of [
      ['after training', 'finalNorm'],
      ['before training', 'initialNorm'],
    ] as const) {
      const expected = sweep.cells.flatMap(({ index, training, trainings }) =>
        trainings.map(({ items }, number) => {
          const { coefficient, pValue } = pearson(items.popularity, items[norms])!;
          const { learningRate } = training.optimisers.item;
          return { cell: index, training: number, learningRate, pearson: coefficient, pValue };
        }),
      );
      expect(rowsOf(figure, series)).toMatchObject(expected);
    }
  });

  it('has the calculator’s curve through all rates, and the critical value on both sides', () => {
    const [{ training, trainings }] = sweep.cells;
    const law = lawOfTraining(training, trainings[0].items.popularity) as LawOfTraining;
    const curve = rowsOf(figure, 'expected by the law') as { learningRate: number; pearson: number; low: number }[];
    for (const { learningRate, pearson, low } of curve.filter((_, point) => point % 10 === 0)) {
      expect({ pearson, low }).toEqual(
        (({ value, low }) => ({ pearson: value, low }))(expectedPearson(law.normsAt(learningRate))!),
      );
    }
    expect(curve[0].learningRate).toBeLessThan(20);
    expect(curve.at(-1)!.learningRate).toBeGreaterThan(200);
    const { criticalPearson } = law.thresholds();
    expect(rowsOf(figure, 'significant').map(({ pearson }) => pearson)).toEqual([criticalPearson, -criticalPearson]);
  });

  it('says in its caption what was measured at the ends, and how far the law is off', () => {
    const at = (rate: number) => {
      const after = rowsOf(figure, 'after training').filter(({ learningRate }) => learningRate === rate);
      return after.reduce((sum, { pearson }) => sum + (pearson as number), 0) / after.length;
    };
    expect(figure.caption).toContain(
      `Measured: ${formatSignificant(at(20), 3)} (the mean of 2) at η = 20, ${formatSignificant(at(200), 3)} (the mean of 2) at η = 200.`,
    );
    expect(figure.caption).toMatch(/The law expects significance from η = [\d.]+ on and at most 0\.\d+/);
  });

  it('draws a mark a training, the curve, its band and two rules', async () => {
    expect(await marksIn(figure, 'symbol')).toBe(8);
    expect(await marksIn(figure, 'area')).toBe(1);
    expect(await marksIn(figure, 'rule')).toBe(2);
  });

  it('has no curve where the law is of something else, and says why', async () => {
    const figure = pearsonByRate.draw(
      await trainingsSource(storedTrainings([{ changes: { tower: bert, epochs: 1 } }])),
    )!;
    expect(figure.series.map(({ name }) => name)).toEqual(['after training', 'before training', 'significant']);
    expect(figure.caption).toContain('No curve: the law is of users with embeddings of their own, and theirs is bert.');
  });

  it('speaks of squares only where there are some', () => {
    const cells = sweep.cells.map((cell) => {
      const trainings = cell.trainings.map((training) => {
        const { items } = training;
        return { ...training, items: { ...items, initialNorm: items.initialNorm.map(() => 1) } };
      });
      return { ...cell, trainings };
    });
    expect(figure.caption).toContain('; squares: the same before training');
    const equal = pearsonByRate.draw({ ...sweep, cells })!;
    expect(rowsOf(equal, 'before training')).toHaveLength(0);
    expect(equal.caption).not.toContain('squares');
  });

  it('keeps sweeps apart that are called alike', async () => {
    const [slow] = rates(20);
    const asked = [0.1, 0.1 + 1e-12].map((decay) => ({ ...slow, swept: { ...slow.swept, decay } }));
    const { choice, rows } = pearsonByRate.draw(await trainingsSource(storedTrainings(asked)))!;
    expect(choice!.options).toEqual(['decay = 0.1 (cell 0)', 'decay = 0.1 (cell 1)']);
    for (const option of choice!.options) {
      expect(rows.filter(({ choice, series }) => choice === option && series === 'after training')).toHaveLength(1);
    }
  });

  it('lets a reader choose among sweeps that differ in more than the rate', async () => {
    const [slow, fast] = rates(20, 200);
    const wide = { swept: { ...fast.swept, dimension: 4 }, changes: { ...fast.changes, dimension: 4 } };
    const narrow = { ...slow, swept: { ...slow.swept, dimension: 8 } };
    const { choice } = pearsonByRate.draw(await trainingsSource(storedTrainings([narrow, wide])))!;
    expect(choice).toEqual({ label: 'Trainings', options: ['dimension = 8', 'dimension = 4'] });
  });

  it('is none where all items are met as often as each other', async () => {
    const data = { from: 'one-to-one', pairs: 20 } as const;
    const source = await trainingsSource(storedTrainings([{ changes: { data, epochs: 1 } }]));
    expect(pearsonByRate.draw(source)).toBeNull();
    expect(popularityAndNorm.draw(source)).toBeNull();
  });
});

describe('popularity-and-norm', () => {
  const figure = popularityAndNorm.draw(sweep)!;

  it('has each item’s norm before and after, of each training', () => {
    expect(figure.choice!.options).toEqual(
      [20, 200].flatMap((rate) => [0, 1].map((number) => `learningRate = ${rate}, training ${number}`)),
    );
    for (const { name, training } of sweep.shown) {
      for (const [series, norms] of [
        ['after training', training.items.finalNorm],
        ['before training', training.items.initialNorm],
      ] as const) {
        const rows = rowsOf(figure, series, name) as { item: number; norm: number; popularity: number }[];
        expect(rows).toHaveLength(40);
        for (const { item, norm, popularity } of rows) {
          expect([norm, popularity]).toEqual([norms[item], training.items.popularity[item]]);
        }
      }
    }
  });

  it('says both correlations before and after, with p-values', () => {
    const { popularity, initialNorm, finalNorm } = sweep.shown[0].training.items;
    for (const of of [pearson, spearman]) {
      for (const norms of [initialNorm, finalNorm]) {
        const { coefficient, pValue } = of(popularity, norms)!;
        expect(figure.caption).toContain(`${formatSignificant(coefficient, 3)} (p = ${formatSignificant(pValue, 2)})`);
      }
    }
  });

  it('has a line that rises with popularity where the law says so', () => {
    const norms = rowsOf(figure, 'expected by the law', sweep.shown.at(-1)!.name).map(({ norm }) => norm as number);
    expect(norms).toEqual([...norms].sort((a, b) => a - b));
    expect(norms.at(-1)! / norms[0]).toBeGreaterThan(1.5);
  });

  it('draws some of very many items, from the rarest to the most popular, and says so', async () => {
    const [{ training, ...rest }] = sweep.shown;
    const items = 7000;
    const values = Array.from({ length: items }, (_, item) => item + 1);
    const many = { ...training, items: { popularity: values, initialNorm: values, finalNorm: values } };
    const figure = popularityAndNorm.draw({ cells: [], shown: [{ ...rest, training: many }] })!;
    const drawn = rowsOf(figure, 'after training').map(({ popularity }) => popularity);
    expect(drawn).toHaveLength(2000);
    expect([drawn[0], drawn.at(-1)]).toEqual([1, items]);
    expect(figure.caption).toContain('2,000 of 7,000 items, evenly spaced over popularity,');
  });

  it('draws the chosen training and no other', async () => {
    const of = async (chosen: string) => (await viewOf(figure, chosen)).scale('y').domain();
    const [first, last] = [sweep.shown[0].name, sweep.shown.at(-1)!.name];
    expect((await of(last))[1]).toBeGreaterThan((await of(first))[1]);
    expect(await marksIn(figure, 'symbol')).toBe(80);
  });
});

describe('training-course and training-angles', () => {
  it('have the recorded numbers of each epoch', () => {
    const course = trainingCourse.draw(sweep)!;
    const angles = trainingAngles.draw(sweep)!;
    for (const { name, training } of sweep.shown) {
      const of = (choice: string) => rowsOf(course, name, choice).map(({ epoch, value }) => [epoch, value]);
      const recorded = (value: (record: (typeof training.records)[number]) => number) =>
        training.records.map((record) => [record.epoch, value(record)]);
      expect(of('loss before the step')).toEqual(recorded(({ loss }) => loss));
      expect(of('users with |q·Δq| ≤ 1e-6')).toEqual(recorded(({ user }) => user.articleShare));
      expect(of('items tangent up to rounding')).toEqual(recorded(({ item }) => item.tangentShare));
      const cosines = rowsOf(angles, 'items', name).map(({ cosine }) => cosine);
      expect(cosines).toEqual(training.records.map(({ item }) => item.cosine!.median));
    }
    const [{ training }] = sweep.shown;
    const [first, last] = [training.records[0], training.records.at(-1)!];
    expect(course.caption).toContain(
      `the loss went from ${formatSignificant(first.loss, 4)} to ${formatSignificant(last.loss, 4)}, learningRate = 20, training 0`,
    );
    expect(angles.caption).toContain(`it is ${formatSignificant(last.user.cosine!.median, 2)} for users`);
  });

  it('are none of a single recorded step', async () => {
    const source = await trainingsSource(storedTrainings([{ changes: { epochs: 1 } }]));
    expect(trainingCourse.draw(source)).toBeNull();
    expect(trainingAngles.draw(source)).toBeNull();
  });
});

describe('displacement', () => {
  it('has the steps of each training to choose from, with the rows and the plane of its picture', async () => {
    const asked = rates(5, 50).map(({ swept, changes }) => ({ swept, changes: { ...changes, ...plane } }));
    const source = await trainingsSource(storedTrainings(asked));
    const figure = displacement.draw(source)!;
    const names = source.shown.flatMap(({ name }) =>
      [1, 2, 3].map((epoch) => `${name}: Epoch ${epoch}, step ${epoch}`),
    );
    expect(figure.choice!.options).toEqual(names);
    const planes = new Set<number>();
    for (const shown of source.shown) {
      for (const record of shown.training.records) {
        const picture = displacementFigure(record, source.namesOf(shown))!;
        const name = `${shown.name}: Epoch ${record.epoch}, step ${record.step}`;
        expect(figure.rows.filter(({ choice }) => choice === name)).toEqual(
          picture.rows.map((row) => ({ choice: name, ...row })),
        );
        const domain = (await viewOf(figure, name)).scale('x').domain();
        expect(domain).toEqual((await viewOf(picture)).scale('x').domain());
        planes.add(domain[1]);
      }
    }
    expect(planes.size).toBeGreaterThan(1);
    expect(figure.rows[0].id).toBe('1u');
  });

  it('draws the rows of the first step before and after, and the circles whatever is chosen', async () => {
    const source = await trainingsSource(storedTrainings([{ changes: plane }]));
    const figure = displacement.draw(source)!;
    const moved = source.shown[0].training.records[0];
    expect(await marksIn(figure, 'symbol')).toBe(2 * (7 + 19) + moved.user.moved + moved.item.moved);
    expect(await marksIn(figure, 'line')).toBe(3);
  });

  it('has numbers for the names of a table, which is not there', async () => {
    const data = { from: 'table', sha256: '0'.repeat(64) } as const;
    const figure = displacement.draw(await trainingsSource(storedTrainings([{ changes: { dimension: 2, data } }])))!;
    expect(figure.rows[0]).toMatchObject({ side: 'users', id: '1' });
    expect(figure.caption).toContain('Numbers stand for the names of the table.');
  });

  it('draws some of very many rows, the fewer the more steps there are, and says so', async () => {
    const source = await trainingsSource(storedTrainings([{ changes: plane }]));
    const values = Array.from({ length: 8000 }, (_, index) => index);
    const move = { from: values, to: values };
    const shown = source.shown.map((of) => {
      const records = of.training.records.map((record) => {
        return { ...record, user: { ...record.user, rows: 4000 }, picture: { user: move, item: record.picture!.item } };
      });
      return { ...of, training: { ...of.training, records: [...records, ...records] } };
    });
    const figure = displacement.draw({ ...source, shown })!;
    const ofUsers = figure.rows.filter(({ side }) => side === 'users');
    expect(ofUsers).toHaveLength(6 * 500);
    expect(figure.caption).toContain('At most 500 of a side are drawn, evenly spaced.');
    expect(figure.caption).toContain('of 4,000 users moved (500 are drawn)');
  });

  it('asks for the names of a training once', async () => {
    const source = await trainingsSource(storedTrainings([{ changes: plane }]));
    const asked: string[] = [];
    const namesOf: typeof source.namesOf = (shown) => {
      asked.push(shown.name);
      return source.namesOf(shown);
    };
    expect(displacement.draw({ ...source, namesOf })!.choice!.options).toHaveLength(3);
    expect(asked).toEqual(source.shown.map(({ name }) => name));
  });

  it('is none where d is not 2', () => {
    expect(displacement.draw(sweep)).toBeNull();
  });
});

it('lets nothing that was swept be markup', async () => {
  const swept = { [foreignId]: foreignId };
  const run = storedTrainings([
    { swept, changes: plane },
    { swept: { [foreignId]: 1 }, changes: plane },
  ]);
  const source = await trainingsSource(run);
  for (const figure of trainingsFigures.flatMap((of) => of.draw(source) ?? [])) {
    const text = (await drawSvg(figure, 'page')) + figure.caption + JSON.stringify(figure.rows);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028]/);
    expect(await drawSvg(figure, 'page')).not.toContain('<script');
  }
});
