/** A run to be disturbed. */
export interface RunDesign {
  readonly name: string;
  /** Of the command line after `run`; the workers are drawn. */
  readonly words: readonly string[];
  /** Runs that lie in the results folder before, of which blocks are reused. */
  readonly earlier?: readonly (readonly string[])[];
  /** Whether threads that would idle do chunks that its stopping rule turns out not to need: which ones, depends on the moment. */
  readonly runsAhead?: boolean;
  /** How many trials of a round are of it: a heavy one has few. */
  readonly turns: number;
  /** Whether it is too long for the short form. */
  readonly isLong?: boolean;
}

const pairs = `kind: coupled, popularity: {lower: 0.01, upper: 0.02}, batchSize: 16,
  gain: {model: lognormal, sigma: 0.5, rho: 0.9, sharing: own}`;

function cellsAt(name: string, rates: string): string {
  return `{${pairs}, name: ${name}, steps: 400, trajectory: {points: 20}, replicates: 500, sweep: {learningRate: ${rates}}}`;
}

const twelve = '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]';

const generated = 'data: {from: generator, users: 60, items: 20, interactions: 400, factors: 0}';

/** One design for each way in which a run comes about. */
export const runDesigns: readonly RunDesign[] = [
  { name: 'sweep', words: [cellsAt('sweep', twelve)], turns: 5 },
  {
    // Several chunks a cell, of which the last are never needed.
    name: 'until',
    words: [
      `{${pairs}, name: until, steps: 8000, trajectory: {points: 20}, replicates: 8000, sweep: {learningRate: [1, 2, 3]}}`,
      '--until',
      'norm.difference.relativeHalfWidth=0.004',
    ],
    runsAhead: true,
    turns: 4,
  },
  { name: 'shard', words: [cellsAt('shard', twelve), '--shard', '2/3'], turns: 4 },
  {
    name: 'reuse',
    words: [cellsAt('reuse', twelve)],
    earlier: [[cellsAt('reuse', '[1, 2, 3, 4]')], [cellsAt('reuse', '[3, 4, 5, 6, 7]')]],
    turns: 4,
  },
  {
    name: 'recordings',
    words: [
      `{kind: fidelity, study: predictors, name: recordings, ${generated}, dimension: 4, learningRate: 50,
        batches: {sampler: epoch-shuffle, size: 16}, epochs: 2, replicates: 4, recordings: all}`,
    ],
    turns: 2,
  },
  {
    name: 'coupled-trainings',
    words: [
      `{kind: fidelity, study: coupled-trainings, name: coupled-trainings,
        data: {from: generator, users: 60, items: 20, interactions: 200, zipfExponent: 0, factors: 0}, dimension: 4,
        learningRate: 10, steps: 20, replicates: 20, popularity: {lower: 0.02, upper: 0.04}}`,
    ],
    turns: 2,
  },
  {
    // In the plane, of which pictures are kept.
    name: 'trainings',
    words: [`{kind: train, name: trainings, ${generated}, dimension: 2, learningRate: 5, replicates: 3, epochs: 2}`],
    turns: 1,
  },
  {
    // A journal of more than 8 MB, which is packed in the end.
    name: 'packed',
    words: [
      `{${pairs}, name: packed, steps: 200, trajectory: {points: 200}, replicates: 1000,
        sweep: {learningRate: {log: [0.1, 10, 44]}}}`,
    ],
    turns: 1,
  },
  {
    // More cells than a summary holds: they have a file of their own.
    name: 'many-cells',
    words: [
      `{kind: coupled, name: many-cells, popularity: {lower: 0.01, upper: 0.02}, batchSize: 8, steps: 20, replicates: 40,
        trajectory: {points: 0}, sweep: {learningRate: {log: [0.01, 100, 150]}, tangentSignal: {log: [0.1, 10, 140]}}}`,
    ],
    turns: 1,
    isLong: true,
  },
];
