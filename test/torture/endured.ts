import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures, Ordeal, Trial } from './ordeal.ts';

/** An ordeal that was endured, and what it came to; or why it could not be tried. */
export type Endured = { readonly ordeal: string; readonly promise: string } & (
  | { readonly figures: Figures; readonly seconds: number; readonly seed: number; readonly date: string }
  | { readonly missing: string }
);

/** What all ordeals came to, as `results/torture.json` keeps it. */
export interface Torture {
  readonly machine: string;
  readonly node: string;
  readonly rows: readonly Endured[];
}

/** Puts the program through an ordeal, in a folder that is removed whatever comes of it. */
export async function endured(ordeal: Ordeal, trial: Omit<Trial, 'folder'>): Promise<Endured> {
  const { name, promise } = ordeal;
  const missing = (await ordeal.missing?.()) ?? null;
  if (missing !== null) return { ordeal: name, promise, missing };
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-torture-'));
  const began = performance.now();
  try {
    const figures = await ordeal.endure({ ...trial, folder });
    const seconds = Math.round((performance.now() - began) / 1000);
    return { ordeal: name, promise, figures, seconds, seed: trial.seed, date: new Date().toISOString().slice(0, 10) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts as a person reads them: `2,000 SIGKILLs, 412 runs compared`. */
export function figuresText(figures: Figures): string {
  return Object.entries(figures)
    .map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`)
    .join(', ');
}
