import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own in memory, which can be made full, larger, or read-only. */
export interface SmallDisk {
  readonly path: string;
  /** Mounts it anew with other options: `size=64k`, `ro`. */
  change(options: string): void;
  /** Bytes that are in use. */
  used(): number;
  /** Takes it away, whoever still has a file open there. */
  remove(): void;
}

/** Mounts a disk in a folder that is made. @param options of tmpfs: `size=64k`, `nr_inodes=8` */
export function smallDisk(path: string, options: string): SmallDisk {
  mkdirSync(path, { recursive: true });
  mount('-t', 'tmpfs', '-o', options, 'norm-growth', path);
  return {
    path,
    change: (changed) => mount('-o', `remount,${changed}`, path),
    used: () => 1024 * Number(execFileSync('df', ['--output=used', path], { encoding: 'utf8' }).split('\n')[1]),
    remove: () => void execFileSync('umount', ['--lazy', path]),
  };
}

/** Why this machine cannot mount disks; null where it can. */
export async function noSmallDisks(): Promise<string | null> {
  const path = mkdtempSync(join(tmpdir(), 'norm-growth-mount-'));
  const { status, error, stderr } = spawnSync('mount', ['-t', 'tmpfs', 'norm-growth', path], { encoding: 'utf8' });
  if (status === 0) execFileSync('umount', [path]);
  rmdirSync(path);
  return status === 0 ? null : `it cannot mount a disk in memory: ${error?.message ?? stderr.trim()}`;
}

function mount(...words: readonly string[]): void {
  execFileSync('mount', words);
}
