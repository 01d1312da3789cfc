import type { Shard } from '../engine/shard.ts';

/** The name that the folder of a shard's run has in place of the scenario's. */
export function shardFolderName(name: string, { number, of }: Shard): string {
  return `${name}.shard-${number}-of-${of}`;
}

/** A shard as a person writes it: `3/10`. */
export function shardText({ number, of }: Shard): string {
  return `${number}/${of}`;
}

/** Shards of one division as a person reads them: `shard 3/10`, `shards 1, 4–8 of 10`. */
export function shardsText(numbers: Iterable<number>, of: number): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  if (sorted.length === 1) return `shard ${shardText({ number: sorted[0], of })}`;
  const ranges: [from: number, to: number][] = [];
  for (const number of sorted) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const named = ranges.slice(0, mostRanges).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `shards ${listed(named, ranges.length)} of ${of}`;
}

const mostRanges = 10;

/** The first of some names, and how many more there are. */
export function listed(names: readonly string[], count: number): string {
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}
