import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether the tests of the queue can be run; where they must be, they fail without. */
export const hasRedis = isInstalled();
if (!hasRedis && !process.env.CI) console.log('the queue was not tested: redis-server is not installed');

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** A Redis server of our own, on loopback, that keeps what it has when it is killed. */
export interface RedisServer {
  readonly port: number;
  readonly address: string;
  readonly client: Redis;
  /** SIGKILL, and a new server on the same files. */
  restart(): Promise<void>;
  kill(): void;
  stop(): void;
}

export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  if (!hasRedis) throw new Error('redis-server is not installed, and CI is set: the queue must be tested');
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-redis-'));
  const port = await freePort();
  const asked = { port: String(port), bind: '127.0.0.1', dir: folder, appendonly: 'yes', save: '', ...settings };
  const words = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess;
  const start = () => {
    child = spawn('redis-server', words, { stdio: 'ignore' });
  };
  const kill = () => void child.kill('SIGKILL');
  start();
  const { requirepass: password } = settings;
  const options = password === undefined ? { port } : { port, password };
  const client = new Redis({ ...options, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => {});
  await client.ping();
  return {
    port,
    address: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}/0`,
    client,
    restart: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      kill();
      await gone;
      start();
      await client.ping();
    },
    kill,
    stop: () => {
      client.disconnect();
      kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()));
    });
  });
}
