import { Command, Option } from 'commander';

/** `norm-growth list`: the scenarios that come with the program. */
export function listCommand(): Command {
  return new Command('list')
    .description('list the scenarios that come with the program')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async ({ format }: { format: string }) => {
      const { listScenarios } = await import('../../scenarios/find-scenario.ts');
      const scenarios = await listScenarios();
      if (format === 'json') process.stdout.write(`${JSON.stringify(scenarios, null, 2)}\n`);
      else {
        const { default: wrapAnsi } = await import('wrap-ansi');
        const { paintFor } = await import('../../report/paint.ts');
        const paint = paintFor(process.stdout);
        const lines = scenarios.map(({ name, description }) => {
          return `  ${paint.bold(name)}\n${wrapAnsi(description.trim(), 74).replace(/^/gm, '      ')}\n`;
        });
        process.stdout.write(lines.join(''));
      }
    });
}

const examples = `
A name is what run, check --scenario and replay take.

Examples:
  norm-growth list
  norm-growth list --format json    with the path of each file, to copy and change`;
