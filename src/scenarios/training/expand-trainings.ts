import type { z } from 'zod';
import type { Json } from '../../random/canonical-json.ts';
import { drawModel } from '../../trainer/initial-model.ts';
import type { OptimiserSpecification } from '../../trainer/optimisers/optimiser.ts';
import type { DataSource, TowerOptimiser, TrainingSpecification } from '../../trainer/specification.ts';
import { fusedRefusal } from '../../trainer/steppers/index.ts';
import { openData, type Tables } from '../../trainer/training-cell.ts';
import type { Overrides } from '../overrides.ts';
import { problemsOf } from '../problem.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import { withValue } from '../scenario-document.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import type { AxisValue } from '../sweep/axis.ts';
import { meetsConditions } from '../sweep/meets-conditions.ts';
import { readConditions, type Sweep, sweptText, sweptValues } from '../sweep/sweep.ts';
import { contradictions } from './contradictions.ts';
import type { ModelFields } from './model-fields.ts';
import { readInitialParameters, readTrainingData } from './read-training-data.ts';

/** What a kind of scenarios that train brings: its schema, its fields, and what its `expect:` groups say. */
export interface TrainingScenarioKind<
  Fields extends ModelFields & { readonly expect: Written | Written[] },
  Written,
  Expectation,
> {
  readonly schema: z.ZodType<Fields>;
  readonly fields: FieldCatalogue;
  expectations(group: Written): readonly Expectation[];
}

/** One cell: a point of the sweep. */
interface ExpandedTraining<Fields, Expectation> {
  readonly fields: Fields;
  readonly training: TrainingSpecification;
  readonly swept: Readonly<Record<string, AxisValue>>;
  readonly expect: readonly Expectation[];
}

/** A scenario's trainings, and what they need. */
interface ExpandedTrainings<Fields, Expectation> {
  /** At least one. */
  readonly cells: readonly ExpandedTraining<Fields, Expectation>[];
  readonly tables: Tables;
  /** Everything that decides the numbers: no paths; the table by the SHA-256 of its bytes. */
  readonly identity: Json;
  readonly notices: readonly string[];
}

/**
 * Checks a scenario that trains and expands its sweep.
 *
 * @throws {ScenarioError} for what is wrong in the file or on the command line
 * @throws {DataError} for what is wrong inside the table that it names
 */
export async function expandTrainings<
  Fields extends ModelFields & { readonly expect: Written | Written[] },
  Written extends { readonly where: string | string[] },
  Expectation,
>(
  document: ScenarioDocument,
  sweep: Sweep,
  { skipBadRows = false }: Overrides,
  kind: TrainingScenarioKind<Fields, Written, Expectation>,
): Promise<ExpandedTrainings<Fields, Expectation>> {
  const parsed = Array.from({ length: sweep.size }, (_, cell) => cellFields(document, sweep, cell, kind.schema));
  const first = parsed[0].fields;
  const { tables, source, notices } = await readTrainingData(document, first.data, skipBadRows);
  const initialParameters = await readInitialParameters(document, first);
  const cells = parsed
    .filter((cell) => meetsConditions(document, cell.fields, sweep.conditions))
    .map(({ fields, swept }) => ({
      fields,
      training: { ...specificationOf(fields, source), ...initialParameters },
      swept,
      expect: expectedOf(document, fields, kind),
    }));
  if (cells.length === 0) {
    throw document.refuse([
      { path: ['sweep', 'where'], message: `expected some of the ${sweep.size} cells, got none` },
    ]);
  }
  for (const { training } of cells) {
    requireFittingParameters(document, training, tables);
    requireFusedKernel(document, training);
  }
  const decisive = { ...first, name: undefined, description: undefined, expect: undefined, data: source ?? first.data };
  const identity = JSON.parse(JSON.stringify({ ...decisive, ...initialParameters }));
  return { cells, tables, identity, notices };
}

/** A cell's fields: the document with the cell's values in it, parsed. */
function cellFields<Fields extends ModelFields>(
  document: ScenarioDocument,
  sweep: Sweep,
  cell: number,
  schema: z.ZodType<Fields>,
) {
  const swept = sweptValues(sweep, cell);
  const value = sweep.axes.reduce((whole, { name, path }) => withValue(whole, path, swept[name]), document.value);
  const parsed = schema.safeParse(value);
  const problems = parsed.success ? contradictions(parsed.data) : problemsOf(parsed.error.issues);
  if (parsed.success && problems.length === 0) return { fields: parsed.data, swept };
  const inCell = sweep.axes.length === 0 ? '' : ` (in the cell ${sweptText(sweep, cell)})`;
  throw document.refuse(problems.map((problem) => ({ ...problem, message: problem.message + inCell })));
}

function specificationOf(fields: ModelFields, table: DataSource | null): TrainingSpecification {
  const { dimension, precision, tower, loss, initial, batches, epochs, data } = fields;
  return {
    // Only a table has a source of its own.
    data: table ?? (data as DataSource),
    dimension,
    precision,
    tower,
    loss,
    initial,
    optimisers: { user: optimiserOf(fields, 'user'), item: optimiserOf(fields, 'item') },
    batches,
    epochs,
    untilMeanCosine: fields.untilMeanCosine ?? null,
    ...(fields.snapshots === undefined ? {} : { snapshots: fields.snapshots }),
  };
}

function optimiserOf(fields: ModelFields, side: 'user' | 'item'): TowerOptimiser {
  const { learningRate = fields.learningRate, schedule, ...rest } = fields[side];
  return { ...(rest as OptimiserSpecification), learningRate, schedule };
}

/** Parameters that no tower of the scenario has, or of another shape, are refused before anything is trained. */
function requireFittingParameters(document: ScenarioDocument, training: TrainingSpecification, tables: Tables): void {
  if (training.initialParameters === undefined) return;
  // Which numbers are drawn does not matter here, only how many parameters there are.
  const uniform = () => 0.5;
  try {
    drawModel(
      training,
      openData(training.data, tables, () => uniform),
      uniform,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw document.refuse([{ path: ['initialParameters'], message: error.message.replace('initialParameters: ', '') }]);
  }
}

/** Only the fused kernel computes in single precision. */
function requireFusedKernel(document: ScenarioDocument, training: TrainingSpecification): void {
  const refusal = training.precision === 'single' ? fusedRefusal(training) : null;
  if (refusal === null) return;
  const message = `expected double, got single, which needs the fused kernel; ${refusal}`;
  throw document.refuse([{ path: ['precision'], message }]);
}

function expectedOf<
  Fields extends ModelFields & { readonly expect: Written | Written[] },
  Written extends { readonly where: string | string[] },
  Expectation,
>(document: ScenarioDocument, fields: Fields, kind: TrainingScenarioKind<Fields, Written, Expectation>): Expectation[] {
  const { expect } = fields;
  const groups: readonly Written[] = Array.isArray(expect) ? expect : [expect];
  return groups.flatMap((group, index) => {
    const at = Array.isArray(expect) ? ['expect', index, 'where'] : ['expect', 'where'];
    const { conditions, faults } = readConditions(group.where, at, kind.fields);
    if (faults.length > 0) throw document.refuse(faults);
    return meetsConditions(document, fields, conditions) ? kind.expectations(group) : [];
  });
}
