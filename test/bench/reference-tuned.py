"""Coupled pairs in NumPy: vectors over the pairs, and one loop over the steps or the appearances.

    reference.py <steps|events|shared|own|counts> <lower> <upper> <batch size> <steps> <sigma> <rho> <pairs> <seed>

c = 1, s0 = 1; `shared` and `own` are events with log-normal AR(1) gains, the others have a constant gain. `counts` draws
the binomial counts alone and looks the norms up in a table of S_n. What is drawn is in single precision, the norms in
double. Prints one line of JSON: CPU nanoseconds, pairs, the means of sqrt(s') and sqrt(s'') and their standard errors.
"""

import json
import sys
import time

import numpy as np

single = np.float32
# A pair's vectors should stay in the cache, and still be long enough to hide the interpreter.
block = 16384


def uniforms(rng, u):
    """Fills with singles in (0, 1]."""
    rng.random(out=u, dtype=single)
    np.subtract(single(1), u, out=u)


def normals(rng, z):
    """Box and Muller's: NumPy takes logarithms and cosines of whole vectors, but draws its own normals one by one."""
    radius, angle = z
    uniforms(rng, radius)
    np.log(radius, out=radius)
    radius *= single(-2)
    np.sqrt(radius, out=radius)
    uniforms(rng, angle)
    angle *= single(2 * np.pi)
    cosine = np.cos(angle)
    np.sin(angle, out=angle)
    angle *= radius
    radius *= cosine


def grow(s, gain, is_in, room):
    np.divide(gain, s, out=room)
    room *= is_in
    s += room


def by_steps(rng, pairs, steps, presence):
    lower, upper, room, v = np.ones(pairs), np.ones(pairs), np.empty(pairs), np.empty(pairs, single)
    is_in = np.empty(pairs, bool)
    for _ in range(steps):
        rng.random(out=v, dtype=single)
        for s, p in (lower, presence[0]), (upper, presence[1]):
            np.less(v, single(p), out=is_in)
            np.divide(is_in, s, out=room)
            s += room
    return lower, upper


def by_gaps(rng, pairs, steps, presence, gains):
    """Pairs that are over before the slowest of their block wait for it."""
    lower, upper, room = np.ones(pairs), np.ones(pairs), np.empty(pairs)
    step, gap, v = np.zeros(pairs, single), np.empty(pairs, single), np.empty(pairs, single)
    in_lower, in_upper = np.empty(pairs, bool), np.empty(pairs, bool)
    per_log, thinning = single(1 / np.log1p(-presence[1])), single(presence[0] / presence[1])
    while True:
        uniforms(rng, gap)
        np.log(gap, out=gap)
        gap *= per_log
        np.floor(gap, out=gap)
        gap += single(1)
        step += gap
        np.less_equal(step, steps, out=in_upper)
        if not in_upper.any():
            return lower, upper
        rng.random(out=v, dtype=single)
        np.less(v, thinning, out=in_lower)
        in_lower &= in_upper
        if gains is None:
            np.divide(in_upper, upper, out=room)
            upper += room
            np.divide(in_lower, lower, out=room)
            lower += room
        else:
            gain = gains(gap)
            grow(upper, gain[-1], in_upper, room)
            grow(lower, gain[0], in_lower, room)


def autoregressive_gains(rng, pairs, sigma, rho, paths):
    """The gains of each path after a gap; the path jumps over it at once."""
    # Normals come in twos, one for each path of a pair or for two pairs, of which there must be an even number.
    z, x = np.empty((2, paths * pairs // 2), single), np.empty((2, paths * pairs // 2), single)
    normals(rng, x)
    z_of_paths, x = z.reshape(paths, pairs), x.reshape(paths, pairs)
    gain, width = np.empty((paths, pairs), single), np.empty(pairs, single)
    log_rho, sigma, shift = single(np.log(rho)), single(sigma), single(sigma * sigma / 2)

    def gains(gap):
        gap *= log_rho
        power = np.exp(gap, out=gap)
        np.multiply(power, power, out=width)
        np.subtract(single(1), width, out=width)
        np.sqrt(width, out=width)
        normals(rng, z)
        np.multiply(z_of_paths, width, out=z_of_paths)
        np.multiply(x, power, out=x)
        np.add(x, z_of_paths, out=x)
        np.multiply(x, sigma, out=gain)
        np.subtract(gain, shift, out=gain)
        return np.exp(gain, out=gain)

    return gains


def by_counts(rng, pairs, steps, presence):
    table = np.empty(steps + 1)
    table[0] = 1
    for n in range(steps):
        table[n + 1] = table[n] + 1 / table[n]
    upper = rng.binomial(steps, presence[1], pairs)
    lower = rng.binomial(upper, presence[0] / presence[1])
    return table[lower], table[upper]


form = sys.argv[1]
p_lower, p_upper, batch, steps, sigma, rho, pairs, seed = map(float, sys.argv[2:])
rng = np.random.Generator(np.random.SFC64(int(seed)))
presence = [-np.expm1(batch * np.log1p(-p)) for p in (p_lower, p_upper)]
steps, pairs = int(steps), int(pairs)


def squared_norms(pairs):
    if form == "counts":
        return by_counts(rng, pairs, steps, presence)
    if form == "steps":
        return by_steps(rng, pairs, steps, presence)
    paths = {"events": 0, "shared": 1, "own": 2}[form]
    gains = autoregressive_gains(rng, pairs, sigma, rho, paths) if paths > 0 else None
    return by_gaps(rng, pairs, steps, presence, gains)


start = time.process_time_ns()
length = pairs if form == "counts" else block
blocks = [squared_norms(min(length, pairs - done)) for done in range(0, pairs, length)]
lower, upper = (np.sqrt(np.concatenate(run)) for run in zip(*blocks))
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
