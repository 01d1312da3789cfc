// InfoNCE with in-batch negatives on rows of two tables, value and gradient in one pass over the scores: the kernels' twin of
// trainer/losses/info-nce.ts. Thirty-two users at a time, so that their scores against all items stay in the cache.

import { placeExponential } from './exp';
import { lanes, multiply, panelAt, TILE_ROWS } from './products';
import { exponentiate, greatest, sumOfLanes } from './softmax';
import { placeSplats } from './splats';

/** Users of a block. */
const BLOCK: i32 = 32;

/** Shorter rows count as this long. */
const LEAST_NORM: f64 = 1e-12;

// The shape of the batch: pairs, the same rounded up to whole tiles, d, and d rounded up to whole vectors.
let pairs: i32 = 0;
let padded: i32 = 0;
let dimension: i32 = 0;
let width: i32 = 0;

// Users and items as the scores see them, shape [padded, width] each, the padding 0, and their norms.
let users: usize = 0;
let items: usize = 0;
let userNorms: usize = 0;
let itemNorms: usize = 0;
// The items in panels: [d, padded], divided by τ; and [pairs, width].
let itemColumns: usize = 0;
let itemRows: usize = 0;
// Of a block: its scores, shape [BLOCK, padded] with a cache line between the rows; its users over their totals, in panels
// of [BLOCK, width]; its users' signals, shape [BLOCK, width]; and the totals.
let scores: usize = 0;
let userPanels: usize = 0;
let signals: usize = 0;
let totals: usize = 0;
// The gradients, shape [padded, width] each.
let userGradients: usize = 0;
let itemGradients: usize = 0;

let top: usize = 0;

function region(bytes: usize): usize {
  const address = top;
  top += (bytes + 63) & ~(<usize>63);
  return address;
}

@inline function scoreRow<T>(): usize {
  // Rows a power of two apart would share their cache lines' places.
  return <usize>padded * sizeof<T>() + 64;
}

function layOut<T>(batch: i32, d: i32, at: usize): usize {
  top = at;
  dimension = d;
  width = (d + lanes<T>() - 1) & -lanes<T>();
  setPairs(batch);
  const rows = <usize>padded * sizeof<T>();
  const matrix = rows * <usize>width;
  users = region(matrix);
  items = region(matrix);
  userNorms = region(rows);
  itemNorms = region(rows);
  itemColumns = region(rows * <usize>dimension);
  itemRows = region(matrix);
  scores = region(<usize>BLOCK * scoreRow<T>());
  userPanels = region(<usize>(BLOCK * width) * sizeof<T>());
  signals = region(<usize>(BLOCK * width) * sizeof<T>());
  totals = region(<usize>BLOCK * sizeof<T>());
  userGradients = region(matrix);
  itemGradients = region(matrix);
  return top;
}

@inline function setPairs(batch: i32): void {
  pairs = batch;
  padded = (batch + TILE_ROWS - 1) & -TILE_ROWS;
}

/**
 * Lays the buffers out for batches of at most so many pairs.
 *
 * @returns the address behind them
 */
export function openInfoNce(isSingle: bool, batch: i32, d: i32, at: usize): usize {
  placeSplats();
  placeExponential(1);
  return isSingle ? layOut<f32>(batch, d, at) : layOut<f64>(batch, d, at);
}

/** Where the gradients of the users are, shape [pairs, d rounded up to whole vectors]. */
export function userGradientsAt(): usize {
  return userGradients;
}

/** Where the gradients of the items are. */
export function itemGradientsAt(): usize {
  return itemGradients;
}

/**
 * The loss of a batch, before any row moves; the gradients stay in their buffers.
 *
 * @param userTable shape [·, d]; row `userIndices[b]` (i32) is the user of pair b
 * @param isCosine whether the scores are cosines, else dot products
 */
export function infoNceDouble(
  batch: i32, userTable: usize, userIndices: usize, itemTable: usize, itemIndices: usize, temperature: f64, isCosine: bool,
): f64 {
  return infoNce<f64>(batch, userTable, userIndices, itemTable, itemIndices, temperature, isCosine);
}

export function infoNceSingle(
  batch: i32, userTable: usize, userIndices: usize, itemTable: usize, itemIndices: usize, temperature: f64, isCosine: bool,
): f64 {
  return infoNce<f32>(batch, userTable, userIndices, itemTable, itemIndices, temperature, isCosine);
}

