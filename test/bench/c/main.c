/*
 * The yardstick: coupled pairs in C, with vectors as wide as the machine's.
 *
 *   reference <form> <lower> <upper> <batch size> <steps> <sigma> <rho> <pairs> <seed>
 *
 * c = 1, s0 = 1. The forms slots, steps, events and counts have a constant gain; shared and own are events with log-normal
 * AR(1) gains. All but counts walk: every appearance takes the division that any gain would need, though S_n is known for
 * a constant one. events-single, shared-single and own-single give up digits for speed: their gaps and their jumps over
 * them are made in single precision.
 *
 * The law is the one that a researcher would settle for, uniforms of 32 bits. Pairs are started in whole groups, and all
 * that are started are counted.
 *
 * Prints one line of JSON: CPU nanoseconds, pairs, the means of sqrt(s') and sqrt(s'') and their standard errors, and
 * the number of appearances after which the order was reversed.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "pair.h"

static const struct { const char *name; Form *form; } forms[] = {
    {"slots", slots}, {"steps", steps}, {"counts", counts},
    {"events", events}, {"shared", shared}, {"own", own},
    {"events-single", eventsSingle}, {"shared-single", sharedSingle}, {"own-single", ownSingle},
};

static Form *formCalled(const char *name) {
  for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
    if (!strcmp(name, forms[i].name)) return forms[i].form;
  return NULL;
}

static double processNanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static double presence(double popularity, int batchSize) { return -expm1(batchSize * log1p(-popularity)); }

static double standardError(double mean, double meanSquare, double pairs) {
  return sqrt((meanSquare - mean * mean) / pairs);
}

int main(int count, char **words) {
  Form *const form = count == 10 ? formCalled(words[1]) : NULL;
  if (form == NULL) return 2;
  Pair pair = {.lowerPopularity = atof(words[2]), .upperPopularity = atof(words[3]), .batchSize = atoi(words[4]),
               .steps = atoi(words[5]), .sigma = atof(words[6]), .rho = atof(words[7])};
  pair.lowerPresence = presence(pair.lowerPopularity, pair.batchSize);
  pair.upperPresence = presence(pair.upperPopularity, pair.batchSize);
  Random random = seeded(atoll(words[9]));

  const double start = processNanoseconds();
  const Sum sum = form(&pair, atof(words[8]), &random);
  const double nanoseconds = processNanoseconds() - start;

  const double n = sum.pairs, lower = sum.lower / n, upper = sum.upper / n;
  printf("{\"nanoseconds\":%.0f,\"pairs\":%.0f,\"lower\":%.9g,\"upper\":%.9g,\"lowerError\":%.3g,\"upperError\":%.3g,"
         "\"violations\":%lld}\n",
         nanoseconds, n, lower, upper, standardError(lower, sum.lowerSquare / n, n),
         standardError(upper, sum.upperSquare / n, n), (long long)sum.violations);
}
