import type { Interactions } from '../../trainer/data-sets/interactions.ts';
import { drawModel } from '../../trainer/initial-model.ts';
import type { OptimiserSpecification } from '../../trainer/optimisers/optimiser.ts';
import type { DataSource, TowerOptimiser, TrainingSpecification } from '../../trainer/specification.ts';
import { fusedRefusal } from '../../trainer/steppers/index.ts';
import { openData, type Tables } from '../../trainer/training-cell.ts';
import type { Overrides } from '../overrides.ts';
import { readParameterFile } from '../parameter-file.ts';
import { type Problem, problemsOf } from '../problem.ts';
import { type ScenarioDocument, withValue } from '../scenario-document.ts';
import { shownValue } from '../shown-value.ts';
import { meetsConditions } from '../sweep/meets-conditions.ts';
import { readConditions, type Sweep } from '../sweep/sweep.ts';
import { fileFault } from '../tables/regular-file.ts';
import { readUserItemTable } from '../user-item-table.ts';
import { visibleLines, visiblePath, visibleText } from '../visible-text.ts';
import { trainingExpectations } from './training-expect.ts';
import { trainingFields } from './training-fields.ts';
import type { TrainingCellPlan, TrainingScenario } from './training-scenario.ts';
import { type TrainingFields, trainingSchema } from './training-schema.ts';

/**
 * Checks a train scenario and expands its sweep.
 *
 * @throws {ScenarioError} for what is wrong in the file or on the command line
 * @throws {DataError} for what is wrong inside the table that it names
 */
export async function loadTraining(
  document: ScenarioDocument,
  sweep: Sweep,
  { skipBadRows = false }: Overrides,
): Promise<TrainingScenario> {
  const fields = Array.from({ length: sweep.size }, (_, cell) => cellFields(document, sweep, cell));
  const [first] = fields;
  const { tables, source, notices } = await readData(document, first.fields.data, skipBadRows);
  const initialParameters = await readInitialParameters(document, first.fields);
  const cells = fields
    .filter((cell) => meetsConditions(document, cell.fields, sweep.conditions))
    .map(({ fields, swept }): TrainingCellPlan => {
      const { seed, replicates } = fields;
      return {
        training: { ...specificationOf(fields, source), ...initialParameters },
        seed,
        replicates,
        swept,
        expect: expectedOf(document, fields),
      };
    });
  if (cells.length === 0) {
    throw document.refuse([
      { path: ['sweep', 'where'], message: `expected some of the ${sweep.size} cells, got none` },
    ]);
  }
  for (const { training } of cells) {
    requireFittingParameters(document, training, tables);
    requireFusedKernel(document, training);
  }
  const { name, description, expect: _expect, ...rest } = first.fields;
  return {
    kind: 'train',
    name,
    description: visibleLines(description),
    cells,
    source: document.source,
    identity: JSON.parse(
      JSON.stringify({
        ...rest,
        name: undefined,
        description: undefined,
        data: source ?? rest.data,
        ...initialParameters,
      }),
    ),
    notices,
    tables,
  };
}

/** A cell's fields: the document with the cell's values in it, parsed. */
function cellFields(document: ScenarioDocument, { axes, positions }: Sweep, cell: number) {
  const at = positions(cell);
  const swept = Object.fromEntries(axes.map(({ name, values }, index) => [name, values[at[index]]]));
  const value = axes.reduce(
    (whole, { path, values }, index) => withValue(whole, path, values[at[index]]),
    document.value,
  );
  const parsed = trainingSchema.safeParse(value);
  const problems = parsed.success ? contradictions(parsed.data) : problemsOf(parsed.error.issues);
  if (parsed.success && problems.length === 0) return { fields: parsed.data, swept };
  const inCell =
    axes.length === 0
      ? ''
      : ` (in the cell ${axes.map(({ name }) => `${name} = ${shownValue(swept[name])}`).join(', ')})`;
  throw document.refuse(problems.map((problem) => ({ ...problem, message: problem.message + inCell })));
}

/** What the schema cannot see. */
function contradictions({ tower, data }: TrainingFields): Problem[] {
  if (tower.kind === 'bert' && tower.width % tower.heads !== 0) {
    return [
      { path: ['tower', 'heads'], message: `expected a divisor of the width ${tower.width}, got ${tower.heads}` },
    ];
  }
  if (data.from === 'generator' && data.interactions > data.users * data.items) {
    const most = data.users * data.items;
    return [
      { path: ['data', 'interactions'], message: `expected at most ${most} different pairs, got ${data.interactions}` },
    ];
  }
  return [];
}

function specificationOf(fields: TrainingFields, table: DataSource | null): TrainingSpecification {
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

function optimiserOf(fields: TrainingFields, side: 'user' | 'item'): TowerOptimiser {
  const { learningRate = fields.learningRate, schedule, ...rest } = fields[side];
  return { ...(rest as OptimiserSpecification), learningRate, schedule };
}

function expectedOf(document: ScenarioDocument, fields: TrainingFields) {
  const groups = Array.isArray(fields.expect) ? fields.expect : [fields.expect];
  return groups.flatMap((group, index) => {
    const at = Array.isArray(fields.expect) ? ['expect', index, 'where'] : ['expect', 'where'];
    const { conditions, faults } = readConditions(group.where, at, trainingFields);
    if (faults.length > 0) throw document.refuse(faults);
    return meetsConditions(document, fields, conditions) ? trainingExpectations(group) : [];
  });
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

/** The entries of a parameter file; they decide the numbers, its path does not. */
async function readInitialParameters(
  document: ScenarioDocument,
  { initialParameters: file }: TrainingFields,
): Promise<Pick<TrainingSpecification, 'initialParameters'>> {
  if (file === undefined) return {};
  const fault = await fileFault(file);
  if (fault !== undefined) {
    const message = `expected a file, got ${visiblePath(file)}: ${fault}`;
    throw document.refuse([{ path: ['initialParameters'], message }]);
  }
  const { model } = await readParameterFile(file);
  return {
    initialParameters: Object.fromEntries([...model.parameters].map(([name, { value }]) => [name, [...value.values]])),
  };
}

interface ReadData {
  readonly tables: Tables;
  readonly source: DataSource | null;
  readonly notices: readonly string[];
}

async function readData(
  document: ScenarioDocument,
  data: TrainingFields['data'],
  skipBadRows: boolean,
): Promise<ReadData> {
  if (data.from !== 'table') return { tables: new Map(), source: null, notices: [] };
  const fault = await fileFault(data.file);
  if (fault !== undefined) {
    throw document.refuse([
      { path: ['data', 'file'], message: `expected a file, got ${visiblePath(data.file)}: ${fault}` },
    ]);
  }
  const [users, items] = [new Map<string, number>(), new Map<string, number>()];
  const pairs: [number, number][] = [];
  const number = (names: Map<string, number>, name: string) => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const { sha256, format } = await readUserItemTable(data.file, {
    ...data,
    skipBadRows,
    onPair: (user, item) => pairs.push([number(users, user), number(items, item)]),
  });
  const shown = (names: Map<string, number>) => [...names.keys()].map((name) => visibleText(name));
  const interactions: Interactions = { users: shown(users), items: shown(items), pairs };
  const counts = `${users.size} users, ${items.size} items, ${pairs.length} interactions`;
  return {
    tables: new Map([[sha256, interactions]]),
    source: { from: 'table', sha256 },
    notices: [`${visiblePath(data.file)}: read as ${format}: ${counts}`],
  };
}
