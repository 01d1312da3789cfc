import { describe, expect, it } from 'vitest';
import { CellList } from '../../src/engine/cell-list.ts';

describe('a list of cells', () => {
  it('makes a cell when it is asked for, and the same object while it is in use', () => {
    let made = 0;
    const list = new CellList(1_000_000, (index) => {
      made += 1;
      return { index };
    });
    expect(list.length).toBe(1_000_000);
    expect(made).toBe(0);
    const cell = list.at(999_999);
    expect(cell).toEqual({ index: 999_999 });
    for (let index = 0; index < 100; index++) list.at(index);
    expect(list.at(999_999)).toBe(cell);
    expect(made).toBe(101);
  });

  it('forgets cells that were asked for long ago, and makes them again', () => {
    const list = new CellList(10_000, (index) => ({ index }));
    const first = list.at(0);
    for (let index = 1; index < 5000; index++) list.at(index);
    expect(list.at(0)).not.toBe(first);
    expect(list.at(0)).toEqual(first);
  });

  it('has no cell outside, is mapped without making any, and is gone through in order', () => {
    const list = new CellList(3, (index) => index * 10);
    expect([list.at(-1), list.at(3), list.at(Number.NaN)]).toEqual([undefined, undefined, undefined]);
    const mapped = list.map((cell, index) => `${index}:${cell}`);
    expect([...mapped]).toEqual(['0:0', '1:10', '2:20']);
    expect([...list]).toEqual([0, 10, 20]);
  });
});
