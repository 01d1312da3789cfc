import type { Topic } from './topic.ts';

export const environment: Topic = {
  name: 'environment',
  summary: 'variables that are heeded, and what a terminal changes',
  page: [
    {
      terms: [
        ['NO_COLOR', 'not empty: no colours, in text and in the dashboard. Nothing is told by colour alone.'],
        [
          'FORCE_COLOR',
          'colours although the output is no terminal; 0: none. In text it outweighs NO_COLOR, in the dashboard NO_COLOR does.',
        ],
        ['CI', 'not empty: a line of progress in place of the dashboard.'],
        [
          'NORM_GROWTH_QUEUE',
          'the address of the queue, for `run` and `worker` without --queue: redis://:password@host:6379/0. It is neither printed nor stored.',
        ],
        ['NODE_OPTIONS', 'read by Node itself: --max-old-space-size=4096 gives more memory.'],
      ],
    },
    'Results go to stdout; progress and notices go to stderr, and --quiet leaves them out. The dashboard opens where both stdin and stdout are terminals; --no-tui keeps it closed. Nothing is read from a file in your home folder, and nothing is sent anywhere but to a queue that you name.',
    {
      examples: [
        ['NO_COLOR=1 norm-growth run toy-steps', 'without colours'],
        ['norm-growth run toy-steps --quiet --format json > toy.json', 'for a script'],
      ],
    },
  ],
  see: ['exit-codes', 'distribution', 'run'],
};
