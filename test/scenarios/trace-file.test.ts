import { expect, it } from 'vitest';
import { readTraceFile } from '../../src/scenarios/tables/trace-file.ts';
import { messageOf, written } from './files.ts';

const read = (content: string) => readTraceFile(written('trace.txt', content));

it('reads one number a line, blank lines left out', async () => {
  expect((await read('1\n\n 2.5e-3\r\n.5\n3.\n+4')).values).toEqual([1, 2.5e-3, 0.5, 3, 4]);
});

it.each([
  ['1\n-1\n', 'trace.txt:2 — expected a number from 0 to 1e30, got "-1"'],
  ['1\n\n0x10\n', 'trace.txt:3 — expected a number from 0 to 1e30, got "0x10"'],
  ['1 2\n', 'trace.txt:1 — expected a number from 0 to 1e30, got "1 2"'],
  ['1e31', 'trace.txt:1 — expected a number from 0 to 1e30, got "1e31"'],
  ['1e999', 'trace.txt:1 — expected a number from 0 to 1e30, got "1e999"'],
  ['gain\n1\n', 'trace.txt:1 — expected a number from 0 to 1e30, got "gain"'],
  ['\u001b[31m', 'trace.txt:1 — expected a number from 0 to 1e30, got "\\u{1b}[31m"'],
])('refuses %j', async (content, message) => {
  expect(await messageOf(read(content))).toBe(message);
});
