import type { Topic } from './topic.ts';

export const sweeps: Topic = {
  name: 'sweeps',
  summary: 'many values of a field, and designs over ranges',
  page: [
    'Any field of a single value can be swept. Every combination of the values is a cell, with estimates of its own; a sweep has up to a million.',
    {
      lines: `
sweep:
  learningRate: {log: [0.1, 100, 7]}             # 7 values in equal ratios; or linear
  popularity.upper: [0.004, 0.008]
  where: popularity.lower < popularity.upper     # which cells to keep`,
    },
    {
      terms: [
        ['combine: crossed', 'every combination; the default. The first field varies slowest.'],
        ['combine: zipped', 'the first values together, then the second, and so on.'],
        [
          'combine: sobol',
          'as many cells as `points:` says, spread over ranges of up to 21 fields: {log: [0.1, 100]}.',
        ],
        ['combine: latin-hypercube', 'the same, with exactly one cell in each stratum of every field.'],
      ],
    },
    'On the command line values are log:0.1:100:7, linear:0:1:5 or 1,2,5; with --design ranges are log:0.1:100.',
    'Cells that differ in learning rate, gain or decay share their draws where the same coupling and kernel simulate them, so that a sweep compares like with like. A cell that fails is named with the command that replays it, and the others go on; --fail-fast stops at the first.',
    {
      examples: [
        ['norm-growth run toy-steps --sweep learningRate=0.5,1,2', 'three cells'],
        [
          'norm-growth sweep coupled-pair --sweep learningRate=log:0.1:100:7 --plan',
          'what it would take and how precise it would be, by a short pilot; `sweep` is another name of `run`',
        ],
        [
          'norm-growth sweep toy-steps --design sobol:8 --sweep learningRate=log:0.1:10 --replicates 1000',
          'eight cells, evenly spread',
        ],
      ],
    },
  ],
  see: ['scenarios', 'precision', 'tables', 'distribution'],
};
