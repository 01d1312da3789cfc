import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { gainOf } from '../../fidelity/recording/item-ledger.ts';
import type { Appearance } from '../../trainer/steppers/watched-stepper.ts';
import { fileError } from '../results-error.ts';

/** Appearances held in memory: a row group of the file. */
const rowsPerGroup = 65_536;

type Value = number | string;

/** A column: its name, how it is stored, and what an appearance has there. */
interface Column {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING';
  of(appearance: Appearance, items: readonly string[]): Value;
}

const columns: readonly Column[] = [
  { name: 'step', type: 'INT32', of: ({ step }) => step },
  { name: 'item', type: 'STRING', of: ({ item }, items) => items[item] },
  { name: 'multiplicity', type: 'INT32', of: ({ multiplicity }) => multiplicity },
  { name: 'batch_size', type: 'INT32', of: ({ batchSize }) => batchSize },
  { name: 'squared_norm_before', type: 'DOUBLE', of: ({ before }) => before },
  { name: 'squared_norm_after', type: 'DOUBLE', of: ({ after }) => after },
  { name: 'gain', type: 'DOUBLE', of: gainOf },
];

/**
 * Every appearance of a training, as a Parquet file that grows while it trains: a row group is written and forgotten.
 * The file is there under its name once it is whole.
 *
 * Writing is synchronous, because a training is; it is done in a worker.
 */
export class RecordingFile {
  readonly #path: string;
  readonly #items: readonly string[];
  readonly #descriptor: number;
  readonly #parquet: ParquetWriter;
  #rows: Appearance[] = [];

  /**
   * @param items names of the items, by row
   * @throws {ResultsError} if the disk refuses
   */
  constructor(path: string, items: readonly string[]) {
    this.#path = path;
    this.#items = items;
    this.#descriptor = this.#onDisk(() => {
      rmSync(this.#beside, { force: true });
      // 'wx' does not follow a link that someone put there.
      return openSync(this.#beside, 'wx');
    });
    const bytes = new ByteWriter();
    // Called after every row group.
    const flush = () => {
      this.#onDisk(() => writeAll(this.#descriptor, new Uint8Array(bytes.buffer, 0, bytes.index)));
      bytes.index = 0;
    };
    const columnData = columns.map(({ name, type }) => ({ name, type, data: [], nullable: false }));
    this.#parquet = new ParquetWriter({
      writer: Object.assign(bytes, { flush }),
      schema: schemaFromColumnData({ columnData }),
    });
  }

  add(appearance: Appearance): void {
    this.#rows.push(appearance);
    if (this.#rows.length === rowsPerGroup) this.#writeGroup();
  }

  /** Puts the whole file in place: a crash at any moment leaves it whole or not there. */
  finish(): void {
    if (this.#rows.length > 0) this.#writeGroup();
    this.#parquet.finish();
    this.#parquet.writer.flush?.();
    this.#onDisk(() => {
      fsyncSync(this.#descriptor);
      closeSync(this.#descriptor);
      renameSync(this.#beside, this.#path);
      const folder = openSync(dirname(this.#path), 'r');
      fsyncSync(folder);
      closeSync(folder);
    });
  }

  /** Leaves no file. */
  discard(): void {
    closeSync(this.#descriptor);
    rmSync(this.#beside, { force: true });
  }

  get #beside(): string {
    return `${this.#path}.tmp`;
  }

  #writeGroup(): void {
    const columnData = columns.map(({ name, of }) => {
      return { name, data: this.#rows.map((appearance) => of(appearance, this.#items)) };
    });
    this.#parquet.write({ columnData, rowGroupSize: rowsPerGroup });
    this.#rows = [];
  }

  #onDisk<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw fileError(error, 'cannot write this file', this.#path);
    }
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
}
