"""Stage 7d16d: matters that questions ask for in many words, by the words that they cannot do without: `queries/topics.txt`.

A topic is not looked for by the order of words: all of its groups have to be there, in any order, in one of their forms.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from oscegraph import resources
from oscegraph.asking import wording
from oscegraph.asking.wording import Word

# The line of words none of which may be there for any topic that has not the word itself.
_NEVER = "~never"
# The line of words that say nothing, whatever is asked.
_ALWAYS = "~always"
# Begins a period among the words that may stand beside a topic.
_PERIOD = "~2"
# Before a comparison, a group of which nothing may be there, and one of which anything may. A comparison that only topics
# answer, as no known question is on it, has two of the first.
_COMPARED, _ALONE, _NOT, _MAY = "@", "@@", "!", "?"
# A phrase as stems, and any of several of them.
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]


class Topic(NamedTuple):
    """What answers: a plain question, or what is told (`told`: rows, labels, column) of the comparison `compared`.

    `words` are the stems by which it is known, and those that may stand beside them.
    """

    question: str
    compared: str
    told: str
    groups: tuple[Group, ...]
    without: tuple[Group, ...]
    words: frozenset[str]

    @property
    def periods(self) -> frozenset[str]:
        """The periods that it is of alone, as ~20110901to20110930."""
        return frozenset(word for word in self.words if word.startswith(_PERIOD))


@functools.cache
def _lines() -> list[str]:
    return resources.word_lines("topics.txt")


def stems_of(groups: Iterable[Group]) -> frozenset[str]:
    """Return the stems of all phrases of some groups."""
    return frozenset(stem for group in groups for phrase in group for stem in phrase)


def _group(text: str) -> Group:
    # `make derived` keeps the stems of all words of the file.
    known = wording.kept_stems()
    return tuple(tuple(known.get(word) or word for word in re.split("[_-]", one.strip())) for one in text.split("|"))


def parse(lines: Sequence[str]) -> list[Topic]:
    """Return the topics of some lines.

    >>> topic = parse(["Who paid most? <- pay|paid|funded ; most|more_than_any ; !least"])[0]
    >>> topic.question, len(topic.groups), topic.without
    ('Who paid most?', 2, ((('least',),),))
    >>> topic = parse(["@plans rows <- plan|plans"])[0]
    >>> topic.compared, topic.told
    ('plans', 'rows')
    """
    found = []
    for line in lines:
        answer, _, said = line.partition(" <- ")
        groups = [one.strip() for one in said.split(" ; ")]
        compared, _, told = answer.lstrip(_COMPARED).partition(" ") if answer.startswith(_COMPARED) else ("", "", "")
        needed = tuple(_group(one) for one in groups if not one.startswith((_NOT, _MAY)))
        without = tuple(_group(one.removeprefix(_NOT)) for one in groups if one.startswith(_NOT))
        besides = (_group(one.removeprefix(_MAY)) for one in groups if one.startswith(_MAY))
        found.append(Topic("" if compared else answer, compared, told, needed, without, stems_of([*needed, *besides])))
    return found


@functools.cache
def catalogue() -> list[Topic]:
    """Return all topics, those first that are looked for first."""
    return parse([line for line in _lines() if not line.startswith((_NEVER, _ALWAYS))])


@functools.cache
def alone() -> frozenset[str]:
    """Return the comparisons that only topics answer."""
    return frozenset(line.removeprefix(_ALONE).partition(" ")[0] for line in _lines() if line.startswith(_ALONE))


@functools.cache
def never() -> Group:
    """Return the phrases that narrow, turn round or deny whatever is asked."""
    lines = [line for line in _lines() if line.startswith(_NEVER)]
    return tuple(phrase for line in lines for phrase in _group(line.partition(" <- ")[2]))


@functools.cache
def always() -> frozenset[str]:
    """Return the stems of words that say nothing of any topic: "efforts", "a head count"."""
    lines = [line for line in _lines() if line.startswith(_ALWAYS)]
    return stems_of([_group(line.partition(" <- ")[2]) for line in lines])


def _has(stems: Sequence[str], said: frozenset[str], group: Group) -> bool:
    return any(
        phrase[0] in said
        and (len(phrase) == 1 or any(tuple(stems[place : place + len(phrase)]) == phrase for place in range(len(stems))))
        for phrase in group
    )


def of(words: Sequence[Word]) -> Iterator[Topic]:
    """Yield the topics of which a question has all groups, by its words."""
    stems = [word.stem for word in words]
    said = frozenset(stems)
    vetoes = [phrase for phrase in never() if _has(stems, said, (phrase,))]
    for topic in catalogue():
        if (
            all(_has(stems, said, group) for group in topic.groups)
            and not any(_has(stems, said, group) for group in topic.without)
            and all(topic.words.issuperset(phrase) for phrase in vetoes)
        ):
            yield topic
