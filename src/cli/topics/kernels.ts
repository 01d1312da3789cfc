import type { Topic } from './topic.ts';

export const kernels: Topic = {
  name: 'kernels',
  summary: 'couplings, compiled kernels and their plain twins',
  page: [
    'A coupling is a way to draw both runs of a pair. All but the last have the same joint law; `coupling: auto`, the default, takes the cheapest that is exact for the scenario, and the summary says which and why.',
    {
      terms: [
        ['slots', 'one uniform a slot of every batch: the literal definition.'],
        ['steps', 'one uniform a step; for items in most batches.'],
        ['events', 'one gap an appearance; for items in few batches.'],
        [
          'counts',
          'how often the item appeared; for a constant gain, when only the end is wanted: trajectory: {points: 0}.',
        ],
        ['independent', 'each run for itself: the control that shows what the coupling is worth.'],
      ],
    },
    'All but `independent` have SIMD kernels in WebAssembly, for constant, schedule, trace and log-normal gains without decay or momentum. Each is tested against its plain twin in TypeScript, which is slower, easier to read, has the same law, and draws of its own.',
    {
      terms: [
        ['--kernel auto', 'compiled kernels where there are any; the default.'],
        ['--kernel plain', 'the plain twins, for `run` and `check`; trainings come out the same but for rounding.'],
      ],
    },
    'The draws of a replicate depend on its address alone: seed, cell group, purpose and number. Workers, order and interruptions change no digit.',
    {
      examples: [
        ['norm-growth run toy-steps --kernel plain', 'by the plain twins'],
        ['norm-growth run toy-steps --set coupling=slots', 'by the literal definition'],
        ['norm-growth check A8 A10 --kernel plain', 'claims about the coupling, by the plain twins'],
      ],
    },
  ],
  see: ['scenarios', 'order', 'precision'],
};
