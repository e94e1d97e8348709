"""Stage 7b: all pairs of actors with the number of activities that involve both.

Who is involved in what is a query, `queries/lookup/incidence.rq`. The pairs are counted here: joining the incidence with
itself in SPARQL gives the same numbers (`queries/questions/actor_pairs.rq`), but takes several times as long.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from oscegraph.query import named
from oscegraph.store import Store


def pairs(store: Store) -> list[tuple[str, str, int]]:
    """Return (actor, actor, number of shared activities) by IRI, most activities first, each pair once, in IRI order."""
    _, rows = store.select(named("incidence").text)
    involved: dict[str, set[str]] = {}
    for activity, actor in rows:
        if activity is not None and actor is not None:
            involved.setdefault(activity.value, set()).add(actor.value)
    names = sorted(set().union(*involved.values()))
    number = {name: index for index, name in enumerate(names)}
    # Partners are gathered and counted for one actor after the other: small counters stay in the processor's cache.
    partners: list[list[list[int]]] = [[] for _ in names]
    for actors in involved.values():
        numbers = sorted(number[actor] for actor in actors)
        for place, first in enumerate(numbers, 1):
            partners[first].append(numbers[place:])
    found = [
        (names[first], names[second], count)
        for first, lists in enumerate(partners)
        for second, count in sorted(Counter(chain.from_iterable(lists)).items())
    ]
    return sorted(found, key=lambda pair: -pair[2])
