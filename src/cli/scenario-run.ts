import type { KernelOption } from '../engine/choose-member.ts';
import type { Shard } from '../engine/shard.ts';
import type { Json } from '../random/canonical-json.ts';
import type { Provenance } from '../results/provenance.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Simulated } from '../results/run-summary.ts';
import type { RunWatch, Watched } from './run-watch.ts';

/** What `norm-growth run` was asked for. */
export interface RunSettings {
  readonly set: readonly string[];
  readonly sweep: readonly string[];
  readonly design?: string;
  readonly seed?: string;
  readonly replicates?: string;
  readonly until: readonly string[];
  readonly workers?: number;
  /** After which a chunk is ended; Infinity waits for ever. By the kind of the scenario where it is missing. */
  readonly chunkTimeoutMs?: number | undefined;
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly fresh: boolean;
  /** Whether the first cell that fails ends the run. */
  readonly failFast: boolean;
  /** Which part of the run to do; all of it where it is missing. */
  readonly shard?: Shard;
  /** The address of the queue whose workers compute the chunks; they are computed here where it is missing. */
  readonly queue?: string;
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
  /** What the run folder is named after. */
  readonly folderName: string;
  /** The resolved plan: what the run folder keeps, and compares on resuming. */
  readonly plan: unknown;
  /** What the run folder keeps beside it. */
  readonly words: unknown;
  readonly seed: number;
  /** What whoever watches the run is to know of it. */
  watched(folder: RunFolder): Watched;
  /** Puts into the folder what earlier runs have computed of this one; returns what a person is to know of it. */
  takeOver?(folder: RunFolder, resultsDirectory: string, provenance: Provenance): Promise<readonly string[]>;
  /** Simulates what the folder lacks. */
  simulate(folder: RunFolder, watch: RunWatch): Promise<Simulated>;
  /** Prints a finished run and its verdict. Returns whether everything is as expected. */
  tell(summary: Json, path: string, format: ToldFormat): Promise<boolean>;
}
