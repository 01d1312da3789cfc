import type { Topic } from './topic.ts';

export const distribution: Topic = {
  name: 'distribution',
  summary: 'one run on several machines: shards and the queue',
  page: [
    'Scenarios of kind coupled can be shared out in two ways. Both give the bytes of a run on one machine.',
    'In parts: --shard 2/3 does the second of three parts, with whatever starts your jobs; `merge` puts the parts together. Missing chunks are named, and nothing is written then. Job files for Slurm, Kubernetes, GNU parallel and GitHub Actions come with the program, in scenarios/cluster.',
    {
      examples: [
        ['norm-growth run toy-steps --shard 1/2', 'on one machine'],
        ['norm-growth run toy-steps --shard 2/2', 'on another'],
        ['norm-growth merge results/toy-steps.shard-* --out merged', 'with both folders in one place'],
      ],
    },
    'Live: `run --queue` sends chunks to a Redis server, version 7 or newer, and any number of `worker` commands compute them. Workers, server and sender may be killed at any moment: the journal of the run folder is the truth, and the same command goes on where it stopped. A chunk whose worker dies six times is set aside, with the line that replays it.',
    {
      lines: `
redis-server --appendonly yes --maxmemory-policy noeviction
norm-growth worker --queue redis://127.0.0.1:6379/0
norm-growth run eta-p-sweep --queue redis://127.0.0.1:6379/0`,
    },
    'A worker takes plans of its own build, Node and processor type only, and says what differs when others wait. NORM_GROWTH_QUEUE holds the address, with its password, where a list of processes does not show it.',
  ],
  see: ['results', 'environment', 'run', 'merge', 'worker'],
};
