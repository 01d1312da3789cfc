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
  --json <file>   the figures as JSON; those that are there of other ordeals are kept
  --list          the ordeals and what they promise`;

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
  console.log(`Node ${node}, ${machine}, seed ${seed}\n`);
  const rows: Endured[] = [];
  for (const ordeal of wanted) {
    try {
      const row = await endured(ordeal, { isBounded: values.bounded, seed, say: sayOnOneLine });
      rows.push(row);
      sayOnOneLine('');
      console.log(
        'missing' in row
          ? `– ${row.ordeal}: not tried, ${row.missing}`
          : `✓ ${row.ordeal} (${row.seconds} s): ${figuresText(row.figures)}`,
      );
    } catch (error) {
      sayOnOneLine('');
      console.log(`✗ ${ordeal.name}, seed ${seed}: ${(error as Error).stack}`);
      process.exitCode = 1;
    }
  }
  if (values.json !== undefined) keep(values.json, { machine, node, seed, rows });
}

/** Adds to the figures that are there of ordeals that are still in the list, in its order. */
function keep(file: string, torture: Torture): void {
  const earlier: Pick<Torture, 'rows'> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [] };
  const rows = ordeals.flatMap(({ name }) => {
    const isOf = ({ ordeal }: Endured) => ordeal === name;
    return torture.rows.find(isOf) ?? earlier.rows.find(isOf) ?? [];
  });
  writeFileSync(file, `${JSON.stringify({ ...torture, rows }, null, 2)}\n`);
}

function sayOnOneLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}
