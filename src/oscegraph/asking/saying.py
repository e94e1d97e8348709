"""Stage 10e14: a reading in words: what is taken to be asked, of whom or what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from oscegraph import query
from oscegraph.asking.asked_types import called
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.chosen import FITTING
from oscegraph.asking.facts import Facts
from oscegraph.directory import plural
from oscegraph.namespaces import PREFIXES

# What each set of roles is called.
WHO = {
    "funder": "Who paid",
    "organizer": "Who organized",
    "organizers": "Who organized or co-operated",
    "partner": "Who co-operated",
    "partners": "With whom",
    "host": "Who hosted",
    "trainer": "Who taught",
    "speaker": "Who spoke",
    "trainers": "Who taught or spoke",
    "attendee": "Who attended",
    "attendees": "Who attended or benefited",
    "participants": "Who took part",
    "supporters": "Who supported",
    "facilitator": "Who made attendance possible",
    "accreditor": "Who accredited",
    "beneficiary": "Who benefited",
    "anybody": "Who had any part",
}
# What is asked of something, where its name here says too little.
_CALLED = {
    "adopted by": "Who adopted it",
    "adopted when": "When adopted",
    "adopted where": "Where adopted",
    "attended": "Who attended, by name or by what they are",
    "basis": "On which basis",
    "chapters with": "Chapters with such a heading",
    "events": "Activity",
    "label": "Title",
    "most staff of kind": "Most staff",
    "fewest staff of kind": "Fewest staff",
    "number of papers": "Number of decisions",
    "number with of kind": "Number of structures with such a heading",
    "paper": "Decision",
    "papers": "Decisions",
    "people": "Number of people",
    "people of": "Number of people",
    "recalled by": "What recalls it",
    "recalls": "What it recalls",
    "rests on it": "What rests on it",
    "staff within bounds": "Structures with so many staff",
    "tasks": "Whom it tasks",
    "tellers": "Who tells of it",
    "took part": "Who took part, by name or by what they are",
    "tellers naming": "Whose chapters name it",
    "themes of paper": "Themes",
    "units with": "Structures with such a heading",
    "units with of kind": "Structures with such a heading",
    "units without of kind": "Structures without such a heading",
}
_SHOWN = 3


_LEADS = {
    "role": "",
    "number of": "How many: ",
    "most": "Most often: ",
    "counts": "How often: ",
    "repeated": "More than once: ",
    "both": "Named in both: ",
    "first only": "Named in the first only: ",
    "second only": "Named in the second only: ",
}


# A class of the ontology is said by its name: "field operations".
_CLASS, _HUMP = PREFIXES["osg"], re.compile(r"(?<=[a-z])(?=[A-Z])")


class Sayer:
    """Says candidates in words, over one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    def name(self, value: Any) -> str:
        """Return the label of a value or of several, the first few of many."""
        several = value if isinstance(value, list) else [value]
        words = [self._one(str(v)) for v in several[:_SHOWN]]
        return " or ".join(words) + (f" or {len(several) - _SHOWN} more" if len(several) > _SHOWN else "")

    def _one(self, value: str) -> str:
        if value in self.facts.events:
            return self.facts.events[value].label
        if value in self.directory.things:
            thing = self.directory.things[value]
            return (thing.names.get("symbol") or [thing.label])[0]
        if value.startswith(_CLASS):
            return plural(_HUMP.sub(" ", value.removeprefix(_CLASS)).lower())
        return self.directory.label(value) if value.startswith("http") else value

    def say(self, candidate: Candidate) -> str:
        """Return a candidate in words."""
        if candidate.parts:
            return self._several(candidate.parts)
        detail = self.facts.details.get(str(candidate.values.get("detail", "")))
        if detail is not None:
            about = (
                self.name([iri for iri in detail.about if "/statement/" not in iri][:1]) if detail.about else "the report"
            )
            told = detail.summary or f"{detail.sort} {' '.join(map(str, detail.values[:2]))}"
            kind = (
                "Is it so"
                if candidate.family == "is told"
                else "Of what it is said"
                if candidate.projection == "about"
                else "What is said of"
            )
            return f"{kind}: {told}" if kind != "What is said of" else f"What is said of {about}: {told}"
        what = self._what(candidate)
        return f"{what}: {of}" if (of := self._of(candidate)) else what

    def _several(self, parts: Sequence[Candidate]) -> str:
        """Return what is asked of one thing in a row: "When, people, who paid: ..."; what is not of it stands by itself."""
        asked: dict[str, list[str]] = {}
        for part in parts:
            of = "" if "detail" in part.values else self._of(part)
            asked.setdefault(of, []).append(self._what(part) if of else self.say(part))
        words = []
        for of, some in asked.items():
            first, *others = dict.fromkeys(some)
            listed = (
                ", ".join([first, *(one[:1].lower() + one[1:] for one in others)]) if of else "; ".join([first, *others])
            )
            words.append(f"{listed}: {of}" if of else listed)
        return "; ".join(words)

    def _what(self, candidate: Candidate) -> str:
        family, projection = candidate.family, candidate.projection
        kind, colon, name = projection.partition(":")
        if family == "each" and " + " in projection:
            first, *others = (self._what(replace(candidate, projection=one)) for one in projection.split(" + "))
            return ", ".join([first, *(one[:1].lower() + one[1:] for one in others)])
        only = f", only {called(candidate.types)}" if candidate.types else ""
        if family == "phrase":
            return query.named(candidate.query).question.rstrip("?") + only
        if family == "had role":
            part, same, role = projection.rpartition("same ")
            if same:
                return f"Is it the same{' in part' if part else ''} ({WHO.get(role, role).lower()})"
            who = WHO.get(projection, projection)
            whom = self.name(candidate.whom) if candidate.whom else "it"
            return f"Is {whom} among those asked for ({who[0].lower()}{who[1:]})"
        if candidate.answer and isinstance(candidate.answer[0], bool):
            return "Is it so" if family != "any" else "Is there any activity"
        if colon and name in WHO:
            lead = _LEADS[kind]
            return f"{lead}{WHO[name]}{only}"
        return f"{_CALLED.get(projection, projection[:1].upper() + projection[1:])}{only}"

    def _of(self, candidate: Candidate) -> str:
        values = candidate.values
        given = [
            self.name(values[key])
            for key in (
                "actor",
                "also",
                "other",
                "body",
                "theme",
                "without",
                "where",
                "area",
                "instrument",
                "recalled",
                "structure",
                *(("role",) if candidate.family == "phrase" else ()),
                *(("class",) if candidate.family == "phrase" and not candidate.types else ()),
            )
            if values.get(key)
        ]
        if values.get("section"):
            sections = values["section"] if isinstance(values["section"], list) else [values["section"]]
            given.append("chapter " + " or ".join(str(s).rpartition("/")[2] for s in sections))
        if values.get("from"):
            given.append(" to ".join(dict.fromkeys((str(values["from"]), str(values["to"])))))
        events = [iri for iri in candidate.events if iri in self.facts.events]
        if candidate.family == "each":
            given += [self.name(iri) for iri in events]
        elif candidate.family in ("event", "two", "is so", "had role", "was there") or (
            events and {"narrowed", FITTING} & set(candidate.flags) and len(events) <= _SHOWN
        ):
            given.append(self.name(events))
        elif candidate.family in ("set", "any") and given:
            given.append(f"{len(events)} activit{'y' if len(events) == 1 else 'ies'}")
        return "; ".join(given)
