/** Probability that any statistical check of the whole suite fails by chance under a fresh seed. */
const suiteBudget = 1e-6;

/** At most this many statistical checks are made; each gets an equal share of the budget. */
const checksAtMost = 2000;

/** A check fails when its p-value is below this. */
export const share = suiteBudget / checksAtMost;

/** The two-sided z-score whose p-value is `share`. */
export const shareZ = 6.22;
