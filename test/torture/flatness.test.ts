import { describe, expect, it } from 'vitest';
import { expectFlat, type Sample } from './ordeals/resources/flatness.ts';

const steady: Sample = { done: 0, rss: 2e8, heapUsed: 2e7, arrayBuffers: 1e6, handles: 20, threads: 14 };
const series = (of: (done: number) => Partial<Sample>) =>
  Array.from({ length: 40 }, (_, index) => ({ ...steady, done: index * 1000, ...of(index * 1000) }));

describe('expectFlat', () => {
  it('lets a process pass that holds the same, or what its ledger needs', () => {
    expectFlat(
      series(() => ({})),
      0,
    );
    expectFlat(
      series((done) => ({ arrayBuffers: 1e6 + 60 * done })),
      64,
    );
  });

  it.each<[string, (done: number) => Partial<Sample>]>([
    ['rss', (done) => ({ rss: 2e8 + 10_000 * done })],
    ['heapUsed', (done) => ({ heapUsed: 2e7 + 200 * done })],
    ['arrayBuffers', (done) => ({ arrayBuffers: 1e6 + 300 * done })],
    ['handles', (done) => ({ handles: 20 + Math.floor(done / 10_000) })],
    ['threads', (done) => ({ threads: 14 + (done > 20_000 ? 1 : 0) })],
  ])('refuses one whose %s grows', (what, of) => {
    expect(() => expectFlat(series(of), 64)).toThrow(`${what} has grown by`);
  });
});
