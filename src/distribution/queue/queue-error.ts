/** What a user can put right about a queue: the message says where, what and the remedy, and never holds a password. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}
