import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending, StartedProcess } from '../../../started-process.ts';
import { type Life, lifeOf } from './moments.ts';
import {
  bytesIn,
  type Contents,
  contentsOfRun,
  differencesBetween,
  journalRecords,
  onlyRunIn,
  recordLines,
} from './run-contents.ts';
import type { RunDesign } from './run-designs.ts';
import { startVictim } from './victim.ts';

const workerCounts = [0, 1, 2];

/** A run that can be begun over and over, and what it comes to when nothing disturbs it. */
export class DisturbedRun {
  readonly design: RunDesign;
  readonly life: Life;
  /** How many records its journal has. */
  readonly records: number;
  readonly #before: string;
  readonly #earlier: readonly string[];
  readonly #expected: Contents;
  readonly #stdout: string;

  private constructor(design: RunDesign, before: string, earlier: readonly string[], whole: Whole) {
    this.design = design;
    this.life = whole.life;
    this.records = whole.records;
    this.#before = before;
    this.#earlier = earlier;
    this.#expected = whole.contents;
    this.#stdout = whole.stdout;
  }

  /** Runs it undisturbed. @param folder its own */
  static async of(design: RunDesign, folder: string): Promise<DisturbedRun> {
    const before = join(folder, 'before');
    const results = join(before, 'results');
    mkdirSync(results, { recursive: true });
    for (const words of design.earlier ?? []) expectDone(await startVictim(['run', ...words, '--quiet'], before).ended);
    const earlier = readdirSync(results);
    const whole = join(folder, 'whole');
    cpSync(before, whole, { recursive: true, preserveTimestamps: true });
    const victim = startVictim(['run', ...design.words, '--quiet'], whole);
    const life = await lifeOf(victim, whole);
    const { stdout } = expectDone(await victim.ended);
    const run = onlyRunIn(join(whole, 'results'), earlier)!;
    const contents = comparedOf(design, run);
    return new DisturbedRun(design, before, earlier, { life, stdout, contents, records: recordLines(run).length });
  }

  /** Makes a folder in which it can be begun. */
  prepare(folder: string): void {
    cpSync(this.#before, folder, { recursive: true, preserveTimestamps: true });
  }

  /** Begins it, or goes on with it. @param uniform draws the number of its workers */
  start(folder: string, uniform: () => number): StartedProcess {
    const workers = workerCounts[Math.floor(workerCounts.length * uniform())];
    return startVictim(['run', ...this.design.words, '--quiet', '--workers', String(workers)], folder);
  }

  /** Its run folder; null before there is one. */
  pathIn(folder: string): string | null {
    return onlyRunIn(join(folder, 'results'), this.#earlier);
  }

  /**
   * Expects that it has come to what it comes to undisturbed.
   *
   * @returns how many bytes were compared
   * @throws where it printed or wrote anything else
   */
  expectAlike(folder: string, end: Ending): number {
    const { stdout } = expectDone(end);
    const run = this.pathIn(folder)!;
    const different = differencesBetween(this.#expected, comparedOf(this.design, run));
    if (stdout !== this.#stdout) different.push('what it printed');
    if (different.length > 0) throw new Error(`not as in an undisturbed run: ${different.join(', ')}`);
    return bytesIn(this.#expected);
  }
}

/** Of what ran ahead, the summary says whether the records are those that they should be: the journal may have more. */
function comparedOf({ runsAhead }: RunDesign, run: string): Contents {
  const contents = contentsOfRun(run);
  return runsAhead ? new Map([...contents].filter(([name]) => name !== journalRecords)) : contents;
}

interface Whole {
  readonly life: Life;
  readonly stdout: string;
  readonly contents: Contents;
  readonly records: number;
}

export function expectDone(end: Ending): Ending {
  if (end.code === 0) return end;
  throw new Error(`expected exit code 0, got ${end.code ?? end.signal}: ${end.stderr}`);
}
