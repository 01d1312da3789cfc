import { renderToString } from 'ink';
import { expect, it } from 'vitest';
import { RunPanel } from '../../src/dashboard/run-panel.tsx';
import { jointMoments } from '../../src/statistics/joint-moments.ts';

const snapshot = {
  cells: 2,
  cellsDone: 1,
  replicates: 2000,
  replicatesDone: 1500,
  replicatesRecovered: 0,
  pairSteps: 150_000,
  latest: { cell: 1, norm: jointMoments([3.5, 4.5], [4.5, 4.75]), pairsViolated: 3 },
};

it('shows how far the run is and what it has found, in 72 columns', () => {
  const frame = renderToString(<RunPanel title="coupled-pair" snapshot={snapshot} elapsedSeconds={3} />, {
    columns: 80,
  });
  expect(frame).toContain('75 %');
  expect(frame).toContain('1,500 of 2,000 pairs');
  expect(frame).toContain('lower   E‖q′‖ 4.00 ± 0.50');
  expect(frame).toContain('pairs violated at some step: 3');
  expect(Math.max(...frame.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
});

it('has nothing to estimate before the first chunk', () => {
  const empty = { ...snapshot, replicatesDone: 0, latest: null };
  expect(renderToString(<RunPanel title="x" snapshot={empty} elapsedSeconds={0} />, { columns: 80 })).not.toContain(
    'E‖q′‖',
  );
});
