import type { Matrix } from '../../maths/matrix.ts';

/** A loss at a batch, and its gradients with respect to the towers' outputs. */
export interface LossGradient {
  readonly value: number;
  /** ∂L/∂q for each row of users, shape [B, d]. */
  readonly users: Matrix;
  /** ∂L/∂k for each row of items, shape [B, d]. */
  readonly items: Matrix;
}

/**
 * A loss over a batch of pairs. Row b of the users and row b of the items, both of shape [B, d], belong together; the
 * other rows are the negatives of a contrastive loss, repeated users and items included.
 */
export interface Loss {
  readonly name: string;
  /** Whether it sees the outputs only through their cosines: then its gradients are tangent. */
  readonly isCosine: boolean;
  gradient(users: Matrix, items: Matrix): LossGradient;
}

/** A function of the B × B scores of users and items, and its gradient. */
export type ScoreLoss = (scores: Matrix) => { readonly value: number; readonly gradient: Matrix };
