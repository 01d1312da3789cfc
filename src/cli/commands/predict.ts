import { Command, InvalidArgumentError, Option } from 'commander';
import { failed } from '../exit-codes.ts';
import { wholeNumber, workerCount } from '../option-values.ts';
import type { PredictFlags } from '../run-predict.ts';

/** `norm-growth predict`: whether popularity will show in the norms of a training, before it has begun. */
export function predictCommand(report: (exitCode: number) => void): Command {
  return new Command('predict')
    .description('tell before training whether the norms will show popularity, and from which learning rate on')
    .addOption(
      new Option('--data <file>', 'a user–item table, in any of the formats of scenarios').conflicts('popularity'),
    )
    .option('--skip-bad-rows', 'leave out rows of the table that cannot be read', false)
    .option('--popularity <law>', 'in place of a table: zipf:EXPONENT:ITEMS', zipf)
    .option('--interactions <number>', 'of such a law, in an epoch', interactions, 60_000)
    .option('--learning-rate <η>', 'one, several (10,100), or a range FROM:TO of five', rates, [1, 10, 100, 1000])
    .option('--batch-size <B>', 'slots in a batch', atLeast(2), 256)
    .option('--dimension <d>', 'entries of an embedding', atLeast(2), 32)
    .option('--temperature <τ>', 'of the cosine InfoNCE', positive, 1)
    .addOption(
      new Option('--init-std <σ>', 'standard deviation of the initial entries (default: 1)')
        .argParser(positive)
        .conflicts('initRadius'),
    )
    .option('--init-radius <r>', 'in its place: embeddings start on a sphere of this radius', positive)
    .option('--epochs <number>', 'passes over the data', atLeast(1), 10)
    .option('--momentum <β>', 'of plain heavy-ball SGD', momentum, 0)
    .option('--weight-decay <λ>', 'of SGD', notNegative, 0)
    .addOption(new Option('--decay <rows>', 'which rows decay in a step').choices(['dense', 'lazy']).default('dense'))
    .addOption(
      new Option('--optimizer <name>', 'the law is known for SGD').choices(['sgd', 'adam', 'adamw']).default('sgd'),
    )
    .option('--top-k <k>', 'places of the ranker', atLeast(1), 10)
    .option('--verify', 'train for real, and put what was measured beside', false)
    .option('--trainings <number>', 'of each rate, to verify with', atLeast(1), 4)
    .option('--seed <number>', 'of those trainings', wholeNumber, 1)
    .option('--workers <number>', 'threads to train on (default: as many as there are processors)', workerCount)
    .option('--quiet', 'no progress', false)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples)
    .action(async (flags: PredictFlags) => {
      const { runPredict } = await import('../run-predict.ts');
      const outcome = await runPredict(flags);
      if (outcome !== 'done') report(outcome === 'interrupted' ? 130 : failed);
    });
}

const examples = `
The law is that of plain SGD on a cosine InfoNCE with in-batch negatives, the items one embedding table. Momentum and
weight decay are taken in. Exit code 1 means that --verify measured another threshold, by more than a factor of 1.5.

Examples:
  norm-growth predict --data ratings.csv --learning-rate 0.5 --batch-size 1024 --dimension 64 --temperature 0.1
  norm-growth predict --popularity zipf:1.0:100000 --interactions 5e6 --learning-rate 1:1000
  norm-growth predict --data ratings.csv --learning-rate 100 --weight-decay 1e-6 --decay lazy
  norm-growth predict --data ratings.csv --learning-rate 50,200 --verify`;

function number(text: string, holds: (value: number) => boolean, expected: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && holds(value)) return value;
  throw new InvalidArgumentError(`expected ${expected}.`);
}

function positive(text: string): number {
  return number(text, (value) => value >= 1e-15 && value <= 1e15, 'a number from 1e-15 to 1e15');
}

function interactions(text: string): number {
  return number(text, (value) => value >= 1 && value <= 1e15, 'a number from 1 to 1e15');
}

function notNegative(text: string): number {
  return number(text, (value) => value >= 0 && value <= 1e6, 'a number from 0 to 1e6');
}

function momentum(text: string): number {
  return number(text, (value) => value >= 0 && value < 1, 'a number from 0 to below 1');
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const holds = (value: number) => Number.isSafeInteger(value) && value >= least && value <= 1e9;
    return number(text, holds, `a whole number from ${least} to 1e9`);
  };
}

/** One rate, a list, or the ends of a range. */
function rates(text: string): number[] {
  const [from, to, ...rest] = text.split(':');
  if (to === undefined) return text.split(',').map(positive);
  const [low, high] = [positive(from), positive(to)];
  if (rest.length > 0 || low >= high) throw new InvalidArgumentError('expected FROM:TO, rising.');
  return Array.from({ length: 5 }, (_, index) => Number((low * (high / low) ** (index / 4)).toPrecision(6)));
}

function zipf(text: string): { readonly exponent: number; readonly items: number } {
  const found = /^zipf:(?<exponent>[^:]+):(?<items>[^:]+)$/.exec(text)?.groups;
  if (found === undefined) throw new InvalidArgumentError('expected zipf:EXPONENT:ITEMS, such as zipf:1.0:1000.');
  const exponent = number(found.exponent, (value) => value >= 0 && value <= 10, 'an exponent from 0 to 10');
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 4 && value <= 1e7;
  return { exponent, items: number(found.items, isCount, '4 to 1e7 items') };
}
