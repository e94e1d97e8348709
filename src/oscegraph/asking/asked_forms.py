"""Stage 10d2: what the rows of a query are as an answer: true or false, a number, days, a list, or who comes first."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Protocol

# Columns that hold an actor: its type and what it belongs to can be asked for.
ACTORS = ("actor", "partner", "who", "structure", "organization", "addressee", "body")
FORMS = ("list", "yes", "no", "number", "sum", "days", "months", "count", "top", "bottom", "mostof", "secondof", "equals")


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


def answer(phrase: Formed, rows: list[dict[str, Any]], number: int = 0) -> list[Any]:
    """Return the answer out of the rows; a list is without repetition, and empty if the rows do not tell."""
    columns = phrase.columns
    match phrase.form:
        case "yes":
            return [bool(rows)]
        case "no":
            return [not rows]
        case "days":
            # A telling dated to the year says nothing where another gives the day.
            near = [row for row in rows if row.get("first") and row["first"][:7] == (row.get("last") or "")[:7]]
            near += [row for row in rows if row.get("first") and row not in near and _span(row) < 60]
            rows = [row for row in rows if row in near] or rows
            places = [row["placeLabel"] for row in rows if "placeLabel" in columns and row.get("placeLabel")]
            return list(dict.fromkeys([row[key] for row in rows for key in ("first", "last") if row.get(key)] + places))
        case "months":
            within = [row for row in rows if row.get("first") and row["first"][:7] == (row.get("last") or "")[:7]]
            return list(dict.fromkeys(row["first"][:7] for row in within))
        case "count":
            held = {row[columns[0]] for row in rows if row.get(columns[0])}
            return [len(held)] if held else []
        case "number" | "sum":
            numbers = [int(row[columns[0]]) for row in rows if str(row.get(columns[0]) or "").isdigit()]
            return [] if not numbers else [max(numbers) if phrase.form == "number" else sum(numbers)]
        case "equals":
            totals: dict[str, int] = defaultdict(int)
            for row in rows:
                totals[row[columns[0]]] += int(row[columns[1]] or 0)
            return [name for name, total in totals.items() if total == number]
        case "top" | "bottom" | "mostof" | "secondof":
            return _ranked(phrase.form, columns, rows)
    names = [column for column in columns if column != "itself"]
    found = (next((row[part] for part in name.split("|") if row.get(part)), None) for row in rows for name in names)
    return list(dict.fromkeys(value for value in found if value is not None))


def _ranked(form: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> list[Any]:
    """Return who has the largest number ("top"), the smallest ("bottom"), or the most different things ("mostof")."""
    totals: dict[str, int]
    if form in ("mostof", "secondof"):
        held: dict[str, set[Any]] = defaultdict(set)
        for row in rows:
            held[row[columns[0]]].add(row[columns[1]])
        totals = {name: len(things) for name, things in held.items()}
    else:
        totals = defaultdict(int)
        for row in rows:
            totals[row[columns[0]]] += int(row[columns[1]] or 0)
    if not totals:
        return []
    numbers = sorted(set(totals.values()), reverse=True)
    wanted = numbers[-1] if form == "bottom" else numbers[1 if form == "secondof" and len(numbers) > 1 else 0]
    return [name for name, total in sorted(totals.items()) if total == wanted]


def _span(row: dict[str, Any]) -> int:
    return (date.fromisoformat(row["last"]) - date.fromisoformat(row["first"])).days if row.get("last") else 0


def evidence(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return for each row where it is told: the activity or what it is about, day, place, chapter and lines."""
    found = []
    for row in rows:
        if not (row.get("firstLine") and row.get("lastLine")):
            continue
        about = row.get("activityLabel") or row.get("instrumentLabel") or row.get("aboutLabel") or row.get("structureLabel")
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
