// Draws from a finite law by the alias method (Walker 1977), and counts them.

import { drawBulk } from './draws';
import { BULK, BULK_BYTES } from './memory';

/**
 * Draws so often from a law on 2^bits outcomes, and adds to their counts.
 *
 * @param table 16 bytes an outcome: u64 the share of its column, times 2⁶⁴, that is its own; u32 the outcome of the rest
 * @param counts u32 [2^bits]
 * @returns the outcome drawn last
 */
export function drawOutcomes(draws: i32, table: usize, bits: i32, counts: usize): u32 {
  let outcome: u32 = 0;
  for (let left = draws; left > 0; ) {
    drawBulk();
    const end = BULK + <usize>min<i32>(left << 3, <i32>BULK_BYTES);
    for (let at = BULK; at < end; at += 8) {
      const draw = load<u64>(at);
      const column = <u32>(draw >>> (64 - bits));
      const entry = table + (<usize>column << 4);
      outcome = draw << bits < load<u64>(entry) ? column : load<u32>(entry, 8);
      const place = counts + (<usize>outcome << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
    left -= <i32>((end - BULK) >> 3);
  }
  return outcome;
}
