"""Stage 8e: a draft of an activity in words, read as kind, themes, place, date, audience, units, partners and decisions.

Names are those of the directory and of sub-headings. What a word without a name is about is read off the titles of
activities that bear it. Words that activities bear are kept, to look for them; whatever is left over is not understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from oscegraph import query
from oscegraph.directory import Directory, fold
from oscegraph.drafts_dates import take_dates
from oscegraph.drafts_forms import forms, says_nothing
from oscegraph.drafts_links import SPLIT, Linker, Word
from oscegraph.drafts_names import Vocabulary
from oscegraph.drafts_sorted import Sorter, add
from oscegraph.drafts_titles import Titles
from oscegraph.drafts_words import FACETS, LIMIT, STOP, DraftError, Found, Reading, stem
from oscegraph.namespaces import PREFIXES, local_name
from oscegraph.store import Store

_TOKEN = re.compile(r"[^\W_]+|[,;:.()\n]")
_DECISION = re.compile(
    r"\b(?:(?P<organ>PC|MC|Permanent Council|Ministerial Council|Permanent|Ministerial)\s+)?Decisions?\s+(?:[Nn]os?\.?\s*)?"
    r"(?P<number>\d{1,4})(?:\s*/\s*(?P<year>(?:20)?\d{2})\b)?(?:\s*\((?:of\s+)?\d{4}\))?"
)
_NAMED_YEAR = re.compile(r"\b(?P<name>[^\W\d_]{4,})\s+(?:19|20)\d\d\b")
_SYMBOL = re.compile(r"\b[A-Z]{2,}(?:\.[A-Z]+)+(?:/\d+)+\b")
_NEAR_FOR = 20
# Kinds that a draft of another kind may be about.
_SUBJECTS = {"grp-event", "event", "equipment", "assessment"}
NOT_KNOWN = "no known name or word"


class Reader:
    """Reads drafts with the names and titles of one graph."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.directory, self.titles = directory, Titles(store)
        self.names = Vocabulary(store, directory, self.titles)
        self.linker = Linker(self.names, self.titles)
        self.sorter = Sorter(directory, self.names, self.titles, self.linker)

    def read(self, text: str, only: Iterable[str] = ()) -> Reading:
        """Return how a draft is read; `only` limits it to some of FACETS, as for a column of a table.

        Raises DraftError for a draft of more than LIMIT characters.
        """
        if len(text) > LIMIT:
            raise DraftError(f"The draft has {len(text)} characters; at most {LIMIT} are read.")
        wanted = set(only) or set(FACETS)
        text = "".join(_printed(c) for c in unicodedata.normalize("NFC", text))
        reading = Reading(" ".join(text.split()))
        text = self._dated_names(self._decisions(text))
        if wanted & {"date"}:
            text, reading.dates, wrong = take_dates(text)
            reading.unknown += wrong
        text = forms().spelled_out(self._symbols(self._without_languages(text), reading))
        words = [Word(token, fold(token) or token) for token in _TOKEN.findall(text)]
        links, areas = self.linker.link(words)
        self.sorter.sort(words, links, areas, reading, wanted)
        if "kind" in wanted:
            # "Training on cybercrime equipment" is a training, of which equipment is the subject.
            subjects = [kind for kind in reading.kinds if local_name(kind.iri) in _SUBJECTS]
            if len(subjects) == len(reading.kinds):
                self._kind_by_word(words, reading)
            if len(reading.kinds) > len(subjects):
                reading.kinds = [kind for kind in reading.kinds if kind not in subjects]
        if "audience" in wanted:
            self._for_whom(words, reading, after_for="title" in wanted)
        if "theme" in wanted:
            self._by_titles(words, reading)
            self._by_names(text, reading)
        if "audience" in wanted:
            self._for_whom(words, reading, after_for=False)
        self._rest(words, reading, seek=bool(wanted & {"title", "theme"}))
        return reading

    def _without_languages(self, text: str) -> str:
        """Return a draft without languages that something is in: "in Russian" says no place."""
        languages = "|".join(sorted(map(re.escape, {*self.names.adjectives, "english"}), key=len, reverse=True))
        ends = r"(?:\s+languages?)?(?=\s*(?:[,.;:)\n]|$|(?:and|or)\b))"
        return re.sub(
            rf"\b(?:in|into)\s+(?:{languages})(?:\s+and\s+(?:{languages}))?{ends}", " , ", text, flags=re.IGNORECASE
        )

    def _decisions(self, text: str) -> str:
        """Return a draft with decisions by their symbols: "Permanent Council Decision No. 813 (2007)" is PC.DEC/813."""

        def symbol(match: re.Match[str]) -> str:
            year = f"/{match['year'][-2:]}" if match["year"] else ""
            organs = (match["organ"] or "")[:1].upper() or ("M" if year else "P")
            short = f"{organs}C.DEC/{int(match['number'])}"
            known = (one for one in (short + year, short) if fold(one) in self.names.names)
            return next(known, match[0])

        return _DECISION.sub(symbol, text)

    def _dated_names(self, text: str) -> str:
        """Return a draft without the years of names that the report has: "Euro 2012" is no date, "Kosovo 2009" is one."""

        def name(match: re.Match[str]) -> str:
            named = fold(match[0]) in self.titles.dated and fold(match["name"]) not in self.names.names
            return match["name"] if named else match[0]

        return _NAMED_YEAR.sub(name, text)

    def _symbols(self, text: str, reading: Reading) -> str:
        """Take symbols of decisions that the graph does not know out of the text, so that no part of one is a name."""

        def take(match: re.Match[str]) -> str:
            if fold(match[0]) in self.names.names:
                return match[0]
            reading.unknown.append((match[0], "no decision that the report names"))
            return " , "

        return _SYMBOL.sub(take, text)

    def _kind_by_word(self, words: list[Word], reading: Reading) -> None:
        for word in words:
            thing = None if word.used else self.names.kind_words.get(word.plain)
            if thing is not None:
                word.used = word.sought = True
                add(reading.kinds, Found(thing.iri, thing.label, word.text, "word of the name"))

    def _for_whom(self, words: list[Word], reading: Reading, after_for: bool) -> None:
        """Read words as audience that tellings use for it: behind "for" any such word, elsewhere such as end a phrase."""
        inside, nobody = False, STOP | _done_to(words)
        for word in words:
            if word.plain in SPLIT or (word.plain in STOP and word.plain not in {"and", "or"}):
                inside = word.plain == "for"
            fits = stem(word.plain) in self.titles.audience_stems if after_for else word.plain in self.titles.people
            if fits and (inside or not after_for) and not word.used and len(word.plain) > 3 and word.plain not in nobody:
                # "Passport offices" are on passports, too.
                word.used = not after_for or says_nothing([word.plain]) or self.titles.theme_of([word.plain]) is None
                if word.plain not in reading.audience:
                    reading.audience.append(word.plain)

    def _by_titles(self, words: list[Word], reading: Reading) -> None:
        """Read themes off the titles that bear the words left over: two neighbours together, else single words."""
        left = [word for word in words if word.plain not in STOP]
        groups = [list(pair) for pair in pairwise(left)]
        if not reading.themes and not reading.headings:
            groups += [[word] for word in left]
        for group in groups:
            if any(word.used or word.plain in SPLIT for word in group) or says_nothing([word.plain for word in group]):
                continue
            found = self.titles.theme_of([word.plain for word in group])
            if found and (len(group) > 1 or not any(theme.how == "name" for theme in reading.themes)):
                theme, how = found
                spoken = " ".join(word.text for word in group)
                add(reading.themes, Found(theme, self.directory.label(theme), spoken, how))
                for word in group:
                    word.used = word.sought = True

    def _by_names(self, text: str, reading: Reading) -> None:
        """Where nothing else says what a draft is about, take what some names are about, and the decisions that it names."""
        if reading.themes or reading.headings:
            return
        said = f" {fold(text)} "
        found = [
            (iri, words, "name")
            for words, theme in forms().themes.items()
            if f" {words} " in said and (iri := PREFIXES["theme"] + theme) in self.directory.things
        ]
        rows = list(query.run(self.titles.store, "decision_themes")) if reading.decisions else []
        for decision in reading.decisions:
            themes = (row["theme"] or "" for row in rows if row["instrument"] == decision.iri)
            found += [(theme, decision.words, "theme of the decision") for theme in themes]
        for iri, spoken, how in found:
            add(reading.themes, Found(iri, self.directory.label(iri), spoken, how))

    def _rest(self, words: list[Word], reading: Reading, seek: bool) -> None:
        """Keep the words that activities bear, and list what was not understood, neighbouring words together."""
        left: dict[str, str] = {}
        run: list[str] = []
        for word in [*words, Word(",", ",")]:
            ends = word.plain in SPLIT or word.plain in STOP
            word.used = word.used or word.plain in forms().empty
            known = seek and not ends and self._is_sought(word)
            if known and (word.sought or not word.used):
                word.used = True
                if word.plain not in reading.words:
                    reading.words.append(word.plain)
            if not word.used and not ends and len(word.plain) > 1:
                run.append(word.text)
            elif run and (word.used or ends):
                # Looking for near names is slow; nobody reads more of them.
                left.setdefault(" ".join(run), self._unknown(run) if len(left) < _NEAR_FOR else NOT_KNOWN)
                run = []
        reading.unknown += left.items()

    def _is_sought(self, word: Word) -> bool:
        """Whether activities bear a word; a town in another spelling is none, though search terms have it."""
        one = stem(word.plain)
        if len(word.plain) < 3 or not self.titles.number(one):
            return False
        return self.titles.titled(one) or not word.text[0].isupper() or not self.names.nearest(word.plain)

    def _unknown(self, run: list[str]) -> str:
        """Return why words were not understood, with the nearest places for what is written as a name."""
        names = [word for word in run if word[0].isupper()][:4]
        near = [name for word in dict.fromkeys([" ".join(names), *names]) for name in self.names.nearest(word)]
        return NOT_KNOWN + (f"; nearest places: {', '.join(list(dict.fromkeys(near))[:3])}" if near else "")


def _done_to(words: list[Word]) -> set[str]:
    """Return the words beside what is done to people, "of" apart: it is about them, and not for them."""
    plain, deeds = [word.plain for word in words if word.plain != "of"], forms().deeds
    return {one for pair in pairwise(plain) for one in pair if not deeds.isdisjoint(pair)}


def _printed(char: str) -> str:
    """Return a character as it is read: whitespace as a blank, control characters not at all."""
    if char.isprintable() or char == "\n":
        return char
    return " " if char.isspace() else ""
