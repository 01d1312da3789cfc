import { Argument, Command } from 'commander';

/** `norm-growth schema`: JSON Schemas, for editors and for other programs. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of scenario files or of summary.json')
    .addArgument(new Argument('[what]', 'which schema').choices(['scenario', 'summary']).default('scenario'))
    .action(async (what: 'scenario' | 'summary') => {
      const schema =
        what === 'scenario'
          ? (await import('../../scenarios/coupled-schema.ts')).scenarioJsonSchema()
          : (await import('../../results/summary-schema.ts')).summaryJsonSchema();
      process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
}
