import { setTimeout } from 'node:timers/promises';
import { type JournalEnd, type JournalRecord, readJournal } from './read-journal.ts';

const pollMs = 200;

/** A record, and whether it was there before the following began. */
export interface FollowedRecord {
  readonly record: JournalRecord;
  readonly isOld: boolean;
}

/** How long a journal is followed. */
export interface Following {
  /** Whether the run is over, so that nothing more will come. */
  isOver(): Promise<boolean>;
  /** Ends it at the next look. */
  readonly signal: AbortSignal;
}

/**
 * The records of a journal that another process may be writing to, each as it comes. Looks five times a second, and reads
 * only what is new; a line that is not yet whole is read at a later look.
 *
 * @throws {ResultsError} as readJournal does
 */
export async function* followJournal(
  path: string,
  manifestHash: string,
  { isOver, signal }: Following,
): AsyncGenerator<FollowedRecord> {
  let after: JournalEnd | undefined;
  for (let isOld = true; !signal.aborted; isOld = false) {
    // Asked before the reading, which then holds all that was written before the run was over.
    const isLast = await isOver();
    const reading = readJournal(path, manifestHash, after === undefined ? {} : { after });
    let next = await reading.next();
    for (; !next.done && !signal.aborted; next = await reading.next()) yield { record: next.value, isOld };
    if (!next.done || isLast) return;
    after = next.value;
    // It rejects when the signal comes, which the loop's head sees, and for no other reason.
    await setTimeout(pollMs, undefined, { signal }).catch(() => {});
  }
}
