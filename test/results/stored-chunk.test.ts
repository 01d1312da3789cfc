import { expect, it } from 'vitest';
import { inProcess } from '../../src/engine/executor.ts';
import { chunkAt } from '../../src/engine/plan.ts';
import { parseChunkSummary } from '../../src/results/stored-chunk.ts';
import { planScenario } from '../../src/results/stored-plan.ts';
import { load, minimal } from '../scenarios/files.ts';

const { plan } = planScenario(await load(`${minimal}steps: 10\nreplicates: 8\ntrajectory: {points: 2}\n`), 'auto');
const cell = plan.cells.at(0)!;
const chunk = chunkAt(cell, 0);
const answer = await inProcess().run(cell, chunk);
if (answer === null || !('summary' in answer)) throw new Error('the sample chunk failed');
const sound = JSON.stringify(answer.summary);
type Summary = ReturnType<typeof JSON.parse>;

it('takes what a chunk came to', () => {
  expect(parseChunkSummary(JSON.parse(sound), cell, chunk)).toEqual(JSON.parse(sound));
});

it.each<[string, (summary: Summary) => void]>([
  ['a negative sum of squares', ({ norm }) => (norm.central[2] = -1)],
  ['a negative sum of squares on the way', ({ trajectory }) => (trajectory.upper.squares[0] = -1e-9)],
  ['a minimum above its maximum', ({ histograms }) => (histograms.lower.minimum = 1e9)],
  ['a bin that no number is in', ({ histograms }) => (histograms.lower.runs[0] = 2 ** 40)],
  ['more violated pairs than pairs', ({ order }) => (order.pairsViolatedAtEnd = 9)],
  ['pairs of another chunk', ({ order }) => (order.pairs = 7)],
])('takes no summary with %s', (_, change) => {
  const summary = JSON.parse(sound);
  change(summary);
  expect(parseChunkSummary(summary, cell, chunk)).toBeNull();
});
