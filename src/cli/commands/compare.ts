import { Command, Option } from 'commander';

/** `norm-growth compare`: how two runs of coupled pairs differ. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('compare two finished runs of coupled pairs, cell with cell')
    .argument('<run A>', 'a run folder')
    .argument('<run B>', 'another')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json', 'csv']).default('text'))
    .addHelpText('after', examples)
    .action(async (a: string, b: string, { format }: { readonly format: 'text' | 'json' | 'csv' }) => {
      const { compareFolders } = await import('../run-compare.ts');
      await compareFolders(a, b, format);
    });
}

const examples = `
Cells are matched by the values of all fields that either run sweeps; what a run
does not sweep has the value of its parameters. Two runs of one cell each match.

Cells with the same seed, coupling, batch size and steps share their draws: B − A
is then taken block by block of the journals, and what both drew alike cancels. This
needs five blocks of each. Other cells are compared as independent ones. A difference
is no failure: the exit code is 0.

Examples:
  norm-growth compare results/own-gains--… results/own-gains--…
  norm-growth compare results/eta-p-sweep--… results/eta-p-sweep--… --format csv`;
