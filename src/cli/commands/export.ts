import { Command, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../../results/export/formats.ts';
import { type TableName, tableNames } from '../../results/export/rows.ts';
import { ResultsError } from '../../results/results-error.ts';

interface ExportFlags {
  readonly format: ExportFormat;
  readonly table: TableName;
  readonly output?: string;
}

/** `norm-growth export`: a finished run as a table for other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description('print a finished run as a table, or write it to a file')
    .argument('<run folder>')
    .addOption(new Option('--format <format>', 'of the table').choices(exportFormats).default('csv'))
    .addOption(
      new Option('--table <table>', 'a row a cell, or a row a recorded step').choices(tableNames).default('cells'),
    )
    .option('--output <file>', 'a file that does not exist yet (default: stdout)')
    .addHelpText('after', examples)
    .action(async (folder: string, { format, table, output }: ExportFlags) => {
      if (format === 'parquet' && output === undefined && process.stdout.isTTY) {
        throw new ResultsError(
          '--format parquet: is binary and not for a terminal; name a file with --output, or redirect stdout',
        );
      }
      const { readRun } = await import('../../results/read-run.ts');
      const { readSummary } = await import('../../results/read-summary.ts');
      const { exportTable } = await import('../../results/export/index.ts');
      const run = await readRun(folder);
      const exported = exportTable(readSummary(run.summary, run.path), table, format);
      if (output === undefined) process.stdout.write(exported);
      else await (await import('../../results/export/write-export.ts')).writeExport(output, exported);
    });
}

const examples = `
Examples:
  norm-growth export results/eta-p-sweep--… > sweep.csv
  norm-growth export results/eta-p-sweep--… --format parquet --output sweep.parquet
  norm-growth export results/coupled-pair--… --table trajectory --format markdown`;
