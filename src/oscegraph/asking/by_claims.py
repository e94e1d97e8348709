"""Stage 10g8: claims that the answer to another question tells: of the only one, of who did most, of two alike."""

from __future__ import annotations

from typing import Any

from oscegraph.asking import asked_claims, asked_forms, joined, polar, wording
from oscegraph.asking.asked import ANSWERED, VERY_SURE, Asked
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.by_columns import ByColumns

_PLACES, _INVITED = (*AREAS, "Place"), wording.stem("invited")


class ByClaims(ByColumns):
    """Answers such claims by what answers the question for it."""

    def _claimed(self, question: str, text: str) -> Asked | None:
        """Answer whether a claim is so by the answers that it is on; None if it is none, or these are not told."""
        if not polar.is_polar(text):
            return None
        if did := asked_claims.each_did(text):
            return self._unless_one_alone(question, did)
        one, sides, each = asked_claims.the_one(text), asked_claims.same(text), asked_claims.both(text)
        if not (one or sides or each or asked_claims.SAME_AS.search(text)):
            return None
        if asked_claims.DENIED.search(text):
            return joined.back(question, [])
        if one:
            told = self._is_the_one(question, one)
            # That it is the only one is no guess: a statement on it says nothing of others.
            return joined.back(question, [one.question]) if told is None and (one.only or one.invited) else told
        if each:
            return self._of_both(question, *each)
        # Nor is a statement on one of two one on both.
        return (self._are_same(question, sides) if sides else None) or joined.back(question, sides or ())

    def _is_the_one(self, question: str, one: asked_claims.TheOne) -> Asked | None:
        """Return whether somebody is the one that a question asks for; None if it is not known, or there are others, too."""
        named = self._named_alone(one.who)
        asked = self._asked(one.question) if named else None
        if asked is None or asked.status != ANSWERED or not asked.answer:
            return None
        if one.invited and not (asked.source and asked.source.found and _INVITED in asked.source.found.detail.bag):
            # Who organized something need not have invited somebody.
            return None
        told = {str(row[0] if isinstance(row, list) else row) for row in asked.answer}
        inside = any(named & {value, *self.directory.bearers(value)} for value in told)
        if one.only:
            so = len(told) == 1 if inside else None
        elif inside:
            so = True if len(told) == 1 else None
        else:
            so = False if asked_claims.superlative(one) or asked.confidence >= VERY_SURE else None
        return None if so is None else self._as_claim(question, asked, so, one.who)

    def _as_claim(self, question: str, asked: Asked, so: bool, who: str) -> Asked:
        """Return an answer as that to a claim, with what it told as a hint."""
        values = "; ".join(", ".join(map(str, row)) if isinstance(row, list) else str(row) for row in asked.answer)
        asked.question, asked.answer = question, [so]
        asked.reading = f"Whether {who} is the answer: {asked.reading}"
        asked.hints = [f"Told: {values}.", *asked.hints[asked.choices :]]
        asked.choices, asked.ranked, asked.whole = 0, False, True
        asked.confidence = min(asked.confidence, VERY_SURE)
        return asked

    def _named_alone(self, who: str) -> set[str]:
        """Return by what answers tell the one thing that words name, if they say nothing else: its label and its IRI."""
        said = self.titles.said(who)
        if len(said) == 1 and (event := self.facts.events.get(said[0].iri)):
            return {event.label}
        if thing := self._one_thing(who):
            return {thing.iri, thing.label, self.maker.naming.symbol(thing.iri)}
        # What is described, "the seminar in Kiev", may be an activity.
        event, _ = self._meant([f"Which chapters tell of {who}?"]) if who.startswith(("the ", "The ")) else (None, 0.0)
        return {event.label} if event else set()

    def _unless_one_alone(self, question: str, sides: tuple[str, str]) -> Asked | None:
        """Return what is claimed of both of two asked back if it is told of one alone: a yes would be of that one."""
        so = [asked.status == ANSWERED and asked.answer == [True] for asked in map(self._asked, sides)]
        return joined.back(question, sides) if any(so) and not all(so) else None

    def _are_same(self, question: str, sides: tuple[str, str]) -> Asked | None:
        """Return whether two questions have the same answer; None if one has none, or some of it is the same."""
        found = [self._asked(side) for side in sides]
        one, other = (asked_forms.flat(asked.answer) if asked.status == ANSWERED else set[Any]() for asked in found)
        if not one or not other or (one != other and one & other):
            return None
        return self._settled(question, found, one == other)

    def _of_both(self, question: str, first: str, other: str, places: tuple[str, str]) -> Asked | None:
        """Return whether something is so of both of two places, by what is so of each; None if that is not known."""
        things = [[link.thing.cls for link in self._question(f"{place}?").linked.links] for place in places]
        if any(len(held) != 1 or held[0] not in _PLACES for held in things):
            return None
        found = [self._asked(side) for side in (first, other)]
        if any(asked.status != ANSWERED or asked.answer != [True] for asked in found):
            # What is not told of one may be told in other words.
            return joined.back(question, [first, other]) if found[0].status == found[1].status == ANSWERED else None
        return self._settled(question, found, True)

    def _settled(self, question: str, found: list[Asked], so: bool) -> Asked:
        asked = joined.combined(question, found, [so])
        asked.confidence, asked.whole = min(VERY_SURE, *(one.confidence for one in found)), True
        return asked
