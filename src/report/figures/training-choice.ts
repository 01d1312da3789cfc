import type { ShownTraining } from '../sources/trained-source.ts';
import type { Choice } from './figure.ts';

/** A reader's choice among the trainings that are shown one by one; null where there is one. */
export function trainingChoice(shown: readonly Pick<ShownTraining, 'name'>[]): Choice | null {
  return shown.length < 2 ? null : { label: 'Training', options: shown.map(({ name }) => name) };
}
