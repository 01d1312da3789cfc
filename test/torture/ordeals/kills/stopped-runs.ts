import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { DisturbedRun } from './disturbed-run.ts';
import { inLanes } from './lanes.ts';
import { drawMoment, momentText, reached } from './moments.ts';
import { runDesigns } from './run-designs.ts';
import type { Ending, Victim } from './victim.ts';

const trials = { bounded: 10, full: 240 };

/** Crashes runs, and stops others for as long as another process takes to run the same. */
export const stoppedRuns: Ordeal = {
  name: 'stopped-runs',
  promise:
    'a run that crashes, or stands still while another process wants its folder, ends with the bytes of one that does not',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const wanted = isBounded ? trials.bounded : trials.full;
  const runs: DisturbedRun[] = [];
  const names = isBounded ? ['sweep'] : ['sweep', 'recordings'];
  for (const design of runDesigns.filter(({ name }) => names.includes(name)))
    runs.push(await DisturbedRun.of(design, join(folder, design.name)));
  const tally = { SIGSEGV: 0, SIGABRT: 0, SIGSTOP: 0, 'rivals refused': 0, 'rivals done': 0, 'bytes compared': 0 };
  await inLanes(async (number) => {
    const run = runs[number % runs.length];
    const own = join(folder, `trial-${number}`);
    const uniform = openGenerator('alea', `stopped-runs ${number}`)(seed);
    run.prepare(own);
    const signal = signals[Math.floor(number / runs.length) % signals.length];
    const moment = drawMoment(uniform, run.life);
    try {
      const victim = run.start(own, uniform);
      if (await reached(moment, victim, own)) {
        tally[signal] += 1;
        if (signal === 'SIGSTOP') tally[await outlasted(victim, run.start(own, uniform))] += 1;
        else victim.child.kill(signal);
      }
      expectEnd(await victim.ended, signal);
      tally['bytes compared'] += run.expectAlike(own, await run.start(own, uniform).ended);
      expectNoCore(own);
    } catch (error) {
      const what = `${run.design.name}, ${signal} ${momentText(moment)}`;
      throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
    }
    rmSync(own, { recursive: true });
    const done = tally.SIGSEGV + tally.SIGABRT + tally.SIGSTOP;
    say(`stopped-runs: ${done} of ${wanted} signals`);
    return done < wanted;
  });
  return { ...tally, differences: 0 };
}

/** A pause is worth two crashes: it holds the lock. */
const signals = ['SIGSTOP', 'SIGSEGV', 'SIGSTOP', 'SIGABRT'] as const;

/**
 * Stops a process while a rival runs the same in the same folder. The rival is refused, naming the one that holds the folder,
 * or does the whole run where that one did not hold it yet.
 */
async function outlasted({ child }: Victim, rival: Victim): Promise<'rivals refused' | 'rivals done'> {
  child.kill('SIGSTOP');
  const { code, signal, stderr } = await rival.ended;
  child.kill('SIGCONT');
  if (code === 0) return 'rivals done';
  const names = stderr.includes(`process ${child.pid} on`) || stderr.includes('another process');
  if (code === 2 && names && stderr.includes('is writing to this folder')) return 'rivals refused';
  throw new Error(`a rival of process ${child.pid}, which stands still, ended with ${code ?? signal}: ${stderr}`);
}

/** A crash ends it; after a pause it goes on, unless a rival was there first and has the folder, or it had ended before. */
function expectEnd({ code, signal, stderr }: Ending, sent: NodeJS.Signals): void {
  if (code === 0 || (sent !== 'SIGSTOP' && signal === sent)) return;
  throw new Error(`ended with ${code ?? signal}: ${stderr}`);
}

function expectNoCore(folder: string): void {
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'results') : [];
  if (others.length > 0) throw new Error(`left ${others.join(', ')} in the working directory`);
}
