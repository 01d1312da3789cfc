import type { Snapshot } from '../snapshot.ts';
import { claimsPanel } from './claims-panel.tsx';
import { estimatesPanel } from './estimates-panel.tsx';
import { logPanel } from './log-panel.tsx';
import { orderPanel } from './order-panel.tsx';
import type { Panel } from './panel.ts';
import { progressPanel } from './progress-panel.tsx';
import { sweepPanel } from './sweep-panel.tsx';
import { trainerPanel } from './trainer-panel.tsx';
import { trajectoriesPanel } from './trajectories-panel.tsx';

/** The panes of the dashboard, in the order of their numbers. */
export const panels: readonly Panel[] = [
  progressPanel,
  estimatesPanel,
  trajectoriesPanel,
  orderPanel,
  sweepPanel,
  claimsPanel,
  trainerPanel,
  logPanel,
];

/** Those that have something to show of this run. */
export function panelsFor(snapshot: Snapshot): readonly Panel[] {
  return panels.filter((panel) => panel.isFor(snapshot));
}
