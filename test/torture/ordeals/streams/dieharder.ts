import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ordeal, Trial } from '../../ordeal.ts';
import { negativeControls } from './stream-sets.ts';

/**
 * The tests of dieharder, by number, with what is not as it is by default. Left out: 5, 6 and 7 (OPSO, OQSO, DNA), which its own
 * list (`dieharder -l`) calls suspect; 14 (Sums), which it says not to use; and 204, whose help (`dieharder -d 204 -h`) says
 * that it is there to test the Kolmogorov-Smirnov test, not generators, and that its p-values are biased. Of the slow one
 * (17) a tenth of the numbers is taken, and not fewer samples than a hundred (`-p`): of few, the value that dieharder sums up by is
 * too near to 1, whatever the generator; of two it is 1.00000000 for half of the seeds of AES (`-g 205`).
 */
const tests: readonly (readonly string[])[] = [
  ['0'], ['1'], ['2'], ['3'], ['4'], ['8'], ['9'], ['10'], ['11'], ['12'], ['13'], ['15'], ['16'],
  ['17', '-t', '1000000'], ['100'], ['101'], ['102'], ['200', '-n', '8'], ['201', '-n', '3'], ['202', '-n', '4'],
  ['203', '-n', '3'], ['205'], ['206'], ['207'], ['208'], ['209'],
]; // biome-ignore format: a list of words

const own = ['sfc32', 'alea', 'simd lanes'];
/** Quick ones, of which every negative control fails at least one. */
const testsOfControls = [['0'], ['1'], ['4'], ['8'], ['15'], ['102']];

export const dieharder: Ordeal = {
  name: 'dieharder',
  promise: 'dieharder finds nothing in 64 interleaved streams, and rejects streams that are seeded badly',
  isLongOnly: true,
  async missing() {
    const child = spawn('dieharder', ['-l'], { stdio: 'ignore' });
    const isThere = await Promise.race([once(child, 'exit').then(() => true), once(child, 'error').then(() => false)]);
    return isThere ? null : 'there is no dieharder: apt-get install -y dieharder';
  },
  async endure(trial) {
    const passed = await allOf(
      trial,
      own.flatMap((set) => tests.map((test) => ({ set, test }))),
    );
    const bad = passed.filter(({ values }) => values.some(isImpossible));
    if (bad.length > 0) throw new Error(`dieharder rejects ${bad.map(told).join('; ')}`);
    const controls = negativeControls.map(({ name }) => name);
    const rejected = await allOf(
      trial,
      controls.flatMap((set) => testsOfControls.map((test) => ({ set, test }))),
    );
    const unseen = controls.filter(
      (set) => !rejected.some((result) => result.set === set && result.values.some(isImpossible)),
    );
    if (unseen.length > 0) throw new Error(`dieharder does not reject ${unseen.join(', ')}`);
    const values = passed.flatMap((result) => result.values);
    return {
      'tests of dieharder': passed.length,
      'p-values': values.length,
      rejections: 0,
      'bad streams rejected': controls.length,
    };
  },
};

interface Asked {
  readonly set: string;
  readonly test: readonly string[];
}

interface Answered extends Asked {
  /** Printed with eight decimals. */
  readonly values: readonly string[];
}

/** A p-value within 5e-9 of 0 or 1: of the hundred of right streams one is so in one of a million trials. */
function isImpossible(value: string): boolean {
  return value === '0.00000000' || value === '1.00000000';
}

function told({ set, test, values }: Answered): string {
  return `${set} by test ${test.join(' ')} (p = ${values.join(', ')})`;
}

/** Two at a time. */
async function allOf(trial: Trial, asked: readonly Asked[]): Promise<Answered[]> {
  const waiting = [...asked];
  const answered: Answered[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answered.push({ ...next, values: await pValues(next, trial.seed) });
      trial.say(`${answered.length} of ${asked.length} tests`);
    }
  };
  // Where one fails the other does not go on, but is waited for.
  const stop = () => {
    waiting.length = 0;
  };
  const ended = await Promise.allSettled([work(), work()].map((worker) => worker.finally(stop)));
  for (const worker of ended) if (worker.status === 'rejected') throw worker.reason;
  return answered;
}

/** What a test of dieharder says of streams that no other test has met. */
async function pValues({ set, test }: Asked, seed: number): Promise<string[]> {
  const feeder = spawn(
    process.execPath,
    [fileURLToPath(new URL('feed-words.ts', import.meta.url)), set, `${seed} ${test[0]}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const columns = ['test_name', 'pvalues'].flatMap((column) => ['-D', column]);
  const child = spawn('dieharder', ['-g', '200', '-d', ...test, '-c', ',', ...columns], {
    stdio: [feeder.stdout, 'pipe', 'inherit'],
  });
  // The child has it now; held here as well, its end would not be seen.
  feeder.stdout.destroy();
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [code] = await once(child, 'close');
  feeder.kill();
  const values = [...printed.matchAll(/^[^,\n]+,\s*([01]\.\d{8}),?\s*$/gm)].map(([, value]) => value);
  if (code !== 0 || values.length === 0)
    throw new Error(`dieharder -d ${test.join(' ')} ended with ${code}: ${printed}`);
  return values;
}
