import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import { hasRedis, type RedisServer, startRedis } from '../../../distribution/redis-server.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { expectDone } from './disturbed-run.ts';
import { contentsOfRun, differencesBetween, onlyRunIn, recordLines } from './run-contents.ts';
import { startProcess, type Victim } from './victim.ts';

// Workers whose death is noticed within seconds are of the source, and so everything is: only one program serves a queue.
const main = fileURLToPath(new URL('../../../../src/cli/main.ts', import.meta.url));
const hastyWorker = fileURLToPath(new URL('../../../distribution/fixtures/hasty-worker.ts', import.meta.url));

/** Twice as long as a hasty worker may be silent. */
const pauseMs = 3000;

const workerCount = 3;
const lookEveryMs = 20;

/** A run that has got nowhere for so long never will. */
const patienceMs = 180_000;

/** What is done, and how often. */
const blows = {
  bounded: { 'worker kills': 10, 'sender kills': 2, 'server kills': 2, wipes: 1, pauses: 1 },
  full: { 'worker kills': 200, 'sender kills': 40, 'server kills': 20, wipes: 5, pauses: 16 },
};

type Blow = keyof typeof blows.full;

/** Chunks of some 50 ms: 40 a cell of 10,000 pairs. */
const cells = { bounded: 4, full: 16 };

/** Kills all that takes part in a run on a queue. */
export const dyingQueue: Ordeal = {
  name: 'dying-queue',
  promise:
    'a run on a queue whose workers, sender and server die and whose server forgets all ends with the bytes of a run in one process',
  missing: async () => (hasRedis ? null : 'redis-server is not installed'),
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const form = isBounded ? 'bounded' : 'full';
  const uniform = openGenerator('alea', 'dying-queue')(seed);
  const words = ['run', scenarioOf(cells[form]), '--quiet', '--out'];
  const cache = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  expectDone(await startProcess(process.execPath, [main, ...words, 'here'], folder, cache).ended);
  const here = onlyRunIn(join(folder, 'here'))!;
  const expected = contentsOfRun(here);
  const chunks = recordLines(here).length;
  const redis = await startRedis();
  const setting = { folder, redis, variables: { ...cache, NORM_GROWTH_QUEUE: redis.address } };
  const workers = new Workers(setting);
  const waiting = shuffled(blows[form], uniform);
  let runs = 0;
  try {
    while (waiting.length > 0) {
      runs += 1;
      const out = `queued-${runs}`;
      const tell = () => say(`dying-queue: ${waiting.length} blows to come, run ${runs}`);
      await beaten({ setting, workers, words: [...words, out], out, waiting, uniform, tell });
      const different = differencesBetween(expected, contentsOfRun(onlyRunIn(join(folder, out))!));
      if (different.length > 0) throw new Error(`run ${runs} on the queue is not as here: ${different.join(', ')}`);
    }
  } finally {
    await workers.end();
    redis.stop();
  }
  return { ...blows[form], 'runs compared': runs, 'chunks counted once': runs * chunks, differences: 0 };
}

function scenarioOf(cellCount: number): string {
  const rates = Array.from({ length: cellCount }, (_, index) => index + 1);
  return `{kind: coupled, name: queued, popularity: {lower: 0.01, upper: 0.02}, batchSize: 16, steps: 20000,
    gain: {model: lognormal, sigma: 0.5, rho: 0.9, sharing: own}, replicates: 10000, sweep: {learningRate: [${rates}]}}`;
}

function shuffled(counts: Readonly<Record<Blow, number>>, uniform: () => number): Blow[] {
  const all = (Object.keys(counts) as Blow[]).flatMap((blow) => Array<Blow>(counts[blow]).fill(blow));
  return all
    .map((blow) => ({ blow, place: uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ blow }) => blow);
}

interface Setting {
  readonly folder: string;
  readonly redis: RedisServer;
  readonly variables: NodeJS.ProcessEnv;
}

interface BeatenRun {
  readonly setting: Setting;
  readonly workers: Workers;
  readonly words: readonly string[];
  readonly out: string;
  /** Blows that are to come; those that are dealt are taken from it. */
  readonly waiting: Blow[];
  readonly uniform: () => number;
  tell(): void;
}

/** Runs to the end while blow after blow is dealt, each when some chunks have come since the last: nobody starves. */
async function beaten({ setting, workers, words, out, waiting, uniform, tell }: BeatenRun): Promise<void> {
  const { folder, redis, variables } = setting;
  const send = () => startProcess(process.execPath, [main, ...words], folder, variables);
  let sender = send();
  let due = 1 + gap(uniform);
  let [chunks, lastAt] = [0, performance.now()];
  const deal: Record<Blow, () => Promise<void>> = {
    'worker kills': () => workers.kill(),
    'sender kills': async () => void sender.child.kill('SIGKILL'),
    'server kills': () => redis.restart(),
    wipes: async () => void (await redis.client.flushall()),
    pauses: () => workers.pause(),
  };
  for (;;) {
    const end = await Promise.race([sender.ended, pause(lookEveryMs)]);
    if (end?.signal === 'SIGKILL') sender = send();
    else if (end !== undefined) return void expectDone(end);
    const path = onlyRunIn(join(folder, out));
    const now = path === null ? 0 : recordLines(path).length;
    if (now > chunks) [chunks, lastAt] = [now, performance.now()];
    if (performance.now() - lastAt > patienceMs)
      throw new Error(`stands still after ${chunks} chunks: ${await told(sender)}`);
    while (chunks >= due && waiting.length > 0) {
      await deal[waiting.pop()!]();
      tell();
      due += gap(uniform);
    }
  }
}

/** Chunks from one blow to the next; none now and then, so that two things die at once. */
function gap(uniform: () => number): number {
  return uniform() < 0.2 ? 0 : Math.ceil(18 * uniform());
}

async function told(sender: Victim): Promise<string> {
  sender.child.kill('SIGKILL');
  return (await sender.ended).stderr;
}

/** Workers, of which those that are killed are replaced. */
class Workers {
  readonly #setting: Setting;
  readonly #all: Victim[];
  readonly #serving = new Set<Victim>();
  #paused: Promise<void> = Promise.resolve();

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#all = Array.from({ length: workerCount }, () => this.#start());
  }

  /** Kills the one that has served longest, once one serves. */
  async kill(): Promise<void> {
    const worker = await this.#longest();
    worker.child.kill('SIGKILL');
    this.#serving.delete(worker);
    this.#all.splice(this.#all.indexOf(worker), 1, this.#start());
  }

  /** Stops one for so long that it is taken for dead; it goes on by itself. */
  async pause(): Promise<void> {
    const worker = await this.#longest();
    this.#serving.delete(worker);
    worker.child.kill('SIGSTOP');
    const goesOn = pause(pauseMs).then(() => {
      worker.child.kill('SIGCONT');
      this.#serving.add(worker);
    });
    this.#paused = Promise.all([this.#paused, goesOn]).then(() => {});
  }

  async end(): Promise<void> {
    await this.#paused;
    for (const { child } of this.#all) child.kill('SIGKILL');
    await Promise.all(this.#all.map(({ ended }) => ended));
  }

  async #longest(): Promise<Victim> {
    while (this.#serving.size === 0) await pause(lookEveryMs);
    const [longest] = this.#serving;
    return longest;
  }

  #start(): Victim {
    const { folder, variables } = this.#setting;
    const worker = startProcess(process.execPath, [hastyWorker], folder, variables);
    worker.child.stderr!.on('data', (text: string) => {
      if (text.includes('serving the queue')) this.#serving.add(worker);
    });
    return worker;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
