import { createRequire } from 'node:module';

/** What a stream says of where it leads: `columns` where that is a terminal. */
interface Outlet {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Fewer columns hold no words. */
const fewestColumns = 20;

let wrapAnsi: typeof import('wrap-ansi').default | undefined;

/**
 * A message as it is written to a stream: its lines broken between words at the width of a terminal, and left as they are
 * anywhere else. A path that is longer stays whole, to be copied.
 */
export function wrappedLine(text: string, { isTTY = false, columns = 0 }: Outlet): string {
  if (!isTTY || columns < fewestColumns || text.length <= columns) return text;
  // Loaded when a text needs it: most messages are short, and loading it takes time.
  wrapAnsi ??= createRequire(import.meta.url)('wrap-ansi').default as typeof import('wrap-ansi').default;
  return wrapAnsi(text, columns);
}
