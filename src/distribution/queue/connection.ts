import { Redis } from 'ioredis';
import { visibleText } from '../../scenarios/visible-text.ts';
import type { QueueAddress, ServerOptions } from './queue-address.ts';
import { QueueError } from './queue-error.ts';
import { leastMajor } from './server-check.ts';

/** All keys of this program in Redis begin with it. */
export const keyPrefix = 'norm-growth';

const longestRetryMs = 1000;

interface ConnectionOptions extends ServerOptions {
  readonly maxRetriesPerRequest: null;
  retryStrategy(times: number): number;
}

/** What every connection to a server is opened with: it waits for a server that is away, however long. */
export function connectionOptions({ options }: QueueAddress): ConnectionOptions {
  return {
    ...options,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, longestRetryMs),
  };
}

/**
 * Connects to the server of a queue. Once connected it says when the server goes away and when it is back.
 *
 * @throws {QueueError} when it cannot be reached within the patience, or refuses the password
 */
export async function openConnection(
  address: QueueAddress,
  patienceMs: number,
  say: (text: string) => void,
): Promise<Redis> {
  const client = new Redis(connectionOptions(address));
  // What goes wrong is told by whoever waits.
  client.on('error', () => {});
  try {
    await ready(client, address.shown, patienceMs);
    await requireDatabase(client, address);
  } catch (error) {
    client.disconnect();
    throw error;
  }
  let isAway = false;
  client.on('reconnecting', () => {
    if (!isAway) say(`the queue at ${address.shown} is out of reach; waiting for it`);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) say(`the queue at ${address.shown} is back`);
    isAway = false;
  });
  return client;
}

/** A server serves database 0 to who asked for one that it does not have. */
async function requireDatabase(client: Redis, { options: { db = 0 }, shown }: QueueAddress): Promise<void> {
  try {
    await client.select(db);
  } catch (error) {
    throw new QueueError(`the queue at ${shown} has no database ${db}: ${visibleText((error as Error).message)}`);
  }
}

function tooOld(shown: string, answer: string): QueueError {
  return new QueueError(
    `the queue at ${shown} — expected Redis ${leastMajor} or newer, got "${visibleText(answer, 100)}"; choose a newer server`,
  );
}

async function ready(client: Redis, shown: string, patienceMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let last = 'no answer';
  const seeError = (error: NodeJS.ErrnoException) => {
    last = error.code ?? error.message;
    const isRefused = /^(WRONGPASS|NOAUTH|NOPERM|ERR .*AUTH)/.test(error.message);
    if (isRefused) reject(new QueueError(`the queue at ${shown} refuses the user or the password of its address`));
    // Redis before 6 does not know how we greet it.
    if (!isRefused && /^ERR unknown command/.test(error.message)) reject(tooOld(shown, error.message));
  };
  const timer = setTimeout(() => {
    const why = visibleText(last);
    reject(new QueueError(`the queue at ${shown} cannot be reached (${why}); is redis-server running there?`));
  }, patienceMs);
  client.on('error', seeError);
  client.once('ready', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    client.off('error', seeError);
    client.off('ready', resolve);
  }
}
