import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { Box, renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { plotLines } from '../../../src/dashboard/charts/braille-plot.ts';
import { trainingPictures } from '../../../src/dashboard/charts/training-pictures.ts';
import { fidelityFacts, trainingFacts } from '../../../src/dashboard/facts-of-run.ts';
import { trainerPanel } from '../../../src/dashboard/panels/trainer-panel.tsx';
import { type ShownTraining, shownTraining } from '../../../src/dashboard/shown-training.ts';
import { emptySnapshot, type Merged, type Snapshot } from '../../../src/dashboard/snapshot.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { planCoupledTrainings, planRecorded, runFidelity } from '../../../src/fidelity/fidelity-cell.ts';
import type { RecordedTraining } from '../../../src/fidelity/recorded-training.ts';
import { formatShare, formatSignificant } from '../../../src/report/format-number.ts';
import { pearson } from '../../../src/statistics/correlation.ts';
import { toyInteractions } from '../../../src/trainer/data-sets/toy.ts';
import { train } from '../../../src/trainer/train.ts';
import { planTrainings, type Trainings } from '../../../src/trainer/training-cell.ts';
import { sgd, streamsOf, trainingOf } from '../../trainer/training.ts';
import { constantSample, trainingSample } from '../samples.ts';

/** The pane's lines without colours. */
function paneOf(snapshot: Snapshot, width: number, height: number, scroll = 0): string[] {
  const props = { snapshot, ui: { ...initialUi, scroll: { trainer: scroll } }, room: { width, height } };
  const frame = renderToString(
    <Box width={width} height={height}>
      <trainerPanel.Body {...props} />
    </Box>,
    { columns: width },
  );
  return stripVTControlCharacters(frame).split('\n');
}

function hiddenIn(snapshot: Snapshot, width: number, height: number): number {
  return trainerPanel.overflow?.({ snapshot, ui: initialUi, room: { width, height } }) ?? 0;
}

function withMerged(snapshot: Snapshot, merged: unknown): Snapshot {
  const [cell, ...others] = snapshot.cells;
  return { ...snapshot, trainings: [], cells: [{ ...cell, merged: merged as Merged }, ...others] };
}

const [underWay, done, coupled] = await Promise.all([
  trainingSample(),
  trainingSample({ isDone: true }),
  constantSample(),
]);
const merged = done.cells[0].merged as Trainings;
const [finished] = merged.slice(-1);

const fidelityCells = planRecorded([{ training: trainingOf({ epochs: 5 }), seed: 1, replicates: 1 }], 'auto');
const chunk = { cell: 0, block: 0, first: 0, replicates: 1 };
const recorded = runFidelity(fidelityCells[0], chunk, new Map()) as readonly RecordedTraining[];
const study = emptySnapshot(fidelityFacts('study', null, fidelityCells, [{ swept: {}, expects: [] }]), 0);

describe('which training', () => {
  it('is the one under way, by its last epoch', () => {
    expect(paneOf(underWay, 80, 20)[0]).toContain('training 1: epoch 12 of 20');
    const loss = underWay.trainings.find(({ isDone }) => !isDone)!.losses.at(-1)!;
    expect(paneOf(underWay, 80, 20)[0]).toContain(`loss ${formatSignificant(loss, 4)}`);
  });

  it('is the last one that is finished where none is under way', () => {
    expect(paneOf(done, 80, 20)[0]).toContain('training 1, done: epoch 20 of 20');
  });

  it('is not one that has ended, though an epoch of it was told afterwards', () => {
    const [stale] = underWay.trainings;
    expect(paneOf({ ...done, trainings: [stale] }, 80, 20)[0]).toContain('training 1, done: epoch 20 of 20');
  });

  it('is none before the first epoch', () => {
    expect(paneOf(emptySnapshot(done.facts, 0), 40, 5)[0]).toBe('no epoch is done yet');
  });

  it.each([
    ['train', done, true],
    ['a study of trainings', study, true],
    ['coupled', coupled, false],
  ])('is for runs that train: %s', (_, snapshot, isFor) => {
    expect(trainerPanel.isFor(snapshot)).toBe(isFor);
  });

  it('leaves coupled trainings to others', () => {
    const coupled = {
      training: trainingOf(),
      item: 0,
      popularity: { lower: 0.1, upper: 0.2 },
      steps: 5,
      recordedSteps: [5],
    };
    const cells = planCoupledTrainings([{ coupled: coupled as never, seed: 1, replicates: 8 }], 'auto');
    const facts = fidelityFacts('pairs', null, cells, [{ swept: {}, expects: [] }]);
    expect(trainerPanel.isFor(emptySnapshot(facts, 0))).toBe(false);
  });
});

describe('the table', () => {
  it('has every record of the training, number by number', () => {
    const lines = paneOf(done, 118, 36);
    for (const { epoch, loss, user, item, popularity } of finished.records) {
      const line = lines.find((text) => text.startsWith(`  ${epoch} `));
      expect(line?.trim().split(/\s{2,}/)).toEqual([
        String(epoch),
        formatSignificant(loss, 4),
        formatShare(user.tangentShare),
        formatSignificant(user.cosine!.median, 2),
        formatShare(item.tangentShare),
        formatSignificant(item.cosine!.median, 2),
        formatSignificant(popularity.pearson!, 3),
        formatSignificant(popularity.spearman!, 3),
      ]);
    }
  });

  it('is its last line in a small pane, and words where not even that fits', () => {
    const { loss, popularity } = finished.records.at(-1)!;
    const small = paneOf(done, 60, 9);
    expect(small[2]).toMatch(/^ {2}20 .*0\.124$/);
    expect(small.some((line) => line.startsWith('  10 '))).toBe(false);
    expect(small[3].trimEnd()).toBe('loss');
    expect(paneOf(done, 90, 3)[1]).toBe(
      `epoch 20: loss ${formatSignificant(loss, 4)}; ⟂ users 100 %, items 100 %; Pearson ${formatSignificant(popularity.pearson!, 3)}; |cos| 2.8e-15, 9.7e-16`,
    );
  });

  it('has of a study the last record, with the correlation of the norms at the end', () => {
    const snapshot = withMerged(study, recorded);
    const { popularity, finalNorm } = recorded[0].items;
    const line = paneOf(snapshot, 80, 20).find((text) => text.startsWith('  5 '));
    expect(line).toContain(formatSignificant(recorded[0].last!.loss, 4));
    expect(line).toContain(formatSignificant(pearson(popularity, finalNorm)!.coefficient, 3));
  });

  it('says why a training stopped', () => {
    const training = trainingOf({
      loss: { name: 'info-nce-dot', temperature: 1 },
      optimisers: { user: sgd(1e200), item: sgd(1e200) },
    });
    const summary = train(training, toyInteractions, streamsOf(1));
    const snapshot = withMerged(done, [summary]);
    expect(paneOf(snapshot, 200, 20)[1]).toContain(`✗ stopped at ${summary.stopped!.because}`);
    expect(paneOf(snapshot, 60, 20).slice(1, 4).join(' ')).toContain(`✗ stopped at ${summary.stopped!.because}`);
    expect(paneOf(snapshot, 60, 9)[1]).toMatch(/^✗ stopped at step \d+: .*…$/);
  });
});

const titles = ['loss', 'Pearson of popularity and norm', 'displacement in epoch 20', 'norm over popularity'];

describe('the pictures', () => {
  const shownIn = (width: number, height: number, scroll = 0) => {
    const text = paneOf(done, width, height, scroll).slice(1).join('\n');
    return titles.filter((title) =>
      new RegExp(`(^|  )${title}`, 'm').test(text.replaceAll(/^.*epoch .*loss.*$/gm, '')),
    );
  };

  it('come one by one in 80 × 24, in a circle', () => {
    expect([0, 1, 2, 3, 4, -1].map((scroll) => shownIn(78, 20, scroll))).toEqual(
      [0, 1, 2, 3, 0, 3].map((place) => [titles[place]]),
    );
    expect(hiddenIn(done, 78, 20)).toBe(3);
  });

  it('stand side by side in 120 × 40 and 200 × 60', () => {
    expect(shownIn(118, 36)).toEqual(titles.slice(0, 3));
    expect(shownIn(118, 36, 1)).toEqual(titles.slice(2));
    expect(hiddenIn(done, 118, 36)).toBe(1);
    expect(shownIn(198, 56)).toEqual(titles);
    expect(hiddenIn(done, 198, 56)).toBe(0);
  });

  it('have no plane where d is not 2, and no norms before a training is finished', () => {
    const training = shownTraining(done, initialUi)!;
    const records = training.records.map((record) => ({ ...record, picture: null }));
    expect(trainingPictures({ ...training, records, items: null }).map(({ title }) => title)).toEqual(
      titles.slice(0, 2),
    );
    expect(trainingPictures({ ...training, losses: [], records: [], items: null })).toEqual([]);
  });

  /** The lines of the picture whose title begins so, of 40 columns and 12 lines: ten of them are the canvas. */
  const pictureOf = (changes: Partial<ShownTraining>, title: string) => {
    const training = { ...shownTraining(done, initialUi)!, ...changes };
    const picture = trainingPictures(training).find((one) => one.title.startsWith(title))!;
    return plotLines(picture, { width: 40, height: 12 }).map(stripVTControlCharacters);
  };

  it('draw a row from where it was to where it is', () => {
    const picture = { user: { from: [], to: [] }, item: { from: [-1.75, 0], to: [1.75, 0] } };
    const [, ...canvas] = pictureOf({ records: [{ ...finished.records[0], picture }] }, 'displacement');
    const lengths = canvas.slice(0, 10).map((line) => Math.max(...line.split(' ').map((run) => run.length)));
    // 40 lines of dots for 4.32 units: 3.5 of them are about 32 dots, 16 characters. Circles make no such run.
    expect(Math.max(...lengths)).toBe(lengths[5]);
    expect(lengths[5]).toBeGreaterThanOrEqual(16);
    expect(lengths.filter((length) => length > 12)).toHaveLength(1);
  });

  it('draw the norms at the start on the left and at the end on the right, on the same axes', () => {
    const items = { training: 1, popularity: [1, 2, 3], initialNorm: [1, 1, 1], finalNorm: [1, 2, 3] };
    const [title, ...lines] = pictureOf({ items }, 'norm over');
    expect(title.trimEnd()).toBe('norm over popularity, training 1');
    const halves = lines
      .slice(0, 10)
      .map((line) => [line.slice(5, 22), line.slice(23)].map((half) => half.trim() !== ''));
    expect(halves.flatMap(([left], row) => (left ? [row] : []))).toEqual([9]);
    expect(halves.flatMap(([, right], row) => (right ? [row] : []))).toEqual(expect.arrayContaining([0, 9]));
    expect(lines[0]).toMatch(/^3\.00 /);
    expect(lines[9]).toMatch(/^1\.00 /);
    expect(lines[10]).toMatch(/1 +start +3│1 +end +3/);
  });
});

/** Numbers as no sound training leaves them, but an unsound one, or a file, may. */
const odd = [Number.NaN, Number.POSITIVE_INFINITY, -1e308, 1e308, 0];
const oddRecord = {
  ...finished.records[0],
  loss: Number.NaN,
  user: { ...finished.records[0].user, cosine: null, tangentShare: Number.NaN },
  popularity: { pearson: null, spearman: Number.NaN },
  picture: { user: { from: odd, to: odd }, item: { from: [], to: [] } },
};
const { popularity: _, ...olderRecord } = finished.records[0];
const oddItems = { popularity: [0, 1, 1e6, Number.NaN, 3], initialNorm: odd, finalNorm: [...odd].reverse() };
const noItems = { popularity: [], initialNorm: [], finalNorm: [] };
const stopped = { step: 3, because: `step 3: ${'x'.repeat(300)}`, isFailure: true };
const told = {
  cell: 0,
  training: 9,
  isDone: false,
  epoch: 3,
  losses: [null, Number.NaN, -1e308, 1e308],
  records: [oddRecord],
};

const sweptCells = planTrainings([1, 2].map((seed) => ({ training: trainingOf({ epochs: 3 }), seed, replicates: 1 })));
const swept = trainingFacts(
  'swept',
  null,
  sweptCells,
  [1, 2].map((seed) => ({ swept: { seed }, expects: [] })),
);

const snapshots: Readonly<Record<string, Snapshot>> = {
  'under way': underWay,
  done,
  'before the first epoch': emptySnapshot(swept, 0),
  'nothing recorded': withMerged(done, [{ ...finished, records: [], items: noItems, stopped }]),
  'numbers that are none': withMerged(done, [
    { ...finished, records: [oddRecord, olderRecord], items: oddItems, stopped },
  ]),
  'numbers that are none, under way': { ...done, trainings: [told] },
  'of a study': withMerged(study, recorded),
  'of a study that diverged': withMerged(study, [{ ...recorded[0], last: null, items: oddItems, stopped }]),
};

describe('in any room', () => {
  it.each(Object.entries(snapshots))('has pictures of exactly their room: %s', (_, snapshot) => {
    const training = shownTraining(snapshot, initialUi);
    const pictures = training === null ? [] : trainingPictures(training);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 30 }), (width, height) => {
        for (const picture of pictures) {
          const widths = plotLines(picture, { width, height }).map((line) => stringWidth(line));
          expect(widths).toEqual(Array.from({ length: height }, () => width));
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it.each(Object.entries(snapshots))('is no larger than it: %s', (_, snapshot) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 220 }),
        fc.integer({ min: 3, max: 70 }),
        fc.integer({ min: -2, max: 9 }),
        (width, height, scroll) => {
          const lines = paneOf(snapshot, width, height, scroll);
          expect(lines.length).toBeLessThanOrEqual(height);
          expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
          expect(hiddenIn(snapshot, width, height)).toBeLessThan(4);
        },
      ),
      {
        seed: 1,
        numRuns: 30,
        examples: [
          [20, 3, 0],
          [220, 70, 0],
        ],
      },
    );
  });
});
