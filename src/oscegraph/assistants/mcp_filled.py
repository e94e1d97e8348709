"""Stage 16a: what was found, put into what the tools give back: the first of it, in words without control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from oscegraph import answers, output, views
from oscegraph.assistants.mcp_shapes import (
    Between,
    Evidence,
    Facts,
    Named,
    PartnerOf,
    Partners,
    SharedActivity,
    Statement,
    TellingOf,
)
from oscegraph.directory import Directory, Thing
from oscegraph.tellings import Activity, Telling

MOST_NAMES = 8
MOST_WORDS = 1000
MOST_STATEMENTS = 25


def words(value: Any, limit: int = MOST_WORDS) -> str:
    """Return a text without control characters, and of a very long one the beginning."""
    text = output.clean(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def remark(value: Any) -> str:
    """Return an error or a remark of the command line for an assistant, which cannot run commands."""
    return words(re.sub(r" *`oscegraph [^`]*`[^.`]*\.|; --possible adds (?:it|them)", "", str(value)))


def named(thing: Thing) -> Named:
    """Return a thing with its names."""
    names = [words(name) for name in thing.aliases[:MOST_NAMES]]
    activities = thing.events if thing.is_actor else None
    return Named(iri=thing.iri, label=words(thing.label), type=thing.type, other_names=names, activities=activities)


def evidence_of(telling: Telling, label: str | None = None) -> Evidence:
    """Return where a telling stands; without a label of its activity it has its own title."""
    return Evidence(
        activity=telling.activity,
        label=words(label or telling.title),
        day=views.when(telling.start, telling.end, telling.precision),
        place=telling.place or telling.country,
        chapter=telling.chapter,
        first_line=telling.lines[0],
        last_line=telling.lines[1],
    )


def evidence(activities: Iterable[Activity]) -> list[Evidence]:
    """Return the places that tell of activities."""
    return [evidence_of(telling, activity.label) for activity in activities for telling in activity.tellings]


def partners(found: answers.Who, limit: int, most: int) -> Partners:
    """Return partners with at most so many places each."""
    shown = []
    for partner in found.partners[:limit]:
        places = evidence(partner.evidence)
        shown.append(
            PartnerOf(
                iri=partner.thing.iri,
                label=words(partner.thing.label),
                type=partner.thing.type,
                shared_activities=len(partner.activities),
                roles=dict(sorted(partner.roles.items(), key=lambda item: (-item[1], item[0]))),
                first=partner.first,
                last=partner.last,
                evidence=places[:most],
                more_evidence=max(0, len(places) - most),
            )
        )
    number = len(found.partners)
    return Partners(
        told=bool(number),
        actor=named(found.actor),
        filters=dict(found.filters.labels),
        all_partners=number,
        all_shared_activities=found.activities,
        partners=shown,
        more_partners=number - len(shown),
        notes=[remark(note) for note in found.notes],
    )


def between(found: answers.Between, directory: Directory, limit: int) -> Between:
    """Return the activities that two actors share, with what each did."""
    shown = [
        SharedActivity(
            iri=activity.id,
            label=words(activity.label),
            roles_of_first=answers.roles_in(activity, found.circles[0]),
            roles_of_second=answers.roles_in(activity, found.circles[1]),
            differences=[words(line) for line in answers.differences(activity)] if len(activity.tellings) > 1 else [],
            evidence=evidence([activity]),
        )
        for activity in found.activities[:limit]
    ]
    return Between(
        told=bool(found.activities),
        first=named(found.first),
        second=named(found.second),
        activities=shown,
        more_activities=len(found.activities) - len(shown),
        general_statements=[statement(item, directory) for item in found.statements[:MOST_STATEMENTS]],
        notes=[remark(note) for note in found.notes],
    )


def statement(item: dict[str, Any], directory: Directory) -> Statement:
    """Return a statement that is no telling: its summary or value, otherwise the names in it."""
    facts = item["facts"]
    names = [
        directory.label(iri) for key in ("saidOf", "namesPartner", "ofInstrument", "addressee") for iri in facts.get(key, ())
    ]
    kinds = [
        directory.label(iri)
        for key in ("figureKind", "provisionKind", "category", "stateGroup")
        for iri in facts.get(key, ())
    ]
    said = [*facts.get("summary", ()), *facts.get("valueText", facts.get("value", ()))] or names
    text = (", ".join(kinds) + ": " if kinds else "") + "; ".join(said)
    return Statement(
        kind=item["class"],
        says=words(text or "named"),
        chapter=item["chapter"],
        first_line=item["lines"][0],
        last_line=item["lines"][1],
    )


def telling(found: Telling, label: str | None = None) -> TellingOf:
    """Return a telling with all that it says."""
    return TellingOf(
        iri=found.id,
        title=words(found.title),
        kind=found.kind,
        date_as_printed=found.date_text,
        people=views.people(found),
        roles={role: [words(p.label) for p in parts] for role, parts in found.by_role()},
        themes=found.themes,
        basis=found.basis,
        note=None if found.note is None else words(found.note),
        evidence=evidence_of(found, label),
    )


def facts_of(facts: dict[str, Sequence[str]], directory: Directory) -> dict[str, list[str]]:
    """Return facts with the names of things in the place of their IRIs."""
    return {
        key: [words(directory.label(value) if value in directory.things else value) for value in values]
        for key, values in facts.items()
    }


def facts_of_telling(found: Telling) -> Facts:
    """Return a telling alone."""
    shown = telling(found)
    return _facts(found.id, found.title, "telling", {"tells": [found.activity]}, [shown], 1)


def facts_of_activity(found: Activity, data: dict[str, Any], limit: int) -> Facts:
    """Return an activity with its tellings."""
    facts = {key: [str(value) for value in data[key]] for key in ("kinds", "themes") if data[key]}
    if data["inferred_basis"]:
        facts["may rest on (inferred by rule, not stated)"] = [words(label) for label in data["inferred_basis"]]
    facts |= {key: [data[key]] for key in ("start", "end", "precision", "resolution") if data[key]}
    tellings = [telling(each, found.label) for each in found.tellings[:limit]]
    shown = _facts(found.id, found.label, "activity", facts, tellings, len(found.tellings))
    shown.differences = [words(line) for line in data["differences"]]
    return shown


def facts_of_thing(
    thing: Thing, data: dict[str, Any], activities: list[Activity], number: int, limit: int, directory: Directory
) -> Facts:
    """Return a thing with the first of so many tellings of activities with it, and what else is stated of it."""
    tellings = [telling(each, activity.label) for activity in activities for each in activity.tellings][:limit]
    shown = _facts(thing.iri, thing.label, thing.type, facts_of(data["facts"], directory), tellings, number)
    shown.other_names = [words(name) for name in thing.aliases[:MOST_NAMES]]
    statements = data["statements"]
    shown.statements = [statement(item, directory) for item in statements[:MOST_STATEMENTS]]
    shown.more_statements = len(statements) - len(shown.statements)
    if not number and thing.cls != "Section":
        shown.notes.append("The report tells of no activity with it.")
    return shown


def _facts(iri: str, label: str, what: str, facts: dict[str, list[str]], tellings: list[TellingOf], number: int) -> Facts:
    return Facts(
        iri=iri,
        label=words(label),
        type=what,
        other_names=[],
        facts=facts,
        statements=[],
        more_statements=0,
        tellings=tellings,
        all_tellings=number,
        more_tellings=number - len(tellings),
        differences=[],
        notes=[],
    )