function infoNce<T>(
  batch: i32, userTable: usize, userIndices: usize, itemTable: usize, itemIndices: usize, temperature: f64, isCosine: bool,
): f64 {
  setPairs(batch);
  lookUp<T>(userTable, userIndices, users, userNorms, isCosine);
  lookUp<T>(itemTable, itemIndices, items, itemNorms, isCosine);
  packColumns<T>(1 / temperature);
  pack<T>(items, pairs, itemRows);
  let value: f64 = 0;
  for (let first = 0; first < pairs; first += BLOCK) value += block<T>(first, temperature, isCosine);
  for (let pair = 0; pair < pairs; pair++) {
    const at = <usize>(pair * width) * sizeof<T>();
    finish<T>(itemGradients + at, itemGradients + at, 1, users + at, items + at, load<T>(itemNorms + <usize>pair * sizeof<T>()), temperature, isCosine);
  }
  return value / <f64>pairs;
}

/** A block of users: its part of the loss, its users' gradients, and its part of the items' signals. */
@inline function block<T>(first: i32, temperature: f64, isCosine: bool): f64 {
  const size = sizeof<T>();
  const rows = min(BLOCK, padded - first);
  const row = <usize>width * size;
  const queries = users + <usize>first * row;
  multiply<T>(queries, row, size, rows, itemColumns, dimension, padded, scores, scoreRow<T>(), false);
  const value = softmaxRows<T>(first, isCosine && temperature >= 0.1, <T>(1 / temperature));
  multiply<T>(scores, scoreRow<T>(), size, rows, itemRows, pairs, width, signals, row, false);
  const present = min(rows, pairs - first);
  for (let r = 0; r < present; r++) {
    const at = <usize>r * row;
    finish<T>(
      signals + at, userGradients + <usize>first * row + at, load<T>(totals + <usize>r * size), items + <usize>first * row + at, queries + at,
      load<T>(userNorms + <usize>(first + r) * size), temperature, isCosine,
    );
    scale<T>(queries + at, load<T>(totals + <usize>r * size), signals + at);
  }
  pack<T>(signals, present, userPanels);
  multiply<T>(scores, size, scoreRow<T>(), padded, userPanels, present, width, itemGradients, row, first > 0);
  return value;
}

/** Turns the block's scores into e^(score − greatest), and keeps one over each row's total. */
@inline function softmaxRows<T>(first: i32, isBounded: bool, bound: T): f64 {
  const size = sizeof<T>();
  const present = min(BLOCK, pairs - first);
  let value: f64 = 0;
  // Of at most BLOCK totals between 1 and 2³¹.
  let product: f64 = 1;
  for (let r = 0; r < present; r++) {
    const row = scores + <usize>r * scoreRow<T>();
    for (let column = pairs; column < padded + lanes<T>(); column++) store<T>(row + <usize>column * size, <T>-Infinity);
    const own = load<T>(row + <usize>(first + r) * size);
    const largest = isBounded ? bound : greatest<T>(row, <usize>padded * size);
    const total = exponentiate<T>(row, <usize>padded * size, largest);
    store<T>(totals + <usize>r * size, <T>1 / total);
    value += <f64>largest - <f64>own;
    product *= <f64>total;
  }
  return value + Math.log(product);
}

/** Row by row, the entries as the scores see them: brought to length 1, or as they are. */
@inline function lookUp<T>(table: usize, indices: usize, rows: usize, norms: usize, isCosine: bool): void {
  const size = sizeof<T>();
  const stride = <usize>width * size;
  const whole = <usize>(dimension & -lanes<T>()) * size;
  for (let pair = 0; pair < pairs; pair++) {
    const row = rows + <usize>pair * stride;
    const from = table + <usize>(load<i32>(indices + (<usize>pair << 2)) * dimension) * size;
    for (let at: usize = 0; at < whole; at += 16) v128.store(row + at, v128.load(from + at));
    if (whole < stride) v128.store(row + whole, partOfVector<T>(from + whole, dimension & (lanes<T>() - 1)));
  }
  memory.fill(rows + <usize>pairs * stride, 0, <usize>(padded - pairs) * stride);
  if (!isCosine) return;
  // In a loop of its own, so that no row waits in the queue for memory behind the root of another.
  for (let pair = 0; pair < pairs; pair++) {
    const row = rows + <usize>pair * stride;
    const norm = <T>max(Math.sqrt(<f64>dot<T>(row, row)), LEAST_NORM);
    store<T>(norms + <usize>pair * size, norm);
    // A row too long to square has no direction: as 0 it would go unnoticed.
    scale<T>(row, norm < <T>Infinity ? <T>1 / norm : <T>NaN, row);
  }
}

