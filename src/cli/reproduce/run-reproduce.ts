import { join } from 'node:path';
import { inProcess } from '../../engine/executor.ts';
import { defaultWorkers, workerPool } from '../../engine/pool.ts';
import { readRegular } from '../../results/regular-file.ts';
import { ResultsError } from '../../results/results-error.ts';
import { suggestion } from '../../scenarios/nearest-name.ts';
import { visiblePath, visibleText } from '../../scenarios/visible-text.ts';
import {
  type Comparison,
  comparisonFile,
  countOutcomes,
  countText,
  readComparison,
  sectionDifferences,
  tableDifference,
} from './comparison.ts';
import { composeSection } from './compose-section.ts';
import { type Equipment, openEquipment, StoppedRun } from './equipment.ts';
import type { Row } from './row.ts';
import type { Section } from './section.ts';
import { sections } from './sections/index.ts';
import { pageFile, writeSection } from './write-section.ts';

/** What `norm-growth reproduce` was asked for. */
export interface ReproduceSettings {
  /** The folder of the page. */
  readonly out: string;
  /** The folder of the runs. */
  readonly runs: string;
  readonly workers?: number;
  /** Whether to run anew what has been run before. */
  readonly fresh: boolean;
  /** Whether to compare with what is there, and to write nothing. */
  readonly check: boolean;
  readonly quiet: boolean;
}

/** How a reproduction ended: a row may differ from its reference, or from what is kept; a run may have no numbers. */
export type ReproduceOutcome = 'done' | 'differs' | 'failed' | 'interrupted';

/** The sections, a line each. */
export function sectionList(): string {
  const width = Math.max(...sections.map(({ id }) => id.length)) + 2;
  return sections.map(({ id, title }) => `  ${id.padEnd(width)}${title}\n`).join('');
}

/**
 * Does sections of the article anew, one after the other, and writes or checks each as soon as it is done.
 *
 * @param ids all where there are none
 * @throws {ResultsError} for a section that does not exist, and for a folder that holds something else
 */
export async function reproduce(ids: readonly string[], settings: ReproduceSettings): Promise<ReproduceOutcome> {
  const wanted = sectionsNamed(ids);
  const kept = await keptIn(settings);
  const workers = settings.workers ?? defaultWorkers();
  const executor = workers === 0 ? inProcess() : workerPool(workers);
  const equipment = openEquipment(
    { runs: settings.runs, workers: settings.workers, fresh: settings.fresh, quiet: settings.quiet },
    executor,
  );
  try {
    return await (settings.check
      ? checkAll(wanted, kept, equipment, settings)
      : writeAll(wanted, kept, equipment, settings));
  } catch (error) {
    if (!(error instanceof StoppedRun)) throw error;
    return error.outcome;
  } finally {
    await executor.close();
  }
}

/**
 * What is there already; nothing where the folder has no page.
 *
 * @throws {ResultsError} where it has a page of something else
 */
async function keptIn({ out, check }: ReproduceSettings): Promise<Comparison> {
  const kept = await readComparison(join(out, comparisonFile));
  if (kept !== null) return kept;
  const page = join(out, pageFile);
  if (check || (await readRegular(page)) === null) return { sections: [] };
  throw new ResultsError(
    `${page}: is of something else, for there is no ${comparisonFile} beside it; name another folder with --out`,
  );
}

function sectionsNamed(ids: readonly string[]): readonly Section[] {
  const known = sections.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const near = suggestion(unknown, known);
    throw new ResultsError(
      `reproduce: there is no section ${visibleText(unknown, 64)}${near}\n${sectionList().trimEnd()}`,
    );
  }
  return sections.filter(({ id }) => ids.length === 0 || ids.includes(id));
}

async function writeAll(
  wanted: readonly Section[],
  kept: Comparison,
  equipment: Equipment,
  settings: ReproduceSettings,
): Promise<ReproduceOutcome> {
  const { out, quiet } = settings;
  const order = sections.map(({ id }) => id);
  let comparison = kept;
  const rows: Row[] = [];
  for (const section of wanted) {
    if (!quiet) process.stderr.write(`${section.id}: ${section.title}\n`);
    const reproduced = await section.reproduce(equipment);
    comparison = await writeSection(out, comparison, await composeSection(section, reproduced), order);
    rows.push(...reproduced.rows);
    tell(section.id, reproduced.rows);
  }
  process.stdout.write(`${countText(rows)}; the page is ${visiblePath(join(out, pageFile))}\n`);
  return countOutcomes(rows).differs > 0 ? 'differs' : 'done';
}

/** Says how a section's rows came out, and which of them differ. */
function tell(id: string, rows: readonly Row[]): void {
  process.stdout.write(`${id}: ${countText(rows)}\n`);
  for (const { claim, reference, ours, how, outcome } of rows) {
    if (outcome === 'differs') process.stdout.write(`  ✗ ${claim}: ${reference}, ours ${ours} (${how})\n`);
  }
}

async function checkAll(
  wanted: readonly Section[],
  kept: Comparison,
  equipment: Equipment,
  { out, quiet }: ReproduceSettings,
): Promise<ReproduceOutcome> {
  const storedOf = ({ id }: Section) => kept.sections.find((stored) => stored.id === id);
  const missing = wanted.find((section) => storedOf(section) === undefined);
  if (missing !== undefined) {
    const path = join(out, comparisonFile);
    throw new ResultsError(`${path}: has no section ${missing.id}; write it first, without --check`);
  }
  let found = 0;
  for (const section of wanted) {
    if (!quiet) process.stderr.write(`${section.id}: ${section.title}\n`);
    const { compared, tables } = await composeSection(section, await section.reproduce(equipment));
    const lines = sectionDifferences(storedOf(section)!, compared);
    for (const { name, content } of tables) {
      lines.push(...tableDifference(name, await readRegular(join(out, name)), content));
    }
    found += lines.length;
    process.stdout.write(`${section.id}: ${lines.length === 0 ? 'as it is kept' : `${lines.length} DIFFERENCES`}\n`);
    for (const line of lines) process.stdout.write(`  ✗ ${visibleText(line, 1000)}\n`);
  }
  return found > 0 ? 'differs' : 'done';
}
