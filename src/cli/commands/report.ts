import { Command, Option } from 'commander';
import { type ReportFormat, reportFormats } from '../../report/documents/formats.ts';

interface ReportFlags {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly figure?: readonly string[];
  readonly force: boolean;
  readonly list: boolean;
}

const gather = (id: string, before: readonly string[] = []) => [...before, id];

/** `norm-growth report`: finished runs as one page to send to a colleague, or as pictures. */
export function reportCommand(): Command {
  return new Command('report')
    .description('write finished runs as one page of pictures and numbers')
    .argument('[run folders...]')
    .addOption(new Option('--format <format>', 'of the report').choices(reportFormats).default('html'))
    .option('--output <path>', 'the page, or the folder of the pictures (default: named after the run, here)')
    .option('--figure <id>', 'only this one, and others named likewise', gather)
    .option('--list', 'name the figures that there are, in place of a report', false)
    .option('--force', 'write over what an earlier report has left there', false)
    .addHelpText('after', examples)
    .action(async (folders: string[], { list, ...flags }: ReportFlags, command: Command) => {
      const { catalogueText, writeReport } = await import('../write-report.ts');
      if (list) process.stdout.write(`${catalogueText()}\n`);
      else if (folders.length === 0) command.error("error: missing required argument 'run folders'");
      else await writeReport(folders, flags);
    });
}

const examples = `
Formats:
  html  one file that needs no network: hover, zoom, hide series, save the data
  svg   a folder with a picture a figure
  png   the same, as pixels
  md    a folder with report.md, its pictures and their data as CSV

Examples:
  norm-growth report results/eta-p-sweep--…
  norm-growth report results/own-gains--… results/iid-gains--… --output both.html
  norm-growth report results/coupled-pair--… --format png --output pictures
  norm-growth report results/coupled-pair--… --figure norm-trajectories --format svg
  norm-growth report --list`;
