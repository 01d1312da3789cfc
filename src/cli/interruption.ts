import { interrupted } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort, so that what is under way can be finished and saved; a second
 * one stops at once (the journal is whole at any moment).
 */
export function abortOnSignals(aborted: () => void): {
  readonly signal: AbortSignal;
  stopListening(): void;
} {
  const controller = new AbortController();
  const listen = () => {
    if (controller.signal.aborted) process.exit(interrupted);
    controller.abort();
    aborted();
  };
  for (const signal of signals) process.on(signal, listen);
  return {
    signal: controller.signal,
    stopListening: () => {
      for (const signal of signals) process.off(signal, listen);
    },
  };
}
