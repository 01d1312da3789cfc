import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import { hasRedis, type RedisServer, startRedis } from '../../../distribution/redis-server.ts';
import { type StartedProcess, startProcess } from '../../../started-process.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { expectDone } from './disturbed-run.ts';
import { contentsOfRun, differencesBetween, onlyRunIn, recordLines } from './run-contents.ts';

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
  const scenario = scenarioOf(cells[form]);
  const cache = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const words = ['run', scenario, '--no-tui', '--out', 'here'];
  expectDone(await startProcess(process.execPath, [main, ...words], { cwd: folder, env: cache }).ended);
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
      const run = new BeatenRun(setting, workers, scenario, out);
      await run.endure(waiting, uniform, () => say(`dying-queue: ${waiting.length} blows to come, run ${runs}`));
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

/** A run on the queue, and the blows that are dealt while it goes on: each when some chunks have come since the last. */
class BeatenRun {
  readonly #setting: Setting;
  readonly #workers: Workers;
  readonly #out: string;
  readonly #words: readonly string[];
  readonly #dealt: Blow[] = [];
  #sender: StartedProcess;
  #chunks = 0;
  #lastAt = performance.now();

  /** @param out the results folder of its own, in the setting's */
  constructor(setting: Setting, workers: Workers, scenario: string, out: string) {
    this.#setting = setting;
    this.#workers = workers;
    this.#out = join(setting.folder, out);
    this.#words = ['run', scenario, '--no-tui', '--out', out];
    this.#sender = this.#send();
  }

  /** Goes on to its end. @param waiting blows that are to come; those that are dealt are taken from it */
  async endure(waiting: Blow[], uniform: () => number, tell: () => void): Promise<void> {
    try {
      let due = gap(uniform);
      for (;;) {
        const end = await Promise.race([this.#sender.ended, pause(lookEveryMs)]);
        if (end !== undefined) return void expectDone(end);
        await this.#expectProgress();
        while (this.#chunks >= due && waiting.length > 0 && this.#sender.child.exitCode === null) {
          if (await this.#deal(waiting.at(-1)!)) waiting.pop();
          // A blow takes its time: a worker that is to be killed has to serve first.
          this.#lastAt = performance.now();
          due = this.#chunks + gap(uniform);
          tell();
        }
      }
    } finally {
      this.#sender.child.kill('SIGKILL');
    }
  }

  /** Returns whether it has hit. */
  async #deal(blow: Blow): Promise<boolean> {
    this.#dealt.push(blow);
    const { client, restart } = this.#setting.redis;
    if (blow === 'worker kills') await this.#workers.kill();
    if (blow === 'pauses') await this.#workers.pause();
    if (blow === 'server kills') await restart();
    if (blow === 'wipes') await client.flushall();
    return blow === 'sender kills' ? this.#killSender() : true;
  }

  async #killSender(): Promise<boolean> {
    this.#sender.child.kill('SIGKILL');
    const { signal } = await this.#sender.ended;
    if (signal === 'SIGKILL') this.#sender = this.#send();
    return signal === 'SIGKILL';
  }

  /** @throws when it stands still, with what everybody has said */
  async #expectProgress(): Promise<void> {
    const path = onlyRunIn(this.#out);
    const chunks = path === null ? 0 : recordLines(path).length;
    if (chunks > this.#chunks) [this.#chunks, this.#lastAt] = [chunks, performance.now()];
    if (performance.now() - this.#lastAt < patienceMs) return;
    this.#sender.child.kill('SIGKILL');
    const said = [...this.#workers.said(), `sender: ${(await this.#sender.ended).stderr}`];
    const last = this.#dealt.slice(-8).join(', ');
    throw new Error(`stands still after ${chunks} chunks and ${last}\n${said.join('\n')}`);
  }

  #send(): StartedProcess {
    const { folder, variables } = this.#setting;
    return startProcess(process.execPath, [main, ...this.#words], { cwd: folder, env: variables });
  }
}

/** Chunks from one blow to the next; none now and then, so that two things die at once. */
function gap(uniform: () => number): number {
  return uniform() < 0.2 ? 0 : Math.ceil(12 * uniform());
}

/** Workers, of which those that die are replaced. */
class Workers {
  readonly #setting: Setting;
  readonly #alive = new Set<StartedProcess>();
  readonly #serving = new Set<StartedProcess>();
  #paused: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(setting: Setting) {
    this.#setting = setting;
    for (let count = 0; count < workerCount; count++) this.#start();
  }

  /** What those that live have said, for who looks for a fault. */
  said(): string[] {
    return [...this.#alive].map(({ child, printed }) => `worker ${child.pid}: ${printed.stderr}`);
  }

  /** Kills the one that has served longest, once one serves. */
  async kill(): Promise<void> {
    const worker = await this.#longest();
    worker.child.kill('SIGKILL');
    await worker.ended;
  }

  /** Stops one for so long that it is taken for dead; it goes on by itself. */
  async pause(): Promise<void> {
    const worker = await this.#longest();
    this.#serving.delete(worker);
    worker.child.kill('SIGSTOP');
    const goesOn = pause(pauseMs).then(() => {
      worker.child.kill('SIGCONT');
      if (this.#alive.has(worker)) this.#serving.add(worker);
    });
    this.#paused = Promise.all([this.#paused, goesOn]).then(() => {});
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#paused;
    const all = [...this.#alive];
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(all.map(({ ended }) => ended));
  }

  async #longest(): Promise<StartedProcess> {
    while (this.#serving.size === 0) await pause(lookEveryMs);
    const [longest] = this.#serving;
    return longest;
  }

  #start(): void {
    const { folder, variables } = this.#setting;
    const worker = startProcess(process.execPath, [hastyWorker], { cwd: folder, env: variables });
    this.#alive.add(worker);
    worker.child.stderr!.on('data', (text: string) => {
      if (text.includes('serving the queue')) this.#serving.add(worker);
    });
    // Killed; or, where it found no server when it started, ended: whoever looks after a cluster starts it again.
    worker.ended.then(() => {
      this.#alive.delete(worker);
      this.#serving.delete(worker);
      if (!this.#isOver) this.#start();
    });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
