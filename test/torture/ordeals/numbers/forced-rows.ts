import type { CouplingName } from '../../../../src/coupling/coupling.ts';
import { chunkAt, planCells } from '../../../../src/engine/plan.ts';
import { runChunk } from '../../../../src/engine/run-chunk.ts';
import { type KernelModule, kernels } from '../../../../src/kernels/kernel-module.ts';
import type { GainSpecification } from '../../../../src/process/gains/gain-specification.ts';
import { pairOf } from '../../../coupling/pairs.ts';
import type { Trial } from '../../ordeal.ts';
import { pathJudge } from './judge-path.ts';

const streams = 12;
const replicates = 96;

type KernelExports = KernelModule['exports'];

/** The two words of a draw of 64 bits, the lower first: the ends of the uniform law, and of the ziggurat's layers. */
const patterns = [
  [0, 0],
  [0xffff_ffff, 0xffff_ffff],
  [0, 0xffff_ffff],
  [0, 0],
  [0xffff_f00f, 0xffff_ffff],
  [0xfff, 0x7fff_ffff],
  [0, 0x8000_0000],
] as const;

const lognormal: GainSpecification = { model: 'lognormal', sharing: 'own', sigma: 8, rho: 0.5 };
const constant: GainSpecification = { model: 'constant', sharing: 'shared' };
const cells = (['slots', 'steps', 'events'] as const).flatMap((coupling: CouplingName) =>
  [lognormal, constant].map((gain) => {
    const pair = pairOf({ popularity: { lower: 0.1, upper: 0.3 }, batchSize: 2, steps: 20, gain });
    const request = { pair, coupling, generator: 'sfc32', seed: 1, replicates, recordedSteps: [1, 20] } as const;
    return planCells([request]).cells[0];
  }),
);
const countsCell = planCells([
  { pair: pairOf({ steps: 100 }), coupling: 'counts', generator: 'sfc32', seed: 1, replicates, recordedSteps: [] },
]).cells[0];

/**
 * Runs kernels with one row of their twelve generators forced to a pattern, one row after the other, and judges every tenth
 * pair's path. Returns how many rows were forced.
 */
export function judgeForcedRows(rows: number, trial: Trial): number {
  const kernel = kernels() as { exports: KernelExports };
  const { exports } = kernel;
  try {
    for (let row = 0; row < rows; row++) {
      trial.say(`row ${row} of ${rows}`);
      const pattern = patterns[row % patterns.length];
      kernel.exports = forced(exports, row, pattern);
      for (const cell of [...cells, countsCell]) {
        runChunk(cell, chunkAt(cell, 0));
        const judge = pathJudge(cell);
        for (let replicate = row % 10; replicate < replicates; replicate += 10) judge(replicate);
      }
    }
  } finally {
    kernel.exports = exports;
  }
  return rows;
}

/** The kernels with generators that come to draw the pattern after so many rows. */
export function forced(exports: KernelExports, row: number, pattern: readonly [number, number]): KernelExports {
  return {
    ...exports,
    openDraws() {
      const at = exports.openDraws();
      // u32 [3][12], the words a, b and c of the streams, and u32 [4], their counter.
      const state = new Uint32Array(exports.memory.buffer, at, 3 * streams + 4);
      for (let stream = 0; stream < streams; stream++) {
        const words = [0, 1, 2].map((word) => state[word * streams + stream]);
        const before = rewound(withDraw(wound([...words, state[3 * streams]], row), pattern[stream % 2]), row);
        for (let word = 0; word < 3; word++) state[word * streams + stream] = before[word];
      }
      return at;
    },
  };
}

/** a, b, c and the counter. */
type State = readonly number[];

/** The same state but for a, which is such that it draws this next. */
function withDraw([, b, c, counter]: State, draw: number): State {
  return [(draw - b - counter) >>> 0, b, c, counter];
}

function wound(state: State, rounds: number): State {
  let [a, b, c, counter] = state;
  for (let round = 0; round < rounds; round++) {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
  }
  return [a, b, c, counter];
}

/** The state so many rounds before: sfc32 is a bijection. */
function rewound(state: State, rounds: number): State {
  let [a, b, c, counter] = state;
  for (let round = 0; round < rounds; round++) {
    const beforeC = Math.imul(b, inverseOf9) >>> 0;
    const sum = (c - ((beforeC << 21) | (beforeC >>> 11))) >>> 0;
    const beforeB = (a ^ (a >>> 9) ^ (a >>> 18) ^ (a >>> 27)) >>> 0;
    counter = (counter - 1) >>> 0;
    a = (sum - beforeB - counter) >>> 0;
    b = beforeB;
    c = beforeC;
  }
  return [a, b, c, counter];
}

/** 9 · 954437177 = 2·2³² + 1. */
const inverseOf9 = 954_437_177;
