"""Stage 10e10b: candidates on the parties to treaties: how many states ratified, only signed or stayed outside.

What is asked of the table of ratifications is read off the question: which instruments, which groups of states and which
standing; the candidates differ in how these are laid out: numbers, rows, sums, differences, ranks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking import bounds
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_standings import LISTED, RATIFIED, STANDINGS, Standing, standings
from oscegraph.asking.candidates import Candidate, cue_set
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question, besides
from oscegraph.dates import REPORT_YEAR

_CUES = frozenset({"ratify", "signed", "outside_of"})
PARTICIPATING, PARTNERS = "participating States", "Partners for Co-operation"
_GROUPS = (
    (PARTICIPATING, lazy_pattern(r"\b(?:participating|member|osce) states?\b|\bpS\b", re.IGNORECASE)),
    (PARTNERS, lazy_pattern(r"\bpartners?\b", re.IGNORECASE)),
)
_PARTIES = cue_set(
    "many ratify signed outside_of pstates partners_for states decision provision force typed most least more rank"
)
_PICKS = (("most", max), ("fewest", min))
# In the order in which a treaty and its protocols are told.
_CONVENTION = "untoc"
# How the instruments of the table are called, by the beginning of the last part of their IRIs.
_CALLED = {
    name: lazy_pattern(rf"\b(?:{pattern})", re.IGNORECASE)
    for name, pattern in {
        "untoc": "untoc|convention|palermo(?! protocols?\\b)|un treaty",
        "trafficking": r"palermo protocol\b|(?:human |anti-?)?traffick\w*(?! in firearms)|thb|persons",
        "smuggling": "(?:migrant[- ])?smuggl|migrants?\\b",
        "firearms": "firearms?\\b|guns?\\b",
    }.items()
}
_PROTOCOLS = lazy_pattern(r"\bprotocols\b|\b(?:each|every|all|any)\b.*\bprotocol\b", re.IGNORECASE)
# "The Convention and each of its Protocols" are all of them; "the Protocols to the Convention" are those without it.
_WITH_PROTOCOLS = lazy_pattern(
    r"\b(?:convention|untoc|treaty)\W+(?:\w+\W+){0,2}?(?:and|with)\b[^.?;,]{0,30}\bprotocols?\b", re.I
)
_OF_CONVENTION = lazy_pattern(
    r"\bprotocols (?:to|of|under|that supplement|supplementing) (?:the )?(?:convention|untoc)\b", re.I
)
_OF_TABLE = lazy_pattern(r"\b(?:status|standing|table|entries|states)\b", re.IGNORECASE)
_TREATY = lazy_pattern(r"\b(?:untoc|conventions?|protocols?|instruments?|treat(?:y|ies)|table)\b", re.IGNORECASE)
_EVERY = lazy_pattern(r"\b(?:table|instruments?|four|treat(?:y|ies))\b", re.IGNORECASE)
# "How many participating States had ratified the UNTOC in March 2006?"
_IN_YEAR = lazy_pattern(
    r"^\W*how many (?:of the )?(?:osce )?(?:participating )?(?:states|countries) (?:had|have) ratified (?:the )?"
    r"(?:(?!20\d\d)[^,;?])+?(?: back)? "
    r"(?:in|by|as of|until) (?:(?:the )?(?:beginning|end|spring) of )?(?:[A-Z][a-z]+ )?(?P<year>20\d\d)\W*$",
    re.IGNORECASE,
)
# "Which countries have not ratified the Firearms Protocol?": the report tells how many, and not which.
_WHICH = lazy_pattern(
    r"^\W*(?:(?:please )?(?:name|list|which|what|give|show|tell me|show me|give me)(?: of)?(?: all)? (?:the )?"
    r"(?:(?:one|two|three|\d+)(?: of the (?:\d+ )?)? )?(?:osce )?(?P<group>(?:participating |member )?"
    r"(?:states?|countr(?:y|ies)|governments?)|partners(?: for co-?operation)?))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    """
    that which who have has had are is was were been not yet only just merely a an any to but without it its them of the
    for by in as osce un united nations international convention conventions protocol protocols treaty against on and or do
    does did report so far still may 2012 2011 now table according year time at end
    """.split()  # noqa: SIM905 - so many words are read better so
)
# Two numbers have a difference.
_PAIR = 2
_Layout = Callable[[str, list[Any]], Candidate]


def _told(statuses: list[Standing], numbers: list[int]) -> str:
    """Return numbers with what they are of: "55 ratified, 1 signed, 0 not a party"."""
    words = (" or ".join(standing).removesuffix(" only") for standing in statuses)
    return ", ".join(f"{number} {word}" for number, word in zip(numbers, words, strict=True))


def _place(iri: str, text: str) -> int:
    """Return where a text calls an instrument of the table, or -1."""
    words = _CALLED.get(iri.rpartition("/")[2].partition("-")[0])
    match = words.search(text) if words else None
    return match.start() if match else -1


class OnParties:
    """Makes the candidates of questions on parties to treaties."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def parties(self) -> dict[tuple[str, str], dict[str, int]]:
        """For each instrument and group of states how many ratified, only signed or stayed outside, by the table."""
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in query.run(self.facts.store, "figure_ratification", year=REPORT_YEAR + 1):
            found[row["instrument"] or "", row["stateGroup"] or ""][row["status"] or ""] = int(row["states"] or 0)
        return dict(found)

    @cached_property
    def ratified(self) -> list[dict[str, Any]]:
        """Each figure on participating States that ratified: instrument, year, number and chapter."""
        rows = self.facts.listed("figure_ratification")
        return [dict(row) for row in rows if row["stateGroup"] == PARTICIPATING and row["status"] == RATIFIED]

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of a question on parties."""
        cues, text = question.linked.cues, question.linked.text
        named = any(link.thing.cls in INSTRUMENTS for link in question.links) or bool(_TREATY.search(text))
        meant = bool(cues & _CUES) or (named and bool(standings(text) or _OF_TABLE.search(text)))
        if question.polar or not meant or not self.parties:
            return
        said = standings(text)
        every: list[Standing] = [(status,) for status in LISTED]
        asked = [said] if said else []
        if len(said) > 1 and said != every:
            # "ratified the Protocol that they had signed": one of them may be meant.
            asked += [[one] for one in said]
        asked += [every] if every not in asked else []
        groups = [group for group, words in _GROUPS if words.search(text)]
        sides = [groups] if groups else [[PARTICIPATING], [PARTICIPATING, PARTNERS]]
        yield from self._by_source(question)
        for chosen in self._instruments(question):
            for states in sides:
                for statuses in asked:
                    yield from self._laid_out(question, chosen, states, statuses, "all" if statuses == every else "said")

    def in_year(self, question: Question) -> Candidate | None:
        """Return how many ratified one instrument in a year, if that is all that is asked for and one number is told."""
        match = _IN_YEAR.match(" ".join(question.linked.text.split()))
        named = [link.thing.iri for link in question.links if link.thing.cls in INSTRUMENTS]
        if (
            match is None
            or len(named) != 1
            or any(link.thing.cls not in (*INSTRUMENTS, "OsceBody") for link in question.links)
        ):
            return None
        year = int(match["year"])
        told = [row for row in self.ratified if row["instrument"] == named[0] and int(row["year"] or 0) == year]
        numbers = {int(row["states"] or 0) for row in told}
        if len(numbers) != 1:
            return None
        return self._one(
            question, f"ratified in {year}", [*numbers], named, ("1 instruments",), {"instrument": named, "year": year}
        )

    def unnamed(self, question: Question) -> tuple[Candidate, str, str] | None:
        """Return how many states stand so to an instrument, how that is read, and what is to be said, if it is asked which.

        The report names none of them. None if anything else is asked.
        """
        text = " ".join(question.linked.text.split())
        match = _WHICH.match(text)
        if match is None or question.polar or len(said := standings(match["rest"])) != 1:
            return None
        chosen = next(iter(self._instruments(question)), [])
        taken = {place for link in question.linked.links for place in range(link.start, link.end)}
        others = (
            link for link in question.linked.links if link.thing.cls not in (*INSTRUMENTS, "OsceBody") and not link.broad
        )
        left = " ".join(word.plain for place, word in enumerate(question.linked.words) if place not in taken)
        for words in (*_CALLED.values(), *STANDINGS):
            left = words.sub(" ", left)
        behind = left.split()[1:]
        asked = {*match["group"].casefold().replace("-", " ").split(), "all", "me"}
        if any(others) or len(chosen) != 1 or any(word not in _SAYS_NOTHING and word not in asked for word in behind):
            return None
        numbers = [self._number(chosen[0], group, said[0]) for group in (PARTICIPATING, PARTNERS)]
        found = self._one(
            question, "numbers", numbers, chosen, ("1 instruments",), {"instrument": chosen, "year": REPORT_YEAR + 1}
        )
        held = ", ".join(
            f"{number} of the {group}" for number, group in zip(numbers, (PARTICIPATING, PARTNERS), strict=True)
        )
        reading = f"Which States: {' or '.join(said[0])}; {self.directory.label(chosen[0])}"
        return found, reading, f"The report tells how many, not which: {held}."

    def _by_source(self, question: Question) -> Iterator[Candidate]:
        """Yield what each chapter, and what each year, has for one instrument."""
        for iri in next(iter(self._instruments(question)), [])[:1]:
            told = [row for row in self.ratified if row["instrument"] == iri]
            first = [row for row in told if row["chapter"] == told[0]["chapter"]]
            sources = (("by chapter", "chapter", told), ("by year", "year", told), ("by year in one chapter", "year", first))
            for name, column, rows_told in sources:
                held = {row[column]: int(row["states"] or 0) for row in rows_told}
                if len(held) > 1:
                    rows: list[Any] = [[key, number] for key, number in sorted(held.items())]
                    yield self._one(question, name, rows, [iri], ("1 instruments",), {"instrument": [iri]})
                    numbers: list[Any] = [number for _, number in rows]
                    yield self._one(question, f"numbers {name}", numbers, [iri], ("1 instruments",), {"instrument": [iri]})

    def _one(
        self,
        question: Question,
        layout: str,
        answer: list[Any],
        chosen: list[str],
        flags: tuple[str, ...],
        values: dict[str, Any],
    ) -> Candidate:
        left = besides(question, chosen)
        name = f"parties: {layout}"
        return Candidate(
            "tally",
            name,
            answer,
            _PARTIES,
            "figure_ratification",
            values,
            open_words=question.tokens,
            open_links=left,
            flags=flags,
        )

    def _instruments(self, question: Question) -> list[list[str]]:
        """Return which instruments may be meant: those that are named, the protocols, or all."""
        text = question.linked.text
        known = {iri for iri, _ in self.parties}
        every = sorted(known, key=lambda iri: (not iri.endswith(_CONVENTION), iri))
        places = {iri: place for iri in every if (place := _place(iri, text)) >= 0}
        named = sorted(places, key=places.__getitem__)
        # "the Firearms Protocol to the UNTOC": the Convention may only say whose protocol is meant.
        protocols = [iri for iri in named if iri != every[0]]
        found = [one for one in (named, protocols) if one]
        if _WITH_PROTOCOLS.search(text):
            found = [every]
        elif _OF_CONVENTION.search(text) and not protocols:
            found = [every[1:]]
        elif _PROTOCOLS.search(text):
            found += [every[1:], every]
        elif not named or _EVERY.search(text):
            found.append(every)
        return [one for i, one in enumerate(found) if one and one not in found[:i]]

    def _number(self, iri: str, group: str, standing: Standing) -> int:
        return sum(self.parties.get((iri, group), {}).get(status, 0) for status in standing)

    def _laid_out(
        self, question: Question, chosen: list[str], groups: list[str], statuses: list[Standing], which: str
    ) -> Iterator[Candidate]:
        """Yield the numbers of these instruments, groups and standings in each layout that they allow."""

        def one(layout: str, answer: list[Any]) -> Candidate:
            shape = f"{len(groups)} groups {which if len(statuses) > 1 else 'one'}"
            values = {"instrument": chosen, "year": REPORT_YEAR + 1}
            return self._one(question, layout, answer, chosen, (f"{len(chosen)} instruments", shape), values)

        numbers = {
            (iri, group): [self._number(iri, group, standing) for standing in statuses] for iri in chosen for group in groups
        }
        label = self.directory.label
        if len(chosen) == 1:
            yield one("numbers", [number for group in groups for number in numbers[chosen[0], group]])
            if len(groups) > 1:
                rows = [[group, _told(statuses, numbers[chosen[0], group])] for group in groups]
                yield one(
                    "by group", rows if len(statuses) > 1 else [[group, *numbers[chosen[0], group]] for group in groups]
                )
        elif len(statuses) > 1:
            rows = [[f"{label(iri)}: {group}", _told(statuses, numbers[iri, group])] for iri in chosen for group in groups]
            yield one("table", rows)
        else:
            yield one("by instrument", [[label(iri), *(n for g in groups for n in numbers[iri, g])] for iri in chosen])
        if which == "all" and (len(chosen) > 1 or len(groups) > 1):
            return
        sums = {group: sum(sum(numbers[iri, group]) for iri in chosen) for group in groups}
        if len(chosen) > 1 or len(statuses) > 1:
            yield one("sum by group", [[group, sums[group]] for group in groups] if len(groups) > 1 else list(sums.values()))
        if len(groups) > 1:
            totals = [[label(iri), sum(sum(numbers[iri, group]) for group in groups)] for iri in chosen]
            yield one("sum by instrument", totals if len(chosen) > 1 else [totals[0][1]])
            yield one("sum of all", [sum(sums.values())])
        if len(statuses) == 1:
            yield from self._compared(question, chosen, groups, {key: held[0] for key, held in numbers.items()}, one)

    def _compared(
        self, question: Question, chosen: list[str], groups: list[str], numbers: dict[tuple[str, str], int], one: _Layout
    ) -> Iterator[Candidate]:
        """Yield how the numbers of one standing differ, which is the largest, and which keep to a bound that is said."""
        label = self.directory.label
        if len(groups) == _PAIR:
            first, second = groups
            apart = [[label(iri), abs(numbers[iri, first] - numbers[iri, second])] for iri in chosen]
            yield one("difference of groups", apart if len(chosen) > 1 else [apart[0][1]])
        if len(chosen) == _PAIR:
            totals = [sum(numbers[iri, group] for group in groups) for iri in chosen]
            yield one("difference of instruments", [abs(totals[0] - totals[1])])
        if len(chosen) == 1 or len(groups) > 1:
            return
        # "By how many does each Protocol fall short of the Convention?"
        most = max((numbers[iri, groups[0]], iri) for iri in chosen)
        short = [[label(iri), most[0] - numbers[iri, groups[0]]] for iri in chosen if iri != most[1]]
        yield one("short of the most", short)
        held = {label(iri): numbers[iri, groups[0]] for iri in chosen}
        for name, pick in _PICKS:
            best = pick(held.values())
            yield one(name, [iri for iri, number in held.items() if number == best])
            yield one(f"{name} with number", [[iri, number] for iri, number in held.items() if number == best])
        ranked = sorted(held.items(), key=lambda item: -item[1])
        yield one("ranked", [[rank, *item] for rank, item in enumerate(ranked, 1)])
        if keeps := bounds.bound(question.linked.text):
            kept = [[iri, number] for iri, number in held.items() if keeps(number)]
            yield one("within", [iri for iri, _ in kept])
            yield one("within with number", kept)
