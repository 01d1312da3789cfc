import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';

const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const hastyWorker = fileURLToPath(new URL('fixtures/hasty-worker.ts', import.meta.url));

// 705 chunks of some 50 ms: twenty seconds of two processors.
const words = ['run', 'own-gains', '--set', 'steps=20000', '--sweep', 'learningRate=0.5,1,2', '--replicates', '60000'];

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-queue-'));
const started = new Set<ChildProcess>();
let redis: RedisServer | undefined;
afterAll(() => {
  redis?.stop();
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(
  script: string,
  more: readonly string[],
  queue?: string,
): { child: ChildProcess; end: Promise<number | null> } {
  const env = { ...process.env, NORM_GROWTH_QUEUE: queue };
  const child = spawn(process.execPath, [script, ...more], { cwd: folder, env, stdio: 'ignore' });
  started.add(child);
  const end = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, end };
}

function fileOf(results: string, name: string): string | null {
  const [run] = existsSync(join(folder, results)) ? readdirSync(join(folder, results)) : [];
  const file = run === undefined ? '' : join(folder, results, run, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Of a journal that may have been packed. */
function chunksIn(results: string): number {
  const [run] = existsSync(join(folder, results)) ? readdirSync(join(folder, results)) : [];
  const packed = join(folder, results, run ?? '', 'journal.ndjson.zst');
  const text = existsSync(packed)
    ? zstdDecompressSync(readFileSync(packed)).toString()
    : fileOf(results, 'journal.ndjson');
  return (text?.split('\n').length ?? 2) - 2;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Three workers, of which one is killed every few seconds and replaced: when some chunks have come since the last death, so
 * that on a busy machine, too, workers live long enough to do something.
 */
function dyingWorkers(address: string): { readonly kills: () => number; stop(): void } {
  const workers = Array.from({ length: 3 }, () => start(hastyWorker, [], address).child);
  let kills = 0;
  let last = { atMs: performance.now(), chunks: 0 };
  const timer = setInterval(() => {
    const now = { atMs: performance.now(), chunks: chunksIn('queued') };
    if (now.atMs < last.atMs + 2000 || now.chunks < last.chunks + 8) return;
    last = now;
    workers[kills % 3].kill('SIGKILL');
    workers[kills % 3] = start(hastyWorker, [], address).child;
    kills += 1;
  }, 250);
  return {
    kills: () => kills,
    stop: () => {
      clearInterval(timer);
      for (const worker of workers) worker.kill('SIGKILL');
    },
  };
}

/** The command as it is given to the queue: killed once in the middle, while the server is killed once as well. */
async function disturbedRun(redis: RedisServer): Promise<number | null> {
  const once = [
    { from: 180, what: () => redis.restart() },
    { from: 400, what: async () => void run.child.kill('SIGKILL') },
  ];
  let run = start(command, [...words, '--quiet', '--out', 'queued'], redis.address);
  for (;;) {
    const code = await Promise.race([run.end, pause(100).then(() => 'running' as const)]);
    if (code === null) run = start(command, [...words, '--quiet', '--out', 'queued'], redis.address);
    else if (code !== 'running') return code;
    if (once.length > 0 && chunksIn('queued') >= once[0].from) await once.shift()!.what();
  }
}

describe.skipIf(!hasRedis && !process.env.CI)('a queue under which everything dies', () => {
  it('ends with the bytes of a run in one process', { timeout: 600_000 }, async () => {
    expect(await start(command, [...words, '--quiet', '--out', 'here', '--workers', '2']).end).toBe(0);
    const expected = fileOf('here', 'summary.json');
    expect(expected).not.toBeNull();
    redis = await startRedis();
    const workers = dyingWorkers(redis.address);
    const began = performance.now();
    try {
      expect(await disturbedRun(redis)).toBe(0);
      expect(fileOf('queued', 'summary.json')).toBe(expected);
      expect(chunksIn('queued')).toBe(705);
      expect(workers.kills()).toBeGreaterThanOrEqual(6);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      console.log(
        `queue: ${workers.kills()} workers, the server and the sender killed in ${seconds} s; the same bytes`,
      );
    } finally {
      workers.stop();
    }
  });
});
