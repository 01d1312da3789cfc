#include "pair.h"
Sum counts(const Pair *pair, int64_t pairs, Random *random) { return (Sum){}; }
