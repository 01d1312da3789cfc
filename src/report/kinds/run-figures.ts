import type { StoredRun } from '../../results/read-run.ts';
import type { Figure, FigureOf } from '../figures/figure.ts';

/** The figures of one kind of run. */
export interface RunFigures {
  /** What holds such a run's cells in the plan of its manifest. */
  readonly name: string;
  readonly figures: readonly Pick<FigureOf<never>, 'id' | 'about'>[];
  /**
   * Those of the figures for which a run has something to show, in their order.
   *
   * @param wanted ids; all where it is missing
   * @throws {ResultsError} for an unfinished run, and one that is not of this version's form
   */
  draw(run: StoredRun, wanted?: readonly string[]): Promise<Figure[]>;
}

/** Makes a kind of what opens its runs and what draws them. */
export function runFigures<Source>(
  name: string,
  open: (run: StoredRun) => Promise<Source>,
  figures: readonly FigureOf<Source>[],
): RunFigures {
  return {
    name,
    figures,
    async draw(run, wanted) {
      const source = await open(run);
      return figures
        .filter(({ id }) => wanted === undefined || wanted.includes(id))
        .flatMap((figure) => figure.draw(source) ?? []);
    },
  };
}
