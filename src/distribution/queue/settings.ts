/** How patient the two sides of a queue are, in milliseconds unless said otherwise. */
export interface QueueSettings {
  /** How long a server may stay out of reach at the start. */
  readonly patienceMs: number;
  /** How long a worker may be silent before its chunk is given to another; it tells twice as often that it lives. */
  readonly lockMs: number;
  /** How often workers look for chunks whose worker is silent. */
  readonly stalledMs: number;
  /** How many workers a chunk may outlive; one more and it is set aside. */
  readonly mostDeaths: number;
  /** How often a chunk is tried that a worker could not run: its thread ran out of memory, say. */
  readonly attempts: number;
  /** After how long it is tried again; a chunk whose plan is not there, which is no attempt, after so many times as long as it came. */
  readonly retryMs: number;
  /** After how long without any answer the sender looks for what is missing in Redis, and puts it back. */
  readonly topUpMs: number;
}

export const queueSettings: QueueSettings = {
  patienceMs: 5000,
  lockMs: 30_000,
  stalledMs: 5000,
  mostDeaths: 5,
  attempts: 3,
  retryMs: 1000,
  topUpMs: 2000,
};
