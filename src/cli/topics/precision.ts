import type { Topic } from './topic.ts';

export const precision: Topic = {
  name: 'precision',
  summary: 'how many replicates, and when to stop',
  page: [
    '`replicates` is the number of pairs in each cell. The standard error of a mean falls with its square root: a hundred times the pairs for one more digit. Every estimate stands beside its standard error and, where one is known, its exact value and z, the distance in standard errors.',
    'With `until:` a cell stops once a mean is known well enough, and `replicates` is the most it may take:',
    {
      lines: `
until:
  norm.difference: {relativeHalfWidth: 0.01}   # 1 % of the mean; or {halfWidth: 1e-3}
  level: 0.95                                  # that all targets hold, at every look`,
    },
    {
      terms: [
        ['norm.lower, norm.upper', 'the mean of ‖q‖ in either run; norm.difference is that of the paired difference.'],
        ['squaredNorm', 'the same of s = ‖q‖².'],
        ['halfWidth', 'half the length of the confidence interval, in the unit of the mean.'],
        ['relativeHalfWidth', 'the same as a share of the mean; of a mean of 0 it is never reached.'],
        ['violationRate', '{atMost: 0.01, atLeast: 0.02} decides between two rates by a sequential test.'],
      ],
    },
    'The intervals hold at every look at once, so that looking often costs no confidence. A cell stops after the same pair on any number of workers.',
    {
      examples: [
        [
          'norm-growth run toy-steps --replicates 1000000 --until norm.difference.relativeHalfWidth=0.02',
          'stops long before the millionth pair',
        ],
        ['norm-growth sweep eta-p-sweep --plan', 'the standard errors to expect, before anything is run'],
      ],
    },
  ],
  see: ['scenarios', 'sweeps', 'results'],
};
