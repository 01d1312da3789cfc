import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyPrefix } from '../../src/distribution/queue/connection.ts';
import { jobId } from '../../src/distribution/queue/job.ts';
import { fetchPlan, plansKey, putPlan, sentPlan } from '../../src/distribution/queue/plan-store.ts';
import { ownProgram, programOf, queueName } from '../../src/distribution/queue/program.ts';
import { parseQueueAddress } from '../../src/distribution/queue/queue-address.ts';
import { openQueueExecutor } from '../../src/distribution/queue/queue-executor.ts';
import { runWorker } from '../../src/distribution/queue/run-worker.ts';
import { serverWarnings } from '../../src/distribution/queue/server-check.ts';
import { queueSettings } from '../../src/distribution/queue/settings.ts';
import type { EngineEvent } from '../../src/engine/engine-event.ts';
import type { Executor } from '../../src/engine/executor.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { chunkCount } from '../../src/engine/plan.ts';
import { workerPool } from '../../src/engine/pool.ts';
import { coupledPairs, runCells } from '../../src/engine/run-plan.ts';
import { type PlannedScenario, planScenario } from '../../src/results/stored-plan.ts';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';
import { temporaryFolder } from '../cli/command.ts';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';
import { command, hastyWorker, start } from './source-process.ts';

const secret = 'open-sesame';
const quick = { ...queueSettings, lockMs: 1500, stalledMs: 400, mostDeaths: 2, retryMs: 50, topUpMs: 500 };

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function planned(words: object = {}): Promise<PlannedScenario> {
  const fields = { kind: 'coupled', name: 'tiny', popularity: { lower: 0.01, upper: 0.02 }, batchSize: 8, steps: 50 };
  return planScenario(await loadScenario(JSON.stringify({ ...fields, seed: 3, ...words })), 'auto');
}

/** Four cells of some chunks, each of some milliseconds. */
const severalChunks = () =>
  planned({ steps: 2000, learningRate: 0.1, replicates: 30_000, sweep: { 'popularity.upper': [0.02, 0.03] } });

