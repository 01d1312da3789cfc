import type { Recording } from '../recording/recording.ts';

/** A theory of how far the items' norms grow, held against a recorded training. */
export interface Predictor {
  /** As theory.md and the tables call it. */
  readonly letter: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  readonly title: string;
  /** What must have been seen of the training before it can speak. */
  readonly needs: 'nothing' | 'the first epoch' | 'the training';
  /** s of each item after the training. */
  predict(recording: Recording): number[];
}
