/** Least squares of y on x, point by point, by the running means of Welford. */
export class LineFit {
  #count = 0;
  #meanX = 0;
  #meanY = 0;
  #xx = 0;
  #xy = 0;
  #yy = 0;

  add(x: number, y: number): void {
    this.#count += 1;
    const [dx, dy] = [x - this.#meanX, y - this.#meanY];
    this.#meanX += dx / this.#count;
    this.#meanY += dy / this.#count;
    this.#xx += dx * (x - this.#meanX);
    this.#xy += dx * (y - this.#meanY);
    this.#yy += dy * (y - this.#meanY);
  }

  /** Null where x does not vary. */
  get slope(): number | null {
    return this.#xx > 0 ? this.#xy / this.#xx : null;
  }

  /** 0 of no points. */
  get standardDeviationOfY(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#yy / this.#count);
  }
}
