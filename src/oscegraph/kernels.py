"""Stage 11c: centralities compiled by numba, for large networks; numba comes with the extra "fast".

The functions with `block` in their names are plain Python over arrays, compiled by `load`. A network is given by its ties in
rows: the neighbours of node v are `ends[starts[v]:starts[v + 1]]`. Self-loops do no harm: no kernel ever takes a step to a
node that it has reached already.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy
import numpy.typing as npt

Array = npt.NDArray[Any]
# The sources are split into so many parts, whatever the number of threads, and the sums of the parts are added in order: a
# result is the same to the last bit on every machine. More parts than cores keep all of them busy to the end.
BLOCKS = 32

# For the count of the bits of a word. In numba a signed constant would turn a word into a float.
_ONE = numpy.uint64(1)
_TWO = numpy.uint64(2)
_FOUR = numpy.uint64(4)
_LAST = numpy.uint64(56)
_PAIRS = numpy.uint64(0x5555555555555555)
_QUADS = numpy.uint64(0x3333333333333333)
_HALVES = numpy.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = numpy.uint64(0x0101010101010101)
_NONE = numpy.uint64(0)


def transpose(starts: Array, ends: Array) -> tuple[Array, Array]:
    """Return the same ties in rows by their other end."""
    count = len(starts) - 1
    from_starts = numpy.zeros(count + 1, dtype=numpy.int64)
    from_ends = numpy.empty(len(ends), dtype=numpy.int32)
    for end in ends:
        from_starts[end + 1] += 1
    for v in range(count):
        from_starts[v + 1] += from_starts[v]
    place = from_starts[:-1].copy()
    for v in range(count):
        for tie in range(starts[v], starts[v + 1]):
            w = ends[tie]
            from_ends[place[w]] = v
            place[w] += 1
    return from_starts, from_ends


def betweenness_block(
    starts: Array,
    ends: Array,
    from_starts: Array,
    from_ends: Array,
    first: int,
    last: int,
    endpoints: bool,
    totals: Array,
) -> None:
    """Add to `totals` the dependencies of the sources from `first` until `last` on each node (Brandes 2001).

    Each step between two levels of distance is taken from the side that has fewer ties (Beamer 2012): in a network with a
    short diameter most nodes are in one or two levels, and most ties are then never looked at.
    """
    count = len(starts) - 1
    level = numpy.empty(count, dtype=numpy.int32)
    paths = numpy.empty(count)
    depends = numpy.empty(count)
    order = numpy.empty(count, dtype=numpy.int32)  # the nodes by level
    bounds = numpy.empty(count + 2, dtype=numpy.int64)  # where each level begins in the order
    ties_out = numpy.empty(count + 1, dtype=numpy.int64)  # the ties out of each level
    ties_in = numpy.empty(count + 1, dtype=numpy.int64)
    rest = numpy.empty(count, dtype=numpy.int32)  # nodes that may not be reached yet; made when first needed
    for source in range(first, last):
        level[:] = -1
        paths[:] = 0.0
        level[source], paths[source], depends[source], order[0] = 0, 1.0, 0.0, source
        bounds[0], bounds[1] = 0, 1
        ties_out[0] = starts[source + 1] - starts[source]
        ties_in[0] = from_starts[source + 1] - from_starts[source]
        ties_left = len(ends) - ties_in[0]
        reached, depth, left, listed = 1, 0, count, False
        while bounds[depth] < bounds[depth + 1]:
            if ties_out[depth] <= ties_left + left:
                for place in range(bounds[depth], bounds[depth + 1]):
                    v = order[place]
                    ways = paths[v]
                    for tie in range(starts[v], starts[v + 1]):
                        w = ends[tie]
                        if level[w] < 0:
                            level[w] = depth + 1
                            order[reached] = w
                            reached += 1
                        if level[w] == depth + 1:
                            paths[w] += ways
            else:
                if not listed:
                    left, listed = 0, True
                    for w in range(count):
                        if level[w] < 0:
                            rest[left] = w
                            left += 1
                kept = 0
                for place in range(left):
                    w = rest[place]
                    if level[w] >= 0:
                        continue
                    ways = 0.0
                    for tie in range(from_starts[w], from_starts[w + 1]):
                        v = from_ends[tie]
                        if level[v] == depth:
                            ways += paths[v]
                    if ways > 0.0:
                        paths[w] = ways
                        level[w] = depth + 1
                        order[reached] = w
                        reached += 1
                    else:
                        rest[kept] = w
                        kept += 1
                left = kept
            depth += 1
            bounds[depth + 1] = reached
            outward, inward = 0, 0
            for place in range(bounds[depth], reached):
                w = order[place]
                depends[w] = 0.0
                outward += starts[w + 1] - starts[w]
                inward += from_starts[w + 1] - from_starts[w]
            ties_out[depth], ties_in[depth] = outward, inward
            ties_left -= inward
        # Level `depth` is empty; level 0 is the source, which does not lie between itself and another node.
        for far in range(depth - 1, 0, -1):
            for place in range(bounds[far], bounds[far + 1]):
                w = order[place]
                if endpoints:
                    totals[w] += depends[w] + 1.0
                else:
                    totals[w] += depends[w]
                depends[w] = (1.0 + depends[w]) / paths[w]
            if far == 1:
                continue
            if ties_in[far] < ties_out[far - 1]:
                for place in range(bounds[far], bounds[far + 1]):
                    w = order[place]
                    part = depends[w]
                    for tie in range(from_starts[w], from_starts[w + 1]):
                        v = from_ends[tie]
                        if level[v] == far - 1:
                            depends[v] += paths[v] * part
            else:
                for place in range(bounds[far - 1], bounds[far]):
                    v = order[place]
                    part = 0.0
                    for tie in range(starts[v], starts[v + 1]):
                        w = ends[tie]
                        if level[w] == far:
                            part += depends[w]
                    depends[v] = paths[v] * part
        if endpoints:
            totals[source] += reached - 1


def harmonic_block(starts: Array, ends: Array, first: int, last: int, totals: Array) -> None:
    """Add to `totals` the sum of 1 / distance to each node from the sources of the words from `first` until `last`.

    A word is a search from 64 sources at once, one bit each. Only nodes that are new to some source are looked at, so the
    work is never more than that of 64 single searches.
    """
    count = len(starts) - 1
    seen = numpy.empty(count, dtype=numpy.uint64)
    front = numpy.zeros(count, dtype=numpy.uint64)
    ahead = numpy.zeros(count, dtype=numpy.uint64)
    here = numpy.empty(count, dtype=numpy.int32)
    there = numpy.empty(count, dtype=numpy.int32)
    for word in range(first, last):
        seen[:] = _NONE
        length, bit = 0, _ONE
        for source in range(word * 64, min(word * 64 + 64, count)):
            seen[source] = bit
            front[source] = bit
            here[length] = source
            length += 1
            bit = bit << _ONE
        steps = 0
        while length > 0:
            steps += 1
            grown = 0
            for place in range(length):
                v = here[place]
                bits = front[v]
                for tie in range(starts[v], starts[v + 1]):
                    w = ends[tie]
                    new = bits & ~seen[w]
                    if new != _NONE:
                        if ahead[w] == _NONE:
                            there[grown] = w
                            grown += 1
                        ahead[w] |= new
            length = grown
            for place in range(length):
                w = there[place]
                new = ahead[w]
                ahead[w] = _NONE
                seen[w] |= new
                front[w] = new
                here[place] = w
                new = new - ((new >> _ONE) & _PAIRS)
                new = (new & _QUADS) + ((new >> _TWO) & _QUADS)
                new = (new + (new >> _FOUR)) & _HALVES
                totals[w] += float((new * _BYTES) >> _LAST) / steps


@dataclass(frozen=True)
class Kernels:
    """The compiled functions; each call spreads the sources over the cores."""

    transposed: Callable[..., Any]
    betweenness_part: Callable[..., Any]
    harmonic_part: Callable[..., Any]

    def betweenness(self, starts: Array, ends: Array, directed: bool, endpoints: bool, workers: int | None = None) -> Array:
        """Return for each node the sum of the dependencies of all sources on it, each ordered pair counted once."""
        back = self.transposed(starts, ends) if directed else (starts, ends)

        def part(first: int, last: int, totals: Array) -> None:
            self.betweenness_part(starts, ends, *back, first, last, endpoints, totals)

        return _spread(part, len(starts) - 1, len(starts) - 1, workers)

    def harmonic(self, starts: Array, ends: Array, workers: int | None = None) -> Array:
        """Return for each node the sum of 1 / distance to it from all others."""

        def part(first: int, last: int, totals: Array) -> None:
            self.harmonic_part(starts, ends, first, last, totals)

        count = len(starts) - 1
        return _spread(part, (count + 63) // 64, count, workers)


def _spread(part: Callable[[int, int, Array], None], jobs: int, count: int, workers: int | None) -> Array:
    """Return the sum of the results of all parts; threads suffice, for compiled code runs without Python's lock."""
    totals = numpy.zeros((BLOCKS, count))
    cuts = [jobs * block // BLOCKS for block in range(BLOCKS + 1)]
    with ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1) as pool:
        for _ in pool.map(part, cuts[:-1], cuts[1:], totals):
            pass
    return numpy.asarray(totals.sum(axis=0))


@functools.cache
def load() -> Kernels | None:
    """Return the compiled kernels, or None where numba is absent, unfit for this machine, or has nowhere to keep its code.

    Compilation takes seconds; numba keeps its result beside this module or in the user's cache folder. Without either it
    would be paid in each process, which no network of some thousand nodes makes good.
    """
    try:
        import numba  # type: ignore[import-untyped, import-not-found, unused-ignore]

        kernel = numba.njit(cache=True, nogil=True)
        kernels = Kernels(kernel(transpose), kernel(betweenness_block), kernel(harmonic_block))
        # All compilation happens here, in one thread and where its errors are caught.
        starts, ends = numpy.array([0, 1, 2], dtype=numpy.int64), numpy.array([1, 0], dtype=numpy.int32)
        kernels.betweenness(starts, ends, directed=True, endpoints=False, workers=1)
        kernels.harmonic(starts, ends, workers=1)
    except (ImportError, RuntimeError, OSError):  # numba: no folder for the cache is a RuntimeError
        return None
    return kernels
