import type { Redis } from 'ioredis';
import { visibleText } from '../../scenarios/visible-text.ts';

/** What is tested. */
export const leastMajor = 7;

/** What the server of a queue should be set to, and why. */
const wanted = [
  { name: 'appendonly', value: 'yes', why: 'results that wait in it are lost when it restarts' },
  { name: 'maxmemory-policy', value: 'noeviction', why: 'it may drop chunks and results when its memory is full' },
] as const;

/** What is to be said of a server that is not as it should be, a line with the remedy for each. */
export async function serverWarnings(client: Redis, shown: string): Promise<string[]> {
  const warnings: string[] = [];
  // Managed servers may refuse to tell.
  const info = await client.info('server').catch(() => '');
  const version = /^redis_version:(\S+)/m.exec(info)?.[1];
  if (version !== undefined && !(Number.parseInt(version, 10) >= leastMajor)) {
    warnings.push(`the queue at ${shown} is Redis ${visibleText(version)}: ${leastMajor} or newer is what was tested`);
  }
  for (const { name, value, why } of wanted) {
    const found = await setting(client, name);
    if (found === null) warnings.push(`the queue at ${shown} does not tell its ${name}: make sure that it is ${value}`);
    else if (found !== value) {
      const remedy = `redis-cli CONFIG SET ${name} ${value}, and in its redis.conf`;
      warnings.push(`the queue at ${shown} has ${name} ${visibleText(found)}: ${why}; remedy: ${remedy}`);
    }
  }
  return warnings;
}

/** A setting of a server; null where it does not tell, as managed ones do not. */
async function setting(client: Redis, name: string): Promise<string | null> {
  try {
    const [, value] = (await client.config('GET', name)) as string[];
    return value ?? null;
  } catch {
    return null;
  }
}
