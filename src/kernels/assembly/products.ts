// Matrix products C = AB and C = C + AB, in tiles of four rows that stay in registers. B comes in panels: strips of columns,
// each strip's rows one after the other, so that a tile reads it straight ahead.

/** Rows of a tile. */
export const TILE_ROWS: i32 = 4;

/** Entries of a vector. */
@inline export function lanes<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** Where a panel begins that starts with this column; a panel is two vectors wide, the last one perhaps only one. */
@inline export function panelAt<T>(panels: usize, depth: i32, column: i32): usize {
  return panels + <usize>(column * depth) * sizeof<T>();
}

/**
 * C = AB, or C + AB.
 *
 * @param a entry (r, t) of A is at a + r · aRow + t · aStep, in bytes
 * @param rows of A and C, a multiple of TILE_ROWS
 * @param panels B, shape [depth, columns]; columns a multiple of the lanes
 * @param c entry (r, k) of C is at c + r · cRow + k · sizeof
 */
@inline export function multiply<T>(
  a: usize, aRow: usize, aStep: usize, rows: i32,
  panels: usize, depth: i32, columns: i32,
  c: usize, cRow: usize, isAdded: bool,
): void {
  const tileRows = aRow * <usize>TILE_ROWS;
  const cTileRows = cRow * <usize>TILE_ROWS;
  for (let column = 0; column < columns; column += 2 * lanes<T>()) {
    const panel = panelAt<T>(panels, depth, column);
    let from = a;
    let to = c + <usize>column * sizeof<T>();
    const isWide = columns - column > lanes<T>();
    for (let row = 0; row < rows; row += TILE_ROWS) {
      if (isWide) wideTile<T>(from, aRow, aStep, panel, depth, to, cRow, isAdded);
      else narrowTile<T>(from, aRow, aStep, panel, depth, to, cRow, isAdded);
      from += tileRows;
      to += cTileRows;
    }
  }
}

/** Four rows, two vectors wide. */
@inline function wideTile<T>(
  a: usize, aRow: usize, aStep: usize, panel: usize, depth: i32, c: usize, cRow: usize, isAdded: bool,
): void {
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  let left0 = isAdded ? v128.load(c) : i64x2.splat(0), right0 = isAdded ? v128.load(c, 16) : i64x2.splat(0);
  let left1 = isAdded ? v128.load(c1) : i64x2.splat(0), right1 = isAdded ? v128.load(c1, 16) : i64x2.splat(0);
  let left2 = isAdded ? v128.load(c2) : i64x2.splat(0), right2 = isAdded ? v128.load(c2, 16) : i64x2.splat(0);
  let left3 = isAdded ? v128.load(c3) : i64x2.splat(0), right3 = isAdded ? v128.load(c3, 16) : i64x2.splat(0);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  const end = panel + (<usize>depth << 5);
  for (let b = panel; b < end; b += 32) {
    const left = v128.load(b), right = v128.load(b, 16);
    const x0 = v128.load_splat<T>(a);
    left0 = v128.add<T>(left0, v128.mul<T>(x0, left));
    right0 = v128.add<T>(right0, v128.mul<T>(x0, right));
    const x1 = v128.load_splat<T>(a1);
    left1 = v128.add<T>(left1, v128.mul<T>(x1, left));
    right1 = v128.add<T>(right1, v128.mul<T>(x1, right));
    const x2 = v128.load_splat<T>(a2);
    left2 = v128.add<T>(left2, v128.mul<T>(x2, left));
    right2 = v128.add<T>(right2, v128.mul<T>(x2, right));
    const x3 = v128.load_splat<T>(a3);
    left3 = v128.add<T>(left3, v128.mul<T>(x3, left));
    right3 = v128.add<T>(right3, v128.mul<T>(x3, right));
    a += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
  }
  v128.store(c, left0); v128.store(c, right0, 16);
  v128.store(c1, left1); v128.store(c1, right1, 16);
  v128.store(c2, left2); v128.store(c2, right2, 16);
  v128.store(c3, left3); v128.store(c3, right3, 16);
}

/** Four rows, one vector wide. */
@inline function narrowTile<T>(
  a: usize, aRow: usize, aStep: usize, panel: usize, depth: i32, c: usize, cRow: usize, isAdded: bool,
): void {
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  let sum0 = isAdded ? v128.load(c) : i64x2.splat(0);
  let sum1 = isAdded ? v128.load(c1) : i64x2.splat(0);
  let sum2 = isAdded ? v128.load(c2) : i64x2.splat(0);
  let sum3 = isAdded ? v128.load(c3) : i64x2.splat(0);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  const end = panel + (<usize>depth << 4);
  for (let b = panel; b < end; b += 16) {
    const entry = v128.load(b);
    sum0 = v128.add<T>(sum0, v128.mul<T>(v128.load_splat<T>(a), entry));
    sum1 = v128.add<T>(sum1, v128.mul<T>(v128.load_splat<T>(a1), entry));
    sum2 = v128.add<T>(sum2, v128.mul<T>(v128.load_splat<T>(a2), entry));
    sum3 = v128.add<T>(sum3, v128.mul<T>(v128.load_splat<T>(a3), entry));
    a += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
  }
  v128.store(c, sum0);
  v128.store(c1, sum1);
  v128.store(c2, sum2);
  v128.store(c3, sum3);
}
