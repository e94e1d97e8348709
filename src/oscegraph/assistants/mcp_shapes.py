"""Stage 16: what the tools for assistants give back: typed, small, and with the place in the report of each fact.

Only the MCP server imports this; pydantic comes with its SDK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from oscegraph import answers, output, views
from oscegraph.directory import Directory, Thing
from oscegraph.tellings import Activity, Telling

MOST_NAMES = 8
MOST_WORDS = 1000
MOST_STATEMENTS = 25


class Evidence(BaseModel):
    """One place in the report that tells of an activity; the activity is null where the place tells of something else."""

    activity: str | None = Field(description="IRI of the activity")
    label: str | None = Field(description="what the activity is called")
    day: str | None = Field(description="day or days as precise as the report is, or 'no date'")
    place: str | None
    chapter: str
    first_line: int
    last_line: int


class Named(BaseModel):
    """A thing with a name."""

    iri: str
    label: str
    type: str
    other_names: list[str] = []
    activities: Annotated[int | None, Field(description="activities that involve it itself")] = None


class Resolved(BaseModel):
    """What a name may mean."""

    name: str
    status: Literal["found", "ambiguous", "unknown"]
    things: list[Named] = []
    nearest: Annotated[list[str], Field(description="known names that are nearest to an unknown one")] = []
    note: str = ""


class PartnerOf(BaseModel):
    """One partner of an actor."""

    iri: str
    label: str
    type: str
    shared_activities: int
    roles: Annotated[dict[str, int], Field(description="the partner's roles, by number of activities")]
    first: str | None
    last: str | None
    evidence: list[Evidence]
    more_evidence: Annotated[int, Field(description="further places that are not shown")]


class Partners(BaseModel):
    """The partners of an actor, the most frequent first."""

    told: Annotated[bool, Field(description="false: the report tells of none that fits; the notes say which kind of none")]
    actor: Named
    filters: dict[str, str]
    all_partners: int
    all_shared_activities: int
    partners: list[PartnerOf]
    more_partners: int
    notes: list[str]


class SharedActivity(BaseModel):
    """An activity that two actors share."""

    iri: str
    label: str
    roles_of_first: list[str]
    roles_of_second: list[str]
    differences: Annotated[list[str], Field(description="in what the tellings of it contradict each other")]
    evidence: list[Evidence]


class Statement(BaseModel):
    """What the report states besides activities."""

    kind: str
    says: str
    chapter: str
    first_line: int
    last_line: int


class Between(BaseModel):
    """What two actors share."""

    told: Annotated[bool, Field(description="false: the report names no activity that both share")]
    first: Named
    second: Named
    activities: list[SharedActivity]
    more_activities: int
    general_statements: Annotated[list[Statement], Field(description="co-operation stated in general, without an activity")]
    notes: list[str]


class Answered(BaseModel):
    """The answer to a question in plain words."""

    status: Annotated[
        str,
        Field(description="answered, silent (the report does not say), excluded by a filter, unknown name, ..."),
    ]
    told: bool
    reading: Annotated[str, Field(description="how the question was read; check that it is what was asked")]
    answer: list[str]
    evidence: list[Evidence]
    more_evidence: int
    hints: list[str]
    confidence: float
    certain: bool
    sparql: str


class Rows(BaseModel):
    """The result of a query."""

    kind: Literal["select", "ask", "graph"]
    columns: list[str] = []
    rows: Annotated[list[list[str | None]], Field(description="cells: IRIs and literals as text, null where unbound")] = []
    triples: Annotated[list[str], Field(description="N-Triples, for CONSTRUCT and DESCRIBE")] = []
    answer: Annotated[bool | None, Field(description="for ASK")] = None
    more: Annotated[bool, Field(description="true: there are more rows; raise limit, or add LIMIT and OFFSET")] = False
    evidence: Annotated[list[Evidence], Field(description="where the report tells of the activities in the rows")] = []
    notes: list[str] = []


class TellingOf(BaseModel):
    """What one chapter says of an activity."""

    iri: str
    title: str
    kind: str
    date_as_printed: str | None
    people: str
    roles: Annotated[dict[str, list[str]], Field(description="role -> names of the actors")]
    themes: list[str]
    basis: list[str]
    note: str | None
    evidence: Evidence


class Facts(BaseModel):
    """All that is known of one thing."""

    iri: str
    label: str
    type: str
    other_names: list[str]
    facts: dict[str, list[str]]
    statements: list[Statement]
    more_statements: int
    tellings: list[TellingOf]
    all_tellings: int
    more_tellings: int
    differences: list[str]
    notes: list[str]


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
