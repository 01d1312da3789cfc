import type { Shard } from '../engine/shard.ts';

/** The name that the folder of a shard's run has in place of the scenario's. */
export function shardFolderName(name: string, { number, of }: Shard): string {
  return `${name}.shard-${number}-of-${of}`;
}

/** A shard as a person writes it: `3/10`. */
export function shardText({ number, of }: Shard): string {
  return `${number}/${of}`;
}
