import { distribution } from './distribution.ts';
import { environment } from './environment.ts';
import { exitCodes } from './exit-codes.ts';
import { kernels } from './kernels.ts';
import { notation } from './notation.ts';
import { order } from './order.ts';
import { precision } from './precision.ts';
import { results } from './results.ts';
import { scenarios } from './scenarios.ts';
import { sweeps } from './sweeps.ts';
import { tables } from './tables.ts';
import type { Topic } from './topic.ts';

/** Every topic of `help`, in the order in which a newcomer would ask. To add one: a file in this folder, a line here. */
export const topics: readonly Topic[] = [
  scenarios,
  sweeps,
  precision,
  results,
  tables,
  order,
  kernels,
  distribution,
  notation,
  environment,
  exitCodes,
];
