"""Stage 7d: what the words of a question name: actors, places, themes, decisions, chapters, days, and one activity.

Names are found longest first; what is linked takes its words out of the question. An activity is found by what is left: the
days, the place, who took part, and the words of its titles, each weighed by how few activities bear it.
"""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from oscegraph import query, resources, wording
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import Directory, Thing, fold
from oscegraph.errors import NameAmbiguous, NameNotFound
from oscegraph.store import Store
from oscegraph.wording import Word

LONGEST = 14
# Decisions are looked for only in questions that have one of these cues.
ABOUT_INSTRUMENTS = {"decision", "adopt", "recall", "task", "rest", "ratify", "signed"}
OSCE = "Organization for Security and Co-operation in Europe"
AREAS = ("Place", "State", "Territory", "Region")
INSTRUMENTS = ("Decision", "Declaration", "ActionPlan", "Treaty", "Protocol", "Strategy", "Instrument", "Resolution")
_MONTHS = {name.casefold(): n for n in range(1, 13) for name in (calendar.month_name[n], calendar.month_abbr[n])}
_MONTHS["sept"] = 9
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAYS = re.compile(rf"\b{_DAY}(?:\s*(?:-|–|to|and|until)\s*{_DAY})?\s+(?:of\s+)?({_MONTH})(?:\s+(\d{{4}}))?", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SPAN = re.compile(rf"\b(?:between|from)\s+({_MONTH})\s+(?:and|to|until)\s+({_MONTH})", re.IGNORECASE)
_PART = re.compile(r"\b(first|second|1st|2nd|third|fourth|3rd|4th)\s+(half|quarter)\b", re.IGNORECASE)
_SEASON = re.compile(r"\b(spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_ONE = re.compile(rf"\b({_MONTH})(?:\s+(\d{{4}}))?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SYMBOL = re.compile(r"\b(?:MC|PC)\.(?:DEC|DOC)/\d+(?:/\d+)?(?:/\d+)?|\b[Dd]ecision (?:No\.? ?)?\d+(?:/\d+)?")
_CHAPTER = re.compile(r"\bII\.\d(?:\.\d{1,2})?\b")
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}


@dataclass(frozen=True)
class Days:
    """A period that a question names; `exact` if it names days."""

    start: date
    end: date
    exact: bool = False


@dataclass
class Link:
    """A name in a question: the thing, and the words that name it."""

    thing: Thing
    start: int
    end: int


@dataclass
class Linked:
    """A question with what its words name; `rest` are the words that name nothing and are no cue.

    `ambiguous` describes what a name may mean that several things bear; such a name is not linked.
    """

    text: str
    links: list[Link] = field(default_factory=list)
    days: Days | None = None
    chapters: list[str] = field(default_factory=list)
    other_year: str | None = None
    cues: set[str] = field(default_factory=set)
    rest: list[Word] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    quoted: str = ""
    demonyms: set[str] = field(default_factory=set)
    ambiguous: list[str] = field(default_factory=list)

    @property
    def things(self) -> list[Thing]:
        """Return what is named, in that order."""
        return [link.thing for link in self.links]

    def stems(self, link: Link) -> set[str]:
        """Return the stems of the words of a link."""
        return {word.stem for word in self.words[link.start : link.end]}


@dataclass
class Told:
    """An activity as the linker sees it: the stems of all that is said of it, its days, places and people."""

    iri: str
    label: str
    stems: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    days: list[tuple[date, date]] = field(default_factory=list)
    involved: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Guess:
    """An activity that a question may mean, and how much of its words fit (0 to 1)."""

    told: Told
    score: float


def read_days(text: str) -> tuple[Days | None, str, str | None]:
    """Return the period that a text names, the text with those words blanked, and a year that is not the report's."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    def day(year: int, month: int, number: int) -> date | None:
        return date(year, month, number) if 1 <= number <= calendar.monthrange(year, month)[1] else None

    other = next((y for y in _YEAR.findall(text) if int(y) not in (REPORT_YEAR, REPORT_YEAR - 1, REPORT_YEAR + 1)), None)
    if match := _ISO.search(text):
        try:
            one = date.fromisoformat(match[0])
            return Days(one, one, True), text[: match.start()] + blank(match) + text[match.end() :], other
        except ValueError:
            return None, text, other
    if match := _DAYS.search(text):
        year, month = int(match[4] or REPORT_YEAR), _MONTHS[match[3].rstrip(".").casefold()]
        first, last = day(year, month, int(match[1])), day(year, month, int(match[2] or match[1]))
        if first and last and first <= last:
            return Days(first, last, True), text[: match.start()] + blank(match) + text[match.end() :], other
    for pattern in (_SPAN, _PART, _SEASON, _ONE):
        if not (match := pattern.search(text)):
            continue
        if pattern is _SPAN:
            low, high = _MONTHS[match[1].rstrip(".").casefold()], _MONTHS[match[2].rstrip(".").casefold()]
        elif pattern is _PART:
            place = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}[
                match[1].casefold()
            ]
            size = 6 if match[2].casefold() == "half" else 3
            low, high = min(place, 12 // size - 1) * size + 1, (min(place, 12 // size - 1) + 1) * size
        elif pattern is _SEASON:
            low, high = _SEASONS[match[1].casefold()]
        else:
            if match[1].casefold() == "may" and not match[1][0].isupper():
                continue
            low = high = _MONTHS[match[1].rstrip(".").casefold()]
        if low <= high:
            found = Days(date(REPORT_YEAR, low, 1), date(REPORT_YEAR, high, calendar.monthrange(REPORT_YEAR, high)[1]))
            return found, text[: match.start()] + blank(match) + text[match.end() :], other
    return None, text, other


class Linker:
    """Finds what questions name, in one store."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory

    @cached_property
    def names(self) -> dict[str, list[Thing]]:
        """Folded names -> things; names without their leading "OSCE" as well."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in self.directory.things.values():
            if not (thing.is_actor or thing.cls in (*AREAS, *INSTRUMENTS) or "/vocab/theme/" in thing.iri):
                continue
            for name in dict.fromkeys([thing.label, *thing.aliases]):
                for form in (name, re.sub(r"^OSCE ", "", name), re.sub(r"\s*\(.*?\)", "", name)):
                    key = fold(form)
                    if key and thing not in found[key]:
                        found[key].append(thing)
        return dict(found)

    @cached_property
    def known(self) -> dict[str, str]:
        """All words of names, titles and cues, for putting mistyped ones right."""
        every = {word for name in self.names for word in name.split()}
        every |= {w.plain for told in self.told.values() for w in wording.words(told.label) if w.plain.isalpha()}
        for line in _cue_lines():
            every.update(line.split())
        every |= {m for m in _MONTHS if len(m) > 3} | set(self.demonyms)
        return {word: word for word in every if word.isalpha()}

    @cached_property
    def sections(self) -> dict[str, str]:
        """The chapter of each structure."""
        return {r["structure"] or "": r["number"] or "" for r in query.run(self.store, "sections") if r["structure"]}

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Adjectives of states, such as "ukrainian", and whom they mean."""
        found = {}
        lines = (resources.queries_dir() / "demonyms.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            name, colon, forms = line.partition(":")
            things = [t for t in self.names.get(fold(name), []) if t.cls in ("State", "Territory")] if colon else []
            for form in forms.split() if things else ():
                found[wording.plain(form)] = things[0].iri
        return found

    @cached_property
    def told(self) -> dict[str, Told]:
        """All activities with what is said of them."""
        found: dict[str, Told] = {}
        for row in query.run(self.store, "ask-activities"):
            iri, kind, value = row["activity"] or "", row["fact"] or "", row["value"] or ""
            told = found.setdefault(iri, Told(iri, ""))
            match kind:
                case "label" | "title":
                    told.label = value if kind == "label" else told.label
                    told.titles |= wording.stems(value)
                    told.stems |= wording.stems(value)
                case "actor":
                    told.involved.add(value)
                case "area":
                    told.areas.add(value)
                case "days":
                    first, last = value.split("/")
                    told.days.append((date.fromisoformat(first), date.fromisoformat(last)))
                case _:
                    told.stems |= wording.stems(value)
        for told in found.values():
            for iri in told.involved | told.areas:
                thing = self.directory.things.get(iri)
                for name in [thing.label, *thing.aliases[:4]] if thing else ():
                    told.stems |= wording.stems(name)
        return found

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a stem tells: log of all activities by those that bear it."""
        counts = Counter(stem for told in self.told.values() for stem in told.stems)
        return {stem: math.log(1 + len(self.told) / count) for stem, count in counts.items()}

    def link(self, text: str) -> Linked:
        """Return the question with what it names."""
        quoted = re.search(r"[\"“”«»„]([^\"“”«»„]{4,})[\"“”«»„]", text)
        symbols = [m[0] for m in _SYMBOL.finditer(text)]
        text_ = _SYMBOL.sub(lambda m: " " * len(m[0]), text)
        days, without, other = read_days(text_)
        chapters = _CHAPTER.findall(without)
        without = _CHAPTER.sub(lambda m: " " * len(m[0]), without)
        found = Linked(text, days=days, chapters=chapters, other_year=other, quoted=quoted[1] if quoted else "")
        found.words = every = [wording.right(word, self.known) for word in wording.words(without)]
        cues = [wording.cues().get(word.plain, frozenset[str]()) for word in every]
        taken = self._link_names(found)
        for symbol in symbols:
            if thing := self._instrument(symbol):
                found.links.append(Link(thing, 0, 0))
                found.cues.add("decision")
        asked = bool(ABOUT_INSTRUMENTS.intersection(chain.from_iterable(cues)))
        found.links = [link for link in found.links if self._is_meant(link, asked)]
        self._link_chapter(found)
        found.links.sort(key=lambda link: link.start)
        found.demonyms = {self.demonyms[word.plain] for word in every if word.plain in self.demonyms}
        for place, (word, named) in enumerate(zip(every, cues, strict=True)):
            if place in taken:
                continue
            found.cues |= named - {"ignored"}
            if not named and not word.plain.isdigit() and len(word.plain) > 1:
                found.rest.append(word)
        return found

    def _link_names(self, found: Linked) -> set[int]:
        """Add the names in the words of a question, the longest first; return the places of their words."""
        taken: set[int] = set()
        every = found.words
        for size in range(min(LONGEST, len(every)), 0, -1):
            for start in range(len(every) - size + 1):
                span = range(start, start + size)
                if taken.intersection(span):
                    continue
                thing = self._bearer(found, every[start : start + size])
                if thing is not None:
                    taken.update(span)
                    found.links.append(Link(thing, start, start + size))
        return taken

    def _is_meant(self, link: Link, about_instruments: bool) -> bool:
        """Whether a name is meant: decisions only where one is asked for, and never the OSCE as a whole."""
        if link.thing.label == OSCE:
            return False
        return link.thing.cls not in INSTRUMENTS or about_instruments or link.end - link.start > 3 or link.start == link.end

    def _link_chapter(self, found: Linked) -> None:
        """Take "the chapter on the Mission to Serbia" and "the Baku chapter" for the chapter of that structure."""
        for match in re.finditer(r"\bchapter (?:on|of|about) |\b(?=\w+ chapter\b)", found.text):
            near = [
                link
                for link in found.links
                if link.thing.iri in self.sections
                and link.start < link.end
                and abs(found.words[link.start].start - match.end()) < 9
            ]
            if near and not found.chapters:
                found.chapters.append(self.sections[near[0].thing.iri])
                found.links.remove(near[0])
                found.cues.add("chapter")

    def _instrument(self, symbol: str) -> Thing | None:
        number = re.sub(r"[^\d/]", "", symbol.partition(" ")[2] or symbol)
        for name in (symbol, f"MC.DEC/{number}", f"PC.DEC/{number}", f"Decision {number}"):
            things = [t for t in self.names.get(fold(name), []) if t.cls in INSTRUMENTS]
            if things:
                return things[0]
        return None

    def _bearer(self, found: Linked, words: list[Word]) -> Thing | None:
        """Return what bears a name, or None: nothing, or several that only more words could tell apart."""
        key = fold(" ".join(w.plain for w in words))
        if len(words) == 1 and (len(key) < 2 or words[0].plain in wording.cues()) and not words[0].is_capital:
            return None
        things = self.names.get(key, [])
        if len(words) == 1 and len(key) <= 5 and not words[0].is_capital:
            # An acronym is written as one: "us" is not the United States.
            things = [t for t in things if key not in {fold(n) for n in t.names.get("acronym", [])} or key in fold(t.label)]
        if len(things) < 2:
            return things[0] if things else None
        try:
            return self.directory.find(key, {thing.cls for thing in things})
        except NameAmbiguous as error:
            found.ambiguous += error.candidates
        except NameNotFound:
            pass
        return None

    def is_strange(self, word: Word) -> bool:
        """Whether a word is written like a name, and nothing here bears it."""
        return word.is_capital and word.start > 0 and word.stem not in self.weights and word.plain not in self.known

    def nearest(self, name: str) -> list[str]:
        """Return the names that come nearest to an unknown one."""
        return self.directory.nearest(name, {thing.cls for thing in self.directory.things.values()}, 3)

    def guesses(self, linked: Linked, most: int = 3) -> list[Guess]:
        """Return the activities that the question may mean, the best first."""
        generic = {"activ", "event"}
        wanted = {w.stem for w in linked.words if w.stem in self.weights or w in linked.rest} - generic
        ignored = {wording.stem(s) for s, names in wording.cues().items() if "activity" not in names}
        linked_words = {i for link in linked.links for i in range(link.start, link.end)}
        keep = {w.stem for i, w in enumerate(linked.words) if i in linked_words or w.stem not in ignored}
        wanted &= keep
        total = sum(self.weights.get(s, 3.0) for s in wanted)
        if not total:
            return []
        found = []
        for told in self.told.values():
            if linked.days and not self._fits(told, linked.days):
                continue
            hit = wanted & told.stems
            score = sum(self.weights.get(s, 3.0) * (1.0 if s in told.titles else 0.9) for s in hit) / total
            if score > 0.3:
                found.append(Guess(told, score))
        found.sort(key=lambda g: (-round(g.score, 6), len(g.told.stems), g.told.iri))
        return found[:most]

    def _fits(self, told: Told, days: Days) -> bool:
        if days.exact:
            return any(first <= days.end and last >= days.start and (last - first).days < 60 for first, last in told.days)
        return any(first <= days.end and last >= days.start for first, last in told.days)


def _cue_lines() -> list[str]:
    from oscegraph import resources

    lines = (resources.queries_dir() / "cues.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition(":")[2] for line in lines if ":" in line and not line.startswith("#")]
