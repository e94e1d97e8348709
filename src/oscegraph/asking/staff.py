"""Stage 10e11a: candidates on the staff of units and departments: numbers, sums, who has most, who tells none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import bounds, targets, wording
from oscegraph.asking.asked_chapters import span_of_chapters
from oscegraph.asking.asked_types import is_of, staff_category
from oscegraph.asking.candidates import Candidate, Place
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question, besides
from oscegraph.asking.staff_told import StaffTold

_STAFF = "staff people partner deal many most least units operations secretariat typed more"
_DEPARTMENT = lazy_pattern(
    r"\b(?:departments?|sections?|branch(?:es)?|teams?|units?|split|divided?|broken?|break|distribut\w*)\b", re.I
)
_SECRETARIAT = lazy_pattern(r"\bsecretariat\b", re.IGNORECASE)
# "Which of the Secretariat units", "which unit of the Secretariat"; not "outside the Secretariat".
_OF_IT = lazy_pattern(
    r"\bsecretariat(?:'s|’s)?\s+(?:units?|structures?)\b|\b(?:of|in|within)\s+the\s+(?:OSCE\s+)?secretariat\b", re.IGNORECASE
)
_UNSAID = lazy_pattern(
    r"\b(?:no|not|without|nothing|lacks?|silent|omits?|missing|fails?)\b|\b(?:does|do|did)n['’]t\b", re.IGNORECASE
)
_UNTOLD = "structure_without_staff"
# How two are compared.
_MORE = lazy_pattern(r"\b(?:more|larger|bigger|higher|greater|exceed\w*|outnumber\w*)\b", re.IGNORECASE)
_FEWER = lazy_pattern(r"\b(?:fewer|less|smaller|lower)\b", re.IGNORECASE)
_SAME = lazy_pattern(r"\b(?:same|equal\w*|as many|identical)\b", re.IGNORECASE)
_HOW_FAR = lazy_pattern(
    r"\b(?:no|not|never|neither|twice|times|at least|at most|half|double|\d+)\b|n['\u2019]t\b", re.IGNORECASE
)
# "How many field operations have exactly three?" asks for their number, not for their names.
_HOW_MANY = lazy_pattern(
    r"\bhow many\s+(?:of\s+(?:the|these)\s+)?(?:(?!staff|people|persons|members)[\w-]+\s+){0,2}?"
    r"(?:units?|structures?|operations?|missions?|offices?|institutions?)\b",
    re.I,
)
_SUM, _EACH = (
    lazy_pattern(rf"\b(?:{wording.IN_ALL})\b", re.I),
    lazy_pattern(r"\b(?:each|every|per|respective\w*)\b", re.I),
)
_PAIR = 2
_PICKS = (("most", max), ("fewest", min))
_YEARS = (1990, 2020)
_ASKED = frozenset({"staff", "people"})


def said_numbers(question: Question) -> list[int]:
    """Return the numbers that a question says, in figures or words.

    The year of the report and those beside it are none.
    """
    said = [*question.linked.numbers, *sorted(targets.numbers(question.linked.text))]
    return [number for number in dict.fromkeys(said) if not _YEARS[0] <= number <= _YEARS[1]]


def kinds_of_staff(question: Question) -> list[str]:
    """Return of which kinds of structures the staff is asked for, none for any."""
    # "How many in each field operation": the kind is not that of the answer, but of whose staff it is.
    kinds = question.types or [cue for cue in ("operations", "secretariat") if cue in question.linked.cues]
    of_it = kinds == ["units"] and _OF_IT.search(question.linked.text)
    return ["secretariat"] if of_it or (not kinds and _SECRETARIAT.search(question.linked.text)) else list(kinds)


def _in_all(question: Question) -> bool:
    """Whether a sum alone is asked for: "how many in all", not "how many has each, and all together".

    What each has would be no answer then.
    """
    return bool(_SUM.search(question.linked.text)) and not _EACH.search(question.linked.text)


def _told(question: Question, names: list[str]) -> list[Any]:
    """Return names, or how many they are where a question asks how many structures."""
    return [len(names)] if _HOW_MANY.search(question.linked.text) else list(names)


def tally(
    question: Question, projection: str, answer: list[Any], cues: str, name: str, things: list[str], **values: Any
) -> Candidate:
    """Return a candidate that a named query gives, on these things: all other names of the question are left open."""
    left = besides(question, things)
    found = Candidate("tally", projection, answer, frozenset(cues.split()), name, values)
    found.open_words, found.open_links = question.tokens, left
    return found


class OfStaff(StaffTold):
    """Makes the candidates of questions on staff."""

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of a question on staff."""
        if question.polar:
            yield from self._polar(question)
        elif question.linked.cues & _ASKED:
            yield from self._staff(question)

    def _polar(self, question: Question) -> Iterator[Candidate]:
        """Yield whether the first of two structures has more staff than the other, fewer, or as many."""
        text, words = question.linked.text, [word.plain for word in question.linked.words]
        found = {iri: k for k in question.links for iri in self.structures(k.thing.iri) if iri in self.staff}
        if len(found) != _PAIR or not (question.linked.cues & {"staff", "people"}) or _HOW_FAR.search(text):
            return
        named = list(found)
        one, other = (self.staff[iri] for iri in named)
        # Who is compared with whom is only clear if one stands before "than", and the other behind it.
        than = words.index("than") if "than" in words else -1
        apart = found[named[0]].end <= than <= found[named[1]].start
        for name, said, so in (("more", _MORE, one > other), ("fewer", _FEWER, one < other), ("same", _SAME, one == other)):
            if said.search(text) and (apart or name == "same"):
                yield self._of_staff(question, f"{name} staff", [so], named, structure=named)

    def _staff(self, question: Question) -> Iterator[Candidate]:
        """Yield the staff of structures, and which have most, fewest or so many."""
        departments = [number for _, one, number in self.departments if one in {k.thing.iri for k in question.links}]
        if len(departments) == 1:
            # All of the structure is no answer.
            yield self._of_staff(question, "staff of departments", departments, [])
            return
        named = [iri for k in question.links for iri in self.structures(k.thing.iri) if iri in self.staff]
        tellers = map(self.facts.teller, span_of_chapters(question.linked.text) or question.linked.chapters)
        named += [iri for iri in tellers if iri in self.staff]
        if named:
            yield from self._of_structures(question, list(dict.fromkeys(named)))
        if _DEPARTMENT.search(question.linked.text):
            yield from self._by_department(question, list(dict.fromkeys(named)))
        kinds = kinds_of_staff(question)
        for types in [tuple(kinds), ()] if kinds else [()]:
            if _UNSAID.search(question.linked.text):
                yield from self._unsaid(question, types)
            pool = named if len(named) > 1 else list(self.staff)
            held = {iri: self.staff[iri] for iri in pool if not types or is_of(self.directory, types, iri)}
            if not held:
                continue
            if len(held) > 1:
                pairs = [[self.directory.label(iri), number] for iri, number in held.items()]
                if not _in_all(question):
                    yield self._of_staff(question, "staff of each of kind", pairs, named)
                yield self._of_staff(question, "staff by category", self._categories(set(held)), named)
                yield self._of_staff(question, "staff of kind in all", [sum(held.values())], named)
            for which, pick in _PICKS:
                best = pick(held.values())
                projection = f"{which} staff of kind" if types else f"{which} staff"
                first = self._of_staff(question, projection, self._with_staff(held, best), named)
                sign = -1 if which == "most" else 1
                ranks = sorted((sign * number, self.directory.label(iri)) for iri, number in held.items())
                first.order = tuple(Place(label, sign * number) for number, label in ranks)
                yield first
                rows = [[name, best] for name in self._with_staff(held, best)]
                yield self._of_staff(question, f"{projection} with number", rows, named)
                yield self._of_staff(question, f"number of {which} staff", [best], named)
            if keeps := bounds.bound(question.linked.text):
                kept = {self.directory.label(iri): n for iri, n in held.items() if keeps(n)}
                yield self._of_staff(question, "staff within bounds with number", list(map(list, kept.items())), named)
                yield self._of_staff(question, "staff within bounds", _told(question, list(kept)), named)
                continue
            numbers = said_numbers(question)
            if len(numbers) > 1:
                rows = [[self.directory.label(iri), n] for iri, n in held.items() if n in numbers]
                yield self._of_staff(question, "one of these numbers of staff", rows, named)
            for number, name in zip(numbers, ("so many staff", "so many staff, said later"), strict=False):
                # "Two units with five each": the first number may say how many units.
                yield self._of_staff(question, name, _told(question, self._with_staff(held, number)), named)

    def _unsaid(self, question: Question, types: tuple[str, ...]) -> Iterator[Candidate]:
        """Yield the structures whose chapters tell no number of staff, and these chapters."""
        found = {row["structure"] or "": row["chapter"] for row in self.facts.listed(_UNTOLD)}
        found = {iri: chapter for iri, chapter in found.items() if not types or is_of(self.directory, types, iri)}
        if not found:
            return
        ending, values = " of kind" if types else "", {"structure": list(found)}
        labels = list(map(self.directory.label, found))
        yield tally(question, f"staff untold{ending}", labels, _STAFF, _UNTOLD, [], **values)
        yield tally(question, f"chapters of staff untold{ending}", list(found.values()), _STAFF, _UNTOLD, [], **values)

    def _by_department(self, question: Question, named: list[str]) -> Iterator[Candidate]:
        """Yield the staff of departments: of the structures that are named, and of all that tell it."""
        label = self.directory.label
        for among in dict.fromkeys((tuple(named), ())):
            held = [one for one in self.departments if not among or one[0] in among]
            if not held:
                continue
            ending = "" if among else " of all"
            rows: list[list[Any]] = [[label(department), number] for _, department, number in held]
            if len({whole for whole, _, _ in held}) > 1:
                rows = [[label(whole), *row] for (whole, _, _), row in zip(held, rows, strict=True)]
            yield self._of_staff(question, f"staff by department{ending}", rows, named)
            yield self._of_staff(question, f"staff of departments{ending}", [number for _, _, number in held], named)

    def _of_structures(self, question: Question, known: list[str]) -> Iterator[Candidate]:
        """Yield the staff of the structures that are named."""
        staff, label = self.staff, self.directory.label
        held = [staff[iri] for iri in known]
        if category := staff_category(question.linked.text):
            # All staff together are no answer.
            own = (one.split() for one in (self.categories.get(known[0], ()) if len(known) == 1 else ()))
            if part := [int(number) for number, kind in own if kind == category]:
                yield self._of_staff(question, f"{category} staff", part, known, structure=known)
            return
        if len(known) == 1:
            yield self._of_staff(question, "staff", held, known, structure=known)
            if rows := [[kind, int(number)] for number, kind in (one.split() for one in self.categories.get(known[0], ()))]:
                yield self._of_staff(question, "staff by category of one", rows, known, structure=known)
                numbers = [number for _, number in rows]
                yield self._of_staff(question, "staff of categories", numbers, known, structure=known)
            same = [label(iri) for iri, number in staff.items() if number == held[0] and iri not in known]
            yield self._of_staff(question, "same staff", same, known)
            return
        pairs = [[label(iri), staff[iri]] for iri in known]
        if not _in_all(question):
            yield self._of_staff(question, "staff of each", pairs, known, structure=known)
        yield self._of_staff(question, "staff in all", [sum(held)], known, structure=known)
        yield self._of_staff(question, "staff difference", [abs(held[0] - held[1])], known, structure=known)

    def _of_staff(
        self, question: Question, projection: str, answer: list[Any], things: list[str], **values: Any
    ) -> Candidate:
        return tally(question, projection, answer, _STAFF, "figure_staff", things, **values)

    def _categories(self, among: set[str]) -> list[list[Any]]:
        """Return the structures whose staff is told by category, with their numbers."""
        label = self.directory.label
        return [[label(iri), ", ".join(numbers)] for iri, numbers in self.categories.items() if iri in among]

    def _with_staff(self, held: dict[str, int], number: int) -> list[str]:
        """Return the names of the structures with so many staff."""
        return sorted(self.directory.label(iri) for iri, n in held.items() if n == number)
