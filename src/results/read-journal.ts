import type { Json } from '../random/canonical-json.ts';
import { type JournalLine, journalLines } from './journal-line.ts';
import { type JournalSource, openJournalSource } from './journal-source.ts';
import { mostBlocks, mostCells, RecordLedger } from './record-ledger.ts';
import { fileError, freshRemedy, ResultsError } from './results-error.ts';

/** The version that the header line carries. */
export const journalFormat = 1;

/** What one finished block left: its address and its summary, which only the caller understands. */
export interface JournalRecord {
  readonly cell: number;
  readonly block: number;
  readonly summary: Json;
}

/** What is known of a journal once it has been read to its end. */
export interface JournalEnd {
  /** How many bytes are good, from the start. */
  readonly goodBytes: number;
  /** How many lines they are. */
  readonly goodLines: number;
  readonly ledger: RecordLedger;
  /** The tail that an interrupted write left, which is to be cut before anything is appended. */
  readonly tail: { readonly line: number; readonly bytes: number } | null;
}

/**
 * The records of a journal in file order, each block once, and at the end what is to be cut.
 *
 * A damaged line ends the journal if nothing good follows it: that is what a crash leaves. If a good line follows, the
 * file was changed afterwards, and it is refused; so is any damage of a packed journal, which was whole once. A missing
 * journal is an empty one. Nothing is written.
 *
 * @param path of the plain file; where it is missing, the packed one is read
 * @param manifestHash what the header must say
 * @param range.until reads this many bytes only
 * @param range.after what an earlier reading of the same file came to: reads on from there
 * @throws {ResultsError} for damage before a good line, the header of another run, a line with a good checksum that is
 *   no record, and a block that is there twice with different summaries
 */
export async function* readJournal(
  path: string,
  manifestHash: string,
  { until = Number.POSITIVE_INFINITY, after = start() }: { until?: number; after?: JournalEnd } = {},
): AsyncGenerator<JournalRecord, JournalEnd, void> {
  const { ledger } = after;
  const source = await openJournalSource(path);
  if (source === null) return after;
  let { goodBytes, goodLines } = after;
  let end = goodBytes;
  let damaged: JournalLine | undefined;
  try {
    const pieces = source.pieces(goodBytes, until);
    for await (const line of journalLines(pieces, { offset: goodBytes, number: goodLines + 1 })) {
      end = line.end;
      if (line.json === null) {
        if (source.isPacked) throw damage(source, line, 'is damaged');
        damaged ??= line;
        continue;
      }
      if (damaged !== undefined) throw damage(source, damaged, `is damaged, yet line ${line.number} after it is good`);
      if (line.number === 1) checkHeader(source, line, line.json, manifestHash);
      else {
        const record = parseRecord(source, line, line.json);
        const verdict = ledger.admit(record.cell, record.block, line.json);
        if (verdict === 'conflict') throw damage(source, line, `${blockName(record)} is there twice, and not the same`);
        if (verdict === 'new') yield record;
      }
      goodBytes = line.end;
      goodLines = line.number;
    }
  } catch (error) {
    throw source.isPacked ? unpackError(source, error) : fileError(error, 'cannot read the journal', path);
  } finally {
    await source.close();
  }
  if (source.isPacked && goodLines === 0) throw unpackError(source, { code: 'Z_', message: 'it is empty' });
  return {
    goodBytes,
    goodLines,
    ledger,
    tail: damaged === undefined ? null : { line: damaged.number, bytes: end - goodBytes },
  };
}

/** Before the first line. */
function start(): JournalEnd {
  return { goodBytes: 0, goodLines: 0, ledger: new RecordLedger(), tail: null };
}

/** A block as messages name it. */
export function blockName({ cell, block }: { readonly cell: number; readonly block: number }): string {
  return `block ${block} of cell ${cell}`;
}

function checkHeader(source: JournalSource, line: JournalLine, json: string, manifestHash: string): void {
  const header = parse(source, line, json) as { format?: unknown; manifest?: unknown } | null;
  if (header?.format !== journalFormat || typeof header.manifest !== 'string') {
    throw damage(source, line, `is not the header of a journal of format ${journalFormat}`);
  }
  if (header.manifest !== manifestHash) {
    throw damage(source, line, 'belongs to another manifest.json than the one beside it: one of them was changed');
  }
}

function parseRecord(source: JournalSource, line: JournalLine, json: string): JournalRecord {
  const record = parse(source, line, json) as JournalRecord | null;
  const isAddress = isIndex(record?.cell, mostCells) && isIndex(record?.block, mostBlocks);
  if (!isAddress || record?.summary === undefined) {
    throw damage(source, line, 'has a good checksum but is no record of a block');
  }
  return record;
}

function parse(source: JournalSource, line: JournalLine, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw damage(source, line, 'has a good checksum but is not JSON');
  }
}

function isIndex(value: unknown, below: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < below;
}

function damage(source: JournalSource, line: JournalLine, what: string): ResultsError {
  return new ResultsError(
    `${source.path}:${line.number}: the line at byte ${line.offset} ${what}; restore the file, or ${freshRemedy}`,
  );
}

/** The decoder's errors have codes of their own, and the disk's have remedies. */
function unpackError({ path }: JournalSource, error: unknown): ResultsError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!/^(ZSTD|Z|ERR)_/.test(code ?? '')) return fileError(error, 'cannot read the journal', path);
  return new ResultsError(`${path}: is damaged (${message}); restore the file, or ${freshRemedy}`, { cause: error });
}
