import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Endured, endured, figuresText, type Torture } from './endured.ts';
import { ordeals } from './ordeals/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bounded: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const node = process.versions.node;
const machine = `${cpus().length} × ${cpus()[0].model}`;

const help = `npm run torture [-- names…] [-- --bounded] [-- --seed 7] [-- --json figures.json]

Does to the program what must not hurt it, and counts. Exit code 1 when a promise is broken.

  names           the ordeals to go through, by the beginnings of their names; all where there is none
  --bounded       the short form that runs with the tests
  --seed <n>      of all that is drawn: moments of death, damaged bits, mutated files (default: 1)
  --json <file>   keeps the figures as JSON, after each ordeal; those that are there of others stay
  --list          the ordeals and what they promise`;

let lastSaidMs = 0;

const wanted = ordeals.filter(
  ({ name, isLongOnly }) =>
    (positionals.length === 0 || positionals.some((word) => name.startsWith(word))) &&
    !(values.bounded && isLongOnly === true),
);
if (values.help) console.log(help);
else if (values.list) for (const { name, promise } of wanted) console.log(`${name}: ${promise}`);
else await torture();

async function torture(): Promise<void> {
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`torture: --seed must be an integer, got ${values.seed}`);
  if (wanted.length === 0)
    throw new RangeError(`torture: no ordeal is called ${positionals.join(', ')}; --list lists them`);
  if (values.bounded && values.json !== undefined)
    throw new RangeError('torture: --json keeps the figures of the long forms; leave out --bounded');
  console.log(`Node ${node}, ${machine}, seed ${seed}\n`);
  for (const ordeal of wanted) {
    const row = await endured(ordeal, { isBounded: values.bounded, seed, say: sayOnOneLine }).catch((error: Error) => {
      process.exitCode = 1;
      sayOnOneLine('');
      console.log(`✗ ${ordeal.name}, seed ${seed}: ${error.stack}`);
      return null;
    });
    if (row !== null) tell(row);
    if (values.json !== undefined) keep(values.json, ordeal.name, row);
  }
}

function tell(row: Endured): void {
  sayOnOneLine('');
  if ('missing' in row) console.log(`– ${row.ordeal}: not tried, ${row.missing}`);
  else console.log(`✓ ${row.ordeal} (${row.seconds} s): ${figuresText(row.figures)}`);
}

/** Puts the figures of an ordeal in place of what the file has of it, or takes them out where it was not endured. */
function keep(file: string, name: string, row: Endured | null): void {
  const earlier: Pick<Torture, 'rows'> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [] };
  const found = [...earlier.rows.filter(({ ordeal }) => ordeal !== name), ...(row === null ? [] : [row])];
  const rows = ordeals.flatMap((of) => found.find(({ ordeal }) => ordeal === of.name) ?? []);
  const kept: Torture = { machine, node, rows };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
}

/** Says how far it is: on one line of a terminal, and in a file a line a minute. */
function sayOnOneLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  else if (text !== '' && performance.now() - lastSaidMs > 60_000) {
    lastSaidMs = performance.now();
    process.stderr.write(`${text}\n`);
  }
}
