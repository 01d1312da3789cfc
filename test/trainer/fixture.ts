import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Matrix, matrixOf } from '../../src/maths/matrix.ts';
import { infoNceCosine, infoNceDot } from '../../src/trainer/losses/info-nce.ts';
import { squaredCosineGap } from '../../src/trainer/losses/pairwise.ts';
import type { Batch, TwoTowers } from '../../src/trainer/sgd-step.ts';
import { embeddingTower } from '../../src/trainer/towers/embedding.ts';
import { embeddingLinearTower, oneHotLinearTower } from '../../src/trainer/towers/linear.ts';

type Rows = readonly (readonly number[])[];

/** A run of an independent float64 implementation on the toy data. */
export interface Fixture {
  readonly user_names: readonly string[];
  readonly item_names: readonly string[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly lr: number;
  readonly loss: 'infonce_cos' | 'infonce_dot' | 'sqcos';
  readonly params: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: Rows | readonly number[] }>
  >;
  readonly step0: { readonly users: Rows; readonly items: Rows; readonly loss: number };
  readonly snapshots: readonly { step: number; loss_before_step: number; users: Rows; items: Rows }[];
  readonly suggested_abs_tol: Readonly<Record<string, number>>;
}

/** The fixtures of the towers without attention. */
export const fixtureNames = ['exp1', 'exp2', 'exp4', 'exp6', 'exp7'] as const;

export function readFixture(name: (typeof fixtureNames)[number]): Fixture {
  const file = fileURLToPath(new URL(`../fixtures/trainer/${name}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The model of a fixture at its initial parameters, and its one batch. */
export function modelOf({ params, loss, pairs }: Fixture): { model: TwoTowers; batch: Batch } {
  const parameter = (name: string): Matrix | null => {
    const found = params[name];
    return found === undefined ? null : matrixOf(found.shape[0], found.shape[1] ?? 1, found.data.flat());
  };
  const [embedding, weight, bias] = ['left.emb.weight', 'left.lin.weight', 'left.lin.bias'].map(parameter);
  const user =
    weight === null
      ? embeddingTower(embedding!)
      : embedding === null
        ? oneHotLinearTower(weight, bias?.values ?? null)
        : embeddingLinearTower({ features: embedding, weight, bias: bias?.values ?? null });
  const lossOf = { infonce_cos: infoNceCosine(1), infonce_dot: infoNceDot(1), sqcos: squaredCosineGap };
  return {
    model: { user, item: embeddingTower(parameter('item.weight')!), loss: lossOf[loss] },
    batch: { users: pairs.map(([u]) => u), items: pairs.map(([, i]) => i) },
  };
}
