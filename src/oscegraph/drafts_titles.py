"""Stage 8d: the words of activities: what words of a draft are about, and which activities bear them.

Nothing is decided here by hand: a word is about what the titles that bear it are about, and says the more the fewer bear it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from oscegraph import query
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import fold
from oscegraph.drafts_forms import forms
from oscegraph.drafts_words import STOP, stem, stems
from oscegraph.store import Store

# A word that more activities bear than one in so many says too little to find any by itself.
RARE = 20
_DATED = re.compile(r"\b[^\W\d_]{4,} (?:19|20)\d\d\b")


class Titles:
    """The titles, sub-headings, audiences and search terms of the activities of one graph; each is read when asked for."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._numbers: dict[str, int] = {}

    @cached_property
    def titles(self) -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
        """Stem -> sources whose title or definition bears it; source -> its themes; themes of what has no field."""
        bearers: dict[str, set[str]] = defaultdict(set)
        themes: dict[str, set[str]] = defaultdict(set)
        rest: set[str] = set()
        for row in query.run(self.store, "plan-words"):
            source, theme = row["source"] or "", row["theme"] or ""
            themes[source].add(theme)
            rest |= {theme} if row["sort"] == "rest" else set()
            for one in stems(row["words"] or ""):
                bearers[one].add(source)
        return dict(bearers), dict(themes), rest

    @cached_property
    def dated(self) -> set[str]:
        """Names with a year in titles, folded, such as "euro 2012": what stands before a year of another time."""
        texts = (fold(row["words"] or "") for row in query.run(self.store, "plan-words"))
        return {match for text in texts for match in _DATED.findall(text) if not match.endswith(str(REPORT_YEAR))}

    @cached_property
    def _audiences(self) -> list[str]:
        """The words of each telling that says for whom an activity was."""
        return [row["audience"] or "" for row in query.run(self.store, "plan-audiences")]

    @cached_property
    def audience_stems(self) -> set[str]:
        """The stems of all words that say for whom an activity was."""
        return {one for text in self._audiences for one in stems(text)}

    @cached_property
    def people(self) -> set[str]:
        """The words that end a phrase for an audience, such as prosecutors or police."""
        parts = (part for text in self._audiences for part in re.split(r"[,;()]|\band\b|\bof\b|\bfrom\b", text))
        ends = {word for part in parts for word in fold(part).split()[-1:] if word.isalpha() and word not in STOP}
        return ends - forms().nobody

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """A word -> the kinds that most activities with this word in their title are."""
        votes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in query.run(self.store, "plan-kinds"):
            for word in set(fold(row["words"] or "").split()):
                votes[word][row["kind"] or ""].add(row["activity"] or "")
        every = {word: set().union(*own.values()) for word, own in votes.items()}
        return {word: {k for k, its in own.items() if 2 * len(its) > len(every[word])} for word, own in votes.items()}

    @cached_property
    def _borne(self) -> tuple[dict[str, dict[str, set[str]]], dict[str, list[tuple[frozenset[str], str]]], int]:
        """Stem -> activity -> how it bears the stem; stem -> search terms with it, each with an activity; the activities."""
        words: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        terms: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        activities = set()
        for row in query.run(self.store, "plan-borne"):
            activity, how, own = row["activity"] or "", row["how"] or "", stems(row["words"] or "")
            activities.add(activity)
            for one in sorted(own):
                if how == "search term":
                    terms[one].append((frozenset(own), activity))
                else:
                    words[one][activity].add(how)
        return {one: dict(found) for one, found in words.items()}, dict(terms), len(activities)

    def number(self, one: str) -> int:
        """Return how many activities bear a stem, in whatever way."""
        if one not in self._numbers:
            self._numbers[one] = len(self._bearing(one))
        return self._numbers[one]

    def _bearing(self, one: str) -> set[str]:
        words, terms, _ = self._borne
        return words.get(one, {}).keys() | {activity for _, activity in terms.get(one, ())}

    def titled(self, one: str) -> bool:
        """Whether any activity bears a stem in more than its search terms."""
        return one in self._borne[0]

    def weight(self, one: str) -> float:
        """Return how much a stem says: the logarithm of one more than all activities by those that bear it."""
        borne = self.number(one)
        return math.log(1 + self._borne[2] / borne) if borne else 0.0

    def rare(self, one: str) -> bool:
        """Whether so few activities bear a stem that it can find them by itself."""
        return 0 < self.number(one) * RARE <= self._borne[2]

    def bearers(self, wanted: set[str], said: set[str]) -> dict[str, dict[str, set[str]]]:
        """Return the activities that bear any of the wanted stems, each with these stems and how it bears them.

        A search term counts if all of its stems are `said`, wanted or not; one of several words is a "search phrase", too.
        """
        words, terms, _ = self._borne
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for one in sorted(wanted):
            for activity, ways in words.get(one, {}).items():
                found[activity][one] |= ways
            for term, activity in terms.get(one, ()):
                if term <= said:
                    found[activity][one] |= {"search term", "search phrase"} if len(term) > 1 else {"search term"}
        return {activity: dict(own) for activity, own in found.items()}

    def on(self, one: str, theme: str) -> float | None:
        """Return which part of the activities that bear a stem is on a theme, or None if none bears it."""
        bearers, themes = self._bearing(one), self.titles[1]
        return sum(theme in themes.get(activity, ()) for activity in bearers) / len(bearers) if bearers else None

    def theme_of(self, words: Sequence[str]) -> tuple[str, str] | None:
        """Return the theme of most titles that bear all the words, and by how many; None if too few or too divided."""
        bearers, themes, rest = self.titles
        wanted = {stem(word) for word in words}
        if len(wanted) < len(words):
            return None
        sources = set.intersection(*(bearers.get(one, set()) for one in wanted))
        votes = Counter(theme for source in sources for theme in themes[source] if theme not in rest)
        if not votes:
            return None
        theme, number = min(votes.items(), key=lambda item: (-item[1], item[0]))
        usual = sum(theme in own for own in themes.values()) / len(themes)
        sure = (number + 2 * usual) / (len(sources) + 2)
        if number < 3 or number / len(sources) < 0.75 or sure < max(0.5, 1.5 * usual):
            return None
        return theme, f"{number} of {len(sources)} titles with {'these words' if len(words) > 1 else 'this word'}"
