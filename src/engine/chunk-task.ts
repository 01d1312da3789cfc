import type { Chunk } from './plan.ts';

/** What a pool sends to a worker thread. */
export interface ChunkTask<C> {
  readonly cell: C;
  readonly chunk: Chunk;
  /** One shared number: 0 until the worker begins, then 1. A thread that is still being started takes nobody's time. */
  readonly begun: Int32Array;
}

/** What `begun` is shared through; for one task at a time. */
export function sharedMark(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** To be called by the worker before anything else. */
export function takeUp({ begun }: ChunkTask<unknown>): void {
  Atomics.store(begun, 0, 1);
}

/** Whether a worker has begun. */
export function isTakenUp({ begun }: ChunkTask<unknown>): boolean {
  return Atomics.load(begun, 0) === 1;
}
