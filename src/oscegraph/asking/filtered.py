"""Stage 10e17c: plain questions on all activities that names, kinds and a period leave, worked out and not ranked.

"Which units carried out trainings on drugs in Kosovo?" is put together from phrases (`asked_filters`). What is told of the
activities that have all of it (`filter_left`) is their titles or number, whether there are any, their days, towns or states,
or who had a role in them, or had it most often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from oscegraph.asking import asked_classes, filter_left, filter_reading, plain_words
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.filter_answers import COUNTRIES, FILTERED, Telling
from oscegraph.asking.filter_limits import (
    ANYBODY,
    EMBASSY,
    EQUIPMENT,
    FOR,
    LAWS,
    LED,
    NATION,
    THEME,
    TRAINING,
    WHERE,
    Limits,
)
from oscegraph.asking.filter_measures import counted, ranked, some
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.filter_words import PLACES, FilterWords
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.plain_sets import Plain, PlainSets
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

# How sure it is that a question is meant so; if it is on trainings, which may be called otherwise, on words, or on a state
# of whose activities some have no place. Of 348 plain ones that are known 306 were answered as their keys do, of the others
# 59 of 78.
PLAIN, LIKELY = 0.9, 0.75
# That nobody had such a role may be told in other words.
_OTHERWISE = frozenset({"organizer", "attendees", "trainer", "trainers", "facilitator"})
# Roles in what is named by its kind.
_OF_ACTIVITIES = frozenset({"funder", "host", "organizer", "trainer", "attendees"})
# Who worked with somebody, where it is not told who had any part.
_WORKED, _NONE_MADE = frozenset({"organizers", LED}), "None of these is told to have organized it; they had another part."
_NO_BODY = "No body is named that came; these are the words for whom they were."
# What is called so if it is one.
_CALLED_SO = frozenset({"workshop", "online workshop", "seminar", "conference", "round table", "study visit"})
_SINGLE = lazy_pattern(r"\b(?:single|one|individual)\b", re.IGNORECASE)


class FilteredSets:
    """Reads plain questions on filtered activities, over one set of facts."""

    def __init__(self, naming: Naming, sets: PlainSets, states: Mapping[str, str]) -> None:
        self.naming, self.sets, self.filtering, self.states = naming, sets, sets.filtering, states
        self.words = FilterWords(sets.filtering)

    def read(self, question: Question, openly: bool = False) -> Plain | None:
        """Return what such a question asks, worked out; None if it is none. A class of actors may stand for a name.

        What may be meant in two ways is only read `openly`: in the wider one, with what makes the difference as a hint.
        """
        nation: tuple[Link, ...] = ()
        if of := asked_classes.of_nation(question, self.naming, self.states):
            question, nation = of[0], (of[1],)
        if found := self._read(question, nation, openly):
            return found
        classed = asked_classes.named(question, self.naming, self.states)
        return self._read(classed, nation, openly) if classed else None

    def _read(self, question: Question, nation: tuple[Link, ...], openly: bool) -> Plain | None:
        """Return what such a question asks; `nation` is the State whose bodies are asked for, if it is one."""
        found = filter_left.left(question, self.naming, self.filtering, nation)
        if found is None:
            return None
        asked, limits, events = found
        if self._is_left(asked, limits, events, openly):
            return None
        ways = self._other_ways(question, events, limits, asked)
        if not openly:
            return None if next(ways, "") else self._told(question, asked, limits, events)
        plain = self._told(question, asked, limits, events) or self._untold(question, asked, limits, events)
        said = tuple(ways) if plain else ()
        return plain._replace(hints=(*said, *plain.hints), sure=LIKELY) if plain and said else plain

    def _is_left(self, asked: Filtered, limits: Limits, events: list[Event], openly: bool) -> bool:
        """Whether the report may tell in other words, or of one of several activities, what is asked."""
        themes = sum(how == THEME for how, _ in limits.names)
        if not events and (asked.words or themes > 1 or self._are_otherwise(asked, limits)):
            # That something is on both of two themes, or who had a role in it, may be told in other words.
            return True
        if not events and asked.types == (EXTERNAL,) and TRAINING in limits.kinds and asked.role == "attendees":
            # Whom it trained may be told of what is called otherwise.
            return True
        placed = limits.hows <= {WHERE} and limits != Limits(())
        if asked.ask in ("role", "count") and asked.role in _OF_ACTIVITIES and not asked.noun and placed:
            # "Who taught in Kosovo?" may mean one of several, of which few tell it.
            return True
        named = bool(limits.names or limits.either)
        if LAWS in limits.kinds and (asked.ask != "activities" or (named and not (openly and events))):
            # The titles of activities say little of single laws.
            return True
        of_embassies = any(link.thing.iri.startswith(asked_classes.EMBASSIES) for _, link in limits.actors)
        if (of_embassies or EMBASSY in limits.hows) and asked.ask in filter_left.OF_WHOM:
            # Who tells of an embassy worked with it, others at the event may not have.
            return True
        if asked.ask == "dates" and asked.words:
            # A date that is told of what has other words would be missing.
            return True
        # Licences are not counted by how often some were given.
        return EQUIPMENT in limits.kinds and asked.ask == "number"

    def _are_otherwise(self, asked: Filtered, limits: Limits) -> bool:
        """Whether there are activities if those who are said to have had a role in them had any part.

        If it is asked whether there are any, what is no training by its kind may be one, and a visit may bring equipment.
        """
        loose = limits.renamed(dict.fromkeys(_OTHERWISE | {LED}, "any")) if _OTHERWISE & limits.hows else limits
        if asked.ask == "truth" and not _CALLED_SO.issuperset(limits.kinds):
            loose = replace(loose, kinds=())
        return loose != limits and bool(self.filtering.events(loose))

    def counts(self, question: Question) -> tuple[Plain, tuple[int, ...]] | None:
        """Return the number of activities that such a question asks for, and all numbers that may be meant.

        These are of what an actor ran, of what it had any part in, and of what is told as several.
        """
        found = filter_left.left(question, self.naming, self.filtering)
        if found is None or found[0].ask != "number":
            return None
        asked, limits, events = found
        plain = self._told(question, asked, limits, events)
        ways = (len(events), len(self.filtering.events(filter_left.loose(limits, asked))), _of_several(events))
        return (plain, ways) if plain else None

    def has_words(self, question: Question) -> bool:
        """Whether such a question has words for what activities are about: a set without these is not what it asks for."""
        asked = filter_reading.read(question, self.naming.facts)
        return asked is not None and bool(asked.words)

    def _told(self, question: Question, asked: Filtered, limits: Limits, events: list[Event]) -> Plain | None:
        """Return what is asked of the activities; None if it may be told in other words."""
        said = ""
        if asked.ranks and events:
            events, said = ranked(events, asked.ranks[0], bool(_SINGLE.search(question.linked.text)))
            if not events:
                return None
        telling = Telling(self.naming, self.sets, question, limits, asked)
        sets = [[event for event in events if self.filtering.has(event, *name)] for name in limits.apart]
        found = telling.of_each(sets) if sets else telling.told(events)
        told = any(found.answer)
        worked = asked.ask == "partners" or (asked.role in _WORKED and asked.ask != "truth")
        if not told and worked and not limits.apart:
            # Nobody of these organized it, but somebody may have come, or spoken.
            wider = replace(asked, ask="role", role=ANYBODY)
            if (plain := self._told(question, wider, limits, events)) and plain.candidate.answer:
                return plain._replace(hints=(*plain.hints, _NONE_MADE), sure=LIKELY)
        if not told and limits.apart:
            return Plain(found, self.words.reading(limits, asked), ("Nobody is told to have had that part in both.",))
        if not told and (asked.words or (events and (asked.role in _OTHERWISE or asked.ask in PLACES))):
            return None
        unplaced = self.filtering.unplaced(events, limits)
        open_to_doubt = (
            unplaced
            or FOR in limits.hows
            or asked.words
            or asked.ranks
            or asked.ask == "people"
            or asked.role == COUNTRIES
            or TRAINING in asked.kinds
        )
        likely = bool(asked.bare or open_to_doubt)
        none_of_them = [] if asked.ask == "truth" and events else self.words.without(events, limits)
        hints = self.words.beside(events, limits, asked, found) if told else none_of_them
        hints += [said] if told and said else []
        if found.projection == f"role:{LED}" and NATION in limits.hows:
            others = [one for one in telling.of_role(events, ANYBODY).answer if one not in found.answer]
            hints += [f"Others came, taught, hosted or had another part: {some(others)}."] if others else []
        if FOR in limits.hows:
            hints.append("No place is told of these: they were with bodies of it.")
        if unplaced:
            hints.append(f"Of {counted(len(unplaced))} no place is told; they are of the field operation there.")
        return Plain(found, self.words.reading(limits, asked), tuple(hints), bool(events), LIKELY if likely else PLAIN)

    def _untold(self, question: Question, asked: Filtered, limits: Limits, events: list[Event]) -> Plain | None:
        """Return that no place is told, or where no body is named that came, for whom activities were, in words.

        None if something else is asked for.
        """
        if asked.ask in PLACES and not asked.words:
            if any(event.areas for event in self.filtering.events(filter_left.loose(limits, asked))):
                # Where others were in which it had a part is told.
                return None
            found = Telling(self.naming, self.sets, question, limits, asked).told(events)
            return Plain(found, self.words.reading(limits, asked), tuple(self.words.without(events, limits)), bool(events))
        if asked.ask != "role" or asked.role != "attendees" or asked.columns or asked.words:
            return None
        if asked.types not in ((), (EXTERNAL,)):
            return None
        words = {told.audience: event for event in events for told in event.told if told.audience}
        values: dict[str, Any] = {"activity": [event.iri for event in events]}
        told = tuple(dict.fromkeys(event.iri for event in words.values()))
        found = Candidate(
            "set", "audiences", sorted(words), events=told, flags=(FILTERED,), query="activity_told", values=values
        )
        return Plain(found, self.words.reading(limits, asked), (_NO_BODY,), bool(events), LIKELY)

    def _other_ways(self, question: Question, events: list[Event], limits: Limits, asked: Filtered) -> Iterator[str]:
        """Yield in which other ways a question may be meant that make a difference: an actor "ran" what it had a part in."""
        if asked.ask == "themes" and limits.days and limits.days.exact:
            yield "What one event was about is told closer than by its theme."
        if asked.ask == "number" and any(told.events for event in events for told in event.told):
            several = _of_several(events)
            yield f"What is told as several events counts once here; each of them counted, they are {several}."
        if any(link.broad for link in plain_words.named(question)):
            yield "All of the report is about organized crime, so that this leaves nothing out."
        if asked.ask in PLACES and not asked.noun and "any" in limits.hows:
            yield "Any part in an activity counts, be it as a guest or as who paid."
        if asked.ask == "partners" and THEME in limits.hows:
            led, partners = (
                [self.naming.kept(question, list(roles_of(event.told, ROLES[role][0])), asked.types) for event in events]
                for role in (LED, "partners")
            )
            if led != partners:
                more = set().union(*partners).difference(*led)
                whom = f": {some(self.naming.in_order(more))}" if more else ""
                yield f"Who hosted, or made it possible to attend, may have worked with them, too{whom}."
        loose = filter_left.loose(limits, asked)
        if not filter_left.is_joint(limits) and loose != limits and events != (every := self.filtering.events(loose)):
            others = [event.label for event in every if event not in events]
            yield f"In {counted(len(others))} more it had another part: {some(others)}."


def _of_several(events: list[Event]) -> int:
    """Return how many events activities are, of which each may be told as several."""
    return sum(max((told.events or 1 for told in event.told), default=1) for event in events)
