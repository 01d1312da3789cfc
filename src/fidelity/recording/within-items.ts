interface Chain {
  first: number;
  last: number;
  count: number;
  sum: number;
  squares: number;
  products: number;
}

/** Autocorrelation of a value along each item's appearances, about the item's own mean, all items together. */
export class WithinItems {
  readonly #chains = new Map<number, Chain>();

  add(item: number, value: number): void {
    const chain = this.#chains.get(item);
    if (chain === undefined) {
      const fresh = { first: value, last: value, count: 1, sum: value, squares: value * value, products: 0 };
      this.#chains.set(item, fresh);
      return;
    }
    chain.products += chain.last * value;
    chain.last = value;
    chain.count += 1;
    chain.sum += value;
    chain.squares += value * value;
  }

  /**
   * Σ (x_t − x̄)(x_{t+1} − x̄) over Σ (x_t − x̄)², each a mean over its terms. An item's own mean makes every term too
   * small by about 1/n of the variance; that is put back. Null where no item's value varies.
   */
  lagOneAutocorrelation(): number | null {
    let products = 0;
    let pairs = 0;
    let squares = 0;
    let values = 0;
    for (const { first, last, count, sum, squares: ofItem, products: ofPairs } of this.#chains.values()) {
      if (count < 3) continue;
      const mean = sum / count;
      const spread = ofItem - sum * mean;
      products += ofPairs - mean * (2 * sum - first - last) + (count - 1) * mean * mean + spread / count;
      pairs += count - 1;
      squares += (spread * count) / (count - 1);
      values += count;
    }
    return squares > 0 ? products / pairs / (squares / values) : null;
  }
}
