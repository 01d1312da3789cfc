import type { Problem } from '../problem.ts';
import type { ModelFields } from './model-fields.ts';

/** What the schema of a training cannot see: fields that are sound by themselves and not together. */
export function contradictions({
  tower,
  data,
  user,
  item,
}: Pick<ModelFields, 'tower' | 'data' | 'user' | 'item'>): Problem[] {
  for (const [side, optimiser] of Object.entries({ user, item })) {
    const isCycled = optimiser.method === 'sgd' && typeof optimiser.momentum !== 'number';
    if (!isCycled || optimiser.schedule.shape === 'cyclic') continue;
    const message = `expected a cyclic schedule for a momentum that cycles, got ${optimiser.schedule.shape}`;
    return [{ path: [side, 'schedule', 'shape'], message }];
  }
  if (tower.kind === 'bert' && tower.width % tower.heads !== 0) {
    return [
      { path: ['tower', 'heads'], message: `expected a divisor of the width ${tower.width}, got ${tower.heads}` },
    ];
  }
  if (data.from === 'generator' && data.interactions > data.users * data.items) {
    const most = data.users * data.items;
    return [
      { path: ['data', 'interactions'], message: `expected at most ${most} different pairs, got ${data.interactions}` },
    ];
  }
  return [];
}
