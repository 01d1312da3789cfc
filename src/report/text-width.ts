import { createRequire } from 'node:module';

/** Printable ASCII and the marks of formulas, tables and charts: a column each, and all that most texts hold. */
const oneColumnEach = /^[ -~±·×½²³¹Α-Ωα-ω‖′″–—…₀-₉⁰⁴-⁹⁻ℓ√∞∝⟂≈≠≤≥−─-╿▀-▟←↑→↓✓✗]*$/u;

type StringWidth = typeof import('string-width').default;
let stringWidth: StringWidth | undefined;

/** How many columns of a terminal a text takes. string-width is loaded when a text needs it: loading it takes 20 ms. */
export function textWidth(text: string): number {
  if (oneColumnEach.test(text)) return text.length;
  stringWidth ??= createRequire(import.meta.url)('string-width').default as StringWidth;
  return stringWidth(text);
}
