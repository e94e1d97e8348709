"""Stage 10e2: whom and what an answer names: labels, whom it leaves out, and what is of the kind that is asked for."""

from __future__ import annotations

import functools
import re
from typing import Any

from oscegraph.asking import asked_roles, targets, wording
from oscegraph.asking.asked_links import Link, joined_by_or
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import ROLES
from oscegraph.asking.facts import Facts
from oscegraph.asking.kinds import asks_activity
from oscegraph.asking.labels import Labels
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail, rows
from oscegraph.namespaces import expand

_PARTNER = frozenset({"partner", "withwhom", "together"})
_BESIDES_OSCE = lazy_pattern(
    r"\b(?:besides?|apart from|aside from|other than|except(?: for)?|together with|in addition to|alongside) the OSCE\b"
    r"(?=\s*(?:[,;:.?]|itself|who|which|what|that|were|was|did|and)\b|\s*[,;:.?])",
    re.IGNORECASE,
)
# "Pilot sessions apart, where were the courses held?"
_APART = lazy_pattern(
    r"(?:^|[,;:(]\s*)(?P<before>[^,;:()?]{3,40}?)\s+(?:apart|aside|excluded|excepted)\s*[,;)]"
    r"|\b(?:apart from|aside from|leaving (?:aside|out)|not counting|excluding|except(?: for)?|disregarding)\s+"
    r"(?P<behind>[^,;:()?]{3,40}?)(?=\s*[,;:)?.]|$)"
    r"|^\W*besides?\s+(?P<first>[^,;:()?]{3,40}?),\s*how many\b",
    re.IGNORECASE,
)
# Kinds of parts of the OSCE; what says more of one behind its name; what asks for more of each.
_NGOS = ("ngos",)
# A body stands for its State, where these are asked for.
_OF_STATES = frozenset({"states", "participating", "cooperating"})
_OSCE_TYPES = frozenset({"units", "operations", "secretariat"})
_QUALIFIED = lazy_pattern(r"(?:, [^()]+)?(?: \([^()]+\))?$")
_MORE_OF_EACH = lazy_pattern(
    r"\b(?:each|every|respectively|departments?|programmes?"
    r"|and (?:(?:for|in|on|with|to|at|by|of) )?(?:how|when|where|which|what|who|whom))\b|[:;]",
    re.IGNORECASE,
)
# With whom something was organized, or who else did, is asked of others than those who are named.
_WITH_OTHERS = lazy_pattern(
    r"\b(?:with|together|besides?|apart|alongside|else|other|others|co-organi\w+|jointly)\b", re.IGNORECASE
)
_OF = lazy_pattern(r"\bof\s+(?:the\s+)?(?:OSCE\s+)?$", re.IGNORECASE)
# "The countries of the officers for whom it held the course" are those who attended.
_FOR_WHOM = lazy_pattern(r"\bfor (?:whom|whose|which (?:bodies|countries|states|groups))\b", re.IGNORECASE)


def types(question: Question) -> list[tuple[str, ...]]:
    """Return the types to which an answer may be limited: none, and those that the question has."""
    return [(), tuple(question.types)] if question.types else [()]


