"""Stage 7f6: activities whose whole titles a question has: these are meant, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from oscegraph.asking.facts import Facts
from oscegraph.directory import fold

# A title of so many words is one however it is written; a shorter one only as it stands: with two capitals, or quoted.
_LONG, _SHORT = 6, 2
_CAPITAL = re.compile(r"\b[A-Z]")
# What is written in the place of a title.
IT = "event"
_QUOTES = "\"“‘'«"


class Title(NamedTuple):
    """A title, the activity that alone bears it, and what is left of it when case and punctuation do not count."""

    text: str
    iri: str
    folded: str


class Titles:
    """The titles of all activities, as the graph labels them and as the report prints them, the longest first."""

    def __init__(self, facts: Facts) -> None:
        bearers: dict[str, dict[str, str]] = {}
        for iri, event in facts.events.items():
            for text in {event.label, *(told.title for told in event.told)}:
                bearers.setdefault(fold(text), {})[iri] = text
        found = [Title(*next(iter(held.items()))[::-1], folded) for folded, held in bearers.items() if len(held) == 1]
        self._all = sorted(
            (one for one in found if one.folded.count(" ") + 1 >= _SHORT), key=lambda t: (-len(t.text), t.text)
        )

    def said(self, text: str) -> list[Title]:
        """Return the titles that a text has, without those that are part of longer ones."""
        folded = f" {fold(text)} "
        found: list[Title] = []
        for one in self._all:
            if f" {one.folded} " not in folded or any(f" {one.folded} " in f" {other.folded} " for other in found):
                continue
            if one.folded.count(" ") + 1 >= _LONG or _stands(one.text, text):
                found.append(one)
        return found


def _stands(title: str, text: str) -> bool:
    """Whether a short title stands in a text: quoted, or with two capitals.

    >>> _stands("Seizure of Criminal Assets", "Who held the seizure of Criminal Assets?")
    True
    >>> _stands("Asset care", "Asset care?")
    False
    """
    # Within a sentence its first word may be small.
    for form in (title, title[:1].lower() + title[1:]):
        place = text.find(form)
        if place >= 0 and (len(_CAPITAL.findall(form)) > 1 or (place > 0 and text[place - 1] in _QUOTES)):
            return True
    return False


def without(text: str, titles: Iterable[Title]) -> str:
    """Return a text with "event" in the place of these titles.

    >>> without('Who paid for "Asset Recovery"?', [Title("Asset Recovery", "iri", "asset recovery")])
    'Who paid for "event"?'
    """
    for one in titles:
        text = re.sub(r"\W+".join(map(re.escape, re.findall(r"\w+", one.text))), IT, text, count=1, flags=re.IGNORECASE)
    return text
