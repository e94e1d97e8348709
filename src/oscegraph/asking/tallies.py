"""Stage 10e11: candidates on what the report counts: activities by year, staff of units, parties to treaties."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR

_STATES = frozenset({"ratify", "signed", "outside_of"})
_GROUPS = (("participating States", "pstates"), ("Partners for Co-operation", "partners_for"))
_LISTED = ("ratified", "signed only", "not a party")
# The cues that questions on parties and on staff account for.
_PARTIES = "many ratify signed outside_of pstates partners_for states decision provision force typed"
_STAFF = "staff people partner deal many most least units operations secretariat typed more"
_PICKS = (("most", max), ("fewest", min))
# In the order in which a treaty and its protocols are told.
_CONVENTION = "untoc"
_AT_LEAST = re.compile(r"\b(?:or more|at least|no fewer than|not fewer than|minimum)\b", re.IGNORECASE)
_ALL_OF_THEM = re.compile(r"\bprotocols\b|\b(?:each|every|all)\b.*\bprotocol\b|\btable\b", re.IGNORECASE)
# Two numbers have a difference.
_PAIR = 2


def _chapters(linked: Linked) -> list[str]:
    """Return the chapters that a question names, those between included: "II.3.1 to II.3.5"."""
    if match := re.search(r"\b(II\.\d)\.(\d+)\s*(?:-|–|to|until|through)\s*II\.\d\.(\d+)", linked.text):
        return [f"{match[1]}.{number}" for number in range(int(match[2]), int(match[3]) + 1)]
    return linked.chapters


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
    def categories(self) -> dict[str, list[str]]:
        """The staff of each structure whose staff is told by category."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in query.run(self.facts.store, "figure_staff"):
            category = (row["staffCategory"] or "").removesuffix(" staff")
            if category in ("international", "national"):
                found[row["structure"] or ""].append(f"{row['staff']} {category}")
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
        """Yield how many states ratified which instruments, only signed them or stayed outside."""
        groups = [group for group, _ in _GROUPS]
        for chosen in self._instruments(question):
            for group in groups:
                rows = [self._row(iri, group) for iri in chosen]
                yield self._of_parties(question, f"parties of {group}", rows, chosen)
                if len(chosen) == 1:
                    held = [self.parties[chosen[0], group].get(status, 0) for status in _LISTED]
                    yield self._of_parties(question, f"numbers of {group}", held, chosen)
                for status in _LISTED:
                    yield from self._with_status(question, chosen, group, status)
            for status in _LISTED:
                both = [[self.directory.label(iri), *self._of_groups(iri, status)] for iri in chosen]
                told = self._of_groups(chosen[0], status) if len(chosen) == 1 else both
                yield self._of_parties(question, f"{status} of both groups", told, chosen)
                if len(chosen) == 1:
                    yield self._of_parties(question, f"{status} of all", [sum(self._of_groups(chosen[0], status))], chosen)
            rows = [self._row(iri, group) for iri in chosen for group in groups]
            yield self._of_parties(question, "parties of both groups", rows, chosen)

    def _instruments(self, question: Question) -> list[list[str]]:
        """Return which instruments may be meant: those that are named, or all; either if it is "the protocols"."""
        known = {iri for iri, _ in self.parties}
        every = sorted(known, key=lambda iri: (not iri.endswith(_CONVENTION), iri))
        named = [link.thing.iri for link in question.links if link.thing.iri in known]
        if not named:
            return [every]
        return [named, every] if _ALL_OF_THEM.search(question.linked.text) else [named]

    def _of_parties(
        self, question: Question, projection: str, answer: list[Any], chosen: list[str], cues: str = _PARTIES
    ) -> Candidate:
        values = {"instrument": chosen, "year": REPORT_YEAR + 1}
        return self._one(question, projection, answer, cues, "figure_ratification", chosen, **values)

    def _with_status(self, question: Question, chosen: list[str], group: str, status: str) -> Iterator[Candidate]:
        """Yield how many states of a group have a status, and for which instruments most and fewest have it."""
        numbers = {iri: self.parties[iri, group].get(status, 0) for iri in chosen}
        if len(chosen) == 1:
            yield self._of_parties(question, f"{status} of {group}", list(numbers.values()), chosen)
            return
        pairs = [[self.directory.label(iri), number] for iri, number in numbers.items()]
        yield self._of_parties(question, f"{status} of each, {group}", pairs, chosen)
        if len(chosen) == _PAIR:
            one, other = numbers.values()
            yield self._of_parties(question, f"difference of {status}, {group}", [abs(one - other)], chosen)
        for which, pick in _PICKS:
            best = pick(numbers.values())
            names = [self.directory.label(iri) for iri, number in numbers.items() if number == best]
            cues = f"{_PARTIES} most least"
            yield self._of_parties(question, f"{which} {status}, {group}", names, chosen, cues)
            rows = [[name, best] for name in names]
            yield self._of_parties(question, f"{which} {status} with number, {group}", rows, chosen, cues)

    def _of_groups(self, iri: str, status: str) -> list[int]:
        """Return how many participating States and how many Partners for Co-operation have a status."""
        return [self.parties[iri, group].get(status, 0) for group, _ in _GROUPS]

    def _row(self, iri: str, group: str) -> list[Any]:
        """Return an instrument and a group of states with the number of each status."""
        held = self.parties[iri, group]
        told = ", ".join(f"{held.get(status, 0)} {status.removesuffix(' only')}" for status in _LISTED)
        return [f"{self.directory.label(iri)}: {group}", told]

    def _staff(self, question: Question) -> Iterator[Candidate]:
        """Yield the staff of structures, and which have most, fewest or so many."""
        named = [iri for k in question.links for iri in self._structures(k.thing.iri) if iri in self.staff]
        tellers = map(self.facts.teller, _chapters(question.linked))
        named += [iri for iri in tellers if iri in self.staff]
        if named:
            yield from self._of_structures(question, list(dict.fromkeys(named)))
        # "How many in each field operation": the kind is not that of the answer, but of whose staff it is.
        kinds = question.types or [cue for cue in ("operations", "secretariat") if cue in question.linked.cues]
        for types in [tuple(kinds), ()] if kinds else [()]:
            pool = named if len(named) > 1 else list(self.staff)
            held = {iri: self.staff[iri] for iri in pool if not types or self._is_of(types, iri)}
            if not held:
                continue
            if len(held) > 1:
                pairs = [[self.directory.label(iri), number] for iri, number in held.items()]
                yield self._of_staff(question, "staff of each of kind", pairs, named)
                yield self._of_staff(question, "staff by category", self._categories(set(held)), named)
                yield self._of_staff(question, "staff of kind in all", [sum(held.values())], named)
            for which, pick in _PICKS:
                best = pick(held.values())
                projection = f"{which} staff of kind" if types else f"{which} staff"
                yield self._of_staff(question, projection, self._with_staff(held, best), named)
                rows = [[name, best] for name in self._with_staff(held, best)]
                yield self._of_staff(question, f"{projection} with number", rows, named)
                yield self._of_staff(question, f"number of {which} staff", [best], named)
            for number in question.linked.numbers[:1]:
                if _AT_LEAST.search(question.linked.text):
                    rows = [[self.directory.label(iri), n] for iri, n in held.items() if n >= number]
                    yield self._of_staff(question, "at least so many staff with number", rows, named)
                    yield self._of_staff(question, "at least so many staff", [row[0] for row in rows], named)
                yield self._of_staff(question, "so many staff", self._with_staff(held, number), named)

    def _is_of(self, types: tuple[str, ...], iri: str) -> bool:
        """Whether a structure is of one of the types, or a part with a chapter of its own of one that is."""
        things = self.directory.things
        wholes = things[iri].facts.get("subOrganizationOf", ())
        return any(wanted(types, things[one]) for one in (iri, *wholes) if one in things)

    def _of_structures(self, question: Question, known: list[str]) -> Iterator[Candidate]:
        """Yield the staff of the structures that are named."""
        staff, label = self.staff, self.directory.label
        held = [staff[iri] for iri in known]
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
        yield self._of_staff(question, "staff of each", pairs, known, structure=known)
        yield self._of_staff(question, "staff in all", [sum(held)], known, structure=known)
        yield self._of_staff(question, "staff difference", [abs(held[0] - held[1])], known, structure=known)

    def _of_staff(
        self, question: Question, projection: str, answer: list[Any], things: list[str], **values: Any
    ) -> Candidate:
        return self._one(question, projection, answer, _STAFF, "figure_staff", things, **values)

    def _categories(self, among: set[str]) -> list[list[Any]]:
        """Return the structures whose staff is told by category, with their numbers."""
        label = self.directory.label
        return [[label(iri), ", ".join(numbers)] for iri, numbers in self.categories.items() if iri in among]

    def _with_staff(self, held: dict[str, int], number: int) -> list[str]:
        """Return the names of the structures with so many staff."""
        return sorted(self.directory.label(iri) for iri, n in held.items() if n == number)

    def _structures(self, iri: str) -> list[str]:
        """Return a structure, or that of a department."""
        thing = self.directory.things.get(iri)
        if iri in self.staff or thing is None:
            return [iri]
        things = self.directory.things
        hosts = {up: things[up].facts.get("hostArea", ()) for up in self.staff}
        if thing.cls in ("State", "Territory", "Place"):
            # "The staff in Moldova and in Baku": of the field operations that work there.
            here = {iri, *(thing.facts.get("inArea", ()) if thing.cls == "Place" else ())}
            return [up for up, areas in hosts.items() if here & set(areas)]
        if thing.cls == "Region":
            # Those that work in a state or territory of the region.
            return [up for up, areas in hosts.items() if any(iri in things[a].facts.get("inRegion", ()) for a in areas)]
        return [up for up in thing.facts.get("subOrganizationOf", ()) if up in self.staff]

    def _counts(self, question: Question) -> Iterator[Candidate]:
        """Yield how many activities the report counts in each year, and by how many they grew."""
        actors = (k.thing for k in question.links if k.thing.is_actor and not k.broad and k.thing.cls != "Concept")
        years = sorted(self.counts)
        if any(actor.short != "OSCE" for actor in actors) or len(years) < 2:
            return
        first, last = years[0], years[-1]
        grown = self.counts[last] - self.counts[first]
        for year in years:
            projection = "activities counted" if year == last else "activities counted before"
            yield self._of_counts(question, projection, [self.counts[year]], year=int(year))
        yield self._of_counts(question, "growth of activities", [grown])
        yield self._of_counts(question, "activities of each year", [self.counts[year] for year in years])
        rows: list[list[Any]] = [[year, self.counts[year]] for year in years]
        yield self._of_counts(question, "activities by year", rows)
        yield self._of_counts(question, "activities by year and growth", [*rows, ["increase", grown]])

    def _of_counts(self, question: Question, projection: str, answer: list[Any], **values: Any) -> Candidate:
        return self._one(question, projection, answer, "many activity theme when", "figure_counts", [], **values)
