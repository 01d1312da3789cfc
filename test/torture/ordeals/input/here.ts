import { runCommand } from '../../../../src/cli/program.ts';
import type { Ended } from './judge.ts';

/** Runs a command line in this process, one at a time: what it prints is kept. */
export async function commandHere(words: readonly string[]): Promise<Ended> {
  const [stdout, restoreStdout] = held(process.stdout);
  const [stderr, restoreStderr] = held(process.stderr);
  try {
    const code = await runCommand(words);
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    restoreStdout();
    restoreStderr();
  }
}

/** Keeps what is written to a stream, until it is given back. */
function held(stream: NodeJS.WriteStream): [text: () => string, restore: () => void] {
  const { write } = stream;
  const pieces: Buffer[] = [];
  stream.write = ((piece: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    pieces.push(Buffer.from(piece as string));
    const settle = [encoding, done].find((value) => typeof value === 'function') as (() => void) | undefined;
    if (settle !== undefined) queueMicrotask(settle);
    return true;
  }) as typeof write;
  return [
    () => Buffer.concat(pieces).toString('utf8'),
    () => {
      stream.write = write;
    },
  ];
}
