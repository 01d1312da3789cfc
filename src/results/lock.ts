import { lstat, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Disk, identityAt } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { isRunning } from './is-running.ts';
import { notRegular, readRegular } from './regular-file.ts';
import { fileError, ResultsError } from './results-error.ts';

/** The files that locking a folder leaves in it. */
export const lockFiles = { lock: 'lock', writer: 'writer.json' } as const;

/** SQLite's numbers. */
const busy = 5;
const notDatabase = 26;

/** The right to write into one folder. */
export interface WriterLock {
  /** Gives the right back; a second call does nothing. */
  release(): Promise<void>;
}

/**
 * Makes this process the one writer of a folder, or refuses at once and says who is.
 *
 * The right is a lock of the kernel, which frees it however the process dies. So there is no stale lock to recognise:
 * `writer.json` says who holds it, to people only. Not for network file systems.
 *
 * @throws {ResultsError} if another process holds it, or the lock file cannot be used
 */
export async function lockFolder(folder: string, disk: Disk): Promise<WriterLock> {
  const database = await openLockFile(folder);
  const [lock, writer] = [join(folder, lockFiles.lock), join(folder, lockFiles.writer)];
  const held = await identityAt(lock);
  const release = async () => {
    if (!database.isOpen) return;
    // Before the lock is given back, and not if the folder is another by now: the next writer's file must stay.
    if ((await identityAt(lock)) === held) await disk.remove(writer).catch(() => {});
    if (database.isOpen) database.close();
  };
  try {
    const identity = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
    await writeDurably(writer, `${JSON.stringify(identity)}\n`, disk);
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

/**
 * Never open the lock file in any other way while it is held: closing any descriptor of a file drops all of the
 * process's POSIX locks on it.
 */
async function openLockFile(folder: string): Promise<DatabaseSync> {
  // Only here, because loading it takes time that commands without a run need not spend.
  const { DatabaseSync } = await import('node:sqlite');
  const path = join(folder, lockFiles.lock);
  // No link is followed out of a run folder, and what is no file is no lock.
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() === false) throw notRegular(path);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    // IMMEDIATE, not EXCLUSIVE: it takes the one lock that has a single holder and asks nothing of the readers, so of
    // two processes that try at the same moment exactly one succeeds; with EXCLUSIVE both can fail.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE'); // in memory: no journal file beside the lock
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    const { errcode, errstr } = error as { errcode?: number; errstr?: string };
    if (errcode === busy) throw new ResultsError(await busyMessage(folder));
    if (errcode === notDatabase) {
      throw new ResultsError(`${path}: is not the lock that it should be; nothing is kept in it: remove it`, {
        cause: error,
      });
    }
    if (found === null) await expectFileCanBeMade(path);
    throw new ResultsError(
      `${path}: cannot lock the folder (${errstr ?? (error as Error).message}); check that the folder is there, is ` +
        'writable and is not on a network disk, or choose another results folder',
      { cause: error },
    );
  }
}

/** SQLite does not say why it cannot make a file. @throws {ResultsError} for what the disk says */
async function expectFileCanBeMade(path: string): Promise<void> {
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    throw fileError(error, 'cannot lock the folder', path);
  }
}

async function busyMessage(folder: string): Promise<string> {
  const writer = await currentWriter(join(folder, lockFiles.writer));
  return `${folder}: ${writer} is writing to this folder; wait until it ends or stop it, then run the same command again`;
}

async function currentWriter(path: string): Promise<string> {
  return (await writerAt(path)) ?? 'another process, which has not yet said which,';
}

/** The process that says it is writing into a folder, in words; null where none does, or where it is dead. */
export function writerOf(folder: string): Promise<string | null> {
  return writerAt(join(folder, lockFiles.writer));
}

/** Between locking and writing its name, a writer's file is that of a dead one, or missing. */
async function writerAt(path: string): Promise<string | null> {
  try {
    const { host, pid, since } = JSON.parse((await readRegular(path)) ?? 'null') ?? {};
    if (!/^[\w.-]{1,255}$/.test(host) || !Number.isSafeInteger(pid) || !/^[\dTZ:.-]{20,30}$/.test(since)) return null;
    if (host === hostname() && !isRunning(pid, since)) return null;
    return `process ${pid} on ${host}, since ${since},`;
  } catch {
    return null;
  }
}
