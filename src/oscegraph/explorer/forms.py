"""Stage 17a: the words of a form, checked before anything is computed.

A tool is a form sent by GET, so that every result has an address that can be shared.
"""

from __future__ import annotations

import math
import urllib.parse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from oscegraph.errors import FilterError, OscegraphError, did_you_mean
from oscegraph.namespaces import local_name

if TYPE_CHECKING:
    from oscegraph.directory import Directory
    from oscegraph.explorer.site import Site
    from oscegraph.filters import Filters

LONGEST = 200
MOST_VALUES = 20
FILTERS = ("theme", "in", "from", "to", "possible")


class FormError(OscegraphError):
    """A form that says something that the tool does not understand."""


class Words:
    """The words of a form, as they came in the address."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.values: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                self.values.setdefault(name, []).append(value.strip())

    def check(self, known: Sequence[str], long: Sequence[str] = ()) -> None:
        """Raise FormError for a name that the form does not have, and for values that are too long or too many.

        A filter that is passed over silently would make a wrong answer.
        """
        for name, values in self.values.items():
            if name not in known:
                raise FormError(f'This page knows no parameter "{name[:60]}".{did_you_mean(name[:60], known)}')
            if len(values) > MOST_VALUES:
                raise FormError(f"{name}: at most {MOST_VALUES} values.")
            if name not in long and any(len(value) > LONGEST for value in values):
                raise FormError(f"{name}: at most {LONGEST} characters.")

    def one(self, name: str) -> str | None:
        """Return the value of a name, None if it is empty; raises FormError for several."""
        values = self.values.get(name, [])
        if len(values) > 1:
            raise FormError(f"{name} is given {len(values)} times; it has one value.")
        return values[0] if values else None

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a name, each once."""
        return tuple(dict.fromkeys(self.values.get(name, ())))

    def shown(self, name: str, default: str = "") -> str:
        """Return what the field of the form shows, whatever was typed."""
        return (self.values.get(name) or [default])[0]

    def choice(self, name: str, valid: Sequence[str], default: str) -> str:
        """Return a value that is one of `valid`; raises FilterError for another."""
        value = self.one(name) or default
        if value not in valid:
            raise FilterError(f"value of {name}", value, valid)
        return value

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.choice(name, ("0", "1", "on"), "0") != "0"

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """Return a number from `low` to `high`; raises FormError for anything else."""
        said = self.one(name)
        try:
            value = default if said is None else float(said)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise FormError(f'{name}: "{said}" is no number from {low:g} to {high:g}.')
        return value

    def whole(self, name: str, default: int, high: int = 100_000) -> int:
        """Return a whole number from 0 to `high`; raises FormError for anything else."""
        value = self.number(name, default, 0, high)
        if value != int(value):
            raise FormError(f"{name}: {value:g} is no whole number.")
        return int(value)

    def url(self, **changes: str | None) -> str:
        """Return the address of the same form with some values changed; None takes one out."""
        kept = [(name, value) for name, values in self.values.items() if name not in changes for value in values]
        new = [(name, value) for name, value in changes.items() if value is not None]
        return "?" + urllib.parse.urlencode([*kept, *new])

    def key(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what the result depends on: everything but the format."""
        return tuple(sorted((name, tuple(values)) for name, values in self.values.items() if name != "format"))


def filters(site: Site, words: Words) -> Filters:
    """Return the filters of a form: theme, in, from, to, possible."""
    return site.graph.filters(
        on=words.one("theme"),
        place=words.one("in"),
        start=words.one("from"),
        end=words.one("to"),
        possible=words.flag("possible"),
    )


def themes(directory: Directory) -> list[tuple[str, str]]:
    """Return slug and label of each theme in the order of Appendix 2 of the report."""
    found = directory.concepts("theme")
    found.sort(key=lambda thing: (len(number := "".join(thing.names.get("notation", ["999"])[:1])), number, thing.iri))
    return [(local_name(thing.iri), thing.label) for thing in found]
