import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Executor } from '../../src/engine/executor.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { Pause } from '../../src/engine/pause.ts';
import { planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = { pair: pairOf(), coupling: 'steps', generator: 'sfc32', seed: 1, recordedSteps: [] } as const;
const plan = { cells: planCells([{ ...request, replicates: 60 }]).cells.map((cell) => ({ ...cell, chunkSize: 10 })) };

/** Counts the chunks that it starts, and pauses when it has started so many. */
function countingExecutor(pause: Pause, pauseAfter: number): Executor & { started: () => number } {
  const executor = inProcess();
  let started = 0;
  return {
    ...executor,
    started: () => started,
    run: (cell, chunk) => {
      started += 1;
      if (started === pauseAfter) pause.pause();
      return executor.run(cell, chunk);
    },
  };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

async function summaryOf(executor: Executor, options: { pause?: Pause; signal?: AbortSignal } = {}) {
  let summary: unknown = null;
  for await (const event of runPlan(plan, { executor, ...options })) if (event.type === 'cell') summary = event.summary;
  return summary;
}

describe('a paused run', () => {
  it('starts no new chunk, and ends with the same numbers once it goes on', async () => {
    const pause = new Pause();
    const executor = countingExecutor(pause, 3);
    const run = summaryOf(executor, { pause });
    await turns(50);
    expect([executor.started(), pause.isPaused]).toEqual([3, true]);
    pause.resume();
    expect(await run).toEqual(await summaryOf(inProcess()));
    expect(executor.started()).toBe(6);
  });

  it('can be paused again, and before it begins', async () => {
    const pause = new Pause();
    pause.pause();
    pause.pause();
    const executor = countingExecutor(pause, 4);
    const run = summaryOf(executor, { pause });
    await turns(20);
    expect(executor.started()).toBe(0);
    pause.resume();
    await turns(50);
    expect(executor.started()).toBe(4);
    pause.resume();
    expect(await run).not.toBeNull();
  });

  it('leaves nothing that listens for its end, however often it is paused', async () => {
    const { signal } = new AbortController();
    const pause = new Pause();
    const executor = inProcess();
    let held = 0;
    const pausing: Executor = {
      ...executor,
      run: (cell, chunk) => {
        pause.pause();
        setTimeout(() => {
          held = Math.max(held, getEventListeners(signal, 'abort').length);
          pause.resume();
        }, 5);
        return executor.run(cell, chunk);
      },
    };
    expect(await summaryOf(pausing, { pause, signal })).not.toBeNull();
    expect([held, getEventListeners(signal, 'abort').length]).toEqual([1, 0]);
  });

  it('ends when it is aborted, without its missing chunks', async () => {
    const pause = new Pause();
    const controller = new AbortController();
    const executor = countingExecutor(pause, 2);
    const run = summaryOf(executor, { pause, signal: controller.signal });
    await turns(20);
    controller.abort();
    expect(await run).toBeNull();
    expect(executor.started()).toBe(2);
  });
});
