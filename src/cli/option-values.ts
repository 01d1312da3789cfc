import { InvalidArgumentError } from 'commander';

/** A flag's value that must be 0, 1, 2, …. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('expected a whole number ≥ 0.');
  return value;
}
