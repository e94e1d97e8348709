"""Stage 10g1f: names in a question that nothing here bears: of whatever is written like one, and of field operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from oscegraph.asking import polar
from oscegraph.asking.asked import ANSWERED, UNKNOWN, Asked
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import Word
from oscegraph.directory import Directory, fold
from oscegraph.errors import NameAmbiguous, NameNotFound

_NEAREST = 5
# How sure a "no" is where a name is known to nothing: likely.
_SURE = 0.75
# A field operation by its state or town.
_OPERATION = lazy_pattern(
    r"\b(?:(?:OSCE )?Mission (?:to|in)|OSCE (?:Field Office|Liaison Office|Office|Centre|Presence|Project Co-?ordinator) in)"
    r" (?P<area>[A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)
# What stands before a name that takes part in what is asked.
_JOINED = frozenset({"and", "or", "from", "in", "with", "by", "of", "to"})
# An organization that is spelled like a word that asks.
_ALSO_A_WORD = "WHO"
_SHORT, _ALIKE = 3, 3


class Unknown(NamedTuple):
    """Names that nothing here bears, and the nearest that are known; or the state or town of no field operation."""

    question: str
    names: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    area: str = ""

    def asked(self) -> Asked:
        """Return that they are known to nothing here."""
        hints = [f"No field operation in {self.area} is known here."] if self.area else []
        hints += [f'No name "{name}" is known.' for name in self.names]
        return Asked(self.question, UNKNOWN, hints=[*hints, *self.nearest])

    def denied(self) -> Asked:
        """Return that what is asked for yes or no of them is not told.

        The report tells nothing of whom it does not name. What begins as a known name may be mistyped, and stays unknown.
        """
        asked = self.asked()
        said = {name[:_ALIKE].casefold() for name in self.names}
        if said & {word[:_ALIKE].casefold() for name in self.nearest for word in name.split()}:
            return asked
        reading = "Whether the report tells so of a name that it does not have"
        return Asked(self.question, ANSWERED, reading, [False], hints=asked.hints[:1], confidence=_SURE)

    def is_joined(self, linked: Linked) -> bool:
        """Whether one of them is of those who are said to have done something: "Finland and Peru"."""
        words = linked.words
        before = (words[at - 1].plain for at, word in enumerate(words) if word.typed in self.names and at)
        behind = (words[at + 1].plain for at, word in enumerate(words[:-1]) if word.typed in self.names)
        return any(word in _JOINED for word in before) or any(word in {"and", "or"} for word in behind)


def read(
    text: str,
    linked: Linked,
    is_strange: Callable[[Word, bool], bool],
    nearest: Callable[[str], Iterable[str]],
    directory: Directory,
    names: bool = True,
) -> Unknown | None:
    """Return the names in a question that are known to nothing here; None if there are none.

    With `names` one capital letter makes a name, unless most words are written so, as in a heading.
    """
    names = names and 2 * sum(word.is_name for word in linked.words) <= len(linked.words)
    strange = [word.typed for word in linked.rest if is_strange(word, names)]
    strange += [word.typed for word in _capitals(linked) if word.typed not in strange]
    if strange:
        near = [name for word in strange for name in nearest(word)]
        return Unknown(text, tuple(strange), tuple(near[:_NEAREST]))
    area = _no_operation(text, directory)
    return Unknown(text, area=area) if area else None


def _capitals(linked: Linked) -> list[Word]:
    """Return words in capitals that are no name here, and were taken for another word: "WHO", "ASEAN"."""
    if sum(word.typed.isupper() for word in linked.words) * 2 > len(linked.words):
        return []
    within = {at for link in linked.links for at in range(link.start, link.end)}
    free = (word for at, word in enumerate(linked.words) if at not in within and word.start > 0)
    found = (word for word in free if word.typed.isupper() and word.typed.isalpha() and len(word.typed) >= _SHORT)
    return [word for word in found if word.typed == _ALSO_A_WORD or fold(word.typed) != word.plain]


def _no_operation(text: str, directory: Directory) -> str:
    """Return the state of a field operation that is named where none works: "the OSCE Mission to Georgia"; else ""."""
    match = _OPERATION.search(text)
    try:
        area = directory.area(match["area"]) if match else None
    except (NameNotFound, NameAmbiguous):
        return ""
    if area is None or area.cls not in ("State", "Territory", "Place"):
        return ""
    if area.cls == "Place":
        if polar.is_polar(text):
            # The report may tell something of an office in a town that is no structure here.
            return ""
        states = area.facts.get("inArea", ())
        known = any(set(states) & set(thing.facts.get("hostArea", ())) for thing in directory.things.values())
        return "" if known or not states else area.label
    hosted = (area.iri in thing.facts.get("hostArea", ()) for thing in directory.things.values())
    return "" if any(hosted) else area.label
