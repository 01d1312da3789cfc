import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

/** What something holds. */
export interface Content {
  readonly bytes: number;
  readonly sha256: string;
}

/** What a folder holds, by name, as far as it must be the same however that came about. */
export type Contents = ReadonlyMap<string, Content>;

/** Who writes, or wrote last: it says nothing of the run. */
const ofTheWriter = ['lock', 'writer.json'];

/** What the records of a journal are called among a folder's contents. */
export const journalRecords = 'the records of the journal';

const [journal, packed] = ['journal.ndjson', 'journal.ndjson.zst'];

/**
 * What a run folder holds: every file as it is, but of the manifest not on which occasion the run was begun, and of the
 * journal, packed or not, the records without their order.
 */
export function contentsOfRun(folder: string): Contents {
  const names = filesIn(folder).filter((name) => !ofTheWriter.includes(name));
  const contents = new Map<string, Content>();
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    if (name === 'manifest.json') {
      contents.set(name, contentOf(withoutOccasion(bytes.toString())));
    } else if (name === journal || name === packed)
      contents.set(journalRecords, contentOf(recordLines(folder).sort().join('\n')));
    // A death while the journal was packed leaves it, and the journal as it was.
    else if (name !== `${packed}.tmp` || !names.includes(journal)) contents.set(name, contentOf(bytes));
  }
  return contents;
}

/** A manifest without the time, and without the commit, which git may take too long to tell. */
function withoutOccasion(manifest: string): string {
  const { created: _, provenance, ...rest } = JSON.parse(manifest);
  const { git: __, ...program } = provenance;
  return JSON.stringify({ ...rest, program });
}

/** What is not the same in two folders, by name. */
export function differencesBetween(expected: Contents, found: Contents): string[] {
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].filter((name) => expected.get(name)?.sha256 !== found.get(name)?.sha256);
}

export function bytesIn(contents: Contents): number {
  return [...contents.values()].reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The files of a folder and those within it, by their paths there, sorted. */
export function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

/** The lines of a run's journal that are records; what a death has left of a line is one of them. */
export function recordLines(folder: string): string[] {
  const [plain, compressed] = [join(folder, journal), join(folder, packed)];
  const isPlain = existsSync(plain);
  if (!isPlain && !existsSync(compressed)) return [];
  const bytes = isPlain ? readFileSync(plain) : zstdDecompressSync(readFileSync(compressed));
  return bytes
    .toString()
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');
}

/** The one run folder of a results folder, but for those that lay there before; null where there is none. */
export function onlyRunIn(results: string, earlier: readonly string[] = []): string | null {
  if (!existsSync(results)) return null;
  const runs = readdirSync(results).filter((name) => !earlier.includes(name));
  if (runs.length > 1) throw new Error(`${results}: expected one run folder, got ${runs.join(', ')}`);
  return runs.length === 0 ? null : join(results, runs[0]);
}

export function contentOf(bytes: string | Uint8Array): Content {
  return { bytes: Buffer.byteLength(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
}
