import type { KernelOption } from '../engine/choose-member.ts';
import type { Json } from '../random/canonical-json.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { RunWatch, Watched } from './run-watch.ts';

/** What `norm-growth run` was asked for. */
export interface RunSettings {
  readonly set: readonly string[];
  readonly sweep: readonly string[];
  readonly seed?: string;
  readonly replicates?: string;
  readonly until: readonly string[];
  readonly workers?: number;
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly fresh: boolean;
  readonly quiet: boolean;
  readonly skipBadRows: boolean;
  readonly isLive: boolean;
  readonly fps: number;
  readonly kernel: KernelOption;
}

/** What `run` prints of a finished run on stdout; what fails is told on stderr where that is not text. */
export type ToldFormat = 'text' | 'json' | 'nothing';

/** What a kind of scenarios brings to `run`. */
export interface ScenarioRun {
  /** The resolved plan: what the run folder keeps, and compares on resuming. */
  readonly plan: unknown;
  readonly seed: number;
  /** What whoever watches the run is to know of it. */
  watched(folder: RunFolder): Watched;
  /** Simulates what the folder lacks. Returns the summary, or null when interrupted. */
  simulate(folder: RunFolder, watch: RunWatch): Promise<object | null>;
  /** Prints a finished run and its verdict. Returns whether everything is as expected. */
  tell(summary: Json, path: string, format: ToldFormat): Promise<boolean>;
}
