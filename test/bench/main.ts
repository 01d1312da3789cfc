import { parseArgs } from 'node:util';
import { againstC } from './against-c.ts';
import { againstNumpy } from './against-numpy.ts';
import { againstPlain } from './against-plain.ts';
import { againstSeedrandom } from './against-seedrandom.ts';
import type { Contest, Contests, Skipped } from './contest.ts';
import { dashboard } from './dashboard.ts';
import { measure, type Row } from './measure.ts';
import { memory } from './memory.ts';
import { pool } from './pool.ts';
import { record } from './record.ts';
import { startUp } from './start-up.ts';
import { headerLine, heading, rowLine } from './table.ts';
import { trainer } from './trainer.ts';

const contests: readonly Contests[] = [
  againstPlain,
  againstC,
  againstNumpy,
  againstSeedrandom,
  trainer,
  startUp,
  record,
  pool,
  dashboard,
  memory,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    against: { type: 'string' },
  },
});
const options = { isQuick: values.quick };
const isWanted = ({ kernel, contender }: Contest) =>
  (positionals.length === 0 || positionals.includes(kernel)) &&
  (values.against === undefined || values.against === contender);

const rows: Row[] = [];
const skipped: Skipped[] = [];
const say = (line: string) => values.json || console.log(line);
say(
  `${heading()}\nCPU time unless the unit says wall; medians of 7, in turns; ratio = ours / theirs\n\n${headerLine()}`,
);
for (const contest of contests.flatMap((list) => list(options))) {
  if ('skipped' in contest) {
    skipped.push(contest);
    say(`${contest.contender}: skipped, ${contest.skipped}`);
  } else if (isWanted(contest)) {
    const row = await measure(contest, options);
    rows.push(row);
    say(rowLine(row));
  }
}
if (rows.length === 0)
  throw new RangeError(`bench: no row is called ${[...positionals, values.against ?? []].flat().join(', ')}`);
if (values.json) console.log(JSON.stringify({ machine: heading(), rows, skipped }, null, 2));
