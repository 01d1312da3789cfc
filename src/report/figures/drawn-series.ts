import type { Datum, Series } from './figure.ts';

/** Those of the series that have rows. */
export function drawnSeries(series: readonly Series[], rows: readonly Datum[]): Series[] {
  const names = new Set(rows.map((row) => row.series));
  return series.filter(({ name }) => names.has(name));
}
