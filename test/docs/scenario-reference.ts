import { predictors } from '../../src/fidelity/predictors/index.ts';
import { scenarioJsonSchema } from '../../src/scenarios/coupled-schema.ts';
import { fidelityJsonSchema } from '../../src/scenarios/fidelity/fidelity-schema.ts';
import { trainingJsonSchema } from '../../src/scenarios/training/training-schema.ts';
import { FieldTables } from './field-tables.ts';
import { fieldsOf, isEqual, resolved, type Schema } from './json-schema.ts';
import { code, details } from './markdown.ts';

/** The fields of every kind of scenarios, in Markdown, from their schemas; what several kinds share is told once. */
export function scenarioReference(): string {
  const [coupled, train] = [resolved(scenarioJsonSchema()), resolved(trainingJsonSchema())];
  const [recorded, coupledTrainings] = resolved(fidelityJsonSchema()).oneOf as readonly [Schema, Schema];
  const tables = new FieldTables(withoutOwner);
  const isCommon = (name: string) => [train, recorded, coupledTrainings].every((kind) => isSame(kind, coupled, name));
  const isTold = (name: string) => ['kind', 'study'].includes(name) || isCommon(name);
  const own = (kind: Schema, isElsewhere = isTold) =>
    tables.of(
      fieldsOf(kind).filter(([name]) => !isElsewhere(name)),
      kind,
    );
  const common = fieldsOf(coupled).filter(([name]) => isCommon(name));
  const asOfTrain = (kind: Schema) => {
    const missing = fieldsOf(train).filter(([name]) => kind.properties?.[name] === undefined);
    const except = missing.map(([name]) => code(name)).join(', ');
    const others = own(kind, (name) => isTold(name) || isSame(kind, train, name));
    return `The fields of \`kind: train\` except ${except}; and:\n\n${others}`;
  };
  const parts = [
    'A dot leads into a mapping: `weightDecay.rate` is `rate` within `weightDecay`. A field that is not required may be left out.',
    '### Scenarios of every kind',
    tables.of([['kind', whatIsRun], ...common], { required: ['kind', ...(coupled.required ?? [])] }),
    ...titled('coupled', coupled),
    own(coupled),
    ...titled('train', train),
    own(train),
    ...titled('fidelity', recorded),
    asOfTrain(recorded),
    ...titled('fidelity', coupledTrainings),
    asOfTrain(coupledTrainings),
  ];
  return details('Every field: what it takes, its default, and what it is', parts.join('\n\n'));
}

const whatIsRun: Schema = { enum: ['coupled', 'train', 'fidelity'], description: 'what is run.' };

/** The heading of a kind, or of a kind's study, and what its schema says of it. */
function titled(kind: string, { properties }: Schema): string[] {
  const study = properties?.study;
  const of = study === undefined ? '' : `, \`study: ${study.const}\``;
  return [`### \`kind: ${kind}\`${of}`, (study ?? properties?.kind)?.description ?? ''];
}

function isSame(a: Schema, b: Schema, name: string): boolean {
  return isEqual(a.properties?.[name], b.properties?.[name]);
}

/** `a.growthR2` … `f.growthR2` are one quantity of six predictors, and `law.difference` one of three processes. */
function withoutOwner(name: string, field: Schema): Schema {
  const [owner] = name.split('.');
  const { title = '' } = predictors.find(({ letter }) => letter === owner) ?? {};
  const told = JSON.stringify(field)
    .replaceAll(`predictor (${owner}), ${title}`, 'that predictor')
    .replaceAll(`predictor (${owner})`, 'that predictor')
    .replaceAll(`the process \\"${owner}\\"`, 'that process');
  return JSON.parse(told);
}
