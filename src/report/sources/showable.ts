import { ResultsError } from '../../results/results-error.ts';

/** More cells make a page of tens of megabytes that nobody waits for. */
const mostCells = 2000;

/** @throws {ResultsError} for a run of more cells than a page can show */
export function expectShowable(cells: number, path: string): void {
  if (cells <= mostCells) return;
  throw new ResultsError(
    `${path}: has ${cells} cells, and a page can show ${mostCells}; run a part of them, or ask with norm-growth query`,
  );
}
