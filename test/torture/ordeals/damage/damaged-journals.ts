import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { outcomeOf, readersBeside } from './readers.ts';
import { sampleRuns } from './sample-runs.ts';

/** The journal of a finished run that is damaged as crashes and bad copies do, and opened by all that reads runs of others. */
export const damagedJournals: Ordeal = {
  name: 'damaged-journals',
  promise:
    'watch, report, export, merge, compare and replay name what is damaged in a journal, or show the run as it was, ' +
    'whether its lines are torn, lost, doubled, swapped, of another run, or followed by zeros or garbage',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const { finished, other } = await sampleRuns(folder);
  const journal = readFileSync(join(finished, 'journal.ndjson'));
  const readers = readersBeside(finished);
  const whole = await Promise.all(readers.map(({ read }) => read(finished)));
  const copy = join(folder, 'copy');
  cpSync(finished, copy, { recursive: true });

  const counts = { 'damaged journals': 0, readings: 0, refused: 0, 'shown as they were': 0 };
  const generator = openGenerator('alea', 'damaged journals')(seed);
  const damages = damagesOf(journal, readFileSync(join(other, 'journal.ndjson')), isBounded ? 4 : 400, generator);
  for (const { what, content } of damages) {
    writeFileSync(join(copy, 'journal.ndjson'), content);
    counts['damaged journals'] += 1;
    for (const [index, { name, read }] of readers.entries()) {
      const outcome = await outcomeOf(() => read(copy), whole[index], copy).catch((error: Error) => {
        throw new Error(`${name} of a journal ${what}: ${error.message}`);
      });
      counts.readings += 1;
      counts[outcome === 'refused' ? 'refused' : 'shown as they were'] += 1;
    }
    say(`${counts['damaged journals']} damaged journals`);
  }
  return counts;
}

interface Damage {
  readonly what: string;
  readonly content: Buffer;
}

/** @param count how many of each kind */
function* damagesOf(journal: Buffer, other: Buffer, count: number, uniform: () => number): Generator<Damage> {
  const below = (limit: number) => Math.floor(limit * uniform());
  const lines = linesOf(journal);
  const joined = (of: readonly Buffer[]) => Buffer.concat(of);
  yield { what: 'of another run', content: other };
  yield { what: 'that is empty', content: Buffer.alloc(0) };
  for (let turn = 0; turn < count; turn++) {
    const at = below(journal.length);
    yield { what: `cut at byte ${at}`, content: journal.subarray(0, at) };
    const [one, two] = [1 + below(lines.length - 1), 1 + below(lines.length - 1)];
    yield { what: `without line ${one + 1}`, content: joined(lines.toSpliced(one, 1)) };
    yield { what: `with line ${one + 1} at ${two + 1} too`, content: joined(lines.toSpliced(two, 0, lines[one])) };
    const swapped = lines.with(one, lines[two]).with(two, lines[one]);
    yield { what: `with lines ${one + 1} and ${two + 1} swapped`, content: joined(swapped) };
    const foreign = linesOf(other)[1 + below(lines.length - 1)];
    yield { what: `with a line of another run at ${two + 1} too`, content: joined(lines.toSpliced(two, 0, foreign)) };
    const zeros = Buffer.alloc(4096 * (1 + below(3)));
    yield { what: `with ${zeros.length} zeros behind it`, content: joined([journal, zeros]) };
    yield { what: `cut at byte ${at}, with zeros for the rest`, content: Buffer.from(journal).fill(0, at) };
    const end = at + below(journal.length - at);
    yield { what: `with zeros from byte ${at} to ${end}`, content: Buffer.from(journal).fill(0, at, end) };
    const garbage = Buffer.from(Array.from({ length: 1 + below(200) }, () => below(256)));
    yield { what: `with the garbage ${garbage.toString('hex')} behind it`, content: joined([journal, garbage]) };
  }
}

function linesOf(journal: Buffer): Buffer[] {
  return journal
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(`${line}\n`));
}
