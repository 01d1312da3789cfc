import { Command, Option } from 'commander';
import { exportFormats } from '../../results/export/formats.ts';
import { type TableName, tableNames } from '../../results/export/table-names.ts';
import type { TableFlags } from '../write-table.ts';

interface ExportFlags extends TableFlags {
  readonly table: TableName;
}

/** `norm-growth export`: finished runs as a table for other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description('print finished runs as a table, or write them to a file')
    .argument('<run folders...>')
    .addOption(new Option('--format <format>', 'of the table').choices(exportFormats).default('csv'))
    .addOption(new Option('--table <table>', 'which one, see below').choices(tableNames).default('cells'))
    .option('--output <file>', 'a file that does not exist yet (default: stdout)')
    .addHelpText('after', examples)
    .action(async (folders: string[], { table, ...flags }: ExportFlags) => {
      const { refuseBinary, writeTable } = await import('../write-table.ts');
      refuseBinary(flags);
      const { openRunSources } = await import('../../results/export/run-source.ts');
      const { runMetadata, runTable } = await import('../../results/export/run-table.ts');
      const runs = await openRunSources(folders);
      await writeTable(await runTable(runs, table, runs.length > 1), flags, runMetadata(runs));
    });
}

const examples = `
Tables:
  cells       a row a cell, a column a number (of trainings: a row a training)
  long        a row a cell and quantity: estimate, standardError, exact, zScore
  trajectory  a row a cell, run of the pair and recorded step
  failures    a row a cell that could not be computed
  runs        a row a run

Several runs make one table, with a column run. Its columns are those of any of
the runs, empty where a run has none; one that holds numbers in one run and text in
another is text. In CSV, text that a spreadsheet would run as a formula, or that
begins with an apostrophe, gets an apostrophe before it.

Examples:
  norm-growth export results/eta-p-sweep--… > sweep.csv
  norm-growth export results/own-gains--… results/iid-gains--… --table long
  norm-growth export results/eta-p-sweep--… --format parquet --output sweep.parquet
  norm-growth export results/coupled-pair--… --table trajectory --format markdown`;
