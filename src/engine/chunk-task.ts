import type { Chunk } from './plan.ts';

/** What a pool sends to a worker thread. */
export interface ChunkTask<C> {
  readonly cell: C;
  readonly chunk: Chunk;
  /** One shared number: 0 until the worker begins, then 1. A thread that is still being started takes nobody's time. */
  readonly begun: Int32Array;
}

export function chunkTask<C>(cell: C, chunk: Chunk): ChunkTask<C> {
  return { cell, chunk, begun: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** To be called by the worker before anything else. */
export function takeUp({ begun }: ChunkTask<unknown>): void {
  Atomics.store(begun, 0, 1);
  Atomics.notify(begun, 0);
}

/** Settles when the worker has begun; never where its thread ends before. */
export async function takenUp({ begun }: ChunkTask<unknown>): Promise<void> {
  await Atomics.waitAsync(begun, 0, 0).value;
}
