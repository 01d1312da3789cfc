import { formatSignificant } from '../report/format-number.ts';
import { paintFor } from '../report/paint.ts';
import { textTable } from '../report/text-table.ts';
import { readParameterFile } from '../scenarios/parameter-file.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { compareTraining, type ParityRow } from '../trainer/parity.ts';

/** Compares the trainer with each file's numbers, and prints how far it is off. Returns whether all are near enough. */
export async function runParity(files: readonly string[], format: 'text' | 'json'): Promise<boolean> {
  const compared: { file: string; rows: ParityRow[] }[] = [];
  const paint = paintFor(process.stdout);
  for (const file of files) {
    const rows = [...compareTraining(await readParameterFile(file))];
    compared.push({ file: visiblePath(file), rows });
    if (format === 'json') continue;
    const mark = ({ holds, isComparable }: ParityRow) =>
      isComparable ? (holds ? paint.good('✓') : paint.bad('✗')) : paint.dim('·');
    const cells = rows.map((row) => [
      `${mark(row)} step ${row.step}${row.isComparable ? '' : ' (chaotic: not compared)'}`,
      formatSignificant(row.deviation, 2),
      formatSignificant(row.tolerance, 2),
    ]);
    process.stdout.write(`${visiblePath(file)}\n${textTable([['', 'deviation', 'tolerance'], ...cells])}\n`);
  }
  const holds = compared.every(({ rows }) => rows.every((row) => row.holds));
  if (format === 'json') process.stdout.write(`${JSON.stringify({ holds, files: compared }, null, 2)}\n`);
  return holds;
}
