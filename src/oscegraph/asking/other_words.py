"""Stage 7d16a: other words for what plain questions ask: "joined forces with" is "work with", by `queries/turns.txt`."""

from __future__ import annotations

import functools
import re

from oscegraph import resources
from oscegraph.asking.pattern_parts import Part, parts

_SLOT = re.compile(r"<(\w)>")
_ANY = r"[^,;:?]+?"
_ARTICLES = r"(?:(?:the|an?|OSCE(?:['\u2019]s)?)\s+)*"
_NEXT = rf"(?:[\s-]+{_ARTICLES}|(?=[^\w\s]|$))"
# That it was in the year of the report goes without saying.
_MARKS = {"~start": r"^\s*", "~end": r"(?:\s*in 2011)?[\s?.!]*$", ",": r"\s*,\s*", ":": r"\s*:\s*"}


def _part(part: Part) -> str:
    """Return a part of a phrase as a pattern, which takes what follows it up to the next word."""
    optional, choices = part
    first = choices[0][0]
    if first in _MARKS:
        found = _MARKS[first]
    elif first.startswith("<"):
        found = f"(?P{first}{_ANY}){_NEXT}"
    else:
        found = f"(?:{'|'.join(_NEXT.join(map(re.escape, words)) for words in choices)}){_NEXT}"
    return f"(?:{found})?" if optional else found


@functools.cache
def _rules() -> list[tuple[str, str, list[set[str]]]]:
    """The other words, each as what it stands for, its phrase, and the words of which one has to be there for each part."""
    found = []
    for line in resources.word_lines("turns.txt"):
        stands_for, _, phrase = line.partition(" <- ")
        needed = [
            {words[0].partition("'")[0] for words in choices}
            for optional, choices in parts(phrase)
            if not optional and choices[0][0] not in _MARKS and not choices[0][0].startswith("<")
        ]
        found.append((stands_for, phrase, needed))
    return found


@functools.cache
def pattern(phrase: str) -> re.Pattern[str]:
    """Return a phrase as a pattern, with a group for each slot."""
    every = parts(phrase)
    start = "" if every[0][1][0][0] in _MARKS else rf"(?<![\w-]){_ARTICLES}"
    return re.compile(start + "".join(map(_part, every)), re.IGNORECASE)


def in_other_words(text: str) -> str:
    """Return a question in the words of plain ones.

    >>> in_other_words("Which units joined forces with the IOM?"), in_other_words("Whose money was behind activities of X?")
    ('Which units work with IOM?', 'who funded activities of X?')
    """
    for stands_for, phrase, needed in _rules():
        said = set(re.findall(r"\w+", text.casefold()))
        if any(map(said.isdisjoint, needed)):
            continue
        if match := pattern(phrase).search(text):
            put = _SLOT.sub(functools.partial(_held, match), stands_for)
            text = " ".join(f"{text[: match.start()]} {put} {text[match.end() :]}".split())
            text = re.sub(r"\s+(?=[?,.])", "", text)
    return text


def _held(match: re.Match[str], slot: re.Match[str]) -> str:
    """Return the words that a phrase has in the place of a slot, without "'s"."""
    return re.sub(r"['\u2019]s$", "", match[slot[1]].strip())
