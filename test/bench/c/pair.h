/* A pair, a group of pairs on their way, and what is left of those that are done. */
#pragma once
#include "lanes.h"
#include "random.h"

typedef struct {
  double lowerPopularity, upperPopularity;
  int batchSize, steps;
  /* Probabilities that a batch holds the item, a' and a''. */
  double lowerPresence, upperPresence;
  /* Of the log-normal gain's AR(1). */
  double sigma, rho;
} Pair;

typedef struct { double lower, upper, lowerSquare, upperSquare; int64_t pairs, violations; } Sum;

/* A form simulates at least so many pairs, in whole groups, and counts them all. */
typedef Sum Form(const Pair *pair, int64_t pairs, Random *random);
Form slots, steps, events, eventsSingle, shared, sharedSingle, own, ownSingle, counts;

/* The squared norms of the pairs of a group, and how often the order was reversed at an appearance. */
typedef struct { real lower[2], upper[2]; tally violations; } Group;

INLINE Group newGroup(void) { return (Group){.lower = {all(1), all(1)}, .upper = {all(1), all(1)}}; }

/* One appearance in the upper run of the pairs inUpper, and in the lower run of those inLower. */
INLINE void appear(Group *g, mask inLower, mask inUpper, const real lowerGain[2], const real upperGain[2]) {
  for (int half = 0; half < 2; half++) {
    g->upper[half] = addWhere(inUpper, half, g->upper[half], upperGain[half] / g->upper[half]);
    g->lower[half] = addWhere(inLower, half, g->lower[half], lowerGain[half] / g->lower[half]);
  }
  g->violations = tallyBelow(g->violations, inUpper, g->upper, g->lower);
}

INLINE void appearOnce(Group *g, mask inLower, mask inUpper) {
  const real one[2] = {all(1), all(1)};
  appear(g, inLower, inUpper, one, one);
}

static inline void finish(Sum *sum, const Group *g) {
  for (int half = 0; half < 2; half++) {
    sum->lower += total(squareRoot(g->lower[half]));
    sum->upper += total(squareRoot(g->upper[half]));
    sum->lowerSquare += total(g->lower[half]);
    sum->upperSquare += total(g->upper[half]);
  }
  sum->violations += counted(g->violations);
  sum->pairs += LANES;
}
