"""Stage 10e5: candidates on what the report counts: activities by year, staff of units, parties to treaties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR

_STATES = frozenset({"ratify", "signed", "outside_of"})
_GROUPS = (("participating States", "pstates"), ("Partners for Co-operation", "partners_for"))
_LISTED = ("ratified", "signed only", "not a party")
# In the order in which a treaty and its protocols are told.
_CONVENTION = "untoc"


class Tallies:
    """Makes the candidates of questions on counts, staff and parties."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def staff(self) -> dict[str, int]:
        """The staff of each structure, all categories together."""
        found: dict[str, int] = defaultdict(int)
        for row in query.run(self.facts.store, "figure_staff"):
            found[row["structure"] or ""] += int(row["staff"] or 0)
        return dict(found)

    @cached_property
    def parties(self) -> dict[tuple[str, str], dict[str, int]]:
        """For each instrument and group of states how many ratified, only signed or stayed outside, by the table."""
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in query.run(self.facts.store, "figure_ratification", year=REPORT_YEAR + 1):
            found[row["instrument"] or "", row["stateGroup"] or ""][row["status"] or ""] = int(row["states"] or 0)
        return dict(found)

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of activities that the report states for each year."""
        rows = query.run(self.facts.store, "figure_counts")
        return {row["year"] or "": int(row["stated"] or 0) for row in rows if row["stated"]}

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of a question on counts, staff and parties."""
        if question.polar:
            return
        cues = question.linked.cues
        if cues & _STATES:
            yield from self._parties(question)
        if "staff" in cues or "people" in cues:
            yield from self._staff(question)
        if "activity" in cues or "many" in cues:
            yield from self._counts(question)

    def _one(
        self, question: Question, projection: str, answer: list[Any], cues: str, name: str, things: list[str], **values: Any
    ) -> Candidate:
        left = [k for k in question.links if k.thing.iri not in things and not k.broad and k.thing.cls != "Concept"]
        found = Candidate("tally", projection, answer, frozenset(cues.split()), name, values)
        found.open_words, found.open_links = question.tokens, left
        return found

    def _parties(self, question: Question) -> Iterator[Candidate]:
        named = [
            k.thing.iri
            for k in question.links
            if k.thing.cls in INSTRUMENTS and (k.thing.iri, _GROUPS[0][0]) in self.parties
        ]
        instruments = sorted({iri for iri, _ in self.parties}, key=lambda iri: (not iri.endswith(_CONVENTION), iri))
        text = question.linked.text.casefold()
        if "protocols" in text and named:
            choices = [named, instruments]
        else:
            choices = [named] if named else [instruments]
        cues = "many ratify signed outside_of pstates partners_for states decision provision force typed"
        for chosen in choices:
            for groups in ([_GROUPS[0][0]], [_GROUPS[1][0]], [group for group, _ in _GROUPS]):
                rows = [self._row(iri, group) for iri in chosen for group in groups]
                both = "both groups" if len(groups) > 1 else groups[0]
                yield self._one(
                    question,
                    f"parties of {both}",
                    rows,
                    cues,
                    "figure_ratification",
                    chosen,
                    instrument=chosen,
                    year=REPORT_YEAR + 1,
                )
                if len(groups) > 1:
                    continue
                for status in _LISTED:
                    numbers = {iri: self.parties[iri, groups[0]].get(status, 0) for iri in chosen}
                    if len(chosen) == 1:
                        yield self._one(
                            question,
                            f"{status} of {both}",
                            [numbers[chosen[0]]],
                            cues,
                            "figure_ratification",
                            chosen,
                            instrument=chosen,
                            year=REPORT_YEAR + 1,
                        )
                    else:
                        pairs = [[self.directory.label(iri), number] for iri, number in numbers.items()]
                        yield self._one(
                            question,
                            f"{status} of each, {both}",
                            pairs,
                            cues,
                            "figure_ratification",
                            chosen,
                            instrument=chosen,
                            year=REPORT_YEAR + 1,
                        )
                        for which, pick in (("most", max), ("fewest", min)):
                            best = pick(numbers.values())
                            names = [self.directory.label(iri) for iri, number in numbers.items() if number == best]
                            yield self._one(
                                question,
                                f"{which} {status}, {both}",
                                names,
                                cues + " most least",
                                "figure_ratification",
                                chosen,
                                instrument=chosen,
                                year=REPORT_YEAR + 1,
                            )

    def _row(self, iri: str, group: str) -> list[Any]:
        """Return an instrument and a group of states with the number of each status."""
        held = self.parties[iri, group]
        told = ", ".join(f"{held.get(status, 0)} {status.removesuffix(' only')}" for status in _LISTED)
        return [f"{self.directory.label(iri)}: {group}", told]

    def _staff(self, question: Question) -> Iterator[Candidate]:
        cues = "staff people partner deal many most least units operations secretariat typed more"
        named = [iri for k in question.links for iri in self._structures(k.thing.iri) if iri in self.staff]
        if named:
            known = list(dict.fromkeys(named))
            if len(known) == 1:
                yield self._one(question, "staff", [self.staff[known[0]]], cues, "figure_staff", known, structure=known)
                same = [
                    self.directory.label(iri)
                    for iri, n in self.staff.items()
                    if n == self.staff[known[0]] and iri not in known
                ]
                yield self._one(question, "same staff", same, cues, "figure_staff", known)
            else:
                pairs = [[self.directory.label(iri), self.staff[iri]] for iri in known]
                yield self._one(question, "staff of each", pairs, cues, "figure_staff", known, structure=known)
                yield self._one(
                    question,
                    "staff in all",
                    [sum(self.staff[iri] for iri in known)],
                    cues,
                    "figure_staff",
                    known,
                    structure=known,
                )
                yield self._one(
                    question,
                    "staff difference",
                    [abs(self.staff[known[0]] - self.staff[known[1]])],
                    cues,
                    "figure_staff",
                    known,
                    structure=known,
                )
        for types in [tuple(question.types), ()] if question.types else [()]:
            pool = named if len(named) > 1 else list(self.staff)
            held = {iri: self.staff[iri] for iri in pool if not types or wanted(list(types), self.directory.things[iri])}
            if not held:
                continue
            for which, pick in (("most", max), ("fewest", min)):
                best = pick(held.values())
                names = sorted(self.directory.label(iri) for iri, n in held.items() if n == best)
                yield self._one(
                    question, f"{which} staff {'of kind' if types else ''}".strip(), names, cues, "figure_staff", named
                )
                yield self._one(question, f"number of {which} staff", [best], cues, "figure_staff", named)
            for number in question.linked.numbers[:1]:
                names = sorted(self.directory.label(iri) for iri, n in held.items() if n == number)
                yield self._one(question, "so many staff", names, cues, "figure_staff", named)

    def _structures(self, iri: str) -> list[str]:
        """Return a structure, or that of a department."""
        thing = self.directory.things.get(iri)
        if iri in self.staff or thing is None:
            return [iri]
        return [up for up in thing.facts.get("subOrganizationOf", ()) if up in self.staff]

    def _counts(self, question: Question) -> Iterator[Candidate]:
        if any(
            not k.broad and k.thing.cls not in ("Concept",) and k.thing.is_actor and k.thing.short != "OSCE"
            for k in question.links
        ):
            return
        years = sorted(self.counts)
        if len(years) < 2:
            return
        first, last = years[0], years[-1]
        grown = self.counts[last] - self.counts[first]
        cues = "many activity theme when"
        for year in years:
            yield self._one(
                question,
                "activities counted" if year == last else "activities counted before",
                [self.counts[year]],
                cues,
                "figure_counts",
                [],
                year=int(year),
            )
        yield self._one(question, "growth of activities", [grown], cues, "figure_counts", [])
        rows: list[list[Any]] = [*([year, self.counts[year]] for year in years), ["increase", grown]]
        yield self._one(question, "activities by year and growth", rows, cues, "figure_counts", [])
