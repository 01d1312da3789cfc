import type { Topic } from './topic.ts';

export const exitCodes: Topic = {
  name: 'exit-codes',
  summary: 'what a command says to the shell that called it',
  page: [
    {
      terms: [
        ['0', 'done, and every claim and expectation holds.'],
        [
          '1',
          'something is false or has failed: an expectation or a claim does not hold, a cell failed, a chunk was set aside, `parity` found a deviation, `reproduce` a row that differs without a known reason, or `predict --verify` measured another threshold. Also a defect of the program, with its stack.',
        ],
        [
          '2',
          'the input is wrong: an option, a scenario, a table, a run folder, the address of a queue. The message says where, what was expected, what came, and what to do.',
        ],
        ['130', 'interrupted, by Ctrl+C or kill. What is done is saved, and the same `run` goes on.'],
      ],
    },
    '`watch` ends with 130 when one leaves it before the run is finished. A `worker` serves until it is interrupted, so that 130 is how it ends. Output that nobody reads on, as before `| head`, ends a command with 130, too: whether all holds nobody has seen.',
    {
      examples: [
        [
          "norm-growth run counterexample --quiet > /dev/null && echo 'as expected'",
          'a scenario’s `expect:` as a test in a script',
        ],
        ["norm-growth check A3 > /dev/null || echo 'A3 does not hold'", 'a claim'],
      ],
    },
  ],
  see: ['scenarios', 'order', 'environment'],
};
