import type { Topic } from './topic.ts';

export const scenarios: Topic = {
  name: 'scenarios',
  summary: 'what to simulate, written in a file',
  page: [
    'A scenario is a YAML file. What it leaves out has a default, and a mistake is told with its line and column. `run` takes the name of a scenario that comes with the program, a file, or a folder, of which it runs every scenario.',
    {
      lines: `
kind: coupled
name: mine
popularity: {lower: 0.002, upper: 0.004}
batchSize: 64
steps: 1000
learningRate: 1
replicates: 100000
expect:
  norm.lower: exact                        # the mean of the exact law
  norm.difference: {atLeast: 0}`,
    },
    {
      terms: [
        [
          'kind: coupled',
          'pairs of trainings that share every draw and differ in one item’s popularity; simulated step by step, without a network. The default.',
        ],
        ['kind: train', 'two towers trained for real, on data from a file or a generator.'],
        ['kind: fidelity', 'real trainings held against the process.'],
      ],
    },
    'Any field can be set from the command line by its dotted path. Popularities can come from a table of users and items: `popularity: {data: file, percentiles: [50, 99]}`. Paths in a file are relative to it, those of --set to the working directory.',
    '`expect:` says what the results must be. `run` and `check --scenario` judge it statistically: the exit code is 1 where it is not so.',
    {
      examples: [
        ['norm-growth list', 'the scenarios that come with the program'],
        ['norm-growth run toy-steps --set popularity.upper=0.75', 'one of them, with another value'],
        ['norm-growth schema scenario > schema.json', 'every field, described; for editors and for you'],
        ['norm-growth check --scenario counterexample', 'whether a scenario’s `expect:` lines hold'],
      ],
    },
  ],
  see: ['sweeps', 'precision', 'run', 'schema'],
};
