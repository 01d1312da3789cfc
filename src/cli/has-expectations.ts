import type { Scenario } from '../scenarios/load-scenario.ts';

/** Whether anything is expected of a scenario's numbers. */
export function hasExpectations({ cells }: Scenario): boolean {
  for (const { expect } of cells) if (expect.length > 0) return true;
  return false;
}
