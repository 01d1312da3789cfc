import { growthOf } from './growth-law.ts';
import { initialLaw } from './initial-law.ts';
import { groupItems, type ItemGroup } from './item-groups.ts';
import type { PlannedTraining } from './planned-training.ts';

/** The law of ‖q‖ after a training, group by group: a node for every node of the law of the start. */
export interface FinalNorms {
  readonly groups: readonly ItemGroup[];
  readonly items: number;
  /** Σ over the items of their interactions in an epoch. */
  readonly interactions: number;
  /** Of the start's law; the same for every group. */
  readonly weights: Float64Array;
  /** ‖q‖ at each node: norms[group][node]. */
  readonly norms: readonly Float64Array[];
}

/** What of a training does not depend on its rate: prepared once for many rates. */
export interface PreparedTraining {
  readonly groups: readonly ItemGroup[];
  readonly items: number;
  readonly interactions: number;
  readonly start: ReturnType<typeof initialLaw>;
}

export function prepare({ popularity, initial, dimension }: PlannedTraining): PreparedTraining {
  return {
    groups: groupItems(popularity),
    items: popularity.length,
    interactions: popularity.reduce((sum, value) => sum + value, 0),
    start: initialLaw(initial, dimension),
  };
}

export function finalNorms(
  planned: PlannedTraining,
  { groups, items, interactions, start }: PreparedTraining = prepare(planned),
): FinalNorms {
  const norms = groups.map(({ popularity }) => {
    const { kept, grown } = growthOf(planned, popularity, interactions);
    return start.nodes.map((s) => Math.sqrt(Math.sqrt(kept * s * s + grown)));
  });
  return { groups, items, interactions, weights: start.weights, norms };
}
