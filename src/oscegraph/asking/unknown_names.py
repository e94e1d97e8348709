"""Stage 10g1f: names in a question that nothing here bears: of whatever is written like one, and of field operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from oscegraph.asking.asked import ANSWERED, UNKNOWN, Asked
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import Word
from oscegraph.directory import Directory
from oscegraph.errors import NameAmbiguous, NameNotFound

_NEAREST = 5
# How sure a "no" is where a name is known to nothing: likely.
_SURE = 0.75
# A field operation by its state.
_OPERATION = lazy_pattern(
    r"\b(?:(?:OSCE )?Mission to|OSCE (?:Office|Centre|Presence) in) (?P<area>[A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)


def read(
    text: str,
    linked: Linked,
    is_strange: Callable[[Word, bool], bool],
    nearest: Callable[[str], Iterable[str]],
    directory: Directory,
    names: bool = True,
) -> Asked | None:
    """Return that a name is known to nothing here, with the nearest names; None if there is no such name.

    With `names` one capital letter makes a name, unless most words are written so, as in a heading.
    """
    names = names and 2 * sum(word.is_name for word in linked.words) <= len(linked.words)
    strange = [word.typed for word in linked.rest if is_strange(word, names)]
    if strange:
        near = [name for word in strange for name in nearest(word)]
        return Asked(text, UNKNOWN, hints=[f'No name "{word}" is known.' for word in strange] + near[:_NEAREST])
    state = _no_operation(text, directory)
    return Asked(text, UNKNOWN, hints=[f"No field operation in {state} is known."]) if state else None


def denied(unknown: Asked) -> Asked:
    """Return that what is asked for yes or no of a name that is known to nothing is not told.

    The report tells nothing of whom it does not name, and what is mistyped by a letter has been put right before.
    """
    reading = "Whether the report tells so of a name that it does not have"
    return Asked(unknown.question, ANSWERED, reading, [False], hints=unknown.hints[:1], confidence=_SURE)


def _no_operation(text: str, directory: Directory) -> str:
    """Return the state of a field operation that is named where none works: "the OSCE Mission to Georgia"; else ""."""
    match = _OPERATION.search(text)
    try:
        area = directory.area(match["area"]) if match else None
    except (NameNotFound, NameAmbiguous):
        return ""
    if area is None or area.cls not in ("State", "Territory"):
        return ""
    hosted = (area.iri in thing.facts.get("hostArea", ()) for thing in directory.things.values())
    return "" if any(hosted) else area.label
