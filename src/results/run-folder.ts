import type { Json } from '../random/canonical-json.ts';
import type { CellsFileWriter } from './cells-file.ts';
import type { JournalRecord } from './read-journal.ts';

/** The folder of one run. While the run is not finished it belongs to this process alone. */
export interface RunFolder {
  readonly path: string;
  readonly id: string;
  /** What was found: nothing, an unfinished run, or a finished one, which can only be read. */
  readonly status: 'new' | 'resumed' | 'finished';
  /** What is reused, what was cut and why, each a sentence for the user. */
  readonly notices: readonly string[];
  /** The blocks that are durable when it is called, each once, in the order they were written. */
  records(): AsyncIterable<JournalRecord>;
  /** Whether a block is there, or was appended; of an unfinished run only. */
  has(address: { readonly cell: number; readonly block: number }): boolean;
  /** See Journal.append. */
  append(record: { readonly cell: number; readonly block: number; readonly summary: unknown }): void;
  /** See Journal.flush. */
  flush(): Promise<void>;
  /**
   * Puts a file beside the run's own, whole or not at all: a picture. Only before `finish`; a resumed run writes it again.
   *
   * @param name of the file and the folder it is in: `pictures/cell-0.svg`
   */
  attach(name: string, text: string): Promise<void>;
  /** Opens the file that holds the cells of a long run. Only before `finish`; a resumed run writes it again. */
  openCells(): Promise<CellsFileWriter>;
  /** Makes a folder beside the run's own files, if it is not there: where workers keep recordings. Returns its path. */
  makeFolder(name: 'recordings'): Promise<string>;
  /**
   * Makes the run a finished one, with this summary and its checksum, and packs a long journal; nothing can be appended afterwards. Still
   * to be closed. Returns what the user is to know: that the journal could not be packed.
   */
  finish(summary: object): Promise<readonly string[]>;
  /** The summary of a finished run, null of any other. */
  summary(): Promise<Json>;
  /** Flushes what was appended and gives the folder back. A second call does nothing. */
  close(): Promise<void>;
}
