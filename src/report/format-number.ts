/** 1234567 → 1,234,567. Not through Intl, whose first use costs a tenth of a second. */
export function formatCount(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number to a given number of significant digits, plain between 10⁻⁴ and 10⁶, exponential outside. */
export function formatSignificant(value: number, digits = 6): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const text = size < 1e-4 || size >= 1e6 ? size.toExponential(digits - 1) : size.toPrecision(digits);
  return value < 0 ? `−${text}` : text;
}

/** A parameter as a person would write it: no more digits than it has. */
export function formatParameter(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? formatCount(value) : String(Number(value.toPrecision(6)));
}

/** 0.25 → 25 %: a share to three digits. */
export function formatShare(share: number): string {
  return `${formatSignificant(100 * share, 3).replace(/\.0+$/, '')} %`;
}

/** An estimate rounded where its standard error begins: two digits of the error are kept. */
export function formatEstimate(estimate: number, standardError: number | null): string {
  if (standardError === null || standardError === 0) return formatSignificant(estimate);
  const size = Math.max(Math.abs(estimate), standardError);
  const digits = Math.floor(Math.log10(size)) - Math.floor(Math.log10(standardError)) + 2;
  return formatSignificant(estimate, Math.min(15, Math.max(2, digits)));
}

/** +0.41, −2.10, +1,977: a z-score with its sign. */
export function formatZScore(value: number): string {
  const sign = value < 0 ? '−' : '+';
  const size = Math.abs(value);
  const digits = size < 100 ? size.toFixed(2) : size < 1e6 ? formatCount(size) : formatSignificant(size, 2);
  return `${sign}${digits}`;
}

/** Seconds as 42 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
