"""Stage 10g1c0: what is to be said beside who organized an activity, came to it or paid for it: others may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import asked_roles, on_events, one_event
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import ROLES, Candidate, roles_of, spell
from oscegraph.asking.filter_limits import EVENTS_ASKED, NO_EVENTS
from oscegraph.asking.filter_measures import counted, sends, some
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.plain_activity import BESIDE
from oscegraph.asking.retrieval import Question

_ORGANIZED = lazy_pattern(r"\borgani[sz]e(?:[ds]|rs?)?\b(?! crime)", re.IGNORECASE)
_JOINTLY = lazy_pattern(
    r"\b(?:co-?organi[sz]\w+|jointly|together|support\w*|help\w*|organi[sz]ed (?:(?!by\b)\w+ ){0,3}?(?:with|on behalf))\b",
    re.IGNORECASE,
)
# People who may be of what is asked for.
_TOLD_AS = {
    "bodies": lazy_pattern(r"\w"),
    **dict.fromkeys(
        ("organizations", "international", "ngos"), lazy_pattern(r"\b(?:organi[sz]ation|NGO|civil societ)", re.IGNORECASE)
    ),
}
_OF_WHOM = frozenset({"set", "any", "had role"})
_BOTH = lazy_pattern(r"\bboth\b", re.IGNORECASE)
# What one does with what another has, and what both do.
_HAD_A_PART = lazy_words(
    r"attend\w*|c[ao]me to|spe?o[ka]\w*|support\w*|host\w*|teach\w*|taught|train(?:ed|s)?|fund\w*|pa(?:y|ys|id)"
    r"|sen[dt]s?|facilitat\w*|(?:co-?)?organi[sz]e[ds]?"
)
_AT_ONE = lazy_words("together|jointly|both|same|joint|each other")
_ORGANIZERS, _CAME = "role:organizers", frozenset({"role:attendees", "role:participants"})
_FUNDERS, _WEEKS = "role:funder", 20
_TELLERS, _ACTIVITIES = "tellers", frozenset({("set", "activities"), ("set", "number of activities")})
# What is counted as a partner of two, and as one that never was.
_PAIRS = {
    "actor_partners_shared": "Whoever had any part in an activity of each counts, also who only came or taught.",
    "actor_partners_apart": "These are by activities: of whom it is said in general that they co-operate is not looked at.",
    "actor_partners": "Whoever had any part counts, also who only came; what a part of a body did counts for it.",
    "activity_sole_organizer": "What it only supported or financed may be among these, and work that is no event.",
    "actor_structures": "Whose chapter names it in any part of an activity is among these, also who only told that it came.",
    "actor_strangers": "Structures that are only meant with others (field operations of a region) are not looked at.",
}
# Who has an activity told in its chapter is not all who organized one.
_BY_CHAPTER, _CHAPTERS = (
    "actor_chapters",
    lazy_pattern(r"\b(?:chapters?|sections?|headings?|tell|told|mention)", re.IGNORECASE),
)


class OnRoles:
    """Says so, over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts
        self.makers = (
            self._co_organized,
            self._beside,
            self._kind,
            self._came_too,
            self._others_came,
            self._came_as,
            self._attendance,
            self._of_pairs,
            self._tellers,
            self._no_events,
            self._from_there,
            self._by_its_own,
            self._any_part,
        )

    def _co_organized(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that who is said to have organized an activity co-operated in it, while others organized it."""
        actor, text = candidate.values.get("actor"), question.linked.without_names()
        if answer != [True] or candidate.family != "had role" or not _ORGANIZED.search(text) or _JOINTLY.search(text):
            return
        named = (
            [link.thing.iri for link in question.links if link.thing.is_actor and not link.at] if actor is None else [actor]
        )
        for event in self.facts.known(candidate.events):
            made = {*roles_of(event.told, ROLES["organizer"][0])}
            others = [one for one in named if not made & self.naming.circle(str(one))]
            if made and others and (len(others) == len(named) or _BOTH.search(text)):
                who = "; ".join(self.naming.labels(map(str, others)))
                yield f"{who} co-operated or gave support; organized by {'; '.join(self.naming.labels(made))}.", True

    def _beside(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who is told to have organized an activity, and who to have co-operated, where the answer is either."""
        asked = candidate.kind == ("event", _ORGANIZERS) and asked_roles.WHO_MADE.search(question.linked.text)
        if BESIDE in candidate.flags or asked:
            told = [told for iri in candidate.events for told in self.facts.events[iri].told]
            made = self.naming.in_order(set(roles_of(told, ROLES["organizer"][0])))
            beside = self.naming.in_order(set(roles_of(told, ROLES["partner"][0])))
            if made and beside:
                yield f"Told to have organized it: {some(made)}; to have co-operated: {some(beside)}.", True

    def _by_its_own(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield whom other chapters name in a role, where only the chapter of the structure that is named is looked at."""
        if on_events.OWN not in candidate.flags or question.linked.chapters:
            return
        told = [told for event in self.facts.known(candidate.events) for told in event.told]
        every = self.naming.in_order(set(roles_of(told, frozenset(candidate.values.get("role", ())))))
        named = {name for link in question.links for name in self.naming.labels(self.naming.circle(link.thing.iri))}
        if others := [name for name in every if name not in answer and name not in named]:
            yield f"By its own chapter; others name besides: {some(others)}.", True

    def _any_part(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that it is not looked at who attended, hosted or supported what of whom, where both were there."""
        two = candidate.family == "any" and answer == [True] and {"actor", "also"} <= candidate.values.keys()
        text = question.linked.without_names()
        if two and "role" not in candidate.values and _HAD_A_PART.search(text) and not _AT_ONE.search(text):
            yield "Both had a part in it; who did what there is not looked at.", True

    def _kind(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what the report calls an activity that a question calls otherwise, and its days if it dates it otherwise."""
        events = self.facts.known(candidate.events)
        if len(events) != 1 or candidate.family != "event":
            return
        event, days = events[0], question.linked.days
        if not one_event.fits(question, events, events):
            yield f"The report calls it {' or '.join(sorted(event.kinds))}.", True
        exact = [period for period in event.days if (period[1] - period[0]).days < _WEEKS]
        if days and days.exact and days.start != days.end and exact and (days.start, days.end) not in exact:
            yield f"It is dated {' to '.join(spell(exact[0]))}.", True

    def _came_too(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who is told to have had a part in what a statement on who came is about."""
        if candidate.family == "detail" and asked_roles.WHO_CAME.match(question.linked.text):
            about = candidate.found.detail.about if candidate.found else ()
            events = self.facts.known(about)
            events = events if len(events) == 1 else []
            came = self.naming.in_order({a for e in events for a in roles_of(e.told, ROLES["attendees"][0])})
            if others := [name for name in came if name not in answer]:
                yield f"Told to have come, too: {some(others)}.", True

    def _others_came(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who came besides those that are named, where States, bodies or organizations are asked for."""
        if candidate.family != "event" or len(candidate.types) != 1 or candidate.projection not in _CAME:
            return
        events = self.facts.known(candidate.events)
        told: list[str] = []
        if candidate.types == ("states",):
            told = [told.audience for event in events for told in event.told if told.audience]
        elif said := _TOLD_AS.get(candidate.types[0]):
            told = [one for event in events for one in on_events.came_as(self.naming, event)[0] if said.search(one)]
        if told and answer:
            yield f"These are named; who came is told as: {some(list(dict.fromkeys(told)))}.", True

    def _came_as(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield by what those who came are told whose bodies are told by name."""
        if candidate.family == "event" and candidate.projection in on_events.ATTENDANCE:
            events = self.facts.known(candidate.events)
            if told := [one for event in events for one in on_events.came_as(self.naming, event)[1]]:
                yield f"Who came from there is told as: {some(told)}.", False

    def _attendance(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who paid only for those whom it sent, where it is asked who paid for an activity."""
        if candidate.kind != ("event", _FUNDERS) or not answer:
            return
        told = [told for iri in candidate.events for told in self.facts.events[iri].told]
        sent = {one for each in told if sends(each) for one in roles_of([each], ROLES["funder"][0])}
        if names := [name for name in self.naming.in_order(sent) if name in answer]:
            yield f"{some(names)} paid for those whom it sent, and maybe for nothing else.", True

    def _tellers(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who organized what others tell of, where it is asked who worked with somebody."""
        structures = candidate.family == "phrase" and all(isinstance(one, str) and self.naming.actor(one) for one in answer)
        if candidate.query == _BY_CHAPTER and structures and not _CHAPTERS.search(question.linked.text):
            circle = self.naming.circle(str(candidate.values["actor"]))
            events = [event for event in self.naming.facts.events.values() if circle & event.involved]
        elif candidate.projection == _TELLERS and asked_roles.WORKED.search(question.linked.text):
            events = self.facts.known(candidate.events)
        else:
            return
        told = [told for event in events for told in event.told]
        made = {up for one in roles_of(told, ROLES["organizers"][0]) if (up := self.naming.unit(one))}
        things = self.naming.directory.things
        said = [
            one
            for one in self.naming.in_order(
                iri for iri in made if wanted(candidate.types or tuple(question.types), things[iri])
            )
            if one not in answer
        ]
        if said:
            yield f"Told by others to have organized it, too: {some(said)}.", True

    def _no_events(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield which activities are publications, equipment or advice, where events are asked for."""
        if candidate.kind not in _ACTIVITIES or not EVENTS_ASKED.search(question.linked.text):
            return
        events = self.facts.known(candidate.events)
        if said := [event.label for event in events if event.kinds <= NO_EVENTS]:
            yield f"No events but other work: {some(said)}.", True

    def _from_there(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield in how many activities no body of a State had a part but an NGO or a company from there."""
        state = str(candidate.values.get("actor", ""))
        others = self.naming.circle(state) - self.naming.official(state)
        events = self.facts.known(candidate.events) if candidate.family in _OF_WHOM else []
        private = [event for event in events if others & event.involved and not self.naming.official(state) & event.involved]
        if private and (candidate.family == "set" or len(private) == len(events)):
            who = self.naming.in_order({one for event in private for one in others & event.involved})
            yield f"In {counted(len(private))} only {some(who)} had a part, from there, but no body of the State.", True

    def _of_pairs(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what partners of two actors, or who never worked with one, are counted by."""
        if candidate.query in _PAIRS and answer:
            yield _PAIRS[candidate.query], True
