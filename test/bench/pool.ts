import { workerPool } from '../../src/engine/pool.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import type { Contests, Side } from './contest.ts';
import { planned } from './our-side.ts';
import { pairParameters, pointA } from './points.ts';

/** Wall time of a plan on two workers against one: 0.5 on two idle processors, at best. */
export const pool: Contests = ({ isQuick }) => [
  {
    kernel: 'pool',
    point: pointA.name,
    contender: 'one-worker',
    unit: 'ns/pair wall',
    ours: pooled(2),
    theirs: pooled(1),
    pairs: isQuick ? 2 ** 18 : 2 ** 21,
  },
];

function pooled(workers: number): Side {
  return async (pairs, round) => {
    const executor = workerPool(workers);
    const run = async (count: number) => {
      const cell = planned({ pair: pairParameters(pointA, 'constant'), kernel: 'auto' }, count, round);
      for await (const _ of runPlan({ cells: [cell] }, { executor }));
    };
    // The workers start and compile in a first run.
    await run(2 ** 18);
    const start = performance.now();
    await run(pairs);
    const cost = ((performance.now() - start) * 1e6) / pairs;
    await executor.close();
    return { cost };
  };
}
