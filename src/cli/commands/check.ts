import { Command, InvalidArgumentError, Option } from 'commander';
import { failed } from '../exit-codes.ts';
import { wholeNumber, workerCount } from '../option-values.ts';
import type { CheckFlags } from '../run-checks.ts';

/** `norm-growth check [claim…]`: the theorems, checked. */
export function checkCommand(report: (exitCode: number) => void): Command {
  return new Command('check')
    .description("check the theorems about the process, and scenarios' own expectations")
    .argument('[claim...]', 'claims such as A1 A10 (default: all of them, unless a scenario is named)')
    .option('--gaps', "measure where the article's argument is silent or wrong, too", false)
    .option('--scenario <scenario>', "check a scenario's `expect:` lines; may be repeated", collect, [])
    .option('--all-scenarios', 'check the `expect:` lines of every scenario that comes with the program', false)
    .option('--seed <integer>', 'root of all random draws (default: 1, and what a scenario says)', wholeNumber)
    .option('--fresh-seed', 'a seed that has not been used before; it is printed', false)
    .option('--budget <probability>', 'that any check of the run rejects what is true', probability, 1e-6)
    .option('--workers <count>', 'worker threads; 0 runs on the main thread (default: one a processor)', workerCount)
    .addOption(
      new Option(
        '--kernel <kernel>',
        'what simulates pairs: compiled kernels where there are any, or their plain twins',
      )
        .choices(['auto', 'plain'])
        .default('auto'),
    )
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (claims: string[], flags: CheckFlags) => {
      const { runChecks } = await import('../run-checks.ts');
      if (!(await runChecks(claims, flags))) report(failed);
    });
}

const collect = (value: string, earlier: string[]) => [...earlier, value];

function probability(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('expected a probability above 0 and below 1.');
  return value;
}

const examples = `
Every statistical check may reject what is true with the budget's share as probability; the smallest effect that its
draws would find is printed beside what was measured. Exit code 1 means that something is false.

Examples:
  norm-growth check                          all claims
  norm-growth check A1 A10 --fresh-seed      two of them, on draws that nobody has seen
  norm-growth check --kernel plain           the same by the plain TypeScript twins of the kernels
  norm-growth check --gaps                   what the article leaves out, in numbers
  norm-growth check --all-scenarios          the expectations that the shipped scenarios state
  norm-growth check --scenario mine.yaml --format json`;
