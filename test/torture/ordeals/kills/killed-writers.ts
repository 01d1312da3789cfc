import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { expectDone } from './disturbed-run.ts';
import { inLanes } from './lanes.ts';
import { drawMoment, type Life, lifeOf, momentText, reached } from './moments.ts';
import { contentsOfRun, onlyRunIn } from './run-contents.ts';
import { type Ending, startCommand } from './victim.ts';
import { type SourceRuns, type Writing, writings } from './writings.ts';

const kills = { bounded: 20, full: 300 };
const mostKillsOfATrial = 4;

/** Kills the commands that write files. */
export const killedWriters: Ordeal = {
  name: 'killed-writers',
  promise:
    'an export, a query, a report or a merge that is killed leaves all of its output or none, and what comes next is whole',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const wanted = isBounded ? kills.bounded : kills.full;
  const runs = await sourceRuns(folder);
  const written: Written[] = [];
  for (const writing of writings.filter(({ isLong }) => !(isBounded && isLong)))
    written.push(await Written.undisturbed(writing, runs, join(folder, `whole-${written.length}`)));
  const figures = { SIGKILLs: 0, 'before any output': 0, 'with a part beside it': 0, 'after the output': 0 };
  let [outputs, bytes] = [0, 0];
  await inLanes(async (number) => {
    const one = written[number % written.length];
    const own = join(folder, `trial-${number}`);
    one.prepare(own);
    const uniform = openGenerator('alea', `killed-writers ${number}`)(seed);
    const story: string[] = [];
    try {
      for (let left = Math.ceil(mostKillsOfATrial * uniform()); left > 0; left--) {
        const victim = one.start(own);
        const moment = drawMoment(uniform, one.life);
        story.push(momentText(moment));
        if (await reached(moment, victim, own)) victim.child.kill('SIGKILL');
        const end = await victim.ended;
        if (end.signal !== 'SIGKILL') one.expectDone(own, end);
        else {
          figures.SIGKILLs += 1;
          figures[one.expectWholeOrNone(own)] += 1;
        }
      }
      one.expectDone(own, await one.start(own).ended);
      bytes += one.expectAlike(own);
      outputs += 1;
    } catch (error) {
      throw new Error(`${one.name}, killed ${story.join(', ')}: ${(error as Error).message}`, { cause: error });
    }
    rmSync(own, { recursive: true });
    say(`killed-writers: ${figures.SIGKILLs} of ${wanted} SIGKILLs`);
    return figures.SIGKILLs < wanted;
  });
  return { ...figures, 'outputs compared': outputs, 'bytes compared': bytes, differences: 0 };
}

const cells = '{log: [0.1, 10, 40]}';
const scenario = `{kind: coupled, name: source, popularity: {lower: 0.01, upper: 0.02}, batchSize: 16, steps: 100,
  replicates: 200, trajectory: {points: 10}, sweep: {learningRate: ${cells}}}`;

/** The runs that are written of. */
async function sourceRuns(folder: string): Promise<SourceRuns> {
  const source = join(folder, 'source');
  mkdirSync(source);
  expectDone(await startCommand(['run', scenario, '--quiet', '--out', 'whole'], source).ended);
  for (const shard of ['1/2', '2/2'])
    expectDone(await startCommand(['run', scenario, '--quiet', '--shard', shard, '--out', 'shards'], source).ended);
  const shards = readdirSync(join(source, 'shards')).map((name) => join(source, 'shards', name));
  return { whole: onlyRunIn(join(source, 'whole'))!, shards };
}

/** What a command writes when nothing disturbs it. */
class Written {
  readonly life: Life;
  readonly #writing: Writing;
  readonly #runs: SourceRuns;
  /** By name in the working directory. */
  readonly #files: ReadonlyMap<string, string>;

  private constructor(writing: Writing, runs: SourceRuns, life: Life, files: ReadonlyMap<string, string>) {
    this.#writing = writing;
    this.#runs = runs;
    this.life = life;
    this.#files = files;
  }

  static async undisturbed(writing: Writing, runs: SourceRuns, folder: string): Promise<Written> {
    mkdirSync(folder);
    const victim = startCommand(writing.words(runs), folder);
    const life = await lifeOf(victim, folder);
    expectDone(await victim.ended);
    return new Written(writing, runs, life, filesIn(folder));
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

  start(folder: string) {
    return startCommand(this.#writing.words(this.#runs), folder);
  }

  /** It ends well, or says that all is there already, which then it is. */
  expectDone(folder: string, end: Ending): void {
    const isThere = this.#writing.old === undefined && end.code === 2 && / already/.test(end.stderr);
    if (!isThere) expectDone(end);
    this.expectAlike(folder);
  }

  /**
   * After a death.
   *
   * @throws where a part of the output bears its name, or anything lies there that is no temporary file
   */
  expectWholeOrNone(folder: string): 'before any output' | 'with a part beside it' | 'after the output' {
    const { output } = this.#writing;
    const found = filesIn(folder);
    if (output === 'merged') return this.#stageOfMerge(found);
    const foreign = [...found.keys()].filter((name) => !name.startsWith(output));
    if (foreign.length > 0) throw new Error(`left ${foreign.join(', ')}`);
    const named = [...found].filter(([name]) => name === output || name.startsWith(`${output}/`));
    this.#expectEachWhole(named.filter(([name]) => !name.endsWith('.tmp')));
    const isNew = [...this.#files].every(([name, text]) => found.get(name) === text);
    if (isNew) return 'after the output';
    this.#expectNoneNew(new Map(named));
    return found.size > named.length ? 'with a part beside it' : 'before any output';
  }

  /** @returns how many bytes were compared */
  expectAlike(folder: string): number {
    const found = filesIn(folder);
    const names = new Set([...this.#files.keys(), ...found.keys()]);
    const different = [...names].filter((name) => this.#files.get(name) !== found.get(name));
    if (different.length > 0) throw new Error(`not as of an undisturbed command: ${different.join(', ')}`);
    return [...this.#files.values()].reduce((sum, text) => sum + text.length, 0);
  }

  #expectEachWhole(found: readonly [name: string, text: string][]): void {
    for (const [name, text] of found) {
      if (text === this.#files.get(name) || text === this.#writing.old?.[name]) continue;
      throw new Error(`${name} is neither the old one nor the new: ${text.length} bytes`);
    }
  }

  /** Of a new folder: its name is a promise that all is there. In an old one files are replaced one by one. */
  #expectNoneNew(found: ReadonlyMap<string, string>): void {
    if (this.#writing.old !== undefined || found.size === 0) return;
    throw new Error(`${this.#writing.output} has ${found.size} of ${this.#files.size} files`);
  }

  /** A merged run is one when it has a summary. */
  #stageOfMerge(
    found: ReadonlyMap<string, string>,
  ): 'before any output' | 'with a part beside it' | 'after the output' {
    if (found.size === 0) return 'before any output';
    const summaries = [...found.keys()].filter((name) => name.endsWith('summary.json'));
    return summaries.length === 0 ? 'with a part beside it' : 'after the output';
  }
}

/** What lies in a folder, as text by name: of a run folder what must be the same. */
function filesIn(folder: string): Map<string, string> {
  const merged = join(folder, 'merged');
  if (existsSync(merged)) {
    const run = onlyRunIn(merged);
    const contents = run === null ? [] : [...contentsOfRun(run)];
    return new Map(contents.map(([name, { sha256 }]) => [name, sha256]));
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}
