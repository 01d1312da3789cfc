"""Coupled pairs as a researcher would write them with NumPy: vectors over the pairs, a loop over the steps.

    reference.py <steps|events|shared|own|counts> <lower> <upper> <batch size> <steps> <sigma> <rho> <pairs> <seed>

c = 1, s0 = 1. `steps` and `events` have a constant gain and loop over the steps, or over the appearances by geometric gaps;
`counts` draws the binomial counts alone and looks the norms up in a table of S_n. reference-tuned.py is what can be had
for more trouble and fewer digits.
Prints one line of JSON: CPU nanoseconds, pairs, the means of sqrt(s') and sqrt(s'') and their standard errors.
"""

import json
import sys
import time

import numpy as np


def by_counts(rng, pairs, steps, presence):
    table = np.empty(steps + 1)
    table[0] = 1
    for n in range(steps):
        table[n + 1] = table[n] + 1 / table[n]
    norms = np.sqrt(table)
    upper = rng.binomial(steps, presence[1], pairs)
    lower = rng.binomial(upper, presence[0] / presence[1])
    return norms[lower], norms[upper]


def by_events(rng, pairs, steps, presence):
    lower, upper = np.ones(pairs), np.ones(pairs)
    step = rng.geometric(presence[1], pairs)
    is_in = step <= steps
    while is_in.any():
        upper += is_in / upper
        lower += (is_in & (rng.random(pairs) < presence[0] / presence[1])) / lower
        step += rng.geometric(presence[1], pairs)
        is_in = step <= steps
    return np.sqrt(lower), np.sqrt(upper)


def by_steps(rng, pairs, steps, presence):
    lower, upper = np.ones(pairs), np.ones(pairs)
    for _ in range(steps):
        v = rng.random(pairs)
        lower += (v < presence[0]) / lower
        upper += (v < presence[1]) / upper
    return np.sqrt(lower), np.sqrt(upper)


def autoregressive_gain(rng, pairs, steps, presence, sigma, rho, paths):
    lower, upper = np.ones(pairs), np.ones(pairs)
    x = rng.standard_normal((paths, pairs))
    width = np.sqrt(1 - rho * rho)
    for _ in range(steps):
        x *= rho
        x += width * rng.standard_normal((paths, pairs))
        # Only where the item is there: an exponential costs more than picking the pairs that need one.
        v = rng.random(pairs)
        at = np.flatnonzero(v < presence[1])
        gain = np.exp(sigma * x[:, at] - sigma * sigma / 2)
        upper[at] += gain[-1] / upper[at]
        both = v[at] < presence[0]
        lower[at[both]] += gain[0, both] / lower[at[both]]
    return np.sqrt(lower), np.sqrt(upper)


form = sys.argv[1]
p_lower, p_upper, batch, steps, sigma, rho, pairs, seed = map(float, sys.argv[2:])
rng = np.random.default_rng(int(seed))
presence = [-np.expm1(batch * np.log1p(-p)) for p in (p_lower, p_upper)]
steps, pairs = int(steps), int(pairs)

start = time.process_time_ns()
if form == "counts":
    lower, upper = by_counts(rng, pairs, steps, presence)
elif form == "steps":
    lower, upper = by_steps(rng, pairs, steps, presence)
elif form == "events":
    lower, upper = by_events(rng, pairs, steps, presence)
else:
    lower, upper = autoregressive_gain(rng, pairs, steps, presence, sigma, rho, 1 if form == "shared" else 2)
nanoseconds = time.process_time_ns() - start

print(
    json.dumps(
        {
            "nanoseconds": nanoseconds,
            "pairs": pairs,
            "lower": lower.mean(),
            "upper": upper.mean(),
            "lowerError": lower.std() / np.sqrt(pairs),
            "upperError": upper.std() / np.sqrt(pairs),
        }
    )
)
