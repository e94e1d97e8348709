"""Stage 7f3b: activities with their tellings, and details, as the rows of the store tell them, each with its own words.

Each word of an activity has a weight by where it stands: in a title, in what else is told, in a search term or a note. What
follows from other things (wholes, areas around, the words of their names) is added by `facts`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from oscegraph import query
from oscegraph.asking import wording
from oscegraph.asking.statements import DETAIL, NOTE, SAID, TERM, TITLE, Detail, Event, Part, Told, rows
from oscegraph.namespaces import local_name
from oscegraph.store import Store

_WORDS = ("words", "summary", "asked", "noun", "kind")


def activities(store: Store, label: Callable[[str], str], plain: set[str]) -> dict[str, Event]:
    """Return all activities, and add the words of their titles and terms to the `plain` ones; `label` names their themes."""
    found: dict[str, Event] = {}
    for row in query.run(store, "ask-activities"):
        value = row["value"] or ""
        event = found.setdefault(row["activity"] or "", Event(row["activity"] or ""))
        match row["fact"]:
            case "label" | "title" as kind:
                event.label = value if kind == "label" else event.label
                event.add(wording.stems(value), TITLE)
                event.titles |= wording.stems(value)
            case "actor":
                event.involved.add(value)
            case "area":
                event.areas.add(value)
            case "whole":
                event.wholes.add(value)
            case "theme":
                event.themes.add(value)
                event.add(wording.stems(label(value)), 0.5)
            case "days":
                pass
            case "kind":
                event.kinds.add(value)
                event.add(wording.stems(value), SAID)
            case "term":
                event.add(wording.stems(value), TERM)
            case "note":
                event.add(wording.stems(value), NOTE)
            case "detail":
                event.add(wording.stems(value), DETAIL)
            case _:
                event.add(wording.stems(value), SAID)
        if row["fact"] in ("label", "title", "note", "audience", "term"):
            plain |= wording.tokens(value)
    tellings: dict[str, Told] = {}
    for row in query.run(store, "ask-tellings"):
        iri, value = row["telling"] or "", row["value"] or ""
        if iri not in tellings:
            tellings[iri] = Told(iri)
            found[row["activity"] or ""].told.append(tellings[iri])
        _take(tellings[iri], row["fact"] or "", value, row)
    for event in found.values():
        event.told.sort(key=lambda told: told.lines)
    return found


def _take(told: Told, fact: str, value: str, row: dict[str, str | None]) -> None:
    """Add one fact to a telling."""
    match fact:
        case "chapter":
            told.chapter = value
        case "lines":
            first, last = value.split("/")
            told.lines = (int(first), int(last))
        case "days":
            first, last = value.split("/")
            told.days = (date.fromisoformat(first), date.fromisoformat(last))
        case "title":
            told.title = value
        case "area":
            told.areas.append(value)
        case "people":
            told.people = int(value)
        case "qualifier":
            told.qualifier = value
        case "events":
            told.events = int(value)
        case "duration":
            told.duration = value
        case "basis":
            told.basis.append(value)
        case "audience":
            told.audience = value
        case "actor":
            people = row["people"]
            told.parts.append(Part(local_name(row["role"] or ""), value, int(people) if people else None))


def details(store: Store, plain: set[str]) -> dict[str, Detail]:
    """Return all details, figures, provisions and statements of co-operation, and add their words to the `plain` ones."""
    found: dict[str, Detail] = {}
    for row in query.run(store, "ask-details"):
        iri, value = row["statement"] or "", row["value"] or ""
        detail = found.setdefault(iri, Detail(iri, (), "", []))
        stems = wording.stems(value) if row["fact"] in _WORDS else frozenset()
        match row["fact"]:
            case "class":
                detail.cls = local_name(value)
            case "summary":
                detail.summary = value
                detail.bag |= stems
            case "words":
                detail.bag |= stems
            case "asked":
                detail.asks.append(stems)
                detail.bag |= stems
            case "noun":
                detail.heads |= stems
            case "about":
                detail.about = (*detail.about, value)
            case "kind":
                detail.bag |= stems
                detail.sort = value
            case kind:
                if {detail.kind, kind} == {"text", "thing"}:
                    # Some of the values have a name here, the others are told in words.
                    detail.values, detail.kind = [*detail.values, value], "thing"
                elif detail.kind in ("", kind) or (detail.cls == "Figure" and kind == "number"):
                    detail.values = [*detail.values, value] if detail.kind == kind else [value]
                    detail.kind = kind or ""
        if row["fact"] in ("words", "summary", "asked"):
            plain |= wording.tokens(value)
    found = {iri: detail for iri, detail in found.items() if detail.values and detail.cls}
    for detail in found.values():
        if detail.kind == "text" and len(detail.values) > 1 and rows(detail.values):
            detail.kind = "rows"
    return found
