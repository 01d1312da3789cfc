import { describe, expect, it } from 'vitest';
import { chooseCoupling } from '../../src/coupling/index.ts';
import { type CellRequest, chunkAt, chunkCount, chunksOf, planCells, streamGroup } from '../../src/engine/plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const request: CellRequest = {
  pair: pairOf({ steps: 1000, batchSize: 64, popularity: { lower: 0.002, upper: 0.004 } }),
  coupling: 'auto',
  generator: 'sfc32',
  seed: 1,
  replicates: 100_000,
  recordedSteps: [500, 1000],
};
const cellOf = (changes: Partial<CellRequest>) => planCells([{ ...request, ...changes }], 'plain').cells[0];

describe('planCells', () => {
  it('resolves auto to the cheapest exact member, and says why', () => {
    expect(cellOf({}).coupling).toBe('events');
    expect(chooseCoupling(request.pair, 'auto', true).reason).toContain('not counts: it knows the final state only');
    expect(cellOf({ recordedSteps: [] }).coupling).toBe('counts');
    expect(cellOf({ pair: { ...request.pair, popularity: { lower: 0.1, upper: 0.2 } } }).coupling).toBe('steps');
  });

  it('takes the kernel where there is one, unless its twin or another generator is wanted', () => {
    const kernelOf = (changes: Partial<CellRequest>, option: 'auto' | 'plain' = 'auto') => {
      const { coupling, kernel } = planCells([{ ...request, ...changes }], option).cells[0];
      return `${coupling} ${kernel}`;
    };
    const lognormal = { model: 'lognormal', sharing: 'shared', sigma: 1, rho: 0.5 } as const;
    expect(kernelOf({ pair: { ...request.pair, gain: lognormal } })).toBe('events simd');
    expect(kernelOf({ pair: { ...request.pair, gain: lognormal } }, 'plain')).toBe('events plain');
    expect(kernelOf({ pair: { ...request.pair, gain: lognormal }, generator: 'arc4' })).toBe('events plain');
    expect(kernelOf({ pair: { ...request.pair, popularity: { lower: 0.1, upper: 0.2 } } })).toBe('events simd');
    expect(kernelOf({ coupling: 'slots' })).toBe('slots simd');
    expect(kernelOf({ coupling: 'independent' })).toBe('independent plain');
    expect(kernelOf({ recordedSteps: [] })).toBe('counts simd');
  });

  it('refuses a member that is not exact', () => {
    expect(() => cellOf({ coupling: 'counts' })).toThrow('counts is not exact here: it knows the final state only');
  });

  it('cuts every replicate into exactly one chunk', () => {
    const plan = planCells([request, { ...request, replicates: 7 }]);
    for (const cell of plan.cells) {
      const chunks = [...chunksOf(plan)].filter((chunk) => chunk.cell === cell.index);
      expect(chunks).toHaveLength(chunkCount(cell));
      expect(chunks.reduce((sum, { replicates }) => sum + replicates, 0)).toBe(cell.replicates);
      expect(chunks).toEqual(chunks.map((_, block) => chunkAt(cell, block)));
    }
  });

  it('changes no chunk when replicates are added, but the last', () => {
    const [few, many] = [cellOf({ replicates: 50_000 }), cellOf({ replicates: 5_000_000 })];
    for (let block = 0; block < chunkCount(few) - 1; block++) expect(chunkAt(many, block)).toEqual(chunkAt(few, block));
  });

  it('shares draws between cells that differ in popularity, learning rate or gain, and not across batch sizes', () => {
    const group = streamGroup(cellOf({}));
    expect(streamGroup(cellOf({ pair: { ...request.pair, learningRate: 3 } }))).toBe(group);
    expect(streamGroup(cellOf({ pair: { ...request.pair, popularity: { lower: 0.001, upper: 0.003 } } }))).toBe(group);
    expect(streamGroup(cellOf({ pair: { ...request.pair, batchSize: 65 } }))).not.toBe(group);
    expect(streamGroup(cellOf({ coupling: 'steps' }))).not.toBe(group);
  });
});
