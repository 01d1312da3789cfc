import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Ending, StartedProcess } from '../../../started-process.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { DisturbedRun } from './disturbed-run.ts';
import { inLanes } from './lanes.ts';
import { drawMoment, momentText, reached } from './moments.ts';
import { runDesigns } from './run-designs.ts';

const signalsSent = { bounded: 10, full: 240 };

/** Crashes runs, and stops others for as long as another process takes to run the same. */
export const stoppedRuns: Ordeal = {
  name: 'stopped-runs',
  promise:
    'a run that crashes, or stands still while another process wants its folder, ends with the bytes of one that does not',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const wanted = isBounded ? signalsSent.bounded : signalsSent.full;
  const names = isBounded ? ['sweep'] : ['sweep', 'recordings'];
  const runs: DisturbedRun[] = [];
  for (const design of runDesigns.filter(({ name }) => names.includes(name)))
    runs.push(await DisturbedRun.of(design, join(folder, design.name)));
  const tally = { SIGSTOP: 0, SIGSEGV: 0, SIGABRT: 0, 'rivals refused': 0, 'rivals done': 0, 'bytes compared': 0 };
  await inLanes(async (number) => {
    const run = runs[number % runs.length];
    const signal = signals[Math.floor(number / runs.length) % signals.length];
    const uniform = openGenerator('alea', `stopped-runs ${number}`)(seed);
    await strike(run, { signal, uniform, folder: join(folder, `trial-${number}`), tally });
    const sent = tally.SIGSTOP + tally.SIGSEGV + tally.SIGABRT;
    say(`stopped-runs: ${sent} of ${wanted} signals`);
    return sent < wanted;
  });
  return { ...tally, differences: 0 };
}

/** Sends a run a signal at some moment, goes on with it, and compares. */
async function strike(run: DisturbedRun, { signal, uniform, folder, tally }: Blow): Promise<void> {
  run.prepare(folder);
  const moment = drawMoment(uniform, run.life);
  try {
    const victim = run.start(folder, uniform);
    if (await reached(moment, victim, folder)) {
      tally[signal] += 1;
      if (signal === 'SIGSTOP') tally[await outlasted(victim, run.start(folder, uniform))] += 1;
      else victim.child.kill(signal);
    }
    expectEnd(await victim.ended, signal);
    tally['bytes compared'] += run.expectAlike(folder, await run.start(folder, uniform).ended);
    expectNoCore(folder);
  } catch (error) {
    const what = `${run.design.name}, ${signal} ${momentText(moment)}`;
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
  rmSync(folder, { recursive: true });
}

type Tally = Record<(typeof signals)[number] | 'rivals refused' | 'rivals done' | 'bytes compared', number>;

interface Blow {
  readonly signal: (typeof signals)[number];
  readonly uniform: () => number;
  readonly folder: string;
  readonly tally: Tally;
}

/** A pause is worth two crashes: it holds the lock. */
const signals = ['SIGSTOP', 'SIGSEGV', 'SIGSTOP', 'SIGABRT'] as const;

/**
 * Stops a process while a rival runs the same in the same folder. The rival is refused, naming the one that holds the folder,
 * or does the whole run where that one did not hold it yet.
 */
async function outlasted({ child }: StartedProcess, rival: StartedProcess): Promise<'rivals refused' | 'rivals done'> {
  child.kill('SIGSTOP');
  const { code, signal, stderr } = await rival.ended;
  child.kill('SIGCONT');
  if (code === 0) return 'rivals done';
  // It may stand between locking the folder and saying so.
  const isNamed = stderr.includes(`process ${child.pid} on`) || stderr.includes('another process, which');
  if (code === 2 && isNamed && stderr.includes('is writing to this folder')) return 'rivals refused';
  child.kill('SIGKILL');
  throw new Error(`a rival of process ${child.pid}, which stands still, ended with ${code ?? signal}: ${stderr}`);
}

/** A crash ends it, if it was not done before; a pause does not. */
function expectEnd({ code, signal, stderr }: Ending, sent: NodeJS.Signals): void {
  if (code === 0 || (sent !== 'SIGSTOP' && signal === sent)) return;
  throw new Error(`ended with ${code ?? signal}: ${stderr}`);
}

function expectNoCore(folder: string): void {
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'results') : [];
  if (others.length > 0) throw new Error(`left ${others.join(', ')} in the working directory`);
}
