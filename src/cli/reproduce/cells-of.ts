import type { Json } from '../../random/canonical-json.ts';
import type { ReportedCoupledTrainings, ReportedRecording } from '../../report/fidelity-text.ts';
import type { ReportedTraining } from '../../report/training-text.ts';
import type { ReportedCell } from '../../results/coupled-summary.ts';

/** What the cells of a finished run are, by its kind. */
interface CellsByKind {
  readonly coupled: ReportedCell;
  readonly train: ReportedTraining;
  readonly predictors: ReportedRecording;
  readonly 'coupled-trainings': ReportedCoupledTrainings;
}

/** The cells of a finished run of a shipped scenario, whose kind is known: none has failed, few enough to be in its summary. */
export function cellsAs<Kind extends keyof CellsByKind>(summary: Json): readonly CellsByKind[Kind][] {
  return (summary as unknown as { readonly cells: readonly CellsByKind[Kind][] }).cells;
}
