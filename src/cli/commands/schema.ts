import { Argument, Command } from 'commander';
import type { FieldCatalogue } from '../../scenarios/schema/field-paths.ts';

/** What can be described, and what describes it; each is loaded when it is asked for. */
const schemas: Readonly<Record<string, () => Promise<object>>> = {
  scenario: async () => (await import('../../scenarios/coupled-schema.ts')).scenarioJsonSchema(),
  training: async () => (await import('../../scenarios/training/training-schema.ts')).trainingJsonSchema(),
  fidelity: async () => (await import('../../scenarios/fidelity/fidelity-schema.ts')).fidelityJsonSchema(),
  summary: async () => (await import('../../results/summary-schema.ts')).summaryJsonSchema(),
};

/** What `--set` can name, of the kinds that have scenarios. */
const catalogues: Readonly<Record<string, () => Promise<FieldCatalogue[]>>> = {
  scenario: async () => [(await import('../../scenarios/coupled-fields.ts')).coupledFields],
  training: async () => [(await import('../../scenarios/training/training-fields.ts')).trainingFields],
  fidelity: async () => Object.values((await import('../../scenarios/fidelity/load-fidelity.ts')).studyFields),
};

/** `norm-growth schema`: JSON Schemas, for editors and for other programs. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description(
      'print the JSON Schema of scenario files (coupled: scenario; train: training; fidelity), or of summary.json',
    )
    .addArgument(new Argument('[what]', 'which schema').choices(Object.keys(schemas)).default('scenario'))
    .option('--paths', 'in its place the paths that --set takes, a line each, and what may stand there', false)
    .addHelpText('after', examples)
    .action(async (what: string, { paths }: { readonly paths: boolean }, command: Command) => {
      if (!paths) return void process.stdout.write(`${JSON.stringify(await schemas[what](), null, 2)}\n`);
      const found = catalogues[what];
      if (found === undefined) command.error(`error: --paths lists fields of scenarios, and ${what} is none`);
      process.stdout.write(pathsText(await found()));
    });
}

/** `popularity.lower  number`, a line each. */
function pathsText(fields: readonly FieldCatalogue[]): string {
  const types = new Map(fields.flatMap(({ paths }) => [...paths]));
  const width = Math.max(...[...types.keys()].map((path) => path.length));
  return [...types].map(([path, type]) => `${path.padEnd(width)}  ${[...type].join(' or ')}\n`).join('');
}

const examples = `
An editor that knows YAML completes and checks a scenario that begins with
  # yaml-language-server: $schema=./schema.json

Examples:
  norm-growth schema > schema.json    scenarios of kind coupled
  norm-growth schema training         of kind train; each field with its meaning, range and default
  norm-growth schema --paths          the paths that --set takes
  norm-growth schema summary          what summary.json and --format json hold`;
