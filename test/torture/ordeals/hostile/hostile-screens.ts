import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { builtCommand, type Ending, startProcess } from '../../../started-process.ts';
import type { Ordeal } from '../../ordeal.ts';
import { actingIn, faultOfEnd } from '../input/judge.ts';
import { type SampleRun, sampleRuns } from '../input/sample-runs.ts';
import { tried } from '../input/tried.ts';
import { withTexts } from './foreign-summary.ts';
import { foreignText } from './payloads.ts';

/** Run folders with hostile texts, watched on the dashboard of a terminal, every pane of it. */
export const hostileScreens: Ordeal = {
  name: 'hostile-screens',
  promise: 'no foreign text acts on the dashboard, in whichever pane it stands',
  missing: async () => (spawnSync('script', ['--version']).status === 0 ? null : 'there is no script (util-linux)'),
  async endure(trial) {
    const place = join(trial.folder, 'case');
    // Shards have no texts.
    const samples = (await sampleRuns(trial.folder)).filter(({ name }) => !name.includes('.shard-'));
    let [refused, seen] = [0, 0];
    const attempt = async ({ sample, texts }: HostileRun) => {
      rmSync(place, { recursive: true, force: true });
      const folder = join(place, sample.name);
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of sample.files)
        writeFileSync(join(folder, name), name === 'summary.json' ? withTexts(text, texts) : text);
      const ending = await watchedOnTerminal(folder);
      if (ending.code === null) return `the dashboard does not end: ${ending.signal}`;
      if (ending.stdout.includes(finished)) {
        if (ending.stdout.includes('pwn')) seen += 1;
        return faultOfScreen(ending.stdout);
      }
      refused += 1;
      // A terminal does not know stdout from stderr.
      return faultOfEnd({ ...ending, stdout: '', stderr: ending.stdout.replaceAll('\r\n', '\n') });
    };
    const count = await tried(trial, { bounded: 4, full: 200 }, hostile(samples), attempt);
    if (refused > count / 2) throw new Error(`${refused} of ${count} were refused: too few were shown`);
    if (seen < count / 10 && !trial.isBounded) throw new Error(`only ${seen} of ${count} screens show what would act`);
    return { 'dashboards with hostile texts': count - refused, 'run folders with them refused': refused };
  },
};

interface HostileRun {
  readonly sample: SampleRun;
  readonly texts: readonly string[];
}

function hostile(samples: readonly SampleRun[]): fc.Arbitrary<HostileRun> {
  return fc.record({
    sample: fc.constantFrom(...samples),
    texts: fc.array(foreignText, { minLength: 3, maxLength: 3 }),
  });
}

/** What the dashboard says of a run once it has read all of it. */
const finished = 'finished';

/** A pane fills the screen, and then each of the others. */
const keys = ['\r', ...'123456789', 'q'];

/** Longer than a frame of the dashboard. */
const pauseMs = 120;

/** Everything that `watch` writes to a terminal of its own, without colours. */
async function watchedOnTerminal(folder: string): Promise<Ending> {
  const line = `stty cols 200 rows 60; exec "$NODE" "$COMMAND" watch "$FOLDER"`;
  const env = { NO_COLOR: '1', TERM: 'xterm-256color', NODE: process.execPath, COMMAND: builtCommand, FOLDER: folder };
  const { child, printed, ended } = startProcess('script', ['-qec', line, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let isOver = false;
  const end = ended.finally(() => {
    isOver = true;
  });
  // Keys that come too late find nobody.
  child.stdin!.on('error', () => {});
  const waiting = [...keys];
  while (!isOver && waiting.length > 0) {
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, pauseMs))]);
    if (!isOver && printed.stdout.includes(finished)) child.stdin!.write(waiting.shift()!);
  }
  return end;
}

/** What Ink itself writes: the other screen, the cursor, frames at once, and lines that are drawn anew. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal is written to with
const drawing = /\u001b\[(?:\?(?:1049|25|2026)[hl]|1A|2K|G)/g;

/** What acts among what the dashboard has written, besides its drawing; null where nothing does. */
export function faultOfScreen(text: string): string | null {
  const acting = actingIn(text.replace(drawing, '').replaceAll('\r\n', '\n'));
  return acting === null ? null : `writes ${acting}`;
}