def asked_for(question: Question) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Return the sets of roles that a question may ask for, each with its cues: those of its cues, or all if it has none."""
    said = question.linked.cues & set(asked_roles.ROLES)
    if said and _FOR_WHOM.search(question.linked.text):
        said = said | {"attend", "benefit"}
    if question.linked.cues & _PARTNER:
        said = said | {"partner"}
    return [(name, roles, cues) for name, (roles, cues) in ROLES.items() if not said or name == "anybody" or cues & said]


def set_aside(question: Question) -> set[str]:
    """Return the OSCE if a question sets it aside, "besides the OSCE"; the name is no link, as most names begin with it."""
    return {expand("body:osce") or ""} if _BESIDES_OSCE.search(question.linked.text) else set()


def _is_included(question: Question, link: Link) -> bool:
    """Whether an answer has to name this, too: "the SPMU included", "including the SPMU"."""
    words = [word.plain for word in question.linked.words]
    before, after = words[max(link.start - 3, 0) : link.start], words[link.end : link.end + 1]
    if "including" in before[-2:]:
        return not {"not", "without"} & set(before)
    return after in (["included"], ["inclusive"])


def _is_whose(question: Question, link: Link) -> bool:
    """Whether a name says whose an activity is, and it is asked who organized that: "the seminar of the unit"."""
    text, words = question.linked.text, question.linked.words
    asked = asked_roles.WHO_MADE.search(text) and not _WITH_OTHERS.search(text)
    return bool(asked) and link.end > link.start and bool(_OF.search(text[: words[link.start].start]))


class Naming(Labels):
    """Names what answers hold, over one set of facts."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._of_types = functools.lru_cache(maxsize=20_000)(self._find_of_types)

    def aside(self, question: Question) -> set[str]:
        """Return the names of what a question sets aside: "besides the SPMU"."""
        out = {link.thing.iri for link in question.linked.links if link.excluded} | set_aside(question)
        return set(map(self.name, out))

    def apart(self, question: Question) -> set[str]:
        """Return the activities that a question sets aside by words of their titles: "the pilot sessions apart"."""
        stems = self._apart(question)
        return {iri for iri, event in self.facts.events.items() if stems <= event.titles} if stems else set()

    def cannot_set_aside(self, question: Question, people: bool = False) -> bool:
        """Whether a question sets something aside that is neither a name nor words of titles: "not counting workshops".

        What words set aside of the `people` who came, "besides the director", is in their number all the same.
        """
        named = any(link.excluded for link in question.linked.links) or set_aside(question)
        apart = None if named else self._apart(question)
        return apart is not None and (people or not apart)

    def _apart(self, question: Question) -> set[str] | None:
        """Return the stems of what a question sets aside, without names and words that ask; None if there is nothing."""
        match = _APART.search(question.linked.text)
        if not match:
            return None
        start, end = match.span(match.lastgroup or 0)
        taken = {i for link in question.linked.links for i in range(link.start, link.end)}
        words = [w for i, w in enumerate(question.linked.words) if i not in taken and start <= w.start and w.end <= end]
        return {word.stem for word in words if word.plain not in wording.EMPTY and not wording.cues().get(word.plain)}

    def told(self, detail: Detail) -> list[Any]:
        """Return the values of a detail as they are answered: numbers, days, names."""
        if detail.kind == "number":
            return [int(v) for v in detail.values]
        if detail.kind == "date":
            return list(dict.fromkeys(part for v in detail.values for part in v.split("/")))
        return rows(detail.values) or [self.name(v) for v in detail.values]

    def ngos_alone(self, question: Question, answer: list[Any]) -> list[Any]:
        """Return those of several values that may be NGOs, if these are asked for and others are told with them."""
        if list(question.types) != list(_NGOS):
            return answer
        things = [self.directory.things.get(self.of_label.get(str(value), "")) for value in answer]
        left = [value for value, thing in zip(answer, things, strict=True) if thing is None or wanted(_NGOS, thing)]
        return left or answer

    def units_alone(self, question: Question, answer: list[Any]) -> list[Any]:
        """Return the units of values that say more of each, "OSCE Mission to Serbia (visit)", if units alone are asked for.

        Values of which one is no unit of the kind are returned as they are.
        """
        asked = tuple(one for one in question.types if one in _OSCE_TYPES)
        if (
            not asked
            or len(answer) < 2
            or _MORE_OF_EACH.search(question.linked.text)
            or not any(map(_QUALIFIED.search, map(str, answer)))
        ):
            return answer
        heads = [self.of_label.get(_QUALIFIED.sub("", str(value))) for value in answer]
        units = [self.unit(iri) or iri if iri else None for iri in heads]
        if None in units or not all(iri and wanted(asked, self.directory.things[iri]) for iri in units):
            return answer
        found = list(dict.fromkeys(self.labels(filter(None, units))))
        number = targets.expected(question.linked.text)
        return found if not number or len(found) == number else answer

    def in_choice(self, question: Question) -> set[str]:
        """Return those whom a question names as a choice, "UNODC or the IOM", with all that belongs to them."""
        named = (link for link in question.links if link.thing.is_actor and not link.excluded)
        pairs = joined_by_or(named, [word.plain for word in question.linked.words])
        return {actor for pair in pairs for link in pair for actor in self.circle(link.thing.iri)}

    def kept(self, question: Question, actors: list[str], types: tuple[str, ...]) -> list[str]:
        """Return actors without those that the question names itself, parts of others that are there, and other types."""
        if types not in question.named:
            question.named[types] = self._named(question, types)
        out, inside = question.named[types]
        actors = [a for a in dict.fromkeys(actors) if a not in out and (not inside or a in inside)]
        if not types:
            return self.without_parts(self.without_wholes(actors))
        found = list(dict.fromkeys(iri for actor in actors for iri in self._of_types(actor, types)))
        return found if types == ("departments",) else self.without_parts(found)

    def _named(self, question: Question, types: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """Return whom the question names, who are no answer, and in whom the answer has to be, if it asks for parts."""
        out = set_aside(question)
        inside: set[str] = set()
        for link in question.linked.links:
            if types != ("departments",) and (_is_included(question, link) or _is_whose(question, link)):
                continue
            if not link.thing.is_actor or (link.thing.cls in AREAS and not link.excluded):
                continue
            circle = self.directory.circle(link.thing.iri)
            if types == ("departments",):
                inside |= circle
                out.add(link.thing.iri)
            else:
                out |= circle
        return out, inside

    def _find_of_types(self, actor: str, types: tuple[str, ...]) -> tuple[str, ...]:
        """Return an actor that is of one of the types, or the state or unit that it stands for."""
        thing = self.directory.things.get(actor)
        if thing is None or wanted(types, thing):
            return (actor,)
        if _OF_STATES.intersection(types) and thing.type in ("national-body", "academic-body"):
            states = thing.facts.get("jurisdiction", ())[:1]
            return tuple(iri for iri in states if "states" in types or wanted(types, self.directory.things[iri]))
        if "units" in types and (unit := self.unit(actor)):
            return (unit,)
        return ()

    def choices(self, question: Question, actors: list[str]) -> list[tuple[list[str], tuple[str, ...]]]:
        """Return actors as they are, and only those of the states whose adjectives the question has, each with its flag."""
        found: list[tuple[list[str], tuple[str, ...]]] = [(actors, ())]
        if question.linked.demonyms and (ours := self.of_state(question.linked.demonyms, actors)) != actors:
            found.append((ours, ("of state",)))
        return found

    def can_be(self, question: Question, iri: str) -> bool:
        """Whether a thing is of the kind that a question asks for."""
        asked = question.target.asked
        if iri in self.facts.events:
            return asks_activity(question)
        thing = self.directory.things.get(iri)
        if thing is None:
            return False
        if thing.cls in INSTRUMENTS:
            return targets.DECISION in asked or not asked - {targets.OTHER}
        if question.types:
            return wanted(question.types, thing)
        return targets.WHO in asked or not asked - {targets.OTHER}
