import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Ordeal, Trial } from '../../ordeal.ts';
import { expectFlat, type Sample } from './flatness.ts';

const program = fileURLToPath(new URL('soaking-run.ts', import.meta.url));

/** What README promises of the journal's ledger, which doubles now and then. */
const ledgerBytes = 64;

/** A day's worth of chunks, each of a few microseconds. */
export const soak: Ordeal = {
  name: 'soak',
  promise: 'a run of a million chunks holds no more memory, files and threads at its end than at its beginning',
  async endure(trial) {
    const chunks = trial.isBounded ? 20_000 : 1_000_000;
    const samples = await soaked(trial, chunks);
    if (samples.at(-1)!.done !== chunks) throw new Error(`soak: the run ended after ${samples.at(-1)?.done} chunks`);
    expectFlat(samples, ledgerBytes);
    const megabytes = (of: Sample) => Math.round(of.rss / 2 ** 20);
    const [early, late] = [samples[Math.floor(samples.length / 4)], samples.at(-1)!];
    return { chunks, 'MB resident after a quarter': megabytes(early), 'MB at the end': megabytes(late) };
  },
};

async function soaked({ folder, say }: Trial, chunks: number): Promise<Sample[]> {
  const child = spawn(process.execPath, [program, folder, String(chunks)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    samples.push(JSON.parse(line));
    say(`soak: ${samples.at(-1)!.done} of ${chunks} chunks`);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`soak: the run ended with code ${code}: ${complaint}`);
  return samples;
}
