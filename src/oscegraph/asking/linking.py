"""Stage 7e: what the words of a question name: actors, places, themes, decisions, chapters and days.

Names are found longest first; what is linked takes its words out of the question. A name that several bear is told apart by
the other names ("the RoLD of the Mission to Skopje", "the Serbian Ministry of Interior"), or it is not linked. Decisions and
chapters that are not called by a name are `linking_papers`.
"""

from __future__ import annotations

import re
from functools import cached_property

from oscegraph.asking import asked_names, asked_nationals, wording
from oscegraph.asking.asked_days import is_month, read_days
from oscegraph.asking.asked_links import Link, Linked, with_towns
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS, Names
from oscegraph.asking.linking_papers import ABOUT_INSTRUMENTS, Listed, PaperLinker
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import Word
from oscegraph.called import read_demonyms
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import Directory, Thing, fold
from oscegraph.errors import NameAmbiguous, NameNotFound

LONGEST = 14
# Acronyms of so many letters are known in small letters, too, but for those that are words.
_SHORT, _ALSO_WORDS = 3, frozenset({"asp", "led", "pas", "pin", "polis", "tag"})
OSCE = "Organization for Security and Co-operation in Europe"
_CHAPTER = lazy_pattern(r"\bII\.\d(?:\.\d{1,2})?\b")
_AT = {"in", "at", "near", "inside", "throughout", "across", "around", "within"}
_EXCEPT = lazy_pattern(
    r"(?:\b(?:other than|apart from|except(?: for)?|besides|not counting|excluding|beyond)\s+(?:the\s+)?(?:OSCE\s+)?)$", re.I
)
# What stands behind "the unit" if any is meant.
_OF_ANY = frozenset({"with", "that", "which", "having", "whose", "who"})
# Where the theme of organized crime in general ends.
GENERAL = "/theme/general"
_SEATED = ("Facility", "AcademicBody", "PublicBody", "CivilSocietyOrganization", "Company")
# "The Americans", but not "the Swiss".
_PEOPLE = lazy_pattern(r"[^s]s$")


def _is_month(words: list[Word], place: int) -> bool:
    """Whether a word is the month of a day in another year, as in "by May 2012"."""
    return (
        is_month(words[place].plain) and place + 1 < len(words) and bool(re.fullmatch(r"[12]\d{3}", words[place + 1].plain))
    )


def _is_financed(words: list[Word], place: int) -> bool:
    """Whether it is terror or crime that is financed by a word: "terrorist financing", "the financing of terrorism"."""
    around = [word.stem for word in (*words[max(0, place - 2) : place], *words[place + 1 : place + 4])]
    return any(stem.startswith(("terror", "crimin", "crime")) for stem in around)


def _is_part(thing: Thing, words: list[Word]) -> bool:
    """Whether words name a part of organized crime in general, such as witness protection: all of it is not meant."""
    return thing.iri.endswith(GENERAL) and not any(word.stem.startswith("organi") for word in words)


def _is_common(found: Linked, link: Link) -> bool:
    """Whether what the report says for one is said of any: "name the unit with most activities"."""
    said = " ".join(word.plain for word in found.words[link.start : link.end] if word.plain != "the")
    behind = found.words[link.end].plain if link.end < len(found.words) else ""
    return behind in _OF_ANY and any(fold(name) in (said, f"the {said}") for name in link.thing.names.get("weakName", ()))


