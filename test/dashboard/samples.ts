import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import { coupledFacts, trainingFacts } from '../../src/dashboard/facts-of-run.ts';
import { foldSeen } from '../../src/dashboard/fold-seen.ts';
import type { RunFacts } from '../../src/dashboard/run-facts.ts';
import { type CellJudge, emptySnapshot, type Merged, type Seen, type Snapshot } from '../../src/dashboard/snapshot.ts';
import { cellResult } from '../../src/engine/cell-result.ts';
import type { CellKind, EngineEvent } from '../../src/engine/engine-event.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { type Cell, type CellRequest, type ChunkedCell, planCells } from '../../src/engine/plan.ts';
import { coupledPairs, runCells } from '../../src/engine/run-plan.ts';
import type { Expectation } from '../../src/theorems/expectations/expectation.ts';
import { expectationText } from '../../src/theorems/expectations/expectation.ts';
import { judge } from '../../src/theorems/expectations/judge.ts';
import { judged } from '../../src/theorems/verify.ts';
import { planTrainings, runTraining, trainingKind } from '../../src/trainer/training-cell.ts';
import { pairOf } from '../coupling/pairs.ts';
import { trainingOf } from '../trainer/training.ts';

const noJudge: CellJudge = () => [];

/** Every event of a run comes a tenth of a second after the one before. */
const msPerEvent = 100;

/** The snapshot of events that were really told, the first `upTo` of them, by two workers in turns. */
export async function snapshotOf(
  facts: RunFacts,
  events: AsyncIterable<EngineEvent<ChunkedCell, Merged>>,
  { upTo = Number.POSITIVE_INFINITY, judgeCell = noJudge, more = [] as readonly Seen[] } = {},
): Promise<Snapshot> {
  let snapshot = emptySnapshot(facts, 0);
  let atMs = 0;
  for await (const event of events) {
    if (atMs >= upTo * msPerEvent) break;
    atMs += msPerEvent;
    const told = event.type === 'chunk' ? { ...event, worker: 1 + (event.chunk.block % 2) } : event;
    snapshot = foldSeen(snapshot, [{ atMs, event: told }], atMs, judgeCell);
  }
  return foldSeen(snapshot, more, atMs, judgeCell);
}

function planned(requests: readonly CellRequest[], chunkSize: number): Cell[] {
  return planCells(requests).cells.map((cell) => ({ ...cell, chunkSize }));
}

const request = { coupling: 'auto', generator: 'sfc32', seed: 1 } as const;

function eventsOf(cells: readonly Cell[]) {
  return runCells(cells, coupledPairs, { executor: inProcess() });
}

/** A single cell with a constant gain, of which the exact law is known: 1,000 pairs of 200 steps, done. */
export async function constantSample(upTo?: number): Promise<Snapshot> {
  const pair = pairOf({ popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 200 });
  const recordedSteps = Array.from({ length: 40 }, (_, point) => 5 * (point + 1));
  const cells = planned([{ ...request, pair, replicates: 1000, recordedSteps }], 100);
  const facts = coupledFacts('coupled-pair', 'results/coupled-pair--0123456789ab', cells, [{ swept: {}, expects: [] }]);
  return snapshotOf(facts, eventsOf(cells), { upTo });
}

/** A single cell with gains of each run's own: the order breaks in many pairs; no exact law is known. */
export async function violatedSample(): Promise<Snapshot> {
  const pair = pairOf({
    popularity: { lower: 0.02, upper: 0.025 },
    batchSize: 16,
    steps: 200,
    gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0.5 },
  });
  const recordedSteps = Array.from({ length: 40 }, (_, point) => 5 * (point + 1));
  const cells = planned([{ ...request, pair, replicates: 1000, recordedSteps }], 50);
  const facts = coupledFacts('own-gains', 'results/own-gains--0123456789ab', cells, [{ swept: {}, expects: [] }]);
  return snapshotOf(facts, eventsOf(cells));
}

/** A sweep over three popularities and four learning rates, with expectations of which one is wrong; under way unless done. */
export async function sweepSample({ isDone = false } = {}): Promise<Snapshot> {
  const points = [0.02, 0.03, 0.05].flatMap((upper) => [0.5, 1, 2, 4].map((rate) => ({ upper, rate })));
  const requests = points.map(({ upper, rate }) => ({
    ...request,
    pair: { ...pairOf({ popularity: { lower: 0.01, upper }, batchSize: 16, steps: 100 }), learningRate: rate },
    replicates: 200,
    recordedSteps: [25, 50, 75, 100],
  }));
  const cells = planned(requests, 100);
  const expectations: Expectation[] = [
    { quantity: 'norm.lower', is: 'exact' },
    { quantity: 'norm.difference', is: { atMost: 0.4 } },
  ];
  const texts = points.map(({ upper, rate }) => ({
    swept: { 'popularity.upper': upper, learningRate: rate },
    expects: expectations.map(expectationText),
  }));
  const facts = coupledFacts('eta-p', 'results/eta-p--0123456789ab', cells, texts);
  const judgeCell: CellJudge = (index, summary) => {
    return judged(judge(expectations, cellResult(cells[index], summary as ChunkSummary), 1e-6), 1e-6).findings;
  };
  const more: Seen[] = [
    { atMs: 50, log: { level: 'info', text: 'results/eta-p--0123456789ab: resumed, 200 pairs are reused' } },
    { atMs: 900, log: { level: 'warning', text: 'baskets.csv: 3 bad rows were skipped' } },
  ];
  return snapshotOf(facts, eventsOf(cells), { judgeCell, more, ...(isDone ? {} : { upTo: 30 }) });
}

/** Two trainings on the toy data, in the plane, told epoch by epoch: the first done, the second at its twelfth epoch. */
export async function trainingSample({ isDone = false } = {}): Promise<Snapshot> {
  const cells = planTrainings([{ training: trainingOf({ epochs: 20 }), seed: 1, replicates: 2 }]);
  const facts = trainingFacts('01-embedding', 'results/01-embedding--0123456789ab', cells, [
    { swept: {}, expects: ['item.tangent true'] },
  ]);
  let snapshot = emptySnapshot(facts, 0);
  let atMs = 0;
  const kind: CellKind<ChunkedCell, Merged> = trainingKind as never;
  let merged = kind.empty;
  for (const block of [0, 1]) {
    const seen: Seen[] = [];
    const chunk = { cell: 0, block, first: block, replicates: 1 };
    const summary = runTraining(cells[0], chunk, new Map(), (told) => {
      atMs += msPerEvent;
      seen.push({ atMs, epoch: { cell: 0, training: block, ...told } });
    });
    merged = kind.merge(merged, summary);
    const isWhole = block === 1;
    const end: Seen[] = [
      { atMs, event: { type: 'chunk', chunk, summary, isRecovered: false, worker: 1 } },
      {
        atMs,
        event: isWhole
          ? { type: 'cell', cell: cells[0], summary: merged }
          : { type: 'progress', cell: cells[0], merged },
      },
    ];
    const isCutShort = isWhole && !isDone;
    snapshot = foldSeen(snapshot, isCutShort ? seen.slice(0, 12) : [...seen, ...end], atMs, noJudge);
  }
  return snapshot;
}
