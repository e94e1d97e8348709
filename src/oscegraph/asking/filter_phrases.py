"""Stage 7d9b: the phrases of `queries/filters.txt` and `papers.txt`, of which plain questions are put together.

A line gives the section, what it says, and the words: one|other, (what may be missing), join_words, {kinds of names}, and
@choices that are given before. Patterns are for words that are each followed by a space.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from oscegraph import resources
from oscegraph.asking.pattern_parts import parts

# What each name of a phrase may be.
_NAMES = {"who": "unit|body|state", "at": "place|state"}
_NOUN, _TYPES = "~noun", "{types}"
_END, _ASKS, _WHO, _DOCUMENT, _PEOPLE = "~end", "~asks", "~who", "~doc", "~people"
# What stands before a place belongs to it, and not to the words before that.
_BEFORE_PLACES, _NO_PLACE = frozenset({"in", "at"}), r"(?!\{(?:place|state)\} )"
# What stands for a number with what makes it a bound.
BOUND = "<bound>"
# What stands for words that are no part of any phrase: what activities are about.
WORDS = "<words>"
# What has to follow, and is not taken.
_FOLLOWING = {
    "~about": "about |on |of ",
    "~between": "between |of ",
    "~with": "with ",
    "~whom": "who |whom ",
    "~in": "in |on ",
    "~mandate": r"\{unit\} (?:its |their )?mandates? |mandates? (?:of|for) \{unit\} ",
    "~basis": r"(?:is|are|was|were) (?:legal )?(?:basis|bases|grounds?|foundations?) (?:of|for) "
    r"(?:work |activities |efforts )?(?:of )?\{unit\} ",
    "~train": rf"(?:train|trains|trained|taught) (?:police|{WORDS}) ",
}
# Words that ask.
ASKING = frozenset({"which", "what", "when", "where", "who", "whom", "with", "in", "how"})
_NOUN_KINDS = ("kind",)
_MACRO = re.compile(r"@\w+")


@dataclass
class Phrase:
    """A phrase: its section and what it says, and its pattern, for words that are each followed by a space.

    `noun` says that activities have to be named behind it, and `typed` that it names a type of actors.
    """

    section: str
    says: str
    noun: bool
    typed: bool
    words: str
    # What the words may stand for: choices by name, any type of actors, what names activities.
    known: tuple[dict[str, str], str, str]

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when it is first looked for: most questions need few."""
        return re.compile(rf"(?<!\S){_source(self.words, *self.known)}")

    @functools.cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Of each part that may not be missing, the words one of which has to be said: the first ones of its choices."""
        found = []
        for optional, choices in parts(_written_out(self.words, self.known[0])):
            if not optional and not _is_mark(choices[0][0]):
                found.append(frozenset(kind for words in choices for kind in _kinds(words[0])))
        return tuple(found)


@dataclass
class Phrases:
    """The phrases of a file by section, and all words that they have.

    `noun` is what names activities, and `general` what names any: "events", not "workshops".
    """

    every: dict[str, list[Phrase]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    noun: str = ""
    general: str = ""

    @functools.cached_property
    def named(self) -> re.Pattern[str]:
        """What names activities, behind what stands before them."""
        kinds = rf"(?:\{{body\}} and )?(?:\{{(?:theme|unit|body)\}}|{WORDS}|police)"
        return re.compile(rf"(?:{kinds} )?(?:related )?{self.noun}")

    def section(self, name: str, text: str) -> Iterator[Phrase]:
        """Yield the phrases of a section that may stand in a text: to compile the pattern of each would take longer."""
        said = set(text.split())
        for phrase in self.every.get(name, ()):
            if not any(map(said.isdisjoint, phrase.needed)):
                yield phrase


def _kinds(word: str) -> list[str]:
    """Return a word of a phrase, or each kind of name that it stands for, as they stand in questions."""
    if not word.startswith("{"):
        return [word]
    return [f"{{{kind}}}" for kind in _NAMES.get(word.strip("{}"), word.strip("{}")).split("|")]


def _word(word: str) -> str:
    """Return a word of a phrase as a pattern, followed by a space."""
    kinds = "|".join(map(re.escape, _kinds(word)))
    return f"(?:{kinds}) " if "|" in kinds else f"{kinds} "


def _is_mark(word: str) -> bool:
    """Whether a word of a phrase stands for what is no word of its own."""
    return word.startswith("~") or word == _TYPES


def _written_out(phrase: str, macros: dict[str, str]) -> str:
    """Return a phrase with the choices that are given before."""
    return _MACRO.sub(lambda match: macros[match[0]], phrase)


def _source(phrase: str, macros: dict[str, str], types: str, noun: str) -> str:
    """Return a phrase as a pattern; `types` and `noun` are those of any type of actors and of what names activities.

    >>> _source("which|what (@a) ~end", {"@a": "all|every_one"}, "", "")
    '(?:which |what )(?:all |every one )?(?:$)'
    """
    asks = "|".join(sorted(ASKING))
    marks = {_NOUN: f"(?={noun})", _END: "$", _ASKS: f"(?=(?:{asks}) )", _TYPES: types}
    marks[_DOCUMENT] = r"(?=\{document\})"
    marks |= {mark: f"(?={words})" for mark, words in _FOLLOWING.items()}
    marks[_WHO] = rf"(?=\{{(?:{_NAMES['who']})\}})"
    if _PEOPLE in phrase:
        people = _source("@people", macros, types, noun)
        marks[_PEOPLE] = f"(?={people}from |(?:any |some )?(?:{people}|people |staff |members )of )"
    made, said = [], parts(_written_out(phrase, macros))
    for number, (optional, choices) in enumerate(said):
        if choices[0][0] in marks:
            made.append(f"(?:{marks[choices[0][0]]}){'?' * optional}")
            continue
        last = optional and number == len(said) - 1
        pattern = "|".join(
            "".join(map(_word, words)) + _NO_PLACE * (last and words[-1] in _BEFORE_PLACES) for words in choices
        )
        made.append(f"(?:{pattern}){'?' * optional}")
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
            macros[name] = f"{macros[name]}|{words}" if name in macros else words
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
    # "States or organizations" are of either type.
    types = f"(?:{types}(?:(?:and|or) (?:which |other )?{types})?)"
    events = _source("@events", macros, "", "")
    found.noun, found.general = f"(?:{events}|{nouns})", events
    for section, says, noun, words in held:
        phrase = Phrase(section, says, noun, _TYPES in words, words, (macros, types, found.noun))
        found.every.setdefault(section, []).append(phrase)
    return found


@functools.cache
def catalogue(name: str = "filters") -> Phrases:
    """Return all phrases of a file: `filters` on activities, `papers` on decisions."""
    return parse(resources.text_of(resources.queries_dir() / f"{name}.txt"))
