import type { Overrides } from '../overrides.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import type { Sweep } from '../sweep/sweep.ts';
import { visibleLines } from '../visible-text.ts';
import { expandTrainings } from './expand-trainings.ts';
import { trainingExpectations } from './training-expect.ts';
import { trainingFields } from './training-fields.ts';
import type { TrainingScenario } from './training-scenario.ts';
import { trainingSchema } from './training-schema.ts';

/**
 * Checks a train scenario and expands its sweep.
 *
 * @throws {ScenarioError} for what is wrong in the file or on the command line
 * @throws {DataError} for what is wrong inside the table that it names
 */
export async function loadTraining(
  document: ScenarioDocument,
  sweep: Sweep,
  overrides: Overrides,
): Promise<TrainingScenario> {
  const kind = { schema: trainingSchema, fields: trainingFields, expectations: trainingExpectations };
  const { cells, ...loaded } = await expandTrainings(document, sweep, overrides, kind);
  const { name, description } = cells[0].fields;
  return {
    kind: 'train',
    name,
    description: visibleLines(description),
    source: document.source,
    ...loaded,
    cells: cells.map(({ fields: { seed, replicates }, ...cell }) => {
      return { training: cell.training, seed, replicates, swept: cell.swept, expect: cell.expect };
    }),
  };
}
