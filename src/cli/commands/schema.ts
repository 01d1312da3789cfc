import { Argument, Command } from 'commander';

/** What can be described, and what describes it; each is loaded when it is asked for. */
const schemas: Readonly<Record<string, () => Promise<object>>> = {
  scenario: async () => (await import('../../scenarios/coupled-schema.ts')).scenarioJsonSchema(),
  training: async () => (await import('../../scenarios/training/training-schema.ts')).trainingJsonSchema(),
  fidelity: async () => (await import('../../scenarios/fidelity/fidelity-schema.ts')).fidelityJsonSchema(),
  summary: async () => (await import('../../results/summary-schema.ts')).summaryJsonSchema(),
};

/** `norm-growth schema`: JSON Schemas, for editors and for other programs. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description(
      'print the JSON Schema of scenario files (coupled: scenario; train: training; fidelity), or of summary.json',
    )
    .addArgument(new Argument('[what]', 'which schema').choices(Object.keys(schemas)).default('scenario'))
    .addHelpText('after', examples)
    .action(async (what: string) => {
      process.stdout.write(`${JSON.stringify(await schemas[what](), null, 2)}\n`);
    });
}

const examples = `
An editor that knows YAML completes and checks a scenario that begins with
  # yaml-language-server: $schema=./schema.json

Examples:
  norm-growth schema > schema.json    scenarios of kind coupled
  norm-growth schema training         of kind train; each field with its meaning, range and default
  norm-growth schema summary          what summary.json and --format json hold`;
