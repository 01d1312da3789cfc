import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../src/maths/matrix.ts';
import { sideRecord } from '../../src/trainer/side-record.ts';

describe('a side before and after a step, by hand', () => {
  // Row 0 moves at a right angle, row 1 at 45°, row 2 not at all.
  const before = matrixOf(3, 2, [1, 0, 1, 0, 5, 0]);
  const after = matrixOf(3, 2, [1, 0.5, 1.5, 0.5, 5, 0]);
  const record = sideRecord(before, after);

  it('counts the rows that moved, and by which measure they were orthogonal', () => {
    expect(record).toMatchObject({ rows: 3, moved: 2, tangentShare: 1 / 2 });
    // The row that stayed has q·Δq = 0: the article counts it.
    expect(record.articleShare).toBeCloseTo(2 / 3, 12);
    expect(record.cosine?.median).toBeCloseTo(Math.SQRT1_2, 12);
    expect(record.cosine?.max).toBe(record.cosine?.median);
  });

  it('measures the growth: 1 where the step is tangent, more where it goes outward', () => {
    // s⁺ − s = 2.25 + 0.25 − 1 of ‖Δq‖² = 0.5.
    expect(record.growth).toBe(3);
    expect(record.meanNorm).toBeCloseTo((Math.hypot(1, 0.5) + Math.hypot(1.5, 0.5) + 5) / 3, 12);
  });

  it('calls a step of any size by its angle, where the article calls small ones orthogonal', () => {
    const tiny = sideRecord(matrixOf(1, 2, [1, 0]), matrixOf(1, 2, [1 + 1e-8, 1e-8]));
    expect(tiny).toMatchObject({ articleShare: 1, tangentShare: 0 });
  });

  it('says nothing of angles where nothing moved', () => {
    expect(sideRecord(before, before)).toMatchObject({ moved: 0, tangentShare: 1, cosine: null, growth: null });
  });
});