/** The first entries of a vector, fewer than all, and zeros. Entry by entry through memory the load would wait for the stores. */
@inline function partOfVector<T>(at: usize, count: i32): v128 {
  if (lanes<T>() === 2) return v128.load64_zero(at);
  if (count === 1) return v128.load32_zero(at);
  const pair = v128.load64_zero(at);
  return count === 2 ? pair : v128.load32_lane(at + 8, pair, 2);
}

@inline function dot<T>(x: usize, y: usize): T {
  let sum = v128.splat<T>(0);
  const bytes = <usize>width * sizeof<T>();
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(x + at), v128.load(y + at)));
  }
  return sumOfLanes<T>(sum);
}

@inline function scale<T>(row: usize, factor: T, to: usize): void {
  const factors = v128.splat<T>(factor);
  const bytes = <usize>width * sizeof<T>();
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.mul<T>(factors, v128.load(row + at)));
}

/** The items over τ in panels of columns: shape [d, padded]. */
@inline function packColumns<T>(factor: f64): void {
  const size = sizeof<T>();
  const strip = 2 * lanes<T>();
  for (let column = 0; column < padded; column += strip) {
    const panel = panelAt<T>(itemColumns, dimension, column);
    const wide = min(strip, padded - column);
    for (let c = 0; c < wide; c++) {
      const from = items + <usize>((column + c) * width) * size;
      for (let axis = 0; axis < dimension; axis++) {
        store<T>(panel + <usize>(axis * wide + c) * size, <T>factor * load<T>(from + <usize>axis * size));
      }
    }
  }
}

/** A matrix of shape [rows, width] in panels. */
@inline function pack<T>(matrix: usize, rows: i32, panels: usize): void {
  const size = sizeof<T>();
  const stride = <usize>width * size;
  for (let column = 0; column < width; column += 2 * lanes<T>()) {
    let to = panelAt<T>(panels, rows, column);
    const from = matrix + <usize>column * size;
    const isWide = width - column > lanes<T>();
    for (let row = 0; row < rows; row++) {
      const at = from + <usize>row * stride;
      v128.store(to, v128.load(at));
      to += 16;
      if (!isWide) continue;
      v128.store(to, v128.load(at, 16));
      to += 16;
    }
  }
}

/**
 * From Σ e k̂ to the gradient: (Σ e k̂/total − own)/(Bτ), and of a cosine its part tangent to the sphere, over the norm.
 *
 * @param row the output that the gradient belongs to, as the scores see it
 */
@inline function finish<T>(
  sum: usize, gradient: usize, factor: T, own: usize, row: usize, norm: T, temperature: f64, isCosine: bool,
): void {
  const bytes = <usize>width * sizeof<T>();
  const outer = v128.splat<T>(<T>(1 / (<f64>pairs * temperature)) / (isCosine ? norm : <T>1));
  const inner = v128.splat<T>(factor);
  let along = v128.splat<T>(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const signal = v128.sub<T>(v128.mul<T>(inner, v128.load(sum + at)), v128.load(own + at));
    v128.store(gradient + at, signal);
    along = v128.add<T>(along, v128.mul<T>(signal, v128.load(row + at)));
  }
  const radial = v128.splat<T>(isCosine ? sumOfLanes<T>(along) : <T>0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const tangent = v128.sub<T>(v128.load(gradient + at), v128.mul<T>(radial, v128.load(row + at)));
    v128.store(gradient + at, v128.mul<T>(outer, tangent));
  }
}

/** θ ← θ − ηg, pair by pair, for rows of a table. */
export function descendDouble(table: usize, indices: usize, gradients: usize, rate: f64): void {
  descend<f64>(table, indices, gradients, rate);
}

export function descendSingle(table: usize, indices: usize, gradients: usize, rate: f64): void {
  descend<f32>(table, indices, gradients, rate);
}

function descend<T>(table: usize, indices: usize, gradients: usize, rate: f64): void {
  const size = sizeof<T>();
  const stride = <usize>dimension * size;
  const whole = <usize>(dimension & -lanes<T>()) * size;
  const rates = v128.splat<T>(<T>rate);
  for (let pair = 0; pair < pairs; pair++) {
    const row = table + <usize>load<i32>(indices + (<usize>pair << 2)) * stride;
    const gradient = gradients + <usize>(pair * width) * size;
    for (let at: usize = 0; at < whole; at += 16) {
      v128.store(row + at, v128.sub<T>(v128.load(row + at), v128.mul<T>(rates, v128.load(gradient + at))));
    }
    for (let at = whole; at < stride; at += size) {
      store<T>(row + at, load<T>(row + at) - <T>rate * load<T>(gradient + at));
    }
  }
}
