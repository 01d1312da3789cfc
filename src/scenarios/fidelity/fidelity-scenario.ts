import type { CoupledTraining } from '../../fidelity/coupled/coupled-training.ts';
import type { Json } from '../../random/canonical-json.ts';
import type { QuantityExpectation } from '../../theorems/expectations/quantity-expectation.ts';
import type { TrainingSpecification } from '../../trainer/specification.ts';
import type { Tables } from '../../trainer/training-cell.ts';
import type { AxisValue } from '../sweep/axis.ts';

interface PlannedCell {
  readonly seed: number;
  readonly replicates: number;
  /** This cell's value of each swept field, by its dotted path. */
  readonly swept: Readonly<Record<string, AxisValue>>;
  /** What this cell's results are expected to show. */
  readonly expect: readonly QuantityExpectation[];
}

/** Recorded trainings of one point of a sweep. */
interface RecordedCellPlan extends PlannedCell {
  readonly training: TrainingSpecification;
}

/** Coupled trainings of one point of a sweep. */
interface CoupledTrainingsCellPlan extends PlannedCell {
  readonly coupled: CoupledTraining;
}

interface FidelityScenarioBase {
  readonly kind: 'fidelity';
  readonly name: string;
  readonly description: string;
  /** What messages call the file. */
  readonly source: string;
  /** Everything that decides the numbers: no paths; the table by the SHA-256 of its bytes. */
  readonly identity: Json;
  readonly notices: readonly string[];
  /** The table that the scenario names, read. */
  readonly tables: Tables;
}

export interface RecordedScenario extends FidelityScenarioBase {
  readonly study: 'predictors';
  readonly cells: readonly RecordedCellPlan[];
  /** Of which trainings of a cell every appearance is kept. */
  readonly recordings: 'first' | 'all' | 'none';
}

export interface CoupledTrainingsScenario extends FidelityScenarioBase {
  readonly study: 'coupled-trainings';
  readonly cells: readonly CoupledTrainingsCellPlan[];
}

/** A scenario of kind `fidelity`, checked, its sweep expanded: past the loader everything in it is sound. */
export type FidelityScenario = RecordedScenario | CoupledTrainingsScenario;
