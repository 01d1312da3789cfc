import { Command, InvalidArgumentError, Option } from 'commander';
import { exportFormats } from '../../results/export/formats.ts';
import { interrupted } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';
import type { QueryFlags } from '../run-query.ts';

/** `norm-growth query`: SQL over the tables of finished runs. */
export function queryCommand(report: (exitCode: number) => void): Command {
  return new Command('query')
    .description('answer an SQL query over one or many finished runs')
    .argument('<run folders and SQL...>', 'the SQL is the last word')
    .usage('[options] <run folders...> <SQL>')
    .addOption(new Option('--format <format>', 'of the result').choices(['text', ...exportFormats]).default('text'))
    .option('--output <file>', 'a file that does not exist yet (default: stdout)')
    .option('--rows <number>', 'rows that text shows', wholeNumber, 50)
    .option('--timeout <seconds>', 'ends the query after this time', seconds, 60)
    .addHelpText('after', examples)
    .action(async (words: string[], flags: QueryFlags, command: Command) => {
      const folders = words.slice(0, -1);
      if (folders.length === 0) command.error('error: expected run folders and, as the last word, the SQL');
      const { answerQuery } = await import('../run-query.ts');
      const isDone = await answerQuery(folders, words.at(-1)!, flags);
      if (!isDone) report(interrupted);
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('expected seconds, above 0 and up to 86400.');
}

const examples = `
Tables, each with the column run (see: norm-growth help export):
  cells, long, trajectory, failures, runs
Names with a dot are quoted: "norm.difference.mean". DESCRIBE cells lists them.

DuckDB answers, a package of 70 MB that is installed when wanted:
  npm install @duckdb/node-api@1
It sees the tables and nothing else: no file, no network, no extension. A query that takes longer than --timeout ends
with exit code 2, one that is interrupted with 130.

Examples:
  norm-growth query results/eta-p-sweep--… 'SELECT * FROM runs'
  norm-growth query results/eta-p-sweep--… \\
    'SELECT learningRate, avg("norm.difference.mean") FROM cells GROUP BY ALL ORDER BY ALL'
  norm-growth query results/*--* \\
    "SELECT run, cell, zScore FROM long WHERE abs(zScore) > 3 ORDER BY ALL" --format csv`;
