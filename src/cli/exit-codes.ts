/** Done, and every claim holds. */
export const done = 0;
/** A claim is false, or a run failed. */
export const failed = 1;
/** The input is wrong: a flag, a scenario, a data table, a run folder. */
export const inputWrong = 2;
/** Interrupted; what was done is saved. */
export const interrupted = 130;
