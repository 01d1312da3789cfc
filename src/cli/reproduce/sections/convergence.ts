import { cellsAs } from '../cells-of.ts';
import { printedWithin } from '../rules.ts';
import type { Section } from '../section.ts';

/** The steps that are published, by the radius of the start. */
const published = new Map([
  [0.25, 6],
  [0.5, 24],
  [0.75, 54],
  [1, 96],
  [2, 385],
  [3, 869],
  [4, 1547],
  [5, 2416],
]);

/** How long the norm slows a training down. */
export const convergence: Section = {
  id: 'convergence',
  title: 'The longer, the slower',
  about:
    '500 pairs start on spheres of some radius in 20 dimensions and minimise −mean cos until it is 0.999: the steps that it takes, against the published ones.',
  async reproduce(equipment) {
    const { path, scenario, summary } = await equipment.run('experiments/embedding-norms-convergence');
    const rows = cellsAs<'train'>(summary).map(({ swept, trainings }) => {
      const radius = Number(swept['initial.radius']);
      const steps = published.get(radius)!;
      const claim = `steps from radius ${radius} until the mean cosine is 0.999`;
      const margin = Math.max(1, Math.floor(steps / 100));
      const why = '1 % of the steps, at least one; the start is another draw';
      return printedWithin({ claim, source: 'arXiv 2502.09252' }, String(steps), trainings[0].steps, margin, why);
    });
    return { rows, pictures: [{ path, scenario: scenario.name, figures: ['training-course'] }] };
  },
};