describe.skipIf(!hasRedis && !process.env.CI)('the queue', { timeout: 180_000 }, () => {
  let redis: RedisServer;
  let address: ReturnType<typeof parseQueueAddress>;
  beforeAll(async () => {
    redis = await startRedis({ requirepass: secret });
    address = parseQueueAddress(redis.address);
  });
  beforeEach(() => redis.client.flushall());
  afterAll(() => redis?.stop());

  /** A worker in this process, its chunks on a thread. */
  function openWorker(said: string[] = [], pool = workerPool(1)) {
    const stop = new AbortController();
    const say = (text: string) => void said.push(text);
    const done = runWorker({ address, pool, signal: stop.signal, say }, quick);
    return { done, stop: () => stop.abort() };
  }

  /** Sends a plan through the queue, and what came of it. */
  async function send(of: PlannedScenario) {
    const events: EngineEvent[] = [];
    const setAside: string[] = [];
    const said: string[] = [];
    const executor = await openQueueExecutor(
      address,
      {
        planned: of,
        journal: { append: () => {}, flush: async () => {} },
        say: (text) => said.push(text),
      },
      quick,
    );
    const run = async () => {
      try {
        for await (const event of runCells(of.plan.cells, coupledPairs, { executor })) {
          if (event.type === 'chunk') executor.kept(event.chunk);
          if (event.type === 'set aside') setAside.push(`${event.chunk.cell}/${event.chunk.block}: ${event.why}`);
          else events.push(event);
        }
      } finally {
        await executor.close();
      }
    };
    return { events, setAside, said, done: run() };
  }

  const chunks = (events: readonly EngineEvent[]) => events.filter(({ type }) => type === 'chunk').length;
  const cells = (events: readonly EngineEvent[]) => events.filter(({ type }) => type === 'cell').length;
  const chunksOf = ({ plan }: PlannedScenario) => [...plan.cells].reduce((sum, cell) => sum + chunkCount(cell), 0);

  it('goes on after an interruption to the bytes of a run here, and leaves neither a trace nor its password', async () => {
    const cwd = temporaryFolder();
    const words = ['run', 'own-gains', '--set', 'steps=20000', '--replicates', '8000'];
    expect((await start(command, [...words, '--out', 'here', '--workers', '2'], {}, cwd).end).code).toBe(0);
    const queue = { NORM_GROWTH_QUEUE: redis.address };
    const worker = start(command, ['worker', '--workers', '1'], queue);
    const fileOf = (out: string, name: string) => {
      const [run] = readdirSync(join(cwd, out));
      return readFileSync(join(cwd, out, run, name), 'utf8');
    };
    const first = start(command, [...words, '--out', 'queued'], queue, cwd);
    await until(() => {
      try {
        return fileOf('queued', 'journal.ndjson').split('\n').length > 4;
      } catch {
        return false;
      }
    });
    first.child.kill('SIGINT');
    const interrupted = await first.end;
    expect(interrupted.code).toBe(130);
    expect(interrupted.text).toContain('the same command goes on from there');
    const second = await start(command, [...words, '--out', 'queued'], queue, cwd).end;
    expect(second.code).toBe(0);
    expect(second.text).toMatch(/resumed, \d+ finished blocks are reused/);
    expect(fileOf('queued', 'summary.json')).toBe(fileOf('here', 'summary.json'));
    worker.child.kill('SIGINT');
    const { code, text } = await worker.end;
    expect(code).toBe(130);
    expect(text).toMatch(/[1-9]\d* chunks computed/);
    const { fingerprint } = await ownProgram();
    const left = (await redis.client.keys('*')).filter((key) => key !== `${keyPrefix}:chunks-${fingerprint}:meta`);
    expect(left.filter((key) => !key.endsWith(':stalled-check'))).toEqual([]);
    const kept = ['manifest.json', 'journal.ndjson', 'summary.json'].map((name) => fileOf('queued', name));
    for (const shown of [interrupted.text, second.text, text, ...kept]) expect(shown).not.toContain(secret);
  });

  it('leaves nothing of chunks that a stopping rule made needless', async () => {
    const scenario = `{kind: coupled, name: early, popularity: {lower: 0.02, upper: 0.04}, steps: 2000, replicates: 4000000,
      gain: {model: lognormal, sharing: own, sigma: 0.5, rho: 0.9}, until: {halfWidth: 0.02}}`;
    const plan = planScenario(await loadScenario(scenario), 'auto');
    expect(chunksOf(plan)).toBeGreaterThan(300);
    const worker = openWorker();
    const { events, done } = await send(plan);
    await done;
    expect(cells(events)).toBe(1);
    expect(chunks(events)).toBeLessThan(100);
    worker.stop();
    await worker.done;
    const ofChunks = (await redis.client.keys('*')).filter((key) => key.includes(sentPlan(plan).hash));
    // A worker may have been at one, or have just begun.
    expect(ofChunks.length).toBeLessThanOrEqual(2);
  });

  it('puts back what a wipe of the server has taken', async () => {
    const plan = await severalChunks();
    const { events, done } = await send(plan);
    await until(async () => (await redis.client.hlen(plansKey)) === 1);
    await redis.client.flushall();
    const worker = openWorker();
    await until(() => chunks(events) >= 3);
    await redis.client.flushall();
    await done;
    expect([chunks(events), cells(events)]).toEqual([chunksOf(plan), 2]);
    worker.stop();
    expect(await worker.done).toBeGreaterThanOrEqual(chunksOf(plan));
  });

  it('sends chunks anew that lie in Redis where no worker finds them', async () => {
    const plan = await severalChunks();
    const { hash } = sentPlan(plan);
    const queue = new Queue(queueName(await ownProgram()), { connection: address.options, prefix: keyPrefix });
    const lost = { plan: hash, cell: 0, block: 1 };
    await queue.add('chunk', lost, { jobId: jobId(lost) });
    await redis.client.del(queue.toKey('wait'), queue.toKey('marker'));
    const remainder = queue.toKey(jobId({ plan: hash, cell: 1, block: 2 }));
    await redis.client.hset(remainder, 'stc', 1);
    expect(await queue.getJobState(jobId(lost))).toBe('unknown');
    const worker = openWorker();
    const { events, setAside, done } = await send(plan);
    await done;
    expect([chunks(events), cells(events), setAside]).toEqual([chunksOf(plan), 2, []]);
    worker.stop();
    expect(await worker.done).toBe(chunksOf(plan));
    await queue.close();
  });

  it('holds it against no chunk that its plan was away', async () => {
    const plan = await planned({ replicates: 10 });
    const queue = new Queue(queueName(await ownProgram()), { connection: address.options, prefix: keyPrefix });
    const early = { plan: sentPlan(plan).hash, cell: 0, block: 0 };
    await queue.add('chunk', early, { jobId: jobId(early), attempts: 1 });
    const worker = openWorker();
    const found = async () => (await queue.getJob(jobId(early)))!;
    await until(async () => (await found()).attemptsStarted >= 5);
    expect([(await found()).attemptsMade, await queue.getFailedCount()]).toEqual([0, 0]);
    const { events, setAside, done } = await send(plan);
    await done;
    expect([cells(events), setAside]).toEqual([1, []]);
    worker.stop();
    expect(await worker.done).toBe(1);
    await queue.close();
  });

  it('leaves plans of another program alone, and says what they wait for', async () => {
    const { parts } = await ownProgram();
    const other = programOf({ ...parts, v8: '99.9', codeFingerprint: 'ab'.repeat(32) });
    await putPlan(redis.client, sentPlan(await planned()), other);
    const queue = new Queue(queueName(other), { connection: address.options, prefix: keyPrefix });
    await queue.add('chunk', {}, { jobId: 'waiting-for-the-other' });
    const said: string[] = [];
    const worker = openWorker(said);
    await until(() => said.length === 2);
    const { events, done } = await send(await planned({ replicates: 10 }));
    await done;
    expect(cells(events)).toBe(1);
    worker.stop();
    expect(await worker.done).toBe(1);
    expect(said[1]).toMatch(/^refused: 1 plan waits for another program.*v8 "?99\.9"? there, .* start a worker of/);
    expect(await queue.getWaitingCount()).toBe(1);
    await queue.close();
  });

  it('believes nothing of what is in the queue', async () => {
    const plan = await planned({ replicates: 10 });
    const program = await ownProgram();
    const { hash } = sentPlan(plan);
    const queue = new Queue(queueName(program), { connection: address.options, prefix: keyPrefix });
    const other = 'c'.repeat(64);
    await redis.client.set(`${keyPrefix}:plan:${other}`, JSON.stringify({ design: {}, kernel: 'auto' }));
    const jobs: [string, unknown][] = [
      ['a-path', { plan: '../../etc/passwd', cell: 0, block: 0 }],
      ['with-code', { plan: hash, cell: 0, block: 0, code: 'process.exit()' }],
      [jobId({ plan: hash, cell: 0, block: 7 }), { plan: hash, cell: 0, block: 0 }],
      [jobId({ plan: hash, cell: 9, block: 0 }), { plan: hash, cell: 9, block: 0 }],
      [jobId({ plan: other, cell: 0, block: 0 }), { plan: other, cell: 0, block: 0 }],
    ];
    await putPlan(redis.client, sentPlan(plan), program);
    for (const [id, data] of jobs) await queue.add('chunk', data, { jobId: id });
    const worker = openWorker();
    await until(async () => (await queue.getFailedCount()) === jobs.length);
    const reasons = (await queue.getFailed()).map(({ failedReason }) => failedReason).sort();
    expect(reasons).toEqual([
      'the job is no address of a chunk',
      'the job is no address of a chunk',
      'the job is not the chunk that it is named after',
      'the plan has no such chunk',
      'the plan is not the one that its hash names',
    ]);
    // A stranger's event that is no JSON, and another's that names no chunk.
    await redis.client.xadd(queue.toKey('events'), '*', 'event', 'completed', 'jobId', 'x', 'returnvalue', '{');
    const { events, done } = await send(plan);
    await redis.client.xadd(queue.toKey('events'), '*', 'event', 'completed', 'jobId', 'x', 'returnvalue', '{');
    await done;
    expect(cells(events)).toBe(1);
    worker.stop();
    await worker.done;
    await queue.close();
  });

  it.each([
    ['no summary at all', () => ({ summary: {}, by: '01234567' })],
    ['a failure of another chunk', () => ({ failure: 'x', replicate: 10, by: '01234567' })],
  ])('sets a chunk aside whose answer is %s, time after time', async (_, answer) => {
    const plan = await planned({ replicates: 10 });
    const liar = new Worker(queueName(await ownProgram()), async () => answer(), {
      connection: { ...address.options, maxRetriesPerRequest: null },
      prefix: keyPrefix,
    });
    const { events, setAside, done } = await send(plan);
    await done;
    expect(setAside).toEqual(['0/0: its answer was no summary of it, 3 times']);
    expect(events).toEqual([]);
    await liar.close();
  });

  it('sets a chunk aside that kills its workers, and goes on with the others', async () => {
    const plan = await severalChunks();
    const { events, setAside, done } = await send(plan);
    let isDone = false;
    void done.then(() => {
      isDone = true;
    });
    let deaths = 0;
    const lethal = { NORM_GROWTH_QUEUE: redis.address, LETHAL_CHUNK: '0/3' };
    while (!isDone) {
      const worker = start(hastyWorker, [], lethal);
      const end = await Promise.race([worker.end, done.then(() => null)]);
      if (end !== null) deaths += 1;
    }
    expect(setAside).toEqual(['0/3: its worker died or fell silent 3 times']);
    expect([chunks(events), cells(events)]).toEqual([chunksOf(plan) - 1, 1]);
    expect(deaths).toBeGreaterThanOrEqual(3);
  });

  it('sets a chunk aside that no worker can run, with the reason, and goes on with the others', async () => {
    const threads = workerPool(1);
    let tries = 0;
    const weak: Executor = {
      ...threads,
      run: async (cell, chunk) => {
        if (`${chunk.cell}/${chunk.block}` !== '0/3') return threads.run(cell, chunk);
        tries += 1;
        return { setAside: 'its worker ran out of memory' };
      },
    };
    const worker = openWorker([], weak);
    const plan = await severalChunks();
    const { events, setAside, done } = await send(plan);
    await done;
    expect(setAside).toEqual(['0/3: its worker ran out of memory']);
    expect([chunks(events), cells(events), tries]).toEqual([chunksOf(plan) - 1, 1, quick.attempts]);
    worker.stop();
    await worker.done;
  });

  it('costs at most 2 ms of processor time a chunk', async () => {
    const sweep = (from: number, of: number) => ({
      'popularity.upper': Array.from({ length: of }, (_, index) => 0.02 + (from + index) * 1e-5),
    });
    const worker = start(hastyWorker, [], { NORM_GROWTH_QUEUE: redis.address });
    const warm = await send(await planned({ steps: 1, replicates: 1, sweep: sweep(0, 500) }));
    await warm.done;
    let least = Number.POSITIVE_INFINITY;
    // The least of several: what else the machine does can only add to it, and may do so for a while.
    for (let round = 1; round <= 3 || (least >= 2 && round <= 15); round++) {
      const plan = await planned({ steps: 1, replicates: 1, sweep: sweep(1000 * round, 1000) });
      const here = process.cpuUsage();
      for await (const _ of runCells(plan.plan.cells, coupledPairs, { executor: inProcess() }));
      const computing = sumMs(process.cpuUsage(here));
      const [theirs, ours] = [cpuMs(worker.child.pid!), process.cpuUsage()];
      const { events, done } = await send(plan);
      await done;
      const sent = sumMs(process.cpuUsage(ours));
      expect(cells(events)).toBe(1000);
      least = Math.min(least, (sent + cpuMs(worker.child.pid!) - theirs - computing) / 1000);
    }
    console.log(
      `queue: ${least.toFixed(2)} ms of processor time a chunk, sender and worker together, besides computing`,
    );
    expect(least).toBeLessThan(2);
  });

  it('takes a plan as its hash says it, and no other', async () => {
    const plan = await severalChunks();
    const sent = sentPlan(plan);
    await putPlan(redis.client, sent, await ownProgram());
    expect((await fetchPlan(redis.client, sent.hash))?.plan).toEqual(plan.plan);
    await redis.client.set(`${keyPrefix}:plan:${sent.hash}`, sent.text.replace('30000', '30001'));
    await expect(fetchPlan(redis.client, sent.hash)).rejects.toThrow('not the one that its hash names');
  });

  it('warns of a server that forgets', async () => {
    expect(await serverWarnings(redis.client, address.shown)).toEqual([]);
    await redis.client.config('SET', 'appendonly', 'no');
    await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const warnings = await serverWarnings(redis.client, address.shown);
    await redis.client.config('SET', 'appendonly', 'yes');
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(warnings).toEqual([
      expect.stringMatching(/has appendonly no: .*remedy: redis-cli CONFIG SET appendonly yes/),
      expect.stringMatching(/has maxmemory-policy allkeys-lru: .*CONFIG SET maxmemory-policy noeviction/),
    ]);
  });

  it('refuses a wrong password at once', async () => {
    const wrong = redis.address.replace(secret, 'not-this-word');
    const { code, text } = await start(command, ['worker'], { NORM_GROWTH_QUEUE: wrong }).end;
    expect(code).toBe(2);
    expect(text).toBe(`norm-growth: the queue at ${address.shown} refuses the user or the password of its address\n`);
  });

  it.each([
    ['a database that it has not', async () => redis.address.replace(/0$/, '99'), /has no database 99: /],
    [
      'a user who may read only',
      async () => {
        await redis.client.call('ACL', 'SETUSER', 'reader', 'on', `>${secret}`, '~*', '&*', '+@read', '+@connection');
        return redis.address.replace('redis://', 'redis://reader');
      },
      /(refuses: |set: )NOPERM /,
    ],
  ])('refuses workers and runs in one line each: %s', async (_, addressOf, message) => {
    const queue = { NORM_GROWTH_QUEUE: await addressOf() };
    const commands = [['worker'], ['run', 'toy-steps', '--out', temporaryFolder()]];
    const ends = await Promise.all(commands.map((words) => start(command, words, queue).end));
    for (const { code, text } of ends) {
      const last = text.trimEnd().split('\n').at(-1);
      expect([code, last]).toEqual([2, expect.stringMatching(/^norm-growth: the queue at 127\.0\.0\.1:/)]);
      expect(last).toMatch(message);
      expect(text).not.toContain('    at ');
    }
  });

  it('tells nobody twice in a row of the same trouble', async () => {
    const said: string[] = [];
    const worker = openWorker(said);
    await until(() => said.length === 1);
    // Of another type than BullMQ needs.
    await redis.client.set(`${keyPrefix}:${queueName(await ownProgram())}:wait`, 'x');
    await until(() => said.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(new Set(said).size).toBe(said.length);
    expect(said[1]).toMatch(/^queue: .*WRONGTYPE/);
    worker.stop();
    await worker.done;
  });
});

function sumMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

/** Processor time that a process has taken, in milliseconds; the kernel counts it in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
