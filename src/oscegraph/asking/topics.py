"""Stage 7d16d: matters that questions ask for in many words, by the words that they cannot do without: `queries/topics.txt`.

A topic is not looked for by the order of words: all of its groups have to be there, in any order, in one of their forms.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oscegraph import resources
from oscegraph.asking import wording
from oscegraph.asking.wording import Word

# The line of words none of which may be there for any topic that has not the word itself.
_NEVER = "~never"
# Before a comparison, a group of which nothing may be there, and one of which anything may. A comparison that only topics
# answer, as no known question is on it, has two of the first.
_COMPARED, _NOT, _MAY = "@", "!", "?"
_ALONE = re.compile(r"^@@([\w-]+)", re.MULTILINE)
# A phrase as stems, and any of several of them.
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]


class Topic(NamedTuple):
    """What answers: a plain question, or what is told (`told`: rows, labels, column) of the comparison `compared`."""

    question: str
    compared: str
    told: str
    groups: tuple[Group, ...]
    without: tuple[Group, ...] = ()
    besides: tuple[Group, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The stems by which it is known, and those that may stand beside them."""
        return frozenset(stem for group in (*self.groups, *self.besides) for phrase in group for stem in phrase)


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
        found.append(
            Topic(
                "" if compared else answer,
                compared,
                told,
                tuple(_group(one) for one in groups if not one.startswith((_NOT, _MAY))),
                tuple(_group(one.removeprefix(_NOT)) for one in groups if one.startswith(_NOT)),
                tuple(_group(one.removeprefix(_MAY)) for one in groups if one.startswith(_MAY)),
            )
        )
    return found


@functools.cache
def catalogue() -> list[Topic]:
    """Return all topics, those first that are looked for first."""
    return parse([line for line in resources.word_lines("topics.txt") if not line.startswith(_NEVER)])


@functools.cache
def alone() -> frozenset[str]:
    """Return the comparisons that only topics answer."""
    return frozenset(_ALONE.findall(resources.text_of(resources.queries_dir() / "topics.txt")))


@functools.cache
def never() -> Group:
    """Return the phrases that narrow, turn round or deny whatever is asked."""
    lines = [line.partition(" <- ")[2] for line in resources.word_lines("topics.txt") if line.startswith(_NEVER)]
    return tuple(phrase for line in lines for phrase in _group(line))


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
        if any(not topic.words.issuperset(phrase) for phrase in vetoes):
            continue
        if not all(_has(stems, said, group) for group in topic.groups):
            continue
        if not any(_has(stems, said, group) for group in topic.without):
            yield topic
