import { Command } from 'commander';
import { paintFor } from '../../report/paint.ts';
import { textTable } from '../../report/text-table.ts';

/** `norm-growth list`: the scenarios that come with the program. */
export function listCommand(): Command {
  return new Command('list')
    .description('list the scenarios that come with the program')
    .option('--format <format>', 'text or json', 'text')
    .action(async ({ format }: { format: string }) => {
      const { listScenarios } = await import('../../scenarios/find-scenario.ts');
      const scenarios = await listScenarios();
      if (format === 'json') process.stdout.write(`${JSON.stringify(scenarios, null, 2)}\n`);
      else {
        const paint = paintFor(process.stdout);
        for (const { name, description } of scenarios) {
          process.stdout.write(`${textTable([[paint.bold(name)]])}\n      ${description.trim()}\n`);
        }
      }
    });
}
