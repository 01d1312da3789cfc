import { BroadcastChannel } from 'node:worker_threads';
import type { Chunk } from '../engine/plan.ts';
import type { ToldEpoch } from './training-summary.ts';

/** An epoch that is done, in a training under way: for those who watch, nothing depends on it. */
export interface EpochDone extends ToldEpoch {
  readonly cell: number;
  /** The training's number within its cell. */
  readonly training: number;
}

/** Between the workers and whoever watches, in one process; keeps no thread alive. */
export function openEpochChannel(): BroadcastChannel {
  const channel = new BroadcastChannel('norm-growth epochs');
  channel.unref();
  return channel;
}

/** Tells whoever watches of an epoch of the training that a chunk is. */
export function tellEpoch(channel: BroadcastChannel, { cell, block }: Chunk, told: ToldEpoch): void {
  channel.postMessage({ cell, training: block, ...told } satisfies EpochDone);
}

/** Listens to the epochs of this process's trainings. Returns a function that ends it. */
export function listenToEpochs(listener: (done: EpochDone) => void): () => void {
  const channel = openEpochChannel();
  channel.onmessage = (message: unknown) => listener((message as { readonly data: EpochDone }).data);
  return () => channel.close();
}
