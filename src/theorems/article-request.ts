import type { CellRequest } from '../engine/plan.ts';
import { articlePair } from '../process/article-pair.ts';
import type { CheckSetting } from './claim.ts';

/** What a claim asks the simulator for: a pair, under the article's conditions unless said otherwise, final states only. */
export function articleRequest(
  pair: Parameters<typeof articlePair>[0],
  { seed }: Pick<CheckSetting, 'seed'>,
  request: Pick<CellRequest, 'replicates'> & Partial<CellRequest>,
): CellRequest {
  return { pair: articlePair(pair), coupling: 'auto', generator: 'sfc32', seed, recordedSteps: [], ...request };
}
