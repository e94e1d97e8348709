"""Stage 10e17b1: how a plain question on filtered activities is read, in words, and what is said beside its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from oscegraph.asking.asked_types import called
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_answers import COUNTRIES
from oscegraph.asking.filter_limits import EVENTS, FOR, LAWS, LED, NATION, STATES, TRAINING, WHERE, Limits
from oscegraph.asking.filter_measures import came, counted, is_one, is_several, open_to, sent_alone, some
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.plain_sets import CALLED
from oscegraph.asking.saying import WHO
from oscegraph.asking.statements import Event
from oscegraph.called import STRUCTURES

# What asks for places.
PLACES = frozenset({"where", "towns", "countries"})
_OF_ALL = frozenset({"activities", "number", "role", "partners", "count", "themes"})
_SEVERAL = 2
_LEADS = {"most": "Most often: ", "count": "How many: "}
# What is asked, in words.
_ASKED = {
    "number": "Number of",
    "truth": "Whether there are",
    "towns": "Towns of",
    "where": "Towns, or States, of",
    "countries": "States of",
    "days": "Days of",
    "dates": "Days of",
    "months": "Months of",
    "people": "Number of people of",
    "themes": "Themes of",
    "roles": "Roles of whom is named first, in",
}
_BY_WORDS = "These are found by words of titles, search terms and names; more may be told in other words."
_BY_TEACHERS = "Trainings are courses, and workshops or seminars where somebody is told to have taught."


class FilterWords:
    """Says so, over one set of facts."""

    def __init__(self, filtering: Filtering) -> None:
        self.filtering = filtering

    def beside(self, events: list[Event], limits: Limits, asked: Filtered, found: Candidate) -> list[str]:
        """Return what is to be said beside an answer."""
        hints = [_BY_TEACHERS] if TRAINING in limits.kinds else []
        if limits.bounds and asked.ask != "truth":
            hints += self._bounded(events, limits, "people" in asked.bounds)
        if asked.columns and len(found.events) < len(events) and NATION not in limits.hows:
            hints.append(f"Of {counted(len(events) - len(found.events))} none of this is told.")
        if LAWS in limits.kinds:
            hints.append("These are the activities on laws: their titles and passages say which laws these are.")
        if asked.role == COUNTRIES:
            hints.append("They are counted where they were; whoever is named as host is another thing.")
        if asked.ask == "people":
            hints.append("Who came to several of them is counted each time.")
        at_home = [event for event in events if event.iri in found.events and not event.areas]
        if asked.ask == "countries" and at_home:
            hints.append(f"Of {counted(len(at_home))} no place is told; they are of the field operation there.")
        if asked.ask in PLACES and len(found.events) < len(events):
            hints.append(f"Of {counted(len(events) - len(found.events))} no place is told.")
        if asked.ask in ("people", "days", "dates") and (untold := len(events) - len(found.events)):
            hints.append(f"Of {counted(untold)} this is not told.")
        if asked.ask == "most":
            most = int(found.numbers["most"])
            hints.append(f"{most} themes." if asked.role == "themes" else f"{counted(most)}.")
        if asked.ask in _OF_ALL and (unplaced := self._with_bodies(events, limits)):
            hints.append(f"No place is told of these, which were with bodies of it: {some(unplaced)}.")
        if EVENTS in limits.flags:
            rest = replace(limits, flags=tuple(flag for flag in limits.flags if flag != EVENTS))
            # The first or largest is one of several events, and the others are events as well.
            told = self.filtering.events(limits)
            others = [event.label for event in self.filtering.events(rest) if event not in told]
            hints += [f"Besides, no events but other work: {some(others)}."] if others else []
        return [*hints, _BY_WORDS] if asked.words else hints

    def _with_bodies(self, events: list[Event], limits: Limits) -> list[str]:
        """Return activities with bodies of a state that is named as the place, of which no place is told."""
        if not any(how == WHERE and link.thing.cls in STATES for how, link in limits.names):
            return []
        return [event.label for event in self.filtering.events(limits.renamed({WHERE: FOR})) if event not in events]

    def _bounded(self, events: list[Event], limits: Limits, people: bool) -> Iterator[str]:
        """Yield what is to be said where numbers have to keep to a bound, which may be numbers of people."""
        every = self.filtering.events(replace(limits, bounds=()))
        untold = [
            event
            for event in every
            if any(bound.number(event) is None for bound in limits.bounds)
            and not (people and is_several(event) and came(event))
        ]
        sent = sum(map(sent_alone, untold)) if people else 0
        if len(untold) > sent:
            yield f"Of {counted(len(untold) - sent)} no such number is told."
        if sent:
            yield f"Of {counted(sent)} only the number of those who were sent there is told."
        if people and not all(map(is_one, events)):
            yield "What lasted for months counts as one activity."
        if people:
            yield from self._series(every, limits)
            yield 'Numbers that are told as "about" are taken as they stand.'

    def _series(self, events: list[Event], limits: Limits) -> Iterator[str]:
        """Yield the activities that are told as several events with so many people in all."""
        told = [(event.label, came(event)) for event in events if is_several(event)]
        said = [f"{label}: {number}" for label, number in told if number and all(one.keeps(number) for one in limits.bounds)]
        if said:
            yield f"Told as several events with so many in all: {'; '.join(said)}."

    def without(self, events: list[Event], limits: Limits) -> list[str]:
        """Return what is said if nothing is told: of how many it is not, or what there is without one of the limits."""
        if events:
            return [f"Of {counted(len(events))} that fit this is not told."]
        more = self._vague(limits)
        of_people = bool(limits.bounds) and all(bound.said.endswith("people") for bound in limits.bounds)
        series = self._series(self.filtering.events(replace(limits, bounds=())), limits) if of_people else ()
        both = [event.label for event in self._told_by_both(limits)]
        more += [f"Told in the chapters of both, though no part of both is named: {some(both)}."] if both else []
        if away := [event.label for event in self.filtering.elsewhere(limits)]:
            more.append(f"Told by the field operation there, and held elsewhere: {some(away)}.")
        return [*series, *more, *self.filtering.without_one(limits)]

    def _vague(self, limits: Limits) -> list[str]:
        """Return how many activities have all but the period, and no day that would leave it out."""
        if limits.days is None:
            return []
        rest = self.filtering.events(replace(limits, days=None))
        return open_to(rest, limits.days.start, limits.days.end)

    def _told_by_both(self, limits: Limits) -> list[Event]:
        """Return the activities that the chapters of all structures tell that are named, if these are several."""
        units = [link.thing.iri for _, link in limits.actors if link.thing.cls in STRUCTURES]
        if len(units) < _SEVERAL or len(units) < len(limits.names):
            return []
        events = self.filtering.facts.events.values()
        return [event for event in events if {*units} <= {*self.filtering.tellers(event)}]

    def reading(self, limits: Limits, asked: Filtered) -> str:
        """Return how a question is read."""
        if asked.ask in ("role", "partners", "most", "count"):
            only = f", only {called(asked.types)}" if asked.types else ""
            head = f"{_LEADS.get(asked.ask, '')}{WHO.get(asked.role or LED, asked.role.capitalize())}{only}"
            head = f"{head}, {limits.called}" if limits.called else head
        else:
            what = limits.called or "activities"
            # "Equipment" and "legislative support" have no plural.
            asks = "Whether there is" if asked.ask == "truth" and not what.endswith("s") else _ASKED.get(asked.ask, "")
            what += f" with {' and '.join(CALLED.get(name, name) for name in asked.columns)}" if asked.columns else ""
            head = f"{asks} {what}" if asks else what.capitalize()
        if asked.ranks:
            head = f"{asked.ranks[0].capitalize()} of: {head.lower()}"
        return ": ".join(filter(None, (head, self.filtering.said(limits))))
