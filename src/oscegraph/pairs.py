"""Stage 7b: all pairs of actors with the number of activities that involve both.

Who is involved in what is a query, `queries/lookup/incidence.rq`. The pairs are counted here: joining the incidence with
itself in SPARQL gives the same numbers (`queries/questions/actor_pairs.rq`), but takes several times as long.
"""

from __future__ import annotations

from collections import Counter

from oscegraph.query import named
from oscegraph.store import Store


def pairs(store: Store) -> list[tuple[str, str, int]]:
    """Return (actor, actor, number of shared activities) by IRI, most activities first, each pair once, in IRI order."""
    _, rows = store.select(named("incidence").text)
    involved: dict[str, set[str]] = {}
    for activity, actor in rows:
        if activity is not None and actor is not None:
            involved.setdefault(activity.value, set()).add(actor.value)
    # Actors are numbered in the order of their names, and a pair is one number: a million pairs of names are slow to hold.
    names = sorted(set().union(*involved.values()))
    number = {name: index for index, name in enumerate(names)}
    size = len(names)
    counts: Counter[int] = Counter()
    for actors in involved.values():
        numbers = sorted(number[actor] for actor in actors)
        for place, first in enumerate(numbers):
            base = first * size
            counts.update([base + second for second in numbers[place + 1 :]])
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(names[pair // size], names[pair % size], count) for pair, count in ordered]
