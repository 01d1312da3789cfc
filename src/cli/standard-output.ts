import { fstatSync, writeSync } from 'node:fs';
import { fileError } from '../results/results-error.ts';
import { failed, interrupted } from './exit-codes.ts';

const stdout = 1;

/** Sees to it that what is printed arrives whole, or that the exit code says that it did not. */
export function guardStandardOutput(): void {
  // Node's own stream forgets what a nearly full disk did not take of a write, and says nothing.
  if (fstatSync(stdout).isFile()) process.stdout._write = writeWhole;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read our output has read enough (`… | head`): stop without a word, and do not say that all was done.
    if (error.code === 'EPIPE') process.exit(interrupted);
    // The terminal was closed: nobody sees what is printed, and a run goes on, or is ended by the signal that comes with it.
    if (error.code === 'EIO' && process.stdout.isTTY) return;
    process.stderr.write(`norm-growth: ${fileError(error, 'cannot be written', 'stdout').message}\n`);
    process.exit(failed);
  });
  // What is told beside the output stops nothing.
  process.stderr.on('error', () => {});
}

function writeWhole(bytes: Buffer, _encoding: BufferEncoding, written: (failure: Error | null) => void): void {
  let failure: Error | null = null;
  try {
    for (let from = 0; from < bytes.length; ) from += writeSync(stdout, bytes, from);
  } catch (error) {
    failure = error as Error;
  }
  written(failure);
}
