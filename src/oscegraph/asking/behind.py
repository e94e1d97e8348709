"""Stage 10f2: what a count or a ranking rests on, where its own rows stand in no line of the report.

The header of such a query says by which other one each of its rows is shown:

    #+ evidence: role_activities; role=role; actor=actor

A parameter takes the value of that column, that of the parameter of this name, or the name that is written; without any of
them it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oscegraph import query
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.namespaces import expand
from oscegraph.query import Query
from oscegraph.store import Store

_SHOWN = lazy_pattern(r"^#\+ evidence: (\w+); (.+)$", re.MULTILINE)
_NOTE = lazy_pattern(r"^#\+ note: (.+)$", re.MULTILINE)
# Of so many rows the evidence is told.
MOST = 60


def shown_by(named: Query) -> list[tuple[str, dict[str, str]]]:
    """Return the queries that show the rows of another one, each with its parameters and where their values stand."""
    found = []
    for name, values in _SHOWN.findall(named.text):
        pairs = (part.strip().split("=", 1) for part in values.split(";"))
        found.append((name, dict(pairs)))
    return found


def note(named: Query) -> str:
    """Return what the header of a query says of how it counts; "" if nothing."""
    match = _NOTE.search(named.text)
    return match[1] if match else ""


def rows(
    store: Store, named: Query, given: Mapping[str, Any], own: Sequence[Mapping[str, Any]], answer: Iterable[str]
) -> list[dict[str, Any]]:
    """Return the rows that show those of a query that an answer tells; of all, if it tells none by name, as a number."""
    told = set(answer)
    meant = _telling(own, told) or list(own)
    asked: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in meant[:MOST]:
        for name, values in shown_by(named):
            filled = {key: row.get(value) or given.get(value) or expand(value) for key, value in values.items()}
            if all(filled.get(parameter.name) for parameter in query.named(name).parameters if parameter.required):
                asked.setdefault(f"{name} {filled}", (name, filled))
    return [dict(row) for name, values in asked.values() for row in query.run(store, name, **values)]


def _telling(own: Sequence[Mapping[str, Any]], told: set[str]) -> list[Mapping[str, Any]]:
    """Return the rows with a name that is told; with most of them, if all are in these: a pair is told by its own row.

    >>> rows = [{"one": "A", "other": "B"}, {"one": "A", "other": "C"}]
    >>> len(_telling(rows, {"A", "B"})), len(_telling(rows, {"A"})), len(_telling(rows, {"A", "B", "C"}))
    (1, 2, 2)
    """
    held = [(row, told & {str(value) for value in row.values()}) for row in own]
    most = max((len(names) for _, names in held), default=0)
    best = [(row, names) for row, names in held if names and len(names) == most]
    covered = set().union(*(names for _, names in best)) == set().union(*(names for _, names in held))
    return [row for row, _ in best] if covered else [row for row, names in held if names]
