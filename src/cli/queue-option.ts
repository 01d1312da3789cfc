import { Option } from 'commander';

/**
 * `--queue`. The address is read later: a message about a value that commander refuses would hold its password, and so would
 * one about a default.
 */
export function queueOption(description: string): Option {
  // Set to nothing, as scripts do, it is not set.
  if (process.env.NORM_GROWTH_QUEUE === '') delete process.env.NORM_GROWTH_QUEUE;
  return new Option('--queue <address>', description).env('NORM_GROWTH_QUEUE');
}
