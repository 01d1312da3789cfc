/*
 * The final state alone, with a constant gain: how often the item appears in each run comes from one alias table of the
 * joint law, the norms from a table of S_n.
 *
 * N' ~ Bin(T, a'), and N'' - N' ~ Bin(T - N', (a'' - a') / (1 - a')) given N'. Outcomes rarer than 1e-14 are left out.
 */
#include <math.h>
#include "alias.h"
#include "pair.h"

#define RAREST 1e-14

typedef struct { Alias *table; double *weight; int places, room; } Law;

static double binomialPmf(int n, double p, int k) {
  const double ways = lgamma(n + 1.) - lgamma(k + 1.) - lgamma(n - k + 1.);
  return exp(ways + k * log(p) + (n - k) * log1p(-p));
}

static void add(Law *law, int lower, int upper, double weight) {
  if (law->places == law->room) {
    law->room = law->room * 2 + 1024;
    law->table = realloc(law->table, law->room * sizeof *law->table);
    law->weight = realloc(law->weight, law->room * sizeof *law->weight);
  }
  law->table[law->places].outcome = (Outcome){lower, upper};
  law->weight[law->places++] = weight;
}

/* The outcomes with so many appearances in the lower run, from the likeliest to either side. */
static void addRow(Law *law, int steps, int lower, double weight, double p) {
  const int n = steps - lower, mode = (n + 1) * p > n ? n : (n + 1) * p;
  const double odds = p / (1 - p), likeliest = weight * binomialPmf(n, p, mode);
  double w = likeliest;
  for (int k = mode; k <= n && w > RAREST; k++) {
    add(law, lower, lower + k, w);
    w *= odds * (n - k) / (k + 1);
  }
  w = likeliest;
  for (int k = mode; k > 0; k--) {
    w *= k / (odds * (n - k + 1));
    if (w <= RAREST) break;
    add(law, lower, lower + k - 1, w);
  }
}

static Law lawOf(const Pair *pair) {
  const double p = pair->lowerPresence, mean = pair->steps * p, nine = 9 * sqrt(mean * (1 - p));
  const double more = (pair->upperPresence - p) / (1 - p);
  Law law = {};
  for (int lower = fmax(0, mean - nine); lower <= fmin(pair->steps, mean + nine + 1); lower++)
    addRow(&law, pair->steps, lower, binomialPmf(pair->steps, p, lower), more);
  balance(law.table, law.weight, law.places);
  return law;
}

/* sqrt(S_n), n = 0 ... steps. */
static double *normsOf(int steps) {
  double *const norm = malloc((steps + 1) * sizeof *norm), s = 1;
  for (int n = 0; n <= steps; n++, s += 1 / s) norm[n] = sqrt(s);
  return norm;
}

Sum counts(const Pair *pair, int64_t pairs, Random *random) {
  if (pair->steps > UINT16_MAX) exit(2);
  const Law law = lawOf(pair);
  const double *const norm = normsOf(pair->steps);
  Random generator = *random;
  Sum sum = {};
  for (; sum.pairs < pairs; sum.pairs += LANES) {
    const word place = draw(&generator), level = draw(&generator);
    for (int i = 0; i < LANES; i++) {
      const Alias *const alias = &law.table[(uint64_t)place[i] * law.places >> 32];
      const Outcome outcome = level[i] <= alias->limit ? alias->outcome : alias->other;
      const double lower = norm[outcome.lower], upper = norm[outcome.upper];
      sum.lower += lower, sum.lowerSquare += lower * lower;
      sum.upper += upper, sum.upperSquare += upper * upper;
      sum.violations += upper < lower;
    }
  }
  free(law.table);
  free(law.weight);
  return sum;
}
