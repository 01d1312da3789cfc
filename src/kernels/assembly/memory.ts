// Where the kernels keep what has a fixed size. The module's own data, AssemblyScript's tables of its Math among them, is in
// the first page of the memory; this is the second; the caller hands out what lies behind.

export const MEMORY: usize = 65_536;

/** Pairs in flight. */
export const LANES: i32 = 64;

// One array after the other, so that a stage of the walk goes through one kind of thing.

/** f64 [64] each: the states s′ and s″. */
export const LOWER: usize = MEMORY;
export const UPPER: usize = LOWER + 512;
/** i32 [64] each: the step reached, the steps since the last appearance, the replicate, the step of its first violation. */
export const CLOCKS: usize = UPPER + 512;
export const GAPS: usize = CLOCKS + 256;
export const REPLICATES: usize = GAPS + 256;
export const FIRST_STEPS: usize = REPLICATES + 256;
/** u32 [64] each: the addresses of the lane's row of recorded states and of its next listed appearance. */
export const ROWS: usize = FIRST_STEPS + 256;
export const CURSORS: usize = ROWS + 256;
/** i64 [64]: −1 where the item appears in the lower run too, else 0. */
export const THINNED: usize = CURSORS + 256;
/** f64 [64] each: the gains of this round's appearances, and x of both runs' gain paths. */
export const UPPER_GAINS: usize = THINNED + 512;
export const LOWER_GAINS: usize = UPPER_GAINS + 512;
export const UPPER_PATHS: usize = LOWER_GAINS + 512;
export const LOWER_PATHS: usize = UPPER_PATHS + 512;
/** This round's draws: u16 [64] for the gaps, u16 [64] for the thinning, u64 [64] for each run's normals. */
export const ROUND: usize = LOWER_PATHS + 512;
export const ROUND_THINNING: usize = ROUND + 128;
export const ROUND_UPPER_NORMALS: usize = ROUND_THINNING + 128;
export const ROUND_LOWER_NORMALS: usize = ROUND_UPPER_NORMALS + 512;

// What follows a buffer of draws lies 48 bytes behind it: they are made 48 bytes at a time.

/** u32 [60]: draws for what needs more than one. */
export const SPARE: usize = ROUND_LOWER_NORMALS + 512 + 48;
/** The state of the generators. */
export const GENERATORS: usize = SPARE + 240;

/** v128 [25]: numbers that loops need in every lane; V8 makes a constant vector again wherever it is used. */
export const SPLATS: usize = GENERATORS + 160;

/** Draws made in bulk. */
export const BULK: usize = MEMORY + 8192;
export const BULK_BYTES: usize = 16_128;

/** f64 [257][2], f64 [256], u32 [4096]. */
export const ZIGGURAT: usize = BULK + 16_384;
export const POWERS_OF_TWO: usize = ZIGGURAT + 4352;
export const GAP_TABLE: usize = POWERS_OF_TWO + 2048;

/** u64 [1024] each: words of trials undecided by their first digits, in the low and in the high half of a block. */
export const UNDECIDED_LOW: usize = GAP_TABLE + 16_384;
export const UNDECIDED_HIGH: usize = UNDECIDED_LOW + 8192;

/** u32 [73] and u32 [8]: rows of recorded states that are free, and that wait to be folded. */
export const FREE_ROWS: usize = UNDECIDED_HIGH + 8192;
export const PENDING_ROWS: usize = FREE_ROWS + 512;
