import { jointMoments } from '../../statistics/joint-moments.ts';
import { meanEstimate } from '../../statistics/pair-estimates.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { displacements } from '../../trainer/displacement.ts';
import { drawLinearLayer, drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { infoNceCosine } from '../../trainer/losses/info-nce.ts';
import { allOutputs, sgdStep } from '../../trainer/sgd-step.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import { embeddingLinearTower } from '../../trainer/towers/linear.ts';
import type { Gap, GapMeasurement } from '../gap.ts';

const starts = 200;
const dimension = 2;
/** What the article calls orthogonal. */
const tolerance = 1e-6;

/** Gap G9: what the article's measure of orthogonality depends on. */
export const scaleOfTheMetric: Gap = {
  id: 'G9',
  article: 'A row counts as moving orthogonally if |q·Δq| ≤ 1e-6.',
  instead: 'That depends on the size of the step: at a small rate everything counts, whatever its angle.',
  measure: ({ uniform }) =>
    [1e-4, 1e-5, 1e-6].flatMap((learningRate): GapMeasurement[] => {
      const moves = Array.from({ length: starts }, (_, start) => firstMoves(learningRate, uniform(`start ${start}`)));
      const counted = moves.map((of) => of.filter(({ product }) => Math.abs(product) <= tolerance).length / of.length);
      const share = overStarts(counted);
      const cosine = overStarts(moves.map((of) => median(of.map((move) => Math.abs(move.cosine)))));
      const name = `users behind embedding and linear layer, first step at η = ${learningRate}`;
      return [
        {
          what: `counted as orthogonal: ${name}`,
          value: 100 * share.estimate,
          standardError: 100 * share.standardError!,
          unit: '%',
        },
        {
          what: `mean over the starts of the median |cos(q, Δq)|: ${name}`,
          value: cosine.estimate,
          standardError: cosine.standardError,
          unit: '',
        },
      ];
    }),
};

function firstMoves(learningRate: number, uniform: () => number) {
  const { users, items, pairs } = toyInteractions;
  const features = drawNormalMatrix(users.length, dimension, uniform);
  const user = embeddingLinearTower({ features, ...drawLinearLayer(dimension, dimension, uniform) });
  const item = embeddingTower(drawNormalMatrix(items.length, dimension, uniform));
  const before = allOutputs(user);
  const batch = { users: pairs.map(([number]) => number), items: pairs.map(([, number]) => number) };
  sgdStep({ user, item, loss: infoNceCosine(1) }, batch, learningRate);
  return displacements(before, allOutputs(user));
}

/** The mean over the starts; the users of one start depend on each other, so its uncertainty is that between starts. */
function overStarts(values: readonly number[]) {
  return meanEstimate(jointMoments(values, values), 0);
}

/** The middle one of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
