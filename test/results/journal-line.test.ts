import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JournalLine, journalLine, journalLines } from '../../src/results/journal-line.ts';
import { openJournalSource } from '../../src/results/journal-source.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

async function linesOf(content: string | Buffer, until = Number.POSITIVE_INFINITY): Promise<JournalLine[]> {
  const path = join(temporaryFolder(), 'lines');
  await writeFile(path, content);
  const source = (await openJournalSource(path))!;
  const lines: JournalLine[] = [];
  for await (const line of journalLines(source.pieces(0, until))) lines.push(line);
  await source.close();
  return lines;
}

describe('journalLine', () => {
  // The check value of CRC-32/ISO-HDLC, for the nine digits.
  it('puts the CRC-32 before the text', () => {
    expect(journalLine('123456789')).toBe('cbf43926 123456789\n');
  });

  it('pads a small checksum to eight digits', () => {
    expect(journalLine('')).toBe('00000000 \n');
  });
});

describe('journalLines', () => {
  it('gives back every text in order, whatever its length, where the file has it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 30_000, max: 100_000 }).map((n) => 'é'.repeat(n)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.map((value) => JSON.stringify(value)),
          { maxLength: 5 },
        ),
        async (texts) => {
          const lines = await linesOf(texts.map(journalLine).join(''));
          expect(lines.map((line) => line.json)).toEqual(texts);
          let offset = 0;
          for (const [index, line] of lines.entries()) {
            expect([line.number, line.offset]).toEqual([index + 1, offset]);
            offset = line.end;
          }
          expect(offset).toBe(Buffer.byteLength(texts.map(journalLine).join('')));
        },
      ),
      { seed: 3, numRuns: 25 },
    );
  });

  it('reads up to the given byte only, and a line that it cuts is damaged', async () => {
    const line = journalLine('"a"');
    expect((await linesOf(line.repeat(3), 2 * line.length)).map(({ json }) => json)).toEqual(['"a"', '"a"']);
    expect((await linesOf(line.repeat(3), 2 * line.length - 1)).map(({ json }) => json)).toEqual(['"a"', null]);
  });

  it('takes a checksum in capitals for damage', async () => {
    const [line] = await linesOf(journalLine('123456789').replace('cbf', 'CBF'));
    expect(line?.json).toBeNull();
  });

  it('skips a line of more than 64 MB without holding it', async () => {
    const giant = Buffer.alloc(65 * 2 ** 20, 'x');
    const lines = await linesOf(Buffer.concat([giant, Buffer.from('\n'), Buffer.from(journalLine('1'))]));
    expect(lines.map(({ json }) => json)).toEqual([null, '1']);
  });
});
