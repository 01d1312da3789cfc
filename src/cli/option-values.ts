import { InvalidArgumentError } from 'commander';
import type { Shard } from '../engine/shard.ts';

/** More threads than any machine this is meant for has, and few enough to start. */
const mostWorkers = 256;

/** The value of --workers. */
export function workerCount(text: string): number {
  const value = wholeNumber(text);
  if (value > mostWorkers) throw new InvalidArgumentError(`expected at most ${mostWorkers}.`);
  return value;
}

/** The value of `worker --workers`. */
export function threadCount(text: string): number {
  const value = workerCount(text);
  if (value < 1) throw new InvalidArgumentError('expected at least 1.');
  return value;
}

/** Timers cannot be set for longer. */
const longestTimeout = Math.floor((2 ** 31 - 1) / 1000);

/** The value of --chunk-timeout, in milliseconds; Infinity for 0. */
export function chunkTimeoutMs(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds > longestTimeout)
    throw new InvalidArgumentError(`expected seconds from 0, which sets no limit, to ${longestTimeout}.`);
  return seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
}

/** The value of --fps. */
export function frameRate(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > 60) throw new InvalidArgumentError('expected 1 to 60.');
  return value;
}

/** More parts than any cluster has places for. */
export const mostShards = 99_999;

/** The value of --shard: `3/10`. */
export function shard(text: string): Shard {
  const [, number, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const parsed = { number: Number(number), of: Number(of) };
  if (parsed.number >= 1 && parsed.number <= parsed.of) return parsed;
  throw new InvalidArgumentError(`expected k/n with 1 ≤ k ≤ n ≤ ${mostShards}, such as 3/10.`);
}

/** A flag's value that must be 0, 1, 2, …. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('expected a whole number ≥ 0.');
  return value;
}
