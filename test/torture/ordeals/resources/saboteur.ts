import { mkdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** What becomes of a thread that is given a poisoned chunk. */
const poisons = {
  exit: () => process.exit(7),
  memory: () => {
    const held: number[][] = [];
    for (;;) held.push(new Array(1_000_000).fill(held.length));
  },
  loop: () => {
    for (;;);
  },
  throw: () => {
    throw new RangeError('no such number');
  },
};

export type Poison = keyof typeof poisons;

/** Which chunks are poisoned, by `<cell>/<block>`; `*` is every one. */
export interface Sabotage {
  readonly chunks: Readonly<Record<string, Poison>>;
  /** A folder that remembers which chunks have been poisonous once: those are sound from then on. Null where they stay so. */
  readonly onceIn: string | null;
}

const sabotage = JSON.parse(process.env.SABOTAGE ?? 'null') as Sabotage | null;

/** Called by the sabotaged worker before it computes a chunk. */
function taste({ cell, block }: { readonly cell: number; readonly block: number }): void {
  const { chunks = {}, onceIn = null } = sabotage ?? {};
  const poison = chunks[`${cell}/${block}`] ?? chunks['*'];
  if (poison !== undefined && (onceIn === null || isFirst(join(onceIn, `${cell}-${block}`)))) poisons[poison]();
}

function isFirst(marker: string): boolean {
  try {
    mkdirSync(marker);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// Preloaded into every thread of the command as it was built (NODE_OPTIONS=--import): its own files stay as they are, so that
// the program is the same one to whoever compares fingerprints.
if (!isMainThread && sabotage !== null) {
  Object.assign(globalThis, { taste });
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!/\/dist\/.*\/worker\.js$/.test(url)) return loaded;
      const source = String(loaded.source);
      const sound = 'takeUp(task);';
      if (!source.includes(sound)) throw new Error(`${url}: the saboteur finds no "${sound}" in it`);
      return { ...loaded, source: source.replace(sound, `${sound} taste(task.chunk);`) };
    },
  });
}
