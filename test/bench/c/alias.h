/* Walker's alias tables, made in linear time (Vose). */
#pragma once
#include <stdint.h>
#include <stdlib.h>

/* How often the item appears in each run; fewer than 2^16 times. */
typedef struct { uint16_t lower, upper; } Outcome;

/* A place of the table: its own outcome for a word up to the limit, else the other. */
typedef struct { uint32_t limit; Outcome outcome, other; } Alias;

/* Fills the limits and the other outcomes of a table of so many places. The weights are spent. */
static void balance(Alias *table, double *weight, int places) {
  double sum = 0;
  for (int i = 0; i < places; i++) sum += weight[i];
  // Light places from the front, heavy ones from the back.
  int *const order = malloc(places * sizeof *order), light = 0, heavy = places;
  for (int i = 0; i < places; i++) {
    weight[i] *= places / sum;
    if (weight[i] < 1) order[light++] = i; else order[--heavy] = i;
  }
  while (light > 0 && heavy < places) {
    const int small = order[--light], large = order[heavy];
    table[small].limit = weight[small] * 0x1p32;
    table[small].other = table[large].outcome;
    weight[large] -= 1 - weight[small];
    if (weight[large] < 1) order[light++] = order[heavy++];
  }
  // The rest weigh 1, up to rounding.
  while (light > 0) heavy -= 1, order[heavy] = order[--light];
  for (; heavy < places; heavy++) {
    Alias *const full = &table[order[heavy]];
    *full = (Alias){UINT32_MAX, full->outcome, full->outcome};
  }
  free(order);
}
