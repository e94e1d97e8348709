"""Stage 6b: the filters of a question, how they are put to the lookup queries, and why they leave nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from oscegraph import query
from oscegraph.dates import Period
from oscegraph.directory import plural
from oscegraph.store import Store

_YES = "yes"
EVER = Period()


@dataclass(frozen=True)
class Filters:
    """The filters of a question, as IRIs and days; None means any. `labels` says each in the user's words."""

    theme: str | None = None
    where: str | None = None
    period: Period = EVER
    role: str | None = None
    own_role: str | None = None
    type: str | None = None
    assistance: str | None = None
    kind: str | None = None
    basis: str | None = None
    unit_only: bool = False
    possible: bool = False
    labels: tuple[tuple[str, str], ...] = ()

    def values(self) -> dict[str, Any]:
        """Return the filters as parameters of the lookup queries."""
        return {
            "theme": self.theme,
            "where": self.where,
            "from": self.period.start,
            "to": self.period.end,
            "role": self.role,
            "as": self.own_role,
            "type": self.type,
            "assistance": self.assistance,
            "kind": self.kind,
            "basis": self.basis,
            "unitOnly": _YES if self.unit_only else None,
            "possible": _YES if self.possible else None,
        }

    def active(self) -> list[str]:
        """Return the names of the fields that filter anything."""
        fields = ("theme", "where", "period", "role", "own_role", "type", "assistance", "kind", "basis", "unit_only")
        return [name for name in fields if getattr(self, name) not in (None, False, EVER)]

    def without(self, name: str) -> Filters:
        """Return the filters with one of them taken out."""
        return replace(self, **{name: getattr(Filters(), name)})

    def in_words(self) -> str:
        """Return the filters in words, such as "on trafficking in human beings, in Kazakhstan"."""
        return ", ".join(words for _, words in self.labels)


def run_filtered(store: Store, name: str, filters: Filters, **more: Any) -> list[dict[str, str | None]]:
    """Run a lookup query with filters; raises QueryError for a filter that the query does not have."""
    values = {key: value for key, value in filters.values().items() if value is not None}
    return list(query.run(store, name, **values, **more))


def explain(
    filters: Filters,
    found: bool,
    count: Callable[[Filters], int],
    activities: Callable[[Filters], int],
    silent: str,
    noun: str,
    held: int,
) -> list[str]:
    """Say why a result is empty, and how many activities are too vaguely dated for a period.

    `count` and `activities` tell how many results and activities there would be under other filters, `held` how many
    activities there are now, `silent` is the sentence for a report that tells of nothing of the kind.
    """
    notes = []
    if not found:
        everything = count(Filters()) if filters.active() else 0
        if not everything:
            return [silent]
        notes.append(f"The filters leave no {noun} ({filters.in_words()}); the report is not silent:")
        if len(filters.active()) > 1:
            for name in filters.active():
                words = dict(filters.labels).get(name, name)
                notes.append(f"  without “{words}”: {count_of(count(filters.without(name)), noun)}")
        notes.append(f"  without any filter: {count_of(everything, noun)}")
    if filters.period != EVER and not filters.possible:
        vague = activities(replace(filters, possible=True)) - held
        if vague > 0:
            notes.append(
                f"{count_of(vague, 'more activity')} may fall into the period, but the report dates "
                f"{'it' if vague == 1 else 'them'} too vaguely; --possible adds {'it' if vague == 1 else 'them'}."
            )
    return notes


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun in the plural where it needs one."""
    return f"{number} {noun if number == 1 else plural(noun)}"
