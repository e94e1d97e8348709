"""Stage 10d2: what the rows of a query are as an answer: a number, a list, who comes first, or which two do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from oscegraph.asking.patterns import lazy_pattern

# Columns that hold an actor: its type and what it belongs to can be asked for.
ACTORS = ("actor", "partner", "who", "structure", "organization", "addressee", "body")
# The column that says of which part of the staff a number is.
CATEGORY = "staffCategory"
# How long something was, as answers tell it.
LENGTH = lazy_pattern(r"(\d+) (day|week|month)s?")
# Forms that are some of the rows only, and all of them.
_CHOSEN = frozenset({"top", "bottom", "second", "equals", "bounded"})
FORMS = _CHOSEN | {"list", "number", "sum", "count", "pair", "many", "rows", "numbers", "truth"}


class Formed(Protocol):
    """A phrase as far as its answer goes: the form and the columns."""

    @property
    def form(self) -> str:
        """One of FORMS."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the answer."""


def whose(phrase: Formed) -> str:
    """Return the column of the actors that a phrase answers with, or "" if it answers with something else."""
    for column in phrase.columns:
        bare = column.removesuffix("Label")
        if bare in ACTORS:
            return bare
    return ""


def answer(
    phrase: Formed, rows: list[dict[str, Any]], number: int = 0, keeps: Callable[[float], bool] | None = None
) -> list[Any]:
    """Return the answer out of the rows; a list is without repetition, and empty if the rows do not tell.

    `number` and `keeps` say which totals are meant, where the form is on some.
    """
    columns = phrase.columns
    match phrase.form:
        case "count":
            held = {row[columns[0]] for row in rows if row.get(columns[0])}
            return [len(held)] if held else []
        case "number" | "sum":
            numbers = [int(row[columns[0]]) for row in rows if str(row.get(columns[0]) or "").isdigit()]
            return [] if not numbers else [max(numbers) if phrase.form == "number" else sum(numbers)]
        case "numbers":
            # In the order of the second column, such as the years.
            told = sorted(
                {(str(row[columns[1]]), int(row[columns[0]])) for row in rows if str(row[columns[0]] or "").isdigit()}
            )
            return [value for _, value in told]
        case "rows":
            return [list(one) for one in dict.fromkeys(tuple(row[column] for column in columns) for row in rows) if all(one)]
        case "truth":
            # Whether it is so; where rows differ, or there are none, it is not told.
            truths = {str(row[columns[0]]) for row in rows if row.get(columns[0])}
            return [truths == {"true"}] if len(truths) == 1 else []
        case "equals":
            return [name for name, total in totals(columns, rows).items() if total == number]
        case "bounded" | "many":
            # Those whose number keeps to a bound, or how many they are.
            kept = [name for name, total in _qualified(columns, rows).items() if keeps is not None and keeps(total)]
            return [len(kept)] if phrase.form == "many" else sorted(kept)
        case "second":
            sums = totals(columns, rows)
            ranks = sorted(set(sums.values()), reverse=True)
            return [name for name, total in sorted(sums.items()) if ranks[1:] and total == ranks[1]]
        case "top" | "bottom":
            # Who has the largest or the smallest number.
            sums = totals(columns, rows)
            wanted = (max if phrase.form == "top" else min)(sums.values(), default=0)
            return [name for name, total in sorted(sums.items()) if total == wanted]
        case "pair":
            # Those two that have the largest number together.
            *both, total = columns
            most = max((int(row[total] or 0) for row in rows), default=0)
            pairs = dict.fromkeys(tuple(row[column] for column in both) for row in rows if int(row[total] or 0) == most)
            return list(next(iter(pairs))) if len(pairs) == 1 else [list(pair) for pair in pairs]
    return list(dict.fromkeys(row[column] for row in rows for column in columns if row.get(column)))


def totals(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return the number in the second column for each value of the first.

    Those of several categories are added up; where rows tell of one thing again, as chapters do, the largest one counts.
    """
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        name, number = row[columns[0]], int(row[columns[1]] or 0)
        found[name] = found[name] + number if row.get(CATEGORY) else max(found[name], number)
    return dict(found)


# What a number is less or more than, if it is qualified.
_ABOVE, _BELOW = frozenset({"over", "at-least"}), frozenset({"nearly", "up-to"})


def as_meant(number: int, qualifier: str | None) -> float:
    """Return a number as it is meant: "over 60" is more than 60, and "nearly 60" less; "about 60" may be that.

    >>> as_meant(60, "over"), as_meant(60, "nearly"), as_meant(60, "about")
    (60.5, 59.5, 60)
    """
    return number + 0.5 * ((qualifier in _ABOVE) - (qualifier in _BELOW)) if qualifier in _ABOVE | _BELOW else number


def _qualified(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the totals as they are meant."""
    found: dict[str, float] = dict(totals(columns, rows))
    for row in rows:
        name, number = row[columns[0]], int(row[columns[1]] or 0)
        if found[name] == number:
            found[name] = as_meant(number, row.get("qualifier"))
    return found


def flat(answer: Iterable[Any]) -> set[str]:
    """Return the single values of an answer, those of rows, too, as texts.

    >>> sorted(flat(["Kiev", ["Riga", 3]]))
    ['3', 'Kiev', 'Riga']
    """
    return {str(value) for one in answer for value in (one if isinstance(one, list) else [one])}


def of_answer(projection: str, rows: list[dict[str, Any]], answer: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the rows that an answer is taken from, if it is those that come first, last or keep to a bound; else all.

    >>> of_answer("activity_largest top activityLabel people", [{"activityLabel": "a"}, {"activityLabel": "b"}], ["b"])
    [{'activityLabel': 'b'}]
    """
    _, form, column, *_ = (*projection.split(), "", "", "")
    if form not in _CHOSEN:
        return rows
    told = flat(answer)
    return [row for row in rows if str(row.get(column)) in told]


def evidence(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return for each row where it is told: the activity or what it is about, day, place, chapter and lines."""
    found = []
    for row in rows:
        if not (row.get("firstLine") and row.get("lastLine")):
            continue
        about = row.get("activityLabel") or row.get("instrumentLabel") or row.get("aboutLabel") or row.get("structureLabel")
        about = about or row.get("saidOfLabel")
        item: dict[str, Any] = {"activity": about, "iri": row.get("activity") or row.get("instrument") or row.get("about")}
        days = [row[key] for key in ("earliest", "latest") if row.get(key)] or [
            row[key] for key in ("first", "last") if row.get(key)
        ]
        if days:
            item["days"] = " to ".join(dict.fromkeys(days))
        if row.get("placeLabel"):
            item["place"] = row["placeLabel"]
        found.append(item | {"chapter": row.get("chapter"), "lines": [int(row["firstLine"]), int(row["lastLine"])]})
    return found