class Linker:
    """Finds what questions name, by all names, and by what `listed` gives: the rows of named queries without parameters."""

    def __init__(self, directory: Directory, names: Names, listed: Listed) -> None:
        self.directory, self._names = directory, names
        self.papers = PaperLinker(directory, names, listed)

    def _named(self, key: str) -> list[Thing]:
        """Return the things that bear a folded name."""
        return [self.directory.things[iri] for iri in self._names.full.get(key, ())]

    @cached_property
    def known(self) -> dict[str, str]:
        """All words of names, cues, titles and terms, for putting mistyped ones right."""
        return dict.fromkeys(sorted({*self._names.words, *self.demonyms}), "")

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Adjectives of states, such as "ukrainian", and whom they mean."""
        return read_demonyms(self.directory)

    @cached_property
    def of_states(self) -> dict[str, str]:
        """The labels of the states that adjectives mean."""
        return {word: self.directory.label(iri) for word, iri in self.demonyms.items()}

    def from_states(self, linked: Linked) -> str:
        """Return a question with people who are called by their state named as from there."""
        return asked_nationals.from_states(linked.text, self.of_states) if linked.demonyms else linked.text

    def link(self, text: str) -> Linked:
        """Return the question with what it names."""
        symbols, bare = self.papers.symbols(text)
        days, without, other = read_days(bare)
        chapters = list(dict.fromkeys(_CHAPTER.findall(without)))
        without = _CHAPTER.sub(lambda m: " " * len(m[0]), without)
        found = Linked(text, days=days, chapters=chapters, other_year=other)
        found.words = every = [wording.right(word, self.known) for word in wording.words(without)]
        cues = [wording.cues().get(word.plain, frozenset[str]()) for word in every]
        asked = bool(ABOUT_INSTRUMENTS & {cue for named in cues for cue in named}) or bool(symbols)
        found.demonyms = {self.demonyms[word.plain] for word in every if word.plain in self.demonyms}
        found.adjectives = {i for i, word in enumerate(every) if word.plain in self.demonyms}
        taken = self._link_names(found, asked)
        self.papers.link_symbols(found, symbols)
        self.papers.link_titles(found, asked, taken)
        self.papers.link_chapters(found)
        found.links.sort(key=lambda link: link.start)
        self._place(found)
        for place, (word, named) in enumerate(zip(every, cues, strict=True)):
            if place in taken:
                continue
            before = every[place - 1].plain if place else ""
            if word.plain in ("day", "days") and (before.isdigit() or before in wording.NUMBERS):
                # "a ten-day course" does not ask for days.
                named = named - {"when"}
            if word.plain == "participating" and place + 1 < len(every) and every[place + 1].stem == "state":
                named = named - {"takepart"}
            if word.plain == "financing" and _is_financed(every, place):
                # "Financing of terrorism" asks for nobody who paid.
                named = named - {"fund"}
            found.cues |= named - {"ignored"}
            if word.plain.isascii() and word.plain.isdigit() and len(word.plain) < 6:
                found.numbers += [int(word.plain)] if word.plain != str(REPORT_YEAR) else []
            elif word.plain in wording.NUMBERS:
                found.numbers.append(wording.NUMBERS.index(word.plain) + 2)
            elif not named and len(word.plain) > 1 and word.plain not in self.demonyms and not _is_month(every, place):
                found.rest.append(word)
        several = wording.phrases(text)
        if "fund" in several and "outside" not in several:
            # "who bore the costs"
            found.cues.discard("outside")
        found.cues |= several
        spans = wording.phrase_spans(text)
        found.rest = [w for w in found.rest if not any(start <= w.start < end for start, end in spans)]
        if "at least" in text.casefold():
            found.cues.discard("least")
        if "secretariat" in found.cues:
            found.links = [link for link in found.links if link.thing.label != "OSCE Secretariat"]
        return found

    def _link_names(self, found: Linked, asked: bool) -> set[int]:
        """Add the names in the words of a question, the longest first; return the places of their words."""
        taken: set[int] = set()
        open_: list[tuple[int, int, list[Thing]]] = []
        every = found.words
        for size in range(min(LONGEST, len(every)), 0, -1):
            for start in range(len(every) - size + 1):
                span = range(start, start + size)
                if taken.intersection(span):
                    continue
                named = every[start : start + size]
                things = [t for t in self._bearers(named) if self._is_meant(t, size, asked) and not _is_part(t, named)]
                if len(things) == 1:
                    found.links.append(Link(things[0], start, start + size))
                elif things:
                    open_.append((start, start + size, things))
                if things:
                    taken.update(span)
        for start, end, things in open_:
            if thing := self._told_apart(found, start, things):
                found.links.append(Link(thing, start, end))
            else:
                found.ambiguous += sorted(thing.describe() for thing in things)
                if fold(" ".join(w.plain for w in every[start:end])) in self._names.short:
                    taken.difference_update(range(start, end))
        self._link_short(found, taken)
        self._link_peoples(found, taken)
        found.links = with_towns(found.links, every)
        return taken

    def _link_peoples(self, found: Linked, taken: set[int]) -> None:
        """Take "the Americans" for their state, as it is its government that is meant where it pays or takes part."""
        for place, word in enumerate(found.words):
            iri = self.demonyms.get(word.plain) if _PEOPLE.search(word.plain) and word.is_name else None
            if iri and place and place not in taken and found.words[place - 1].plain == "the":
                found.links.append(Link(self.directory.things[iri], place, place + 1))
                taken.add(place)
                found.adjectives.discard(place)
                if not any(self.demonyms[found.words[i].plain] == iri for i in found.adjectives):
                    found.demonyms.discard(iri)

    def _link_short(self, found: Linked, taken: set[int]) -> None:
        """Add national bodies without their state, "the Interior Ministry", where the question names one state of theirs."""
        every = found.words
        for size in range(min(LONGEST, len(every)), 0, -1):
            for start in range(len(every) - size + 1):
                span = range(start, start + size)
                key = fold(" ".join(w.plain for w in every[start : start + size]))
                things = [self.directory.things[iri] for iri in self._names.short.get(key, ())]
                if not things or taken.intersection(span) or (size == 1 and not every[start].is_capital):
                    continue
                near = sorted(found.links, key=lambda link: (abs(link.start - start), link.start))
                whose = [self.demonyms[w.plain] for w in every[max(0, start - 2) : start] if w.plain in self.demonyms]
                named = whose[-1:] or [k.thing.iri for k in near if k.thing.is_actor or k.thing.cls in AREAS]
                if not whose and len(found.demonyms) == 1:
                    named += sorted(found.demonyms)
                if thing := asked_names.of_state(self.directory, things, named):
                    found.links.append(Link(thing, start, start + size))
                    taken.update(span)

    def _is_meant(self, thing: Thing, size: int, asked: bool) -> bool:
        """Whether a name is meant: decisions only where one is asked for, and never the OSCE as a whole."""
        return thing.label != OSCE and (thing.cls not in INSTRUMENTS or asked or size > 3)

    def _told_apart(self, found: Linked, start: int, things: list[Thing]) -> Thing | None:
        """Return the one of several bearers of a name that belongs to what else is named, the nearest first."""
        if all(thing.iri in self.papers.words for thing in things):
            stems = {word.stem for word in found.words} | ({found.other_year} if found.other_year else set())
            fitting = sorted(((len(stems & self.papers.words[t.iri][0].keys()), t.iri) for t in things), reverse=True)
            return self.directory.things[fitting[0][1]] if fitting[0][0] > fitting[1][0] else None
        near = sorted((link for link in found.links if link.thing.is_actor), key=lambda link: abs(link.start - start))
        for iri in [*(link.thing.iri for link in near), *sorted(found.demonyms)]:
            inside = [
                t for t in things if iri in asked_names.ties(self.directory, t.iri) or t.iri in self.directory.circle(iri)
            ]
            if len(inside) == 1:
                return inside[0]
        return asked_names.of_state(self.directory, things, [link.thing.iri for link in near])

    def _place(self, found: Linked) -> None:
        """Say of each name whether it is where, taken out, or only the whole of another one.

        "The unit that ..." names none.
        """
        found.links = [link for link in found.links if not _is_common(found, link)]
        for number, link in enumerate(found.links):
            if link.start == link.end:
                continue
            before = found.text[: found.words[link.start].start]
            link.excluded = bool(_EXCEPT.search(before))
            link.broad = link.thing.iri.endswith(GENERAL) and "organiz" in found.stems(link)
            ahead = re.findall(r"\w+", before)[-2:]
            link.by = bool(re.search(r"\bby\s+(?:the\s+)?(?:OSCE\s+)?$", before, re.IGNORECASE))
            ahead = ahead[:-1] if ahead[-1:] == ["the"] else ahead
            if link.thing.cls in AREAS and ahead and ahead[-1].casefold() in _AT:
                link.at = True
                before_it = found.links[number - 1] if number else None
                if before_it and before_it.thing.cls in _SEATED and 0 <= link.start - before_it.end <= 2:
                    # "the Staff College in Dushanbe" says where the college is.
                    link.quiet = True
            for other in found.links[max(0, number - 1) : number + 2]:
                if other.thing.iri == link.thing.iri:
                    # Said twice.
                    link.quiet = link.quiet or other.start < link.start
                elif other.thing.iri in self.directory.circle(link.thing.iri):
                    gap = max(other.start - link.end, link.start - other.end)
                    link.quiet = link.quiet or gap <= 2
                elif link.thing.iri in other.thing.facts.get("jurisdiction", ()):
                    # "Turkey's TADOC", "the TADOC of Turkey"
                    link.quiet = link.quiet or other.start == link.end or self._is_of(found, link, other)

    def _is_of(self, found: Linked, link: Link, other: Link) -> bool:
        """Whether a name stands behind "of" and another one: "the Supreme Court of Kazakhstan"."""
        between = [w.plain for w in found.words[other.end : link.start]]
        return link.start > other.start and bool(between) and set(between) <= {"of", "the", "from"}

    def _bearers(self, words: list[Word]) -> list[Thing]:
        """Return what bears a name: one thing, or several that only more words could tell apart."""
        key = fold(" ".join(w.plain for w in words))
        if len(words) == 1 and (len(key) < 2 or words[0].plain in wording.cues()) and not words[0].is_capital:
            return []
        things = self._named(key)
        if len(words) == 1 and (len(key) < _SHORT or key in _ALSO_WORDS) and not words[0].is_capital:
            # An acronym that is a word, too, is written as one: "us" is not the United States.
            things = [t for t in things if key not in {fold(n) for n in t.names.get("acronym", [])} or key in fold(t.label)]
        if len(things) < 2:
            return things
        try:
            return [self.directory.find(key, {thing.cls for thing in things})]
        except (NameAmbiguous, NameNotFound):
            return things

    def nearest(self, name: str) -> list[str]:
        """Return the names that come nearest to an unknown one."""
        return self.directory.nearest(name, {thing.cls for thing in self.directory.things.values()}, 3)
