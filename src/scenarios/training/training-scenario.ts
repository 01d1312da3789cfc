import type { Json } from '../../random/canonical-json.ts';
import type { TrainingExpectation } from '../../theorems/expectations/training-expectation.ts';
import type { Tables, TrainingRequest } from '../../trainer/training-cell.ts';
import type { AxisValue } from '../sweep/axis.ts';

/** One point of a sweep over trainings. */
interface TrainingCellPlan extends TrainingRequest {
  /** This cell's value of each swept field, by its dotted path. */
  readonly swept: Readonly<Record<string, AxisValue>>;
  /** What this cell's trainings are expected to show. */
  readonly expect: readonly TrainingExpectation[];
}

/** A scenario of kind `train`, checked, its sweep expanded: past the loader everything in it is sound. */
export interface TrainingScenario {
  readonly kind: 'train';
  readonly name: string;
  readonly description: string;
  readonly cells: readonly TrainingCellPlan[];
  /** What messages call the file. */
  readonly source: string;
  /** Everything that decides the numbers: no paths; the table by the SHA-256 of its bytes. */
  readonly identity: Json;
  readonly notices: readonly string[];
  /** The table that the scenario names, read. */
  readonly tables: Tables;
}
