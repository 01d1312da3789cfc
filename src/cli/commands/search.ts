import { Command, InvalidArgumentError, Option } from 'commander';
import { mostSearchedSteps } from '../../theorems/search/searchable-claim.ts';
import { wholeNumber } from '../option-values.ts';

interface SearchFlags {
  readonly claim: string;
  readonly gain: string;
  readonly steps: number;
  readonly candidates: number;
  readonly seed: number;
  readonly format: 'text' | 'json';
}

/** Some minutes' search of the longest trainings. */
const mostCandidates = 10_000_000;

/** `norm-growth search`: looks for a counterexample to a claim, and makes it as round as it gets. */
export function searchCommand(): Command {
  return new Command('search')
    .description('look for the simplest pair that breaks a claim once its conditions are left out')
    .option('--claim <id>', 'A15 (the order of the mean norms) or A6 (the order on every path)', 'A15')
    .option('--gain <family>', 'constant, schedule or, for A15, in-batch-softmax', 'schedule')
    .option('--steps <count>', 'the longest training to try', between(1, mostSearchedSteps), 4)
    .option('--candidates <count>', 'how many pairs to try at most', between(1, mostCandidates), 10_000)
    .option('--seed <integer>', 'root of all random draws', wholeNumber, 1)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async ({ format, ...request }: SearchFlags) => {
      const { searchForBreak } = await import('../../theorems/search/search-for-break.ts');
      const { scenarioSnippet } = await import('../../theorems/search/scenario-snippet.ts');
      const result = searchForBreak(request);
      const name = `${result.claim.id.toLowerCase()}-${result.family.name}`;
      const yaml = result.found === null ? null : scenarioSnippet(name, result.found.pair);
      if (format === 'json') {
        return void process.stdout.write(`${JSON.stringify({ ...result, scenario: yaml }, null, 2)}\n`);
      }
      const { searchText } = await import('../../report/search-text.ts');
      const { paintFor } = await import('../../report/paint.ts');
      process.stdout.write(searchText(result, yaml === null ? null : { name, yaml }, paintFor(process.stdout)));
    });
}

function between(least: number, most: number) {
  return (text: string): number => {
    const value = wholeNumber(text);
    if (value < least || value > most)
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

const examples = `
Pairs are drawn in round numbers, the shortest trainings first, and decided exactly: by all sequences of appearances,
with a bound on what rounding can do. What breaks the claim is shrunk until no number of it can be made rounder alone.
Exit code 0 means that the search has run, whatever it found; 2 that what was asked for does not exist.

Examples:
  norm-growth search                                       does a schedule break the boxed claim, E‖q″‖ ≥ E‖q′‖?
  norm-growth search --claim A15 --gain in-batch-softmax   does the gain of real InfoNCE?
  norm-growth search --claim A15 --gain constant           the article's process: nothing to be found
  norm-growth search --claim A6 --steps 6 --seed 7         a path on which the upper run falls behind
  norm-growth search --format json > counterexample.json`;
