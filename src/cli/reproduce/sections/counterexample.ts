import { articlePair } from '../../../process/article-pair.ts';
import { exactPairLaw } from '../../../process/exact-law.ts';
import { grow } from '../../../process/grow.ts';
import { cellsAs } from '../cells-of.ts';
import type { Row } from '../row.ts';
import { printedDigits, printedEstimate } from '../rules.ts';
import type { Section } from '../section.ts';

const source = 'theory, section 4';

/** The means by popularity as they are printed. */
const printed = [
  { p: 0.25, norm: '1.059', squaredNorm: '2.28' },
  { p: 0.5, norm: '1.490', squaredNorm: '3.327' },
  { p: 0.75, norm: '1.610', squaredNorm: '3.236' },
  { p: 0.9, norm: '1.532', squaredNorm: '2.636' },
  { p: 1, norm: '1.417', squaredNorm: '2.009' },
] as const;

/** The boxed claim fails where c rises more than fourfold. */
export const counterexample: Section = {
  id: 'counterexample',
  title: 'The counterexample',
  about:
    'T = 2, B = 1, s₀ = 0.1 and the gain c = 0.1, then 1: above a popularity of ¾ the mean norm falls. Each mean is enumerated, and simulated.',
  async reproduce(equipment) {
    const { path, scenario, summary } = await equipment.run('counterexample');
    const cells = cellsAs<'coupled'>(summary);
    const rows = printed.flatMap(({ p, ...of }): Row[] =>
      (['norm', 'squaredNorm'] as const).flatMap((quantity) => {
        const { mean, exact, standardError } = meansAt(cells, p)[quantity];
        const name = `${{ norm: 'E‖q‖', squaredNorm: 'E s' }[quantity]} at p = ${p}`;
        return [
          printedDigits({ claim: `${name}, by enumeration`, source }, of[quantity], exact!),
          printedEstimate({ claim: `${name}, simulated`, source }, of[quantity], { estimate: mean, standardError }),
        ];
      }),
    );
    return {
      rows: [...rows, ...paths()],
      pictures: [{ path, scenario: scenario.name, figures: ['norm-trajectories', 'final-norms', 'order-phases'] }],
    };
  },
};

/** The run of a cell that has this popularity. */
function meansAt(cells: ReturnType<typeof cellsAs<'coupled'>>, p: number) {
  for (const { parameters, norm, squaredNorm } of cells) {
    for (const run of ['lower', 'upper'] as const) {
      if (parameters.popularity[run] === p) return { norm: norm[run], squaredNorm: squaredNorm[run] };
    }
  }
  throw new RangeError(`counterexample: no cell has the popularity ${p}`);
}

/** One pair: c = 0.1 reaches the upper run alone, then 5 both. */
function paths(): Row[] {
  const pair = articlePair({ popularity: { lower: 1, upper: 1 }, batchSize: 1, steps: 2 });
  const both = exactPairLaw({ ...pair, gain: { model: 'trace', sharing: 'shared', values: [0.1, 5] } })!;
  return [
    printedDigits({ claim: 's′ from s₀ = 1 after c = 5 alone', source }, '6.0', grow(1, 5)),
    printedDigits({ claim: 's″ from s₀ = 1 after c = 0.1 and 5', source }, '5.645', both.squaredNorm.upper.mean),
  ];
}
