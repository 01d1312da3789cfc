/** Claims that do not exist were asked for; the message lists those that do. */
export class ClaimError extends Error {
  override readonly name = 'ClaimError';
}
