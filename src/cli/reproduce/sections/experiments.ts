import type { Section } from '../section.ts';
import { type Experiment, line, runExperiment } from './experiment-line.ts';

const lines = [
  line('1', '01-embedding', [true, true, true, true]),
  line('2', '02-dot-products', [true, false, false, false]),
  line('3', '03-bert', [false, true, false, true]),
  line('4', '04-embedding-linear', [false, true, false, true]),
  line('5', '05-frozen-linear', [false, true, false, true]),
  line('6', '06-one-hot-linear', [true, true, true, true]),
  line('7', '07-squared-gap', [true, true, true, true]),
  line('6 with a bias', 'one-hot-linear-with-bias', [false, true, false, true], 'theory, section 5'),
];

/** The article's experiments on toy data. */
export const experiments: Section = {
  id: 'experiments',
  title: 'Experiments 1 to 7',
  about:
    'The article’s table, on its toy data: two conditions measured on the towers and the loss, two on every recorded step of the trainings. The pictures are of the first and the last step.',
  async reproduce(equipment) {
    const done: Experiment[] = [];
    for (const of of lines) done.push(await runExperiment(of, equipment));
    return {
      rows: done.flatMap(({ rows }) => rows),
      tables: [
        { name: 'steps', title: 'Every recorded step of the experiments', rows: done.flatMap(({ steps }) => steps) },
      ],
      pictures: done.map(({ ran: { path, scenario } }) => {
        return { path, scenario: scenario.name, figures: [], kept: ['cell-0-epoch-1.svg', 'cell-0-epoch-100.svg'] };
      }),
    };
  },
};
