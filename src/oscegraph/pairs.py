"""Stage 7b: all pairs of actors with the number of activities that involve both.

Who is involved in what is a query, `queries/lookup/incidence.rq`. The pairs are counted here: joining the incidence with
itself in SPARQL gives the same numbers (`queries/questions/actor_pairs.rq`), but takes several times as long.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from oscegraph.query import named
from oscegraph.store import Store


def pairs(store: Store) -> list[tuple[str, str, int]]:
    """Return (actor, actor, number of shared activities) by IRI, most activities first, each pair once, in IRI order."""
    _, rows = store.select(named("incidence").text)
    involved: dict[str, set[str]] = {}
    for activity, actor in rows:
        if activity is not None and actor is not None:
            involved.setdefault(activity.value, set()).add(actor.value)
    counts: Counter[tuple[str, str]] = Counter()
    for actors in involved.values():
        counts.update(combinations(sorted(actors), 2))
    return sorted(((a, b, n) for (a, b), n in counts.items()), key=lambda item: (-item[2], item[0], item[1]))
