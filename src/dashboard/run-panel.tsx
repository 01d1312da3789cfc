import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatCount, formatDuration, formatEstimate, formatSignificant } from '../report/format-number.ts';
import { differenceEstimate, type Estimate, meanEstimate } from '../statistics/pair-estimates.ts';
import { pace, type Snapshot } from './snapshot.ts';

/** The live view of a run: how far it is, and what it has found so far. */
export function RunPanel(props: { title: string; snapshot: Snapshot; elapsedSeconds: number }): ReactElement {
  const { title, snapshot, elapsedSeconds } = props;
  return (
    <Box flexDirection="column" borderStyle="round" paddingX={1} width={72}>
      <Text bold>{title}</Text>
      <ProgressLines snapshot={snapshot} elapsedSeconds={elapsedSeconds} />
      <LatestLines snapshot={snapshot} />
      <Text dimColor>Ctrl+C saves and stops</Text>
    </Box>
  );
}

function ProgressLines({ snapshot, elapsedSeconds }: { snapshot: Snapshot; elapsedSeconds: number }): ReactElement {
  const { replicates, replicatesDone, cells, cellsDone } = snapshot;
  const { perSecond, secondsLeft } = pace(snapshot, elapsedSeconds);
  const share = replicates === 0 ? 1 : replicatesDone / replicates;
  const filled = Math.round(40 * share);
  return (
    <>
      <Text>
        <Text color="green">{'█'.repeat(filled)}</Text>
        {'░'.repeat(40 - filled)} {Math.floor(100 * share)} %
      </Text>
      <Text>
        {formatCount(replicatesDone)} of {formatCount(replicates)} pairs, {formatCount(cellsDone)} of{' '}
        {formatCount(cells)} cells, {formatSignificant(perSecond, 3)} pair-steps/s, {formatDuration(secondsLeft)} left
      </Text>
    </>
  );
}

function LatestLines({ snapshot: { latest } }: { snapshot: Snapshot }): ReactElement | null {
  if (latest === null) return null;
  const { cell, norm, pairsViolated } = latest;
  return (
    <Box flexDirection="column" marginY={1}>
      <Text dimColor>
        cell {cell} after {formatCount(norm.count)} pairs
      </Text>
      <EstimateLine name="lower   E‖q′‖" {...meanEstimate(norm, 0)} />
      <EstimateLine name="upper   E‖q″‖" {...meanEstimate(norm, 1)} />
      <EstimateLine name="difference   " {...differenceEstimate(norm)} />
      <Text>pairs violated at some step: {formatCount(pairsViolated)}</Text>
    </Box>
  );
}

function EstimateLine({ name, estimate, standardError }: Estimate & { name: string }): ReactElement {
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
  return (
    <Text>
      {name} {formatEstimate(estimate, standardError)}
      {error}
    </Text>
  );
}
