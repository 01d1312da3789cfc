import { inProcess } from '../../src/engine/executor.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { planned } from './our-side.ts';
import { pairParameters, pointA } from './points.ts';

// Run as a process of its own: prints by how many MiB its resident memory grows over so many pairs.

async function simulate(pairs: number) {
  const cell = planned({ pair: pairParameters(pointA, 'constant'), kernel: 'auto' }, pairs, 1);
  for await (const _ of runPlan({ cells: [cell] }, { executor: inProcess() }));
}

// The first chunks pay for the kernel's memory and for the compilers.
await simulate(2 ** 18);
const before = process.memoryUsage.rss();
await simulate(Number(process.argv[2]));
console.log((process.memoryUsage.rss() - before) / 2 ** 20);
