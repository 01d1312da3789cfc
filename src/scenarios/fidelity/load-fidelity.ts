import type { CoupledTraining } from '../../fidelity/coupled/coupled-training.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import type { DataSource } from '../../trainer/specification.ts';
import type { Tables } from '../../trainer/training-cell.ts';
import type { Overrides } from '../overrides.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import type { Sweep } from '../sweep/sweep.ts';
import { expandTrainings } from '../training/expand-trainings.ts';
import { visibleLines } from '../visible-text.ts';
import { coupledTrainingsFields, coupledTrainingsModel } from './coupled-trainings-schema.ts';
import type { CoupledTrainingsScenario, FidelityScenario, RecordedScenario } from './fidelity-scenario.ts';
import { quantityExpectations } from './quantity-expect.ts';
import { recordedFields, recordedSchema } from './recorded-schema.ts';

/** The fields of each study. */
export const studyFields = { predictors: recordedFields, 'coupled-trainings': coupledTrainingsFields };
export type StudyName = keyof typeof studyFields;

/**
 * Checks a fidelity scenario and expands its sweep.
 *
 * @throws {ScenarioError} for what is wrong in the file or on the command line
 * @throws {DataError} for what is wrong inside the table that it names
 */
export function loadFidelity(
  study: StudyName,
  document: ScenarioDocument,
  sweep: Sweep,
  overrides: Overrides,
): Promise<FidelityScenario> {
  return study === 'predictors'
    ? loadRecorded(document, sweep, overrides)
    : loadCoupledTrainings(document, sweep, overrides);
}

async function loadRecorded(document: ScenarioDocument, sweep: Sweep, overrides: Overrides): Promise<RecordedScenario> {
  const kind = { schema: recordedSchema, fields: recordedFields, expectations: quantityExpectations };
  const { cells, ...loaded } = await expandTrainings(document, sweep, overrides, kind);
  const { name, description, recordings } = cells[0].fields;
  return {
    kind: 'fidelity',
    study: 'predictors',
    name,
    description: visibleLines(description),
    source: document.source,
    recordings,
    ...loaded,
    cells: cells.map(({ fields: { seed, replicates }, training, swept, expect }) => {
      return { training, seed, replicates, swept, expect };
    }),
  };
}

async function loadCoupledTrainings(
  document: ScenarioDocument,
  sweep: Sweep,
  overrides: Overrides,
): Promise<CoupledTrainingsScenario> {
  const kind = {
    schema: coupledTrainingsModel,
    fields: coupledTrainingsFields,
    expectations: quantityExpectations,
  };
  const { cells, ...loaded } = await expandTrainings(document, sweep, overrides, kind);
  const { name, description } = cells[0].fields;
  return {
    kind: 'fidelity',
    study: 'coupled-trainings',
    name,
    description: visibleLines(description),
    source: document.source,
    ...loaded,
    cells: cells.map(({ fields, training, swept, expect }) => {
      const { seed, replicates, watchedItem, popularity, steps } = fields;
      if (popularity.lower > popularity.upper) {
        const message = `expected at least the lower popularity ${popularity.lower}, got ${popularity.upper}`;
        throw document.refuse([{ path: ['popularity', 'upper'], message }]);
      }
      const items = itemCount(training.data, loaded.tables);
      if (watchedItem >= items) {
        throw document.refuse([{ path: ['watchedItem'], message: `expected 0 to ${items - 1}, got ${watchedItem}` }]);
      }
      const recordedSteps = evenSteps(steps, fields.recordedSteps);
      const coupled: CoupledTraining = { training, item: watchedItem, popularity, steps, recordedSteps };
      return { coupled, seed, replicates, swept, expect };
    }),
  };
}

function itemCount(data: DataSource, tables: Tables): number {
  switch (data.from) {
    case 'toy':
      return toyInteractions.items.length;
    case 'generator':
      return data.items;
    case 'one-to-one':
      return data.pairs;
    case 'table':
      return tables.get(data.sha256)!.items.length;
  }
}

/** So many steps of all, evenly spread, the last one among them. */
function evenSteps(steps: number, count: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, index) => Math.ceil((steps * (index + 1)) / count)))];
}
