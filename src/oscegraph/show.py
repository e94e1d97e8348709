"""Stage 10c: everything known of one thing: actor, activity, telling, decision, place, area, theme or chapter."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from oscegraph import answers, query, views
from oscegraph.directory import AREA_CLASSES, INSTRUMENT_CLASSES, Directory, Thing, fold
from oscegraph.errors import NameAmbiguous, NameNotFound
from oscegraph.evidence import Report
from oscegraph.filters import Filters
from oscegraph.namespaces import PREFIXES, expand, local_name, shorten
from oscegraph.output import Answer, Block, Heading, Lines, Table
from oscegraph.store import Store
from oscegraph.tellings import Activity, Telling, read_activities, read_tellings

_FACTS = {
    "subOrganizationOf": "part of",
    "postIn": "post in",
    "heads": "heads",
    "focalPointFor": "focal point for",
    "jurisdiction": "of or in",
    "hostArea": "works in",
    "inArea": "in",
    "inRegion": "region",
    "osceStatus": "OSCE status in 2011",
    "iso2": "ISO alpha-2",
    "iso3": "ISO alpha-3",
    "m49": "M49",
    "userAssignedCode": "user-assigned code",
    "statusNote": "status",
    "symbol": "symbol",
    "adoptedBy": "adopted by",
    "adoptedOn": "adopted on",
    "adoptedIn": "adopted in",
    "concernsTheme": "themes",
    "recalls": "recalls",
    "promotes": "promotes",
    "supplements": "supplements",
    "tasks": "tasks",
    "title": "title",
    "definition": "definition",
    "editorialNote": "note",
}
_BACK = {
    "subOrganizationOf": "has the parts",
    "postIn": "has the posts",
    "recalls": "recalled by",
    "supplements": "supplemented by",
}


def resolve(store: Store, directory: Directory, name: str) -> Thing | Activity | Telling:
    """Return whatever bears `name`: a thing, an activity (by label or IRI) or a telling (by IRI or such as II.1.1-L329).

    Raises NameNotFound or NameAmbiguous.
    """
    iri = expand(name) or (PREFIXES["tell"] + name if re.fullmatch(r"[\w.]+-L\w+", name) else "")
    if iri.startswith(PREFIXES["tell"]) and list(query.run(store, "tellings", telling=iri)):
        return read_tellings(store, directory, [iri])[0]
    if iri.startswith(PREFIXES["act"]) and list(query.run(store, "activities", activity=iri)):
        return read_activities(store, directory, [iri])[0]
    classes = {thing.cls for thing in directory.things.values()}
    try:
        return directory.find(name, classes, "thing")
    except NameNotFound:
        labels = {row["activity"] or "": row["label"] or "" for row in query.run(store, "activities")}
        found = [iri for iri, label in labels.items() if fold(label) == fold(name) or local_name(iri) == name]
        if not found:
            raise
    if len(found) > 1:
        raise NameAmbiguous(name, [f"{labels[iri]} (activity, {shorten(iri)})" for iri in found])
    return read_activities(store, directory, found)[0]


def show(store: Store, directory: Directory, name: str, report: Report | None) -> Answer:
    """Return everything known of what bears `name`, with evidence."""
    found = resolve(store, directory, name)
    if isinstance(found, Telling):
        return _show_telling(store, directory, found, report)
    if isinstance(found, Activity):
        return _show_activity(store, directory, found, report)
    return _show_thing(store, directory, found, report)


def iri_of(found: Thing | Activity | Telling) -> str:
    """Return the IRI of what was found."""
    return found.iri if isinstance(found, Thing) else found.id


def _show_telling(store: Store, directory: Directory, telling: Telling, report: Report | None) -> Answer:
    blocks: list[Block] = [Heading(telling.title, 1), Lines(views.telling_lines(telling))]
    blocks += views.quote(report, *telling.lines, telling.anchor)
    others = [
        other
        for activity in read_activities(store, directory, [telling.activity])
        for other in activity.tellings
        if other.id != telling.id
    ]
    if others:
        blocks.append(Lines(["the same activity is told in:", *(f"  {t.source}: {t.title}" for t in others)]))
    notes = [report.remark] if report is not None and report.remark else []
    return Answer(blocks, views.telling_dict(telling, report), table=views.tellings_table([telling]), notes=notes)


def _show_activity(store: Store, directory: Directory, activity: Activity, report: Report | None) -> Answer:
    blocks = views.activity_blocks(activity, report)
    labels = {row["activity"] or "": row["label"] or "" for row in query.run(store, "activities")}
    lines = [
        f"{words}: {labels.get(iri, iri)}"
        for key, (words, _) in views.RELATIONS.items()
        for iri in activity.facts.get(key, ())
    ]
    for row in query.run(store, "things", thing=activity.id):
        _, words = views.RELATIONS.get(local_name(row["property"] or ""), ("", ""))
        if row["direction"] == "in" and words:
            lines.append(f"{words}: {labels.get(row['other'] or '', row['other'])}")
    lines = list(dict.fromkeys(lines))
    inferred = sorted(directory.label(iri) for iri in activity.facts.get("inferredBasis", ()))
    if inferred:
        lines.append("may also rest on (inferred by rule, not said): " + "; ".join(inferred))
    if lines:
        blocks.append(Lines(lines))
    notes = [report.remark] if report is not None and report.remark else []
    data = views.activity_dict(activity, report) | {"inferred_basis": inferred}
    return Answer(blocks, data, table=views.tellings_table(activity.tellings), notes=notes)


def _show_thing(store: Store, directory: Directory, thing: Thing, report: Report | None) -> Answer:
    facts: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for row in query.run(store, "things", thing=thing.iri):
        target = facts if row["direction"] == "out" else back
        target.setdefault(local_name(row["property"] or ""), []).append(row["other"] or "")
    blocks: list[Block] = [Heading(f"{thing.label} ({thing.type})", 1)]
    lines = [f"also: {'; '.join(thing.aliases)}"] if thing.aliases else []
    for names, values in ((_FACTS, facts), (_BACK, back)):
        lines += [
            f"{words}: {'; '.join(sorted(_word(directory, value) for value in values[key]))}"
            for key, words in names.items()
            if key in values
        ]
    if lines:
        blocks.append(Lines(lines))
    activities, inferred = _activities(store, directory, thing, back)
    statements = answers.read_statements(store, directory, thing.iri)
    blocks += _statements(directory, thing, statements, report)
    if activities:
        blocks += _portrait(store, directory, thing, activities)
        blocks.append(Heading(f"Told of it: {len(activities)} activit{'y' if len(activities) == 1 else 'ies'}", 2))
        for activity in activities:
            if report is not None:
                blocks += views.activity_blocks(activity, report)
            else:
                blocks.append(Lines(_activity_lines(directory, thing, activity)))
    elif thing.cls not in ("Section",):
        blocks.append(Lines(["The report tells of no activity with it."]))
    if inferred:
        blocks.append(Lines([f"By rule, not by the words of the report, {inferred} more activities may rest on it."]))
    notes = [report.remark] if report is not None and report.remark else []
    data: dict[str, Any] = {
        "id": thing.iri,
        "label": thing.label,
        "type": thing.type,
        "aliases": thing.aliases,
        "facts": {key: sorted(values) for key, values in sorted(facts.items()) if key in _FACTS},
        "statements": [{**item, "facts": dict(item["facts"])} for item in statements],
        "activities": [views.activity_dict(activity, report) for activity in activities],
    }
    told = views.tellings_table(telling for activity in activities for telling in activity.tellings)
    return Answer(blocks, data, table=told, notes=notes)


def _word(directory: Directory, value: str) -> str:
    return directory.label(value) if value in directory.things else value


def _activities(store: Store, directory: Directory, thing: Thing, back: dict[str, list[str]]) -> tuple[list[Activity], int]:
    """Return the activities that involve a thing, took place there, rest on it or are on it, and the number inferred."""
    if thing.cls in INSTRUMENT_CLASSES:
        inferred = len(back.get("inferredBasis", ()))
        return answers.find_activities(store, directory, Filters(basis=thing.iri)), inferred
    if thing.cls == "Concept":
        of_scheme = {
            "theme": Filters(theme=thing.iri),
            "assistance": Filters(assistance=thing.iri),
            "kind": Filters(kind=thing.iri),
            "role": Filters(role=thing.iri),
        }
        for scheme, filters in of_scheme.items():
            if thing.iri.startswith(PREFIXES[scheme]):
                return answers.find_activities(store, directory, filters), 0
        return [], 0
    if thing.cls == "Section":
        rows = query.run(store, "tellings", section=thing.iri)
        return read_activities(store, directory, sorted({row["activity"] or "" for row in rows})), 0
    if thing.cls == "Place":
        return answers.find_activities(store, directory, Filters(where=thing.iri)), 0
    found = answers.find_activities(store, directory, Filters(), actor=thing.iri)
    if thing.cls in AREA_CLASSES:
        known = {activity.id for activity in found}
        there = answers.find_activities(store, directory, Filters(where=thing.iri))
        found += [activity for activity in there if activity.id not in known]
    return found, 0


def _activity_lines(directory: Directory, thing: Thing, activity: Activity) -> list[str]:
    span = views.when_was(activity)
    roles = answers.roles_in(activity, directory.circle(thing.iri)) if thing.is_actor else []
    role = f" as {', '.join(roles)}" if roles else ""
    place = ", ".join(dict.fromkeys(t.place or t.country or "" for t in activity.tellings if t.place or t.country))
    sources = "; ".join(t.source for t in activity.tellings)
    return [f"{span}: {activity.label}{role}", f"  {place + '; ' if place else ''}{sources}"]


def _portrait(store: Store, directory: Directory, thing: Thing, activities: list[Activity]) -> list[Block]:
    """Return the counts of an actor by role, its partners and themes."""
    if not thing.is_actor or thing.cls == "Region":
        return []
    roles = answers.counts_by_role(activities, directory.circle(thing.iri))
    themes = Counter(local_name(iri) for activity in activities for iri in activity.facts.get("theme", ()))
    lines = []
    if roles:
        lines.append("roles: " + ", ".join(f"{role} {number}" for role, number in roles.most_common()))
    if themes:
        ordered = sorted(themes.items(), key=lambda item: (-item[1], item[0]))
        lines.append("themes: " + ", ".join(f"{theme} {number}" for theme, number in ordered))
    found = answers.who(store, directory, thing, Filters(unit_only=True))
    blocks: list[Block] = [Lines(lines)] if lines else []
    if found.partners:
        rows = [[p.thing.label, p.thing.type, len(p.activities)] for p in found.partners[:10]]
        blocks += [Heading("Most frequent partners", 2), Table(["partner", "type", "shared"], rows, ["shared"])]
    return blocks


def _statements(directory: Directory, thing: Thing, statements: list[dict[str, Any]], report: Report | None) -> list[Block]:
    """Return what the report states of a thing besides activities: figures, provisions, general co-operation."""
    blocks: list[Block] = []
    for item in statements:
        facts, (first, last) = item["facts"], item["lines"]
        where = f"{item['chapter']}, lines {first}-{last}"
        said = (facts.get("summary") or facts.get("valueText") or [""])[0]
        if item["class"] == "Figure":
            names = [_word(directory, iri) for key in ("figureKind", "category", "stateGroup") for iri in facts.get(key, ())]
            value = facts.get("value") or facts.get("valueText") or [""]
            line = f"{where}: {', '.join(names)} ({facts['refYear'][0]}): {value[0]}" + (f". {said}" if said else "")
        elif item["class"] == "Provision":
            instrument = "" if thing.cls in INSTRUMENT_CLASSES else f"{_word(directory, facts['ofInstrument'][0])}: "
            kind = _word(directory, facts["provisionKind"][0])
            to = "; ".join(_word(directory, iri) for iri in facts.get("addressee", ()))
            line = f"{where}: {instrument}{kind}{' ' + to if to else ''}. {said}"
        elif item["class"] == "CooperationStatement":
            partners = [_word(directory, iri) for iri in facts.get("namesPartner", ()) if iri != thing.iri]
            of = "; ".join(_word(directory, iri) for iri in facts.get("saidOf", ()))
            line = f"{where}: general co-operation of {of}" + (f" with {'; '.join(sorted(partners))}" if partners else "")
        elif item["class"] == "ComparedRow":
            line = f"{where}: {said} {facts['valueText'][0]}"
        elif item["class"] == "Mention" and not said:
            line = f"{where}: named"
        else:
            line = f"{where}: {said}"
        blocks.append(Lines([line]))
        blocks += views.quote(report, first, last, None) if report is not None and report.exact else []
    if not blocks:
        return []
    lines = [line for block in blocks if isinstance(block, Lines) for line in block.lines]
    body: list[Block] = blocks if report is not None and report.exact else [Lines(lines)]
    return [Heading("Stated of it besides activities", 2), *body]
