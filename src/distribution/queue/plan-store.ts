import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { canonicalJson } from '../../random/canonical-json.ts';
import { type PlannedScenario, planOfStored, type StoredPlan, storedPlan } from '../../results/stored-plan.ts';
import { keyPrefix } from './connection.ts';
import { jsonOf } from './json-text.ts';
import { programOf, type QueueProgram, storedProgram } from './program.ts';

/** The Redis hash of the plans that are being computed: their own hash, and the program they are for. */
export const plansKey = `${keyPrefix}:plans`;

const longestText = 64 * 2 ** 20;

/** A plan as it is sent to workers: its design, and no path, name or code. */
export interface SentPlan {
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  readonly text: string;
}

export function sentPlan(planned: PlannedScenario): SentPlan {
  const text = canonicalJson(JSON.parse(JSON.stringify(storedPlan(planned))));
  return { hash: sha256(text), text };
}

/** Puts a plan into Redis, for workers to find. Returns whether it was there already. */
export async function putPlan(client: Redis, { hash, text }: SentPlan, { parts }: QueueProgram): Promise<boolean> {
  const isThere = (await client.exists(textKey(hash))) === 1;
  if (!isThere) await client.set(textKey(hash), text);
  await client.hset(plansKey, hash, canonicalJson(parts));
  return isThere;
}

export async function removePlan(client: Redis, { hash }: SentPlan): Promise<void> {
  await client.hdel(plansKey, hash);
  await client.del(textKey(hash));
}

/** The programs that plans are waiting for, and how many plans each. What is no program is left out. */
export async function awaitedPrograms(client: Pick<Redis, 'hvals'>): Promise<ReadonlyMap<string, AwaitedProgram>> {
  const awaited = new Map<string, AwaitedProgram>();
  for (const text of await client.hvals(plansKey)) {
    const parsed = storedProgram.safeParse(jsonOf(text));
    if (!parsed.success) continue;
    const program = programOf(parsed.data);
    const plans = (awaited.get(program.fingerprint)?.plans ?? 0) + 1;
    awaited.set(program.fingerprint, { program, plans });
  }
  return awaited;
}

interface AwaitedProgram {
  readonly program: QueueProgram;
  readonly plans: number;
}

const sentForm = z.strictObject({
  design: z.unknown(),
  kernel: z.enum(['auto', 'plain']),
  cells: z.strictObject({ count: z.int().min(1), first: z.unknown(), last: z.unknown() }),
});

/**
 * Fetches a plan, checks it against its hash, and expands it.
 *
 * @returns null when it is not there: whoever sends its chunks puts it back when it sees that
 * @throws {RangeError} when it is not what its hash says
 * @throws {ResultsError} when it is no sound plan
 */
export async function fetchPlan(client: Redis, hash: string): Promise<PlannedScenario | null> {
  if ((await client.strlen(textKey(hash))) > longestText) throw new RangeError('the plan is too long');
  const text = await client.get(textKey(hash));
  if (text === null) return null;
  if (sha256(text) !== hash) throw new RangeError('the plan is not the one that its hash names');
  const parsed = sentForm.safeParse(jsonOf(text));
  if (!parsed.success) throw new RangeError('the plan has not the form of a plan');
  return planOfStored(parsed.data as StoredPlan, { name: 'queued' }, 'the plan in the queue');
}

function textKey(hash: string): string {
  return `${keyPrefix}:plan:${hash}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
