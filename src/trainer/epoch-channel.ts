import { BroadcastChannel } from 'node:worker_threads';

/** An epoch that is done, in a training under way: for progress alone, nothing depends on it. */
export interface EpochDone {
  readonly cell: number;
  /** The training's number within its cell. */
  readonly training: number;
  readonly epoch: number;
}

/** Between the workers and whoever shows progress, in one process; keeps no thread alive. */
export function openEpochChannel(): BroadcastChannel {
  const channel = new BroadcastChannel('norm-growth epochs');
  channel.unref();
  return channel;
}
