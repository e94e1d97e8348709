"""Stage 10e11b: candidates on the sub-headings of chapters: which chapters have one on a theme, and which a chapter has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from oscegraph.asking import wording
from oscegraph.asking.asked_denied import DENIED
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate, cue_set
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.directory import fold

_WORDS = lazy_pattern(
    r"\b(?:sub-?)?(?:headings?|heading|headed|headlines?|sections?|sub-?sections?|chapters?|own)\b", re.IGNORECASE
)
_NOT = lazy_pattern(r"\b(?:no|not|without|lacks?|lacking|missing|neither|nothing|absent)\b", re.IGNORECASE)
# That a section is not there, or that nothing is told in a chapter; not that it does not have something, or another one.
_WITHOUT = lazy_pattern(
    r"(?<!not )\b(?:no|without (?:an?|any)|lacks? (?:an?|any)|lacking an?)\s+(?:(?!other\b)\w+\s+)?(?:sub-?)?"
    r"(?:section|heading|chapter)\b"
    r"|\b(?:under|below) no (?:heading|section)|\bnothing under (?:an?|the|any) (?:heading|section)"
    r"|(?<!not )\blacks? it\b|(?<!not )\black, among|\bmissing\b|\bnot have an? (?:section|heading)"
    r"|\b(?:nothing|no activit(?:y|ies))\b[^,;?]*\b(?:in|of|within) (?:their|its)(?: own)? chapters?\b"
    r"|\bchapters?\b[^,;?]*\b(?:nothing|no activit(?:y|ies))\b",
    re.IGNORECASE,
)
_BUT_ONE = lazy_pattern(r"\bbut (?:an?|one|none|not)\b", re.IGNORECASE)
_BOTH = lazy_pattern(r"\bboth\b", re.IGNORECASE)
_QUOTED = lazy_pattern("[\"\u201c\u2018']|\\b(?:single word|alone|just)\\b", re.IGNORECASE)
_CUES = cue_set("chapter tells theme units operations secretariat typed who many where partner organize run title")
_NAME = "chapter_headings"
_FAMILY, _LACKING = "heading", "without"
_OF = frozenset({"in", "of"})


def is_denied_otherwise(question: Question, best: Candidate) -> bool:
    """Whether those are told that have no section on a theme, and it is asked whose section names no partners, or the like.

    "Trafficking in firearms" is another theme than trafficking.
    """
    if best.family != _FAMILY or _LACKING not in best.projection:
        return False
    linked = question.linked
    themes = [link for link in question.links if _is_theme(link)]
    if not _WITHOUT.search(linked.without(themes)) or _BUT_ONE.search(linked.text):
        return True
    named = {place for link in question.links for place in range(link.start, link.end)}
    says = {token.word for token in question.tokens if not token.cues and token.word.plain not in wording.ignored()}
    words = linked.words
    return any(
        words[link.end].plain in _OF and words[link.end + 1] in says and link.end + 1 not in named
        for link in themes
        if link.end + 1 < len(words)
    )


class Headed(NamedTuple):
    """A chapter: its number, whose it is, and its sub-headings."""

    chapter: str
    structure: str
    headings: list[str]

    def has(self, parts: set[str]) -> bool:
        """Whether one of its sub-headings has one of these parts."""
        return any(part in parts for heading in self.headings for part in _parts(heading))


def _is_theme(link: Link) -> bool:
    return "/vocab/theme/" in link.thing.iri


def _parts(heading: str) -> list[str]:
    """Return the fields that a heading names.

    >>> _parts("Criminal Investigations/Financial Investigations")
    ['criminal investigations', 'financial investigations']
    """
    return [fold(part) for part in heading.split("/")]


class Headings:
    """Makes the candidates of questions on sub-headings."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def chapters(self) -> list[Headed]:
        """All chapters that have sub-headings, in their order."""
        found: dict[str, Headed] = {}
        for row in self.facts.listed(_NAME):
            chapter = row["chapter"] or ""
            found.setdefault(chapter, Headed(chapter, row["structure"] or "", [])).headings.append(row["heading"] or "")
        return list(found.values())

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of a question that speaks of chapters or headings."""
        if not _WORDS.search(question.linked.text):
            return
        linked = question.linked
        named = {link.thing.iri for link in question.links} | {
            whole
            for link in question.links
            for whole in (link.thing.facts.get("subOrganizationOf", ()) if link.thing.is_actor else ())
        }
        own = [c for c in self.chapters if c.chapter in linked.chapters or c.structure in named]
        parts = self._meant(question)
        if question.polar:
            if own and parts:
                yield self._one(question, "polar", [all(c.has(parts) for c in own)], own)
            return
        if own:
            yield self._one(question, "headings", list(dict.fromkeys(h for c in own for h in c.headings)), own)
            yield self._one(question, "chapters and headings", [[c.chapter, ", ".join(c.headings)] for c in own], own)
            yield self._one(question, "number of headings", [sum(len(c.headings) for c in own)], own)
        if parts:
            yield from self._having(question, parts, own)

    def _having(self, question: Question, parts: set[str], own: list[Headed]) -> Iterator[Candidate]:
        """Yield which chapters have a sub-heading of these, of all or of those that are named, or have none."""
        label = self.directory.label
        pools = [("", self.chapters)] + ([(" of named", own)] if len(own) > 1 else [])
        # "Which chapters on field operations": the kind is not that of the answer, but of whose chapter it is.
        types = question.types or [cue for cue in ("operations", "secretariat") if cue in question.linked.cues]
        regions = [link.thing.iri for link in question.links if link.thing.cls == "Region"]
        if types:
            kept = [c for c in self.chapters if wanted(types, self.directory.things[c.structure])]
            pools.append((" of kind", [c for c in kept if not regions or self._is_in(c.structure, regions)]))
        if regions:
            pools.append((" of region", [c for c in self.chapters if self._is_in(c.structure, regions)]))
        if _QUOTED.search(question.linked.text):
            whole = [c for c in self.chapters if any(fold(heading) in parts for heading in c.headings)]
            pools += [(f" alone{which}", [c for c in pool if c in whole]) for which, pool in pools]
        # "Both a heading on drugs and one on terrorism" is not one on either.
        every = self._of_each(question, parts) if _BOTH.search(question.linked.text) else [parts]
        text = question.linked.text
        # What is denied as a whole is not answered by those that have it.
        ways = (True,) if DENIED.match(text) else (False, True) if _NOT.search(text) else (False,)
        for which, pool in pools:
            for negated in ways:
                having = [c for c in pool if all(c.has(some) for some in every) is not negated]
                name = f"{_LACKING if negated else 'with'}{which}"
                yield self._one(question, f"units {name}", [label(c.structure) for c in having], having)
                yield self._one(question, f"chapters {name}", [c.chapter for c in having], having)
                yield self._one(question, f"number {name}", [len(having)], having)

    def _is_in(self, structure: str, regions: list[str]) -> bool:
        """Whether a field operation works in one of the regions."""
        things = self.directory.things
        hosts = things[structure].facts.get("hostArea", ())
        return any(region in things[area].facts.get("inRegion", ()) for area in hosts for region in regions)

    def _of_each(self, question: Question, parts: set[str]) -> list[set[str]]:
        """Return the parts of headings that each theme in a question names; all together if that is not several."""
        themes = dict.fromkeys(link.thing.iri for link in question.links if _is_theme(link))
        bearers = self.directory.bearers
        found = [some for theme in themes if (some := {part for part in parts if theme in bearers(part)})]
        return found if len(found) > 1 else [parts]

    def _meant(self, question: Question) -> set[str]:
        """Return the parts of headings that a question names: by their words, or else by the name of their theme."""
        themes = {link.thing.iri for link in question.links if _is_theme(link)}
        stems = {word.stem for word in question.linked.words}
        every = {part for c in self.chapters for heading in c.headings for part in _parts(heading)}
        # "Border management" is a heading, and a word for a theme with other headings as well.
        said = {part for part in every if (own := wording.stems(part)) and own <= stems}
        bearers = self.directory.bearers
        others = [theme for theme in themes if not any(theme in bearers(part) for part in said)]
        return said | {part for part in every if not bearers(part).keys().isdisjoint(others)}

    def _one(self, question: Question, projection: str, answer: list[Any], chapters: list[Headed]) -> Candidate:
        structures = [c.structure for c in chapters]
        used = {link.thing.iri for link in question.links if link.thing.iri in structures or "/vocab/" in link.thing.iri}
        found = Candidate(_FAMILY, projection, answer, _CUES, _NAME, {"structure": structures} if structures else {})
        found.open_words = question.tokens
        found.open_links = [link for link in question.links if link.thing.iri not in used and link.thing.cls != "Region"]
        if projection.startswith("units"):
            found.things = tuple(structures)
        return found
