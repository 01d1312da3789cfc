import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCells } from '../../src/engine/plan.ts';
import { PairSimulator } from '../../src/engine/run-chunk.ts';
import { articlePair } from '../../src/process/article-pair.ts';
import { scheduleFactor } from '../../src/process/schedules/index.ts';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';
import { arbitraryGain, arbitraryPair, arbitraryScenario, arbitrarySchedule } from '../../src/testing/arbitraries.ts';
import { inlineScenario } from '../../src/testing/tested-pair.ts';

describe('arbitraries', () => {
  it('give scenarios that load as what they say', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryScenario(), async (scenario) => {
        const { name, cells } = await loadScenario(JSON.stringify(scenario));
        const { seed, coupling, generator, replicates } = scenario;
        expect(name).toBe(scenario.name);
        expect([...cells]).toMatchObject([{ seed, coupling, generator, replicates }]);
      }),
      { numRuns: 300 },
    );
  });

  it('give pairs that can be drawn', () => {
    fc.assert(
      fc.property(arbitraryPair(), (pair) => {
        const request = { coupling: 'auto', generator: 'sfc32', seed: 1, replicates: 1, recordedSteps: [] } as const;
        const [cell] = planCells([{ ...request, pair }], 'plain').cells;
        const simulator = new PairSimulator(cell);
        simulator.draw(0);
        expect(simulator.record.lower).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('give every gain model and every shape of a schedule', () => {
    const models = fc.sample(arbitraryGain(3), { numRuns: 500, seed: 1 }).map(({ model }) => model);
    expect(new Set(models).size).toBe(7);
    const schedules = fc.sample(arbitrarySchedule(), { numRuns: 500, seed: 1 });
    expect(new Set(schedules.map(({ shape }) => shape)).size).toBe(6);
    expect(schedules.every((schedule) => Number.isFinite(scheduleFactor(schedule, 100)(100)))).toBe(true);
  });
});

describe('the inline scenario of a pair', () => {
  it('loads as that pair, to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPair(), fc.nat(), async (pair, seed) => {
        const { cells } = await loadScenario(inlineScenario(pair, seed, 7));
        // −0 is written as 0, and is the same popularity, rate or gain.
        const written = JSON.parse(JSON.stringify(pair));
        expect([...cells]).toMatchObject([{ pair: written, seed, replicates: 7, recordedSteps: [] }]);
      }),
      { numRuns: 300 },
    );
  });

  it('has the defaults of the article', async () => {
    const pair = { popularity: { lower: 0.1, upper: 0.2 }, batchSize: 3, steps: 5 };
    const { cells } = await loadScenario(inlineScenario(pair, 1, 1));
    expect([...cells].map((cell) => cell.pair)).toEqual([articlePair(pair)]);
  });

  it('refuses what is no parameter of a pair', () => {
    const pair = { popularity: { lower: 0.1, upper: 0.2 }, batchSize: 3, steps: 5, stepz: 6 };
    expect(() => inlineScenario(pair, 1, 1)).toThrow(/^pair: expected only .*momentum.*, got stepz$/);
  });
});
