import type { Topic } from './topic.ts';

export const results: Topic = {
  name: 'results',
  summary: 'run folders: what is kept, resumed and used again',
  page: [
    'A run keeps its numbers in results/<scenario>--<id>/; --out names another folder than results. The id is a hash of the plan: fields, cells, replicates, seed, --kernel and the version of the program, whatever the number of workers.',
    {
      terms: [
        ['manifest.json', 'the plan, the seed, and the program and machine that the run began on.'],
        [
          'journal.ndjson',
          'the finished chunks, one a line with its checksum; a long one is packed when the run is finished, to journal.ndjson.zst.',
        ],
        ['summary.json', 'the results, once the run is finished. Its bytes depend on the plan alone.'],
        ['cells.ndjson', 'the cells, one a line, in place of the summary’s where there are more than 20,000.'],
      ],
    },
    'Ask for the same plan again: an unfinished run goes on where it stopped, and a finished one is shown without computing. Ctrl+C saves and stops; even kill -9 costs only the chunks under way. A chunk that no worker can run is set aside and named, and the same command tries it again. --fresh computes anew, in a folder beside it.',
    'With more replicates, other cells or another `until:` it is another plan, in a new folder. It begins with every whole chunk of coupled pairs that earlier runs of the scenario in the same results folder have computed, and says how many, and from where.',
    '`watch` looks at a run of another process; `replay` repeats one pair of a run, step by step; `report` makes a page of pictures; `export` and `query` make tables; `compare` holds two runs against each other.',
    {
      examples: [
        ['norm-growth run coupled-pair --replicates 20000', 'a run folder; the second time nothing is computed'],
        ['norm-growth run coupled-pair --replicates 40000', 'begins with two chunks of the first'],
        ['norm-growth watch results/toy-steps--… --no-tui', 'a finished run, shown again'],
        [
          'norm-growth replay results/own-gains--… --pair 0',
          'a pair, step by step, around its first violation of the order',
        ],
      ],
    },
  ],
  see: ['tables', 'distribution', 'watch', 'replay', 'compare'],
};
