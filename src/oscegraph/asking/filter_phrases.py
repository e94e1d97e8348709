"""Stage 7d9b: the phrases of `queries/filters.txt`, of which plain questions on filtered activities are put together.

A line gives the section, what it says, and the words: one|other, (what may be missing), join_words, {kinds of names}, and
@choices that are given before. Patterns are for words that are each followed by a space.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from oscegraph import resources
from oscegraph.asking.patterns import lazy_pattern

# What each name of a phrase may be.
_NAMES = {"who": "unit|body|state", "at": "place|state"}
_NOUN, _TYPES = "~noun", "{types}"
_END, _ASKS = "~end", "~asks"
# What stands for a number with what makes it a bound.
BOUND = "<bound>"
# What stands for words that are no part of any phrase: what activities are about.
WORDS = "<words>"
# Words that ask.
ASKING = frozenset({"which", "what", "when", "where", "who", "whom", "with", "in", "how"})
_NOUN_KINDS = ("kind",)
_TOKEN = re.compile(r"\(([^)]*)\)|(\S+)")


@dataclass
class Phrase:
    """A phrase: its section and what it says, and its pattern, for words that are each followed by a space.

    `noun` says that activities have to be named behind it, and `typed` that it names a type of actors.
    """

    section: str
    says: str
    noun: bool
    typed: bool
    pattern: re.Pattern[str]


@dataclass
class Phrases:
    """The phrases of a file by section, and all words that they have."""

    every: dict[str, list[Phrase]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    noun: str = ""

    @functools.cached_property
    def named(self) -> re.Pattern[str]:
        """What names activities, behind what stands before them."""
        return re.compile(rf"(?:(?:\{{(?:theme|unit|body)\}}|{WORDS}) )?(?:related )?{self.noun}")

    def section(self, name: str) -> list[Phrase]:
        """Return the phrases of a section."""
        return self.every.get(name, [])


def _choices(text: str, macros: dict[str, str]) -> str:
    """Return the choices of a word of a phrase as a pattern, each followed by a space."""
    found = []
    for one in text.split("|"):
        if one.startswith("@"):
            found.append(macros[one])
        elif one in (WORDS, BOUND):
            found.append(f"{one} ")
        elif one.startswith("{"):
            found.append(rf"\{{(?:{_NAMES.get(one.strip('{}'), one.strip('{}'))})\}} ")
        else:
            found.append(re.escape(one.replace("_", " ")).replace(r"\ ", " ") + " ")
    return f"(?:{'|'.join(found)})"


def _source(phrase: str, macros: dict[str, str], types: str, noun: str) -> str:
    """Return a phrase as a pattern; `types` and `noun` are those of any type of actors and of what names activities.

    >>> _source("which|what (@a) ~end", {"@a": "all "}, "", "")
    '(?:which |what )(?:(?:all ))?$'
    """
    made = []
    # Choices of names are one word: "{unit|body}".
    for optional, plain in _TOKEN.findall(re.sub(r"(?<=\w)\|(?=[\w|]*\})", "}|{", phrase)):
        if optional:
            made.append(f"(?:{''.join(_choices(word, macros) for word in optional.split())})?")
        elif plain == _NOUN:
            made.append(f"(?={noun})")
        elif plain == _END:
            made.append("$")
        elif plain == _ASKS:
            made.append(f"(?=(?:{'|'.join(sorted(ASKING))}) )")
        elif plain == _TYPES:
            made.append(types)
        else:
            made.append(_choices(plain, macros))
    return "".join(made)


def parse(text: str) -> Phrases:
    """Return the phrases of a text, one a line."""
    macros: dict[str, str] = {}
    held: list[tuple[str, str, bool, str]] = []
    found = Phrases()
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            name, _, words = line.partition(" = ")
            macros[name] = f"(?:{macros[name]}|{_choices(words, macros)})" if name in macros else _choices(words, macros)
        else:
            head, _, words = line.partition(" <- ")
            section, _, says = head.partition(" ")
            held.append((section, says.removesuffix(", noun"), says.endswith(", noun"), words))
        found.words |= {
            one for one in re.findall(r"[\w-]+", re.sub(r"\{[^}]*\}|[@~]\w+", " ", words)) for one in one.split("_")
        }
    types, nouns = (
        f"(?:{'|'.join(_source(words, macros, '', '') for section, _, _, words in held if section in sections)})"
        for sections in (("type",), _NOUN_KINDS)
    )
    found.noun = f"(?:{macros['@events']}|{nouns})"
    for section, says, noun, words in held:
        pattern = lazy_pattern(rf"(?<!\S){_source(words, macros, types, found.noun)}")
        found.every.setdefault(section, []).append(Phrase(section, says, noun, _TYPES in words, pattern))
    return found


@functools.cache
def catalogue() -> Phrases:
    """Return all phrases."""
    return parse((resources.queries_dir() / "filters.txt").read_text(encoding="utf-8"))
