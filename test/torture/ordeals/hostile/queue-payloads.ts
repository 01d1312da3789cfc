import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { parseAnswer } from '../../../../src/distribution/queue/chunk-answer.ts';
import { jobId, parseJob } from '../../../../src/distribution/queue/job.ts';
import { fetchPlan, sentPlan } from '../../../../src/distribution/queue/plan-store.ts';
import { parseQueueAddress } from '../../../../src/distribution/queue/queue-address.ts';
import { cellResult } from '../../../../src/engine/cell-result.ts';
import { inProcess } from '../../../../src/engine/executor.ts';
import { chunkAt } from '../../../../src/engine/plan.ts';
import { canonicalJson } from '../../../../src/random/canonical-json.ts';
import { planScenario } from '../../../../src/results/stored-plan.ts';
import { loadScenario } from '../../../../src/scenarios/load-scenario.ts';
import type { Ordeal } from '../../ordeal.ts';
import { textChanges, valueChanges } from '../input/hazards.ts';
import { faultOfRefusal } from '../input/judge.ts';
import { tried } from '../input/tried.ts';

const scenario =
  '{kind: coupled, name: x, popularity: {lower: 0.02, upper: 0.05}, batchSize: 8, steps: 20, replicates: 20, trajectory: {points: 2}, gain: {model: lognormal, sharing: own, sigma: 1, rho: 0.5}}';

/** What a stranger puts into Redis: jobs, answers and plans of other forms and versions; and addresses that hold a secret. */
export const queuePayloads: Ordeal = {
  name: 'queue-payloads',
  promise: 'a job, an answer or a plan of another form is refused, and what is taken can be computed with; no address tells its password',
  async endure(trial) {
    const planned = planScenario(await loadScenario(scenario), 'auto');
    const cell = planned.plan.cells.at(0)!;
    const chunk = chunkAt(cell, 0);
    const answer = JSON.parse(JSON.stringify({ ...(await inProcess().run(cell, chunk)), by: '01234567' }));
    delete answer.worker;
    if (parseAnswer(answer, cell, chunk) === null) throw new Error('a sound answer is refused');
    const sent = sentPlan(planned);
    const sound = { plan: sent.hash, cell: 0, block: 0 };
    let taken = 0;

    const jobs = await tried(trial, { bounded: 300, full: 30_000 }, valueChanges, async (change) => {
      const data = change(sound);
      try {
        const job = parseJob(data, jobId(sound));
        return canonicalJson(job) === canonicalJson(sound) ? null : 'takes a job that is another';
      } catch (error) {
        return error instanceof RangeError ? null : `throws ${(error as Error).stack}`;
      }
    });
    const answers = await tried(trial, { bounded: 500, full: 30_000 }, valueChanges, async (change) => {
      const parsed = parseAnswer(change(answer), cell, chunk);
      if (parsed === null) return null;
      taken += 1;
      if ('failure' in parsed) return typeof parsed.failure === 'string' ? null : 'takes a failure without words';
      // Only finite numbers can be written down.
      canonicalJson(cellResult(cell, parsed.summary));
      return null;
    });
    const plans = await tried(trial, { bounded: 200, full: 5000 }, changedPlans(sent.text), async ({ text, isHashed }) => {
      const hash = isHashed ? sha256(text) : sent.hash;
      const client = { strlen: async () => text.length, get: async () => text } as unknown as Redis;
      try {
        const { plan } = (await fetchPlan(client, hash))!;
        return plan.cells.length > 0 ? null : 'takes a plan without cells';
      } catch (error) {
        return error instanceof RangeError ? null : faultOfRefusal(error);
      }
    });
    const addresses = await tried(trial, { bounded: 500, full: 30_000 }, addressesWith(secret), async (address) => faultOfAddress(address));
    return { 'jobs, answers and plans': jobs + answers + plans, 'answers taken': taken, addresses };
  },
}; // biome-ignore format: one line of YAML

const secret = 'Zk7 open/sesame@9';

function changedPlans(text: string): fc.Arbitrary<{ readonly text: string; readonly isHashed: boolean }> {
  return fc.oneof(
    fc
      .tuple(valueChanges, fc.boolean())
      .map(([change, isHashed]) => ({ text: JSON.stringify(change(JSON.parse(text))) ?? '', isHashed })),
    fc.tuple(textChanges, fc.boolean()).map(([change, isHashed]) => ({ text: change(text), isHashed })),
  );
}

/** Addresses of a queue, sound and not, all with a password. */
function addressesWith(password: string): fc.Arbitrary<string> {
  const written = fc.constantFrom(
    password,
    encodeURIComponent(password),
    encodeURIComponent(encodeURIComponent(password)),
    password.replace(' ', ''),
  );
  const sound = fc
    .tuple(
      fc.constantFrom('redis://', 'rediss://', 'http://', 'redis:/', '', 'REDIS://', 'redis:'),
      fc.constantFrom('', 'me', 'm:e'),
      written,
      fc.constantFrom('h', '127.0.0.1:6379', '[::1]:7000', 'h:port', '', 'h:99999'),
      fc.constantFrom('', '/0', '/x', '/0?a=b', '/0#x', ' '),
    )
    .map(([scheme, user, word, host, rest]) => `${scheme}${user}:${word}@${host}${rest}`);
  const inQuery = written.map((word) => `redis://h:1/0?password=${word}`);
  return fc.oneof(sound, sound, inQuery);
}

function faultOfAddress(address: string): string | null {
  try {
    const { shown } = parseQueueAddress(address);
    return tellsSecret(shown) ? `tells the password: ${shown}` : null;
  } catch (error) {
    if (tellsSecret((error as Error).message)) return `tells the password: ${(error as Error).message}`;
    return faultOfRefusal(error);
  }
}

/** Half of the password would help as much. */
function tellsSecret(text: string): boolean {
  return /zk7|open|sesame/i.test(text.replace(/expected .*?, got/, ''));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
