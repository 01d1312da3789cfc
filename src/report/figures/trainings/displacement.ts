import type { TopLevelSpec } from 'vega-lite';
import type { TrainingSummary } from '../../../trainer/training-summary.ts';
import { formatCount } from '../../format-number.ts';
import type { ShownTraining } from '../../sources/trained-source.ts';
import type { TrainingsSource } from '../../sources/trainings-source.ts';
import { displacementRows, displacementSpec } from '../displacement.ts';
import type { Choice, FigureOf } from '../figure.ts';
import { mostRows, type Names, type StepRecord } from '../moved-rows.ts';
import { drawnOnly, evenly, noChoice, readerParams } from '../plot.ts';
import { stepCaption, stepTitle } from '../step-words.ts';

/** Where users and items were before a recorded step in the plane, and where after it. */
export const displacement: FigureOf<TrainingsSource> = {
  id: 'displacement',
  about: 'users and items in the plane, before and after a recorded step (d = 2)',
  draw({ shown, namesOf }) {
    const trainings = evenly(
      shown.filter(({ training }) => training.records.some(hasPicture)),
      mostTrainings,
    );
    const steps = trainings.flatMap((training) => stepsOf(training, namesOf(training), trainings.length > 1));
    if (steps.length === 0) return null;
    const most = Math.min(mostRows, Math.floor(mostRowsOfAll / steps.length));
    const drawn = steps.map(({ name, names, record }) => {
      const { rows, reach } = displacementRows(record, names, most);
      return { reach, rows: rows.map((row) => ({ choice: name, ...row })) };
    });
    const options = steps.map(({ name }) => name);
    const choice = steps.length < 2 ? null : { label: 'Step', options };
    const reaches = Object.fromEntries(options.map((name, index) => [name, drawn[index].reach]));
    return {
      id: this.id,
      title: 'Displacements in the plane',
      caption: captionOf(steps, most),
      rows: drawn.flatMap(({ rows }) => rows),
      spec: specOf(choice, reaches, options[0]),
      ...noChoice,
      choice,
    };
  },
};

/** A recorded step that may be chosen. */
interface ChosenStep {
  readonly name: string;
  readonly of: ShownTraining<TrainingSummary>;
  /** What the training's rows are called. */
  readonly names: Names;
  readonly record: StepRecord;
}

/** Trainings whose steps may be chosen; and rows of each side that a page holds of all their steps. */
const mostTrainings = 4;
const mostRowsOfAll = 3000;

function stepsOf(of: ShownTraining<TrainingSummary>, names: Names, areSeveral: boolean): ChosenStep[] {
  return of.training.records.filter(hasPicture).map((record) => {
    const step = stepTitle(record);
    return { name: areSeveral ? `${of.name}: ${step}` : step, of, names, record };
  });
}

function hasPicture({ picture }: StepRecord): boolean {
  return picture !== null;
}

function specOf(choice: Choice | null, reaches: Readonly<Record<string, number>>, first: string): TopLevelSpec {
  const reach = choice === null ? reaches[first] : { param: 'reach' };
  const { layer, ...spec } = displacementSpec(reach);
  const reachParams =
    choice === null
      ? []
      : [
          { name: 'reaches', value: reaches },
          { name: 'reach', expr: 'reaches[chosen]' },
        ];
  // The circles have data of their own, which no choice leaves out.
  const [circles, labels, ...ofRows] = layer;
  return {
    ...spec,
    params: [...readerParams(choice), ...reachParams],
    layer: [circles, labels, { transform: [drawnOnly(choice)], layer: ofRows }],
  } as TopLevelSpec;
}

function captionOf(steps: readonly ChosenStep[], most: number): string {
  const [{ name, of, record }] = steps;
  const rows = Math.max(record.user.rows, record.item.rows);
  const drawn = rows > most ? ` At most ${formatCount(most)} of a side are drawn, evenly spaced.` : '';
  const unnamed = of.cell.training.data.from === 'table' ? ' Numbers stand for the names of the table.' : '';
  return (
    'Hollow: before the step; filled: after it; arrows, or white triangles, point the way a row went; circles of radius 1, 1.5 and 2.' +
    `${drawn}${unnamed} ${name}: ${stepCaption(record, most)}`
  );
}
