"""Stage 10e17f: a plain question on an activity that is described so that only one fits: "who paid for the June workshop
in Belgrade?".

What is asked is read as of an activity that is named by its whole title (`plain_activity`). All words of the
description have to be borne by the activity, and no other one may bear them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from oscegraph.asking import asked_kinds, open_activity, plain_activity, plain_words, titles, wording
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.filter_limits import WHERE
from oscegraph.asking.filter_measures import length
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.on_events import ATTENDANCE, CAME, TOOK_PART, came_as
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.plain_activity import HAD
from oscegraph.asking.plain_words import BOUND
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import ATTENDEES
from oscegraph.asking.statements import TERM, Event

# How sure it is that a question is meant so if the very days are said, or much besides; and if less is. Of 1,091 and 135
# that are known 1,051 and 125 were answered as their keys do, before other readings have a say.
SURE, LIKELY = 0.98, 0.9
# What joins the parts of a description.
_JOINS = frozenset(
    {"of", "on", "in", "at", "for", "about", "to", "with", "and", "by", "held", "against", "that", "took", "place", "was"}
    | {"between", "during", "concerning", "organized", "organised"}
)
# What says where it was; whom it was with, who are no answer to with whom.
_THERE, _WITH = frozenset({"in", "at"}), frozenset({"with", "by"})
# What tells of those who ran it, and who may stand in a description as one of them.
_RAN = frozenset({"role:organizer", "role:organizers", "role:partner", "role:supporters"})
# So much has to be said besides the kind, if a period is, and so much is plenty: a name, a word count one each.
_FEWEST, _PLENTY = 1, 3
_MANY = lazy_pattern(r"\W*how many\b", re.IGNORECASE)
_LENGTH = lazy_pattern(r"\b(\w+)[- ]days?\b")
_NUMBERS = {word: n for n, word in enumerate(wording.NUMBERS, 2)} | {"one": 1} | {str(n): n for n in range(1, 32)}


@dataclass(frozen=True)
class _Said:
    """What a description says: the kinds that are meant, its names, how many days it was, its words, in any order."""

    kinds: frozenset[str]
    nouns: frozenset[str]
    days: int = 0
    there: tuple[Link, ...] = ()
    names: tuple[Link, ...] = ()
    others: tuple[Link, ...] = ()
    words: frozenset[str] = field(default=frozenset())

    @property
    def size(self) -> int:
        """How much it says besides the kind."""
        return len(self.there) + len(self.names) + len(self.words)


class _Open(NamedTuple):
    """That a question is read openly: of the activity whose title it has, if any, of these States ("the Serbian visit")."""

    titled: Event | None
    states: frozenset[str]


# "Did it hold a training in April?" asks for any, and not for the one that is dated so.
_ONE_OF = lazy_pattern(
    r"^\W*(?:did|does|has|have|had|was|were|is|are)\b[^?]*?\b(?:an?|any|some) (?:[\w-]+ ){0,3}?"
    r"(?:event|workshop|seminar|conference|course|training|meeting|visit|exercise|session|round ?table)s?\b",
    re.IGNORECASE,
)


class Described:
    """Reads such questions, over one set of facts; `asking` makes a question of a text."""

    def __init__(self, filtering: Filtering, asking: Callable[[str], Question]) -> None:
        self.filtering, self.facts, self.asking = filtering, filtering.facts, asking

    def read(self, question: Question) -> tuple[Candidate, float] | None:
        """Return what is told of the one activity that is described, and how sure it is that this is meant.

        None if the question is not plain, if no activity or more than one fits, or if nothing of it is told.
        """
        for asking, event, said in self._described(question):
            found = self._told(asking, event, said)
            period = question.linked.days
            plenty = said.size + bool(period) >= _PLENTY or bool(period and period.exact)
            # Who organized it may have taken part, too.
            sure = SURE if plenty and found and found.projection != TOOK_PART else LIKELY
            return (found, sure) if found else None
        return None

    def openly(self, question: Question, titled: Event | None = None) -> tuple[Candidate, tuple[str, ...]] | None:
        """Return the likeliest reading of such a question that is open in whom it means, and what else it may mean.

        If the title of an activity is given, "event" stands in its place, and what else is said of it it has to bear.
        """
        linked = question.linked
        opened = _Open(titled, frozenset(linked.demonyms))
        if linked.demonyms and (titled or _MANY.match(linked.text)):
            # How many of one State came is not how many came.
            return None
        if linked.demonyms:
            question = self.asking(_without_adjectives(linked))
        described = self._described(question, opened)
        # The words for kinds say nothing of what an activity was about.
        said, naming = wording.stems(linked.text) | asked_kinds.stems(), self.filtering.naming
        for asking, event, of_it in described:
            known = titled is not None or wording.stems(event.label) <= said
            found = open_activity.read(asking, event, naming, known)
            return None if found is None or _asks_others(found[0], of_it) else found
        return None

    def _described(self, question: Question, openly: _Open | None = None) -> Iterator[tuple[Question, Event, _Said]]:
        """Yield a question with `titles.IT` in the place of the one activity it describes, that, and what is said of it."""
        linked, links = question.linked, plain_words.named(question)
        if linked.ambiguous or linked.chapters or linked.other_year or linked.demonyms:
            return
        if any(link.excluded or link.broad for link in links):
            return
        words = plain_words.words(question)
        for start, end in plain_activity.places(words, bool(openly)):
            first, behind = _names(words[:start]), _names(words[:end])
            said = self._said(question, words[start:end], links[first:behind], openly)
            event = self._only(question, said, openly) if said else None
            if event is None or said is None:
                continue
            yield self.asked_of(question, start, end), event, said

    def asked_of(self, question: Question, start: int, end: int) -> Question:
        """Return a question with `titles.IT` in the place of the words that are an activity, which end before `end`."""
        links, words = plain_words.named(question), plain_words.words(question)
        left = iter([*links[: _names(words[:start])], *links[_names(words[:end]) :]])
        said_of_it = (*words[:start], *words[end:])
        # "Was it one of its donors?" is the only number that may be asked of one.
        rest = [next(left).thing.label if _names([word]) else "one" if word == BOUND else word for word in said_of_it]
        return self.asking(" ".join([*rest[:start], "the", titles.IT, *rest[start:]]))

    def _told(self, asking: Question, event: Event, said: _Said) -> Candidate | None:
        """Return what is told of an activity; None if it is nothing, or not as it is asked for."""
        found, _ = plain_activity.read(asking, event, self.filtering.naming)
        if found is None or not found.answer:
            return None
        naming, attended = self.filtering.naming, found.projection in ATTENDANCE
        if plain_activity.is_vague(found, event) or _asks_others(found, said):
            return None
        # People may be of the bodies that came, or beside them.
        return None if attended and roles_of(event.told, ATTENDEES) and came_as(naming, event)[0] else found

    def _said(self, question: Question, words: Sequence[str], links: Sequence[Link], openly: _Open | None) -> _Said | None:
        """Return what a description says; None if that is not known, or if it has no kind, or more than one.

        Beside a title it may be said what it was: "the training course {title}" has two.
        """
        kinds, most = asked_kinds.OPEN if openly else asked_kinds.KINDS, 2 if openly and openly.titled else 1
        said, nouns = _Said(frozenset(), frozenset()), 0
        left, place = iter(links), 0
        if words and words[-1] in _JOINS and not question.linked.days:
            return None
        while place < len(words):
            word, before = words[place], words[place - 1] if place else ""
            noun = asked_kinds.at(words, place, kinds)
            size = len(noun)
            if noun:
                nouns += 1
                said = replace(said, kinds=kinds[noun], nouns=said.nouns | set(map(wording.stem, noun)))
            elif word == BOUND:
                told = _LENGTH.search(question.linked.text)
                days = _NUMBERS.get(told[1].casefold()) if told else None
                if days is None or words[place + 1 : place + 2] not in (["day"], ["days"]):
                    return None
                said, size = replace(said, days=days), 2
            elif word.startswith("{"):
                link = next(left)
                if link.thing.cls in INSTRUMENTS:
                    return None
                if link.thing.cls in AREAS and before in _THERE:
                    said = replace(said, there=(*said.there, link))
                else:
                    said = replace(said, names=(*said.names, link))
                    beside = link.thing.is_actor and link.thing.cls not in AREAS and nouns and before in _WITH
                    said = replace(said, others=(*said.others, link)) if beside else said
            elif word not in _JOINS:
                said = replace(said, words=said.words | {wording.stem(word)})
            place += size or 1
        return said if 1 <= nouns <= most else None

    def _only(self, question: Question, said: _Said, openly: _Open | None) -> Event | None:
        """Return the one activity that bears all that is said; None if there is none, or another.

        What was then and there but is of another kind may be meant, too, unless the very days are said.
        """
        period = question.linked.days
        if openly and openly.titled:
            return openly.titled if self._bears(question, openly.titled, replace(said, kinds=frozenset())) else None
        if said.size < (_FEWEST if period or openly else _PLENTY) or (not said.kinds and not (period and period.exact)):
            return None
        loose = said if period and period.exact else replace(said, kinds=frozenset())
        found = [event for event in self.facts.events.values() if self._bears(question, event, loose)]
        if openly:
            # A visit is called no training.
            kinds = asked_kinds.alike(said.kinds)
            found = [e for e in found if self._is_of(e, openly.states) and (not kinds or e.kinds & kinds)]
        if period and len(found) > 1 and not _ONE_OF.search(question.linked.text):
            found = [event for event in found if (period.start, period.end) in event.days]
        return found[0] if len(found) == 1 and self._bears(question, found[0], said) else None

    def _is_of(self, event: Event, states: frozenset[str]) -> bool:
        """Whether an activity was in all these States, or for nobody but bodies of them."""
        came = set(roles_of(event.told, CAME))
        others = (state for state in states if state not in event.areas)
        return all(came and came <= self.filtering.naming.circle(state) for state in others)

    def _bears(self, question: Question, event: Event, said: _Said) -> bool:
        """Whether an activity is of the kind, in the place and the period, and bears all names and words."""
        period = question.linked.days
        if period and event.fits(period) <= 1:
            return False
        if said.kinds and said.kinds.isdisjoint(event.kinds) and not said.nouns <= event.titles:
            return False
        if said.days and length(event) != said.days:
            return False
        if not all(self.filtering.has(event, WHERE, link) for link in said.there):
            return False
        borne = {stem for stem, weight in event.bag.items() if weight >= TERM}
        return said.words <= borne and all(self._has(question, event, link, borne) for link in said.names)

    def _has(self, question: Question, event: Event, link: Link, borne: set[str]) -> bool:
        """Whether an activity has a name: as a theme, as its place, in its title, or as who had a part in it."""
        iri = link.thing.iri
        if iri in event.themes or iri in event.areas or question.linked.stems(link) <= borne:
            return True
        return link.thing.is_actor and not self.filtering.naming.circle(iri).isdisjoint(event.involved)


def _asks_others(found: Candidate, said: _Said) -> bool:
    """Whether it is asked who ran what is described by whom it was with: these are a part of what is asked."""
    return bool(said.others) and (found.projection in _RAN or found.family == HAD)


def _without_adjectives(linked: Linked) -> str:
    """Return a question without the adjectives of States."""
    text = linked.text
    for place in sorted(linked.adjectives, reverse=True):
        text = text[: linked.words[place].start] + text[linked.words[place].end :]
    return text


def _names(words: Sequence[str]) -> int:
    """Return how many of the words stand for names."""
    return sum(word.startswith("{") and word != BOUND for word in words)
