// Where the lanes keep what is in flight: one array after the other, so that a stage goes through one kind of thing.

/** Pairs in flight. */
export const LANES: i32 = 64;

/** What a lane calls its replicate while no pair is in it. */
export const EMPTY: i32 = -1;

/** f64x2 [64]: the pair's state (s′, s″). */
export const STATES: usize = 0;
/** i32 [64] each: the step reached, the steps since the last appearance, the replicate, the step of its first violation. */
export const CLOCKS: usize = 1024;
export const GAPS: usize = 1280;
export const REPLICATES: usize = 1536;
export const FIRST_STEPS: usize = 1792;
/** u32 [64]: the address of the pair's row of recorded states. */
export const ROWS: usize = 2048;
/** This round's draws: u32 [64] for the gaps, u32 [64] for the thinning, u64 [64] for each run's normals. */
export const DRAWS: usize = 2304;
export const THINNING: usize = DRAWS + 256;
export const UPPER_NORMALS: usize = THINNING + 256;
export const LOWER_NORMALS: usize = UPPER_NORMALS + 512;
/** f64x2 [64] each: x of both runs' gain paths, and the gains of this round's appearances. */
export const PATHS: usize = LOWER_NORMALS + 512;
export const GAINS: usize = PATHS + 1024;
/** f64x2 [2]: masks of the upper run alone, and of both runs. */
export const MASKS: usize = GAINS + 1024;
/** u32 [64]: draws for what needs more than one. */
export const SPARE: usize = MASKS + 32;

/** Where the lanes are; all offsets above count from here. */
export let lanes: usize = 0;

export function placeLanes(address: usize): void {
  lanes = address;
  v128.store(lanes + MASKS, i64x2(0, -1));
  v128.store(lanes + MASKS, i64x2(-1, -1), 16);
}
