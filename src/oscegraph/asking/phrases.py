"""Stage 10d: the catalogue of question phrases.

A phrase is a line in the header of a query in `queries/questions/`:

    #+ ask: CUES {slots} -> FORM COLUMNS; parameter=value

Every cue (a word of `queries/cues.txt`; `one|other` for either) must be in the question, and every slot must be named by it.
`[role]` is any cue that names a role, `typed` any that says what the answer has to be (units, states, ministries ...).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from oscegraph import query
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.query import Query

_ASK = lazy_pattern(r"^#\+ ask: (.+?) -> (\w+)[ \t]*([^;\n]*)(?:;[ \t]*(.+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Phrase:
    """One way of asking a query: cues, slots, the form of the answer with its columns, and fixed parameters."""

    query: Query
    cues: tuple[frozenset[str], ...]
    slots: tuple[str, ...]
    form: str
    columns: tuple[str, ...]
    fixed: dict[str, str]

    @functools.cached_property
    def parameters(self) -> frozenset[str]:
        """The names of the parameters of the query."""
        return frozenset(parameter.name for parameter in self.query.parameters)


@functools.cache
def catalogue() -> tuple[Phrase, ...]:
    """Return the phrases of all named queries, by the name of the query."""
    found = []
    for named in query.catalogue():
        for words, form, columns, fixed in _ASK.findall(named.text):
            slots = tuple(re.findall(r"\{(\w+)\}", words))
            cues = tuple(frozenset(cue.split("|")) for cue in re.sub(r"\{\w+\}", "", words).split())
            pairs = dict(part.strip().split("=", 1) for part in fixed.split(";") if "=" in part)
            found.append(Phrase(named, cues, slots, form, tuple(columns.split()), pairs))
    return tuple(found)
