import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readTraceFile } from '../../../../src/scenarios/tables/trace-file.ts';
import { readUserItemTable, type UserItemTable } from '../../../../src/scenarios/user-item-table.ts';
import type { Ordeal } from '../../ordeal.ts';
import { encoding, textChanges } from './hazards.ts';
import { faultOfRefusal } from './judge.ts';
import { tried } from './tried.ts';

const tables = [
  'user,item\n1,a\n1,b\n2,a\n3,"c, d"\n3,a\n',
  'user_id;x,product,count\n1;y,"a ""b""",-3\n2;y,c,NaN\n2;y,c,NaN\n',
  '1\t10\t3\t881250949\n2\t10\t1\t8\n2\t11\t1\t8\n',
  'userId\titem\n1\tx\n2\ty\n',
  'milk,bread\nbeer\nmilk,beer,eggs\nbread,milk\n',
];
const traces = ['1\n0.5\n2e-3\n', ' 1 \n\n+2.\n.5\n'];

/** What no change of a small table comes to. */
const extremes: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from(','.repeat(1_000_000)),
  Buffer.from(`user,item${',x'.repeat(400_000)}\n1,2\n`),
  Buffer.from(`user,item\n1,${'i'.repeat(1_000_000)}\n2,b\n`),
  Buffer.from(`user,item\n1,${'i'.repeat(1_100_000)}\n2,b\n`),
  Buffer.from(`user,item\n1,"${'never closed\n'.repeat(50_000)}`),
  Buffer.from(`user,item\n${'"'.repeat(900_000)}\n`),
  Buffer.from(`user,item\n${'"a",'.repeat(200_000)}\n`),
  Buffer.from(`${'\u001b[2J,'.repeat(150_000)}\n1,2\n`),
  Buffer.from(`user,user,item,item\n1,2,3,4\n`),
  Buffer.from(`user,item\n1,a\n\0,\0\r2,b\r\n3,c\n`),
  Buffer.from(`${'e\u0301'.repeat(300_000)},item\n1,a\n`),
  Buffer.alloc(1_500_000, 0),
  gzipSync(Buffer.alloc(50_000_000, '1,2\n')),
  gzipSync('user,item\n1,2\n'),
  Buffer.from('user,item\n1,2\n', 'utf16le').swap16(),
];

/** Small tables and traces with letters, lines, quotes and encodings changed, and giant ones. */
export const mutatedTables: Ordeal = {
  name: 'mutated-tables',
  promise: 'a damaged table or trace is refused with file and line, or read into counts that add up',
  async endure(trial) {
    let sound = 0;
    const file = join(trial.folder, 'table.csv');
    const attempt = async ({ bytes, skipBadRows, isTrace }: Table): Promise<string | null> => {
      rmSync(file, { force: true });
      writeFileSync(file, bytes);
      try {
        const fault = isTrace
          ? faultOfTrace(await readTraceFile(file))
          : faultOfTable(await readUserItemTable(file, { skipBadRows }));
        sound += 1;
        return fault;
      } catch (error) {
        return faultOfRefusal(error) ?? faultOfPlace(error as Error);
      }
    };
    for (const [index, bytes] of extremes.entries()) {
      for (const isTrace of [false, true]) {
        const fault = await attempt({ bytes, skipBadRows: index % 2 === 0, isTrace });
        if (fault !== null) throw new Error(`extreme table ${index}: ${fault}`);
      }
    }
    const count = await tried(trial, { bounded: 400, full: 40_000 }, changed, attempt);
    if (sound < count / 20) throw new Error(`only ${sound} tables were left of what was changed`);
    return { 'tables and traces': count + 2 * extremes.length, 'read to the end': sound };
  },
};

interface Table {
  readonly bytes: Buffer;
  readonly skipBadRows: boolean;
  readonly isTrace: boolean;
}

const changed: fc.Arbitrary<Table> = fc
  .tuple(fc.nat(tables.length + traces.length - 1), textChanges, encoding, fc.boolean())
  .map(([which, change, encode, skipBadRows]) => ({
    bytes: encode(change([...tables, ...traces][which])),
    skipBadRows,
    isTrace: which >= tables.length,
  }));

/** Where in the file it is must be told, too. */
function faultOfPlace({ message }: Error): string | null {
  return message.split('\n').every((line) => line.includes('table.csv')) ? null : `names no place: ${message}`;
}

function faultOfTable({ items, interactions, users }: UserItemTable): string | null {
  const sum = items.reduce((total, item) => total + item.interactions, 0);
  const areSound = items.every(
    ({ id, interactions }) => id !== '' && Number.isSafeInteger(interactions) && interactions > 0,
  );
  const isSound =
    areSound && sum === interactions && users > 0 && new Set(items.map(({ id }) => id)).size === items.length;
  return isSound
    ? null
    : `counts that do not add up: ${JSON.stringify({ items: items.slice(0, 5), interactions, users })}`;
}

function faultOfTrace({ values }: { readonly values: readonly number[] }): string | null {
  const wrong = values.find((value) => !(value >= 0 && value <= 1e30));
  return wrong === undefined ? null : `the trace holds ${wrong}`;
}
