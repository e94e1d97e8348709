"""Stage 10e17: plain questions on all activities in a place, of somebody, in a period, with what is to be told of each.

"Which events were under way in Vienna on 17 June, and who organized each?" has no word that these do not account for:
places, actors, days, how the days are meant (began, ended, exactly, dated), and columns (days, towns, organizers,
partners, people). Such a question is not ranked: what it asks is worked out. A word that none of these accounts for makes
it no plain one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from oscegraph.asking import asked_sets, plain_words, targets
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_sets import Said
from oscegraph.asking.candidates import ROLES, Candidate, roles_of, spell
from oscegraph.asking.chosen import FITTING, Chosen, on_set
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import MOST, ORGANIZERS, PARTNERS, SUPPORTERS, Rows, in_columns
from oscegraph.asking.rows import people as people_of
from oscegraph.asking.statements import Event

# How sure it is that a question is meant so: of 218 that are known 197 were answered as their keys do.
PLAIN = 0.9
# A span of more days is a month or a season, and no exact date.
_EXACT, _MONTH = 26, 31
# One activity is in fewer towns.
_TOWNS = 3
_LAST = date(9999, 1, 1)
_JOINING = frozenset({"and", "with", "together", "jointly"})
_UNITS = ("units",)
# What a question says of its days, in words.
_WORDS = {
    "exact": "on exactly the days",
    "covers": "under way on",
    "begins": "that began",
    "ends": "that ended",
    "abroad": "outside of it",
    "dated": "whose days are told",
    "first": "the first of them",
    "last": "the last of them",
}
CALLED = {
    "anybody": "organizers",
    "involved": "units",
    "organizers": "units that organized",
    "sent": "how many came from there",
}


class Plain(NamedTuple):
    """What a plain question asks, how it is read in words, and what is said beside if it has no answer.

    `told` says whether there are such activities, of which only what is asked is not told; `sure` how surely it is meant so.
    """

    candidate: Candidate
    reading: str
    hints: tuple[str, ...] = ()
    told: bool = False
    sure: float = PLAIN


class PlainSets:
    """Reads plain questions on activities of a place, an actor or a period."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts, self.rows = naming, naming.facts, Rows(naming)
        self.filtering = Filtering(naming)

    def read(self, question: Question) -> Plain | None:
        """Return what such a question asks; None if it is none, or if the number that it expects is another one."""
        linked = question.linked
        if question.polar or linked.ambiguous or linked.other_year or linked.demonyms:
            return None
        links = [link for link in linked.links if not link.broad and link.thing.cls != "OsceBody"]
        words = plain_words.words(question)
        said = None if "or" in words and sum(link.thing.is_actor for link in links) > 1 else asked_sets.read(words)
        if said is None or any(link.excluded for link in links) or (said.period and linked.days is None):
            return None
        expected = targets.expected(linked.text)
        numbers = {expected} if expected else set(targets.numbers(linked.text))
        signs, number = set(said.signs), max(numbers, default=0)
        limited = bool(links or linked.days or linked.chapters or ("dated" in signs and signs & {"first", "last"}))
        # All else that is as plain is read otherwise.
        more = said.columns or said.period or number or said.kinds or signs & {"dated", "first", "last", "abroad"}
        more = more or (linked.days is not None and linked.days.exact)
        if not limited or not more or len(numbers) > 1 or (said.counts and not number):
            return None
        chosen = self._chosen(question, links, said)
        found = self._told(question, chosen, said) if chosen else None
        if not found or not 0 < len(found.answer) <= MOST or number not in (0, len(found.answer)):
            return None
        if (
            chosen
            and len(chosen.where) > 1
            and any(len(self.rows.towns(self.facts.events[iri])) > _TOWNS for iri in found.events)
        ):
            # What was in many towns is many events, of which the report tells no more.
            return None
        return Plain(found, self._words(question, links, said))

    def _told(self, question: Question, chosen: Chosen, said: Said) -> Candidate:
        """Return what is told of the activities: their towns alone, their titles, or a row for each."""
        answer: list[Any]
        columns = said.columns
        if said.towns:
            projection, answer = "towns", sorted({town for event in chosen.events for town in self.rows.towns(event)})
        elif not columns:
            projection, answer = "activities", [event.label for event in chosen.events]
        else:
            if len(chosen.where) > 1 and "towns" not in columns:
                # Of several places it is told which of them is meant.
                columns = ["towns", *columns]
            rows = [(event, self.row(event, columns, question)) for event in chosen.events]
            told = [(event, row) for event, row in rows if len(row) > 1 or "if told" in said.signs]
            chosen = replace(chosen, events=[event for event, _ in told])
            projection, answer = f"activities with {' and '.join(columns)}", [row for _, row in told]
        return on_set(chosen, "set", projection, answer, frozenset(said.signs), flags=chosen.flags, numbers=chosen.numbers)

    def _words(self, question: Question, links: list[Link], said: Said) -> str:
        """Return how a question is read."""
        days, names = question.linked.days, [self.naming.name(link.thing.iri) for link in links]
        columns = [CALLED.get(name, name) for name in said.columns]
        kinds = " or ".join(sorted(said.kinds)) or "activities"
        what = f"Towns of {kinds}" if said.towns else kinds.capitalize()
        period = f"{_WORDS.get(said.period, 'in the period')} {' to '.join(spell((days.start, days.end)))}" if days else ""
        role = f"{said.role} {' or '.join(names)}" if said.role else " and ".join(names)
        limits = [role, *(f"chapter {one}" for one in question.linked.chapters), period]
        limits += [_WORDS[sign] for sign in ("abroad", "dated", "first", "last") if sign in said.signs]
        told = f" with {' and '.join(columns)}" if columns and not said.towns else ""
        return f"{what}{told}: {'; '.join(filter(None, limits))}"

    def _chosen(self, question: Question, links: list[Link], said: Said) -> Chosen | None:
        """Return the activities that are meant; None if it is not plain how the names and days are meant."""
        where = [link for link in links if link.thing.cls in AREAS]
        actors = [link for link in links if link.thing.cls not in AREAS and link.thing.is_actor]
        if len(where) + len(actors) < len(links):
            # What is on a theme, or on one like it, is never plain.
            return None
        if said.role and not _are_joined(question, actors):
            # "Which events organized by A involved B?": the role is that of one of them.
            return None
        every: Collection[Event] = self.facts.events.values()
        if "abroad" in said.signs:
            homes = [link.thing.iri for link in where] or [iri for link in actors for iri in self._hosts(link.thing.iri)]
            if len(homes) != 1:
                return None
            home, where = self.naming.circle(homes[0]) | {homes[0]}, []
            every = [event for event in every if event.areas and home.isdisjoint(event.areas)]
        events = [event for event in every if self._fits(question, event, where, actors, said)]
        if self._is_open(question, events, said) or ("people" in said.signs and not self._is_own(events, actors)):
            return None
        at_home = {actor for link in where if link.thing.cls != "Place" for actor in self.naming.circle(link.thing.iri)}
        unplaced = (event for event in every if not event.areas and self._fits(question, event, [], actors, said))
        if any(
            at_home & event.involved or any(self.filtering.is_at_home(event, one) for one in where) for event in unplaced
        ):
            # Whose place is not told may have been there, too.
            return None
        for name, pick in (("first", min), ("last", max)):
            if name in said.signs:
                # A part of a project may come last that the project does not.
                dated = [event for event in events if _exact(event)]
                best = pick((event.days[0][0] for event in dated), default=None)
                if best is None or any(_is_beyond(event, best, name) for event in events if not _exact(event)):
                    return None
                events = [event for event in dated if event.days[0][0] == best]
        inside = {event.iri for event in events}
        events = [event for event in events if event.wholes.isdisjoint(inside)]
        events.sort(key=lambda event: ((event.days or [(_LAST, _LAST)])[0], event.label))
        return Chosen(question, actors, where, [], [], events=events, flags=(FITTING,))

    def _hosts(self, actor: str) -> list[str]:
        """Return the state or territory in which a field operation works."""
        thing = self.facts.directory.things.get(actor)
        return list(thing.facts.get("hostArea", ())) if thing else []

    def _is_own(self, events: list[Event], actors: list[Link]) -> bool:
        """Whether activities are those of all that are named: of others it is asked how many they sent."""
        circles = [self.naming.circle(link.thing.iri) for link in actors]
        return all(not circle.isdisjoint(roles_of(event.told, PARTNERS)) for event in events for circle in circles)

    def _is_open(self, question: Question, events: list[Event], said: Said) -> bool:
        """Whether "on 14-18 November" may mean these very days or any of them, and that makes a difference."""
        days = question.linked.days
        if days is None or not days.exact or said.period or said.counts or days.start == days.end:
            return False
        return any((days.start, days.end) not in event.days for event in events)

    def _fits(self, question: Question, event: Event, where: list[Link], actors: list[Link], said: Said) -> bool:
        """Whether an activity has all that is named, and lies in the period."""
        linked = question.linked
        if linked.days and not self._in_period(event, question, said):
            return False
        if ("dated" in said.signs and not _exact(event)) or (said.kinds and not said.kinds & event.kinds):
            return False
        if linked.chapters and not any(told.chapter in linked.chapters for told in event.told):
            return False
        if where and not self._is_there(event, [link.thing.iri for link in where]):
            return False
        # What two organized together they did as organizers or partners.
        role = "organizers" if said.role == "organizer" and len(actors) > 1 else said.role
        roles = ROLES[role][0] if role else None
        for link in actors:
            circle = self.naming.circle(link.thing.iri)
            if circle.isdisjoint(roles_of(event.told, roles) if roles else event.involved):
                return False
        return True

    def _is_there(self, event: Event, areas: list[str]) -> bool:
        """Whether an activity was in one of the areas; a town of a state that is named as well is one with it."""
        wide = {one for one in areas if any(other != one and other in self.naming.circle(one) for other in areas)}
        return any(area in event.areas for area in areas if area not in wide)

    def _in_period(self, event: Event, question: Question, said: Said) -> bool:
        """Whether an activity lies in the period as it is meant."""
        days = question.linked.days
        assert days is not None
        exact = [period for period in event.days if (period[1] - period[0]).days < _EXACT]
        if said.period == "exact":
            return (days.start, days.end) in event.days
        if said.period in ("begins", "ends"):
            place = said.period == "ends"
            return any(days.start <= period[place] <= days.end for period in exact)
        return event.fits(days) > 1

    def row(self, event: Event, columns: list[str], question: Question) -> list[Any]:
        """Return the row of an activity: its title, and what is told of all that is asked for."""
        return [event.label, *in_columns([self._column(event, name, question) for name in columns])]

    def _column(self, event: Event, name: str, question: Question) -> list[Any]:
        """Return what is told of an activity: where and when it was, who had a part in it, how many came."""
        if name == "towns":
            # Of some the state alone is told.
            things = self.facts.directory.things
            states = [area for area in sorted(event.areas) if things[area].cls in ("State", "Territory")]
            return self.rows.towns(event) or self.rows.labels(states)
        if name == "days":
            return spell(event.days[0]) if event.days else []
        if name == "funders":
            return self._names(roles_of(event.told, ROLES["funder"][0]))
        if name == "attendees":
            return self._names(self.naming.kept(question, roles_of(event.told, ROLES["attendees"][0]), ()))
        if name == "people":
            came = people_of(event)
            return [] if came is None else [came]
        if name in ("partners", "anybody"):
            had = roles_of(event.told, PARTNERS)
            # Of those that are named as a choice it is told which it was with.
            others = {*self.naming.kept(question, had, ()), *self.naming.in_choice(question)}
            found = [actor for actor in had if actor in others]
        elif name == "involved":
            found = self.naming.kept(question, [part.actor for told in event.told for part in told.parts], _UNITS)
        else:
            # Who carried out what is told without a role is whose chapter tells it.
            by_role = (self.naming.kept(question, roles_of(event.told, some), _UNITS) for some in (ORGANIZERS, SUPPORTERS))
            found = next((some for some in by_role if some), self.filtering.tellers(event))
        return self._names(found)

    def _names(self, actors: list[str]) -> list[Any]:
        """Return names as one value, none if there are none."""
        labels = self.rows.labels(actors)
        return [", ".join(labels)] if labels else []


def _are_joined(question: Question, actors: list[Link]) -> bool:
    """Whether several actors are said to have done it with one another: what stands between them joins them."""
    ordered = sorted(actors, key=lambda link: link.start)
    between = (question.linked.words[one.end : other.start] for one, other in pairwise(ordered))
    return all(any(word.plain in _JOINING for word in words) for words in between)


def _is_beyond(event: Event, day: date, rank: str) -> bool:
    """Whether an activity that is told to a month is of an earlier, or later, month than a day."""
    first, last = event.days[0] if event.days else (day, day)
    return (last - first).days <= _MONTH and (last < day if rank == "first" else first > day)


def _exact(event: Event) -> bool:
    """Whether the days of an activity are told, and not a month only."""
    return bool(event.days) and (event.days[0][1] - event.days[0][0]).days < _EXACT
