import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ending, StartedProcess } from '../../../started-process.ts';
import { expectDone } from './disturbed-run.ts';
import { type Life, lifeOf } from './moments.ts';
import {
  bytesIn,
  type Contents,
  contentOf,
  contentsOfRun,
  differencesBetween,
  filesIn,
  onlyRunIn,
} from './run-contents.ts';
import { startVictim } from './victim.ts';
import type { SourceRuns, Writing } from './writings.ts';

/** How far a command had come when it died. */
type Stage = 'before any output' | 'with a part beside it' | 'after the output';

/** A command that writes files and can be begun over and over, and what it writes when nothing disturbs it. */
export class DisturbedWriting {
  readonly life: Life;
  readonly #writing: Writing;
  readonly #runs: SourceRuns;
  readonly #expected: Contents;

  private constructor(writing: Writing, runs: SourceRuns, life: Life, expected: Contents) {
    this.#writing = writing;
    this.#runs = runs;
    this.life = life;
    this.#expected = expected;
  }

  /** Lets it write undisturbed. @param folder its own */
  static async of(writing: Writing, runs: SourceRuns, folder: string): Promise<DisturbedWriting> {
    mkdirSync(folder);
    const victim = startVictim(writing.words(runs), folder);
    const life = await lifeOf(victim, folder);
    expectDone(await victim.ended);
    return new DisturbedWriting(writing, runs, life, contentsIn(folder, writing));
  }

  get name(): string {
    return this.#writing.name;
  }

  /** Makes a folder to write in. */
  prepare(folder: string): void {
    mkdirSync(folder);
    for (const [name, text] of Object.entries(this.#writing.old ?? {})) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  start(folder: string): StartedProcess {
    return startVictim(this.#writing.words(this.#runs), folder);
  }

  /**
   * Looks at what a death has left.
   *
   * @throws where a part of the output bears its name, or anything lies there that is no temporary file beside it
   */
  expectWholeOrNone(folder: string): Stage {
    const { output, old } = this.#writing;
    const found = contentsIn(folder, this.#writing);
    if (output === 'merged') return stageOfMerge(found);
    const foreign = [...found.keys()].filter((name) => !name.startsWith(output));
    if (foreign.length > 0) throw new Error(`left ${foreign.join(', ')}`);
    const named = [...found.keys()].filter((name) => name === output || name.startsWith(`${output}/`));
    const isNew = (name: string) => found.get(name)?.sha256 === this.#expected.get(name)?.sha256;
    const isOld = (name: string) =>
      old?.[name] !== undefined && found.get(name)?.sha256 === contentOf(old[name]).sha256;
    const torn = named.find((name) => !isNew(name) && !isOld(name) && !(old !== undefined && name.endsWith('.tmp')));
    if (torn !== undefined)
      throw new Error(`${torn} is neither the old one nor the new: ${found.get(torn)!.bytes} bytes`);
    if ([...this.#expected.keys()].every(isNew)) return 'after the output';
    // What is replaced is replaced file by file; the name of a new folder is a promise that all of it is there.
    if (old === undefined && named.length > 0)
      throw new Error(`${output} has ${named.length} of ${this.#expected.size} files`);
    return found.size > named.filter((name) => !name.endsWith('.tmp')).length
      ? 'with a part beside it'
      : 'before any output';
  }

  /**
   * Expects that it has ended well, or has said that all is there already; and that nothing else is there than when it is not
   * disturbed.
   *
   * @returns how many bytes were compared
   */
  expectAlike(folder: string, end: Ending): number {
    const isThere = this.#writing.old === undefined && end.code === 2 && /\balready\b/.test(end.stderr);
    if (!isThere) expectDone(end);
    const different = differencesBetween(this.#expected, contentsIn(folder, this.#writing));
    if (different.length > 0) throw new Error(`not as of an undisturbed command: ${different.join(', ')}`);
    return bytesIn(this.#expected);
  }
}

/** A merged run is one when it has a summary. */
function stageOfMerge(found: Contents): Stage {
  if (found.size === 0) return 'before any output';
  return found.has('summary.json') ? 'after the output' : 'with a part beside it';
}

function contentsIn(folder: string, { output }: Writing): Contents {
  if (output === 'merged') {
    const run = onlyRunIn(join(folder, output));
    return run === null ? new Map() : contentsOfRun(run);
  }
  return new Map(filesIn(folder).map((name) => [name, contentOf(readFileSync(join(folder, name)))]));
}
