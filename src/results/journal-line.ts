import { crc32 } from 'node:zlib';

/** No line is longer, so that reading needs no more memory than this. */
export const longestLine = 64 * 2 ** 20;

const newline = 0x0a;

/** A line of a journal, and where it stands. */
export interface JournalLine {
  /** From 1. */
  readonly number: number;
  /** Of its first byte. */
  readonly offset: number;
  /** Of the byte after it. */
  readonly end: number;
  /** Its JSON text; null if it is damaged: without newline, too long, or with another checksum. */
  readonly json: string | null;
}

/** `<crc32 as 8 hexadecimal digits> <json>\n`; the checksum is that of the JSON text's UTF-8 bytes. */
export function journalLine(json: string): string {
  return `${checksum(json)} ${json}\n`;
}

/**
 * The lines of a journal, in order. Memory for one line.
 *
 * @param pieces of the journal's bytes, from the beginning of a line on
 * @param from where that line begins, and its number
 */
export async function* journalLines(
  pieces: AsyncIterable<Buffer>,
  from: Pick<JournalLine, 'offset' | 'number'> = { offset: 0, number: 1 },
): AsyncGenerator<JournalLine, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let { number, offset } = from;
  let position = offset;
  const hold = (bytes: Buffer) => {
    heldBytes += bytes.length;
    if (heldBytes <= longestLine) held.push(Buffer.from(bytes));
    else held = [];
  };
  for await (const piece of pieces) {
    let start = 0;
    let stop = piece.indexOf(newline);
    while (stop !== -1) {
      hold(piece.subarray(start, stop));
      const end = position + stop + 1;
      yield { number, offset, end, json: heldBytes > longestLine ? null : checkedJson(Buffer.concat(held)) };
      [held, heldBytes, offset, number, start] = [[], 0, end, number + 1, stop + 1];
      stop = piece.indexOf(newline, start);
    }
    hold(piece.subarray(start));
    position += piece.length;
  }
  if (offset < position) yield { number, offset, end: position, json: null };
}

/** The JSON text of a line without its newline; null if the checksum does not stand before it, digit for digit. */
function checkedJson(line: Buffer): string | null {
  const json = line.subarray(9);
  return line.toString('latin1', 0, 9) === `${checksum(json)} ` ? json.toString('utf8') : null;
}

function checksum(data: string | Buffer): string {
  return crc32(data).toString(16).padStart(8, '0');
}
