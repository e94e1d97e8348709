"""Stage 7d4: a question with what its words name, and whether it tells of one event or of several."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from oscegraph.asking import wording
from oscegraph.asking.asked_days import Days
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import Word
from oscegraph.directory import Thing

# One event: "the workshop", "the Vienna conference of June"; not "which workshop", "a workshop".
ONE_EVENT = (
    r"(?<!which of )\b(?:the(?! report\b)|this|that|its|\w+['’]s)\s+(?:[\w-]+\s+){0,5}?(?:event|workshop|seminar|conference"
    r"|course|training|meeting|visit|exercise|round ?table|project(?! co-?ordinator)|symposium|forum|session)\b"
)
ONE = lazy_pattern(ONE_EVENT, re.IGNORECASE)
# So far apart two names may stand that "or" joins.
_NEAR = 3
# What stands for a name that is left out of a text.
_NAME = "Somebody"
# Words in the names of many.
_OFTEN = (
    "the of in to osce office mission centre center presence project co ordinator unit team department ministry police "
    "national state states republic international organization committee agency service law decision council conference "
    "workshop"
)


@dataclass
class Link:
    """A name in a question: the thing, and the words that name it.

    `at` if the words before say that it is where something was; `excluded` if they take it out ("other than"); `quiet` if
    it only says whose part another name is; `by` if it stands behind "by"; `broad` if it only says that all of it is about
    organized crime.
    """

    thing: Thing
    start: int
    end: int
    at: bool = False
    excluded: bool = False
    quiet: bool = False
    by: bool = False
    broad: bool = False


@dataclass
class Linked:
    """A question with what its words name; `rest` are the words that name nothing and are no cue.

    `ambiguous` describes what a name may mean that several things bear; such a name is not linked. `sections` are the names
    that only say which chapter is meant.
    """

    text: str
    links: list[Link] = field(default_factory=list)
    days: Days | None = None
    chapters: list[str] = field(default_factory=list)
    other_year: str | None = None
    cues: set[str] = field(default_factory=set)
    rest: list[Word] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    demonyms: set[str] = field(default_factory=set)
    adjectives: set[int] = field(default_factory=set)
    ambiguous: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    sections: list[Link] = field(default_factory=list)

    def without_names(self) -> str:
        """Return the text without names of actors: a "Project Co-ordinator" is no project, an "Office in Baku" no place."""
        return self.without(link for link in self.links if link.thing.is_actor and not link.excluded)

    def without(self, links: Iterable[Link]) -> str:
        """Return the text with one word for each of these names."""
        text = self.text
        for link in sorted(links, key=lambda link: -link.start):
            if link.end > link.start:
                text = text[: self.words[link.start].start] + _NAME + text[self.words[link.end - 1].end :]
        return text

    def stems(self, link: Link) -> set[str]:
        """Return the stems of the words of a link."""
        return {word.stem for word in self.words[link.start : link.end]}

    def own_stems(self, link: Link) -> set[str]:
        """Return the stems of the words of a link that say whose name it is: those of many names have others, too."""
        return self.stems(link) - wording.stems(_OFTEN)


def with_towns(links: Sequence[Link], words: Sequence[Word]) -> list[Link]:
    """Return names with the towns that only say where a body has its seat: "the Staff College in Dushanbe" is one name.

    That it has its seat there is told by its other names.
    """
    found: list[Link] = []
    for link in sorted(links, key=lambda link: link.start):
        before = found[-1] if found else None
        between = [word.plain for word in words[before.end : link.start]] if before else []
        if before and link.thing.cls == "Place" and between == ["in"] and before.thing.is_actor:
            seated = f" in {link.thing.label}".casefold()
            if any(name.casefold().endswith(seated) for name in before.thing.aliases):
                found[-1] = replace(before, end=link.end)
                continue
        found.append(link)
    return found


def joined_by_or(links: Iterable[Link], words: Sequence[str]) -> list[tuple[Link, Link]]:
    """Return each two names that "or" joins: "UNODC or the IOM"; `words` are those of the question."""
    pairs = itertools.pairwise(sorted(links, key=lambda link: link.start))
    return [(a, b) for a, b in pairs if b.start - a.end <= _NEAR and "or" in words[a.end : b.start]]
