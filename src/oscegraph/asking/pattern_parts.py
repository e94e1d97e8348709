"""Stage 7d9a: the parts of a pattern of words: one|other, (what may be missing), join_words, {kinds of names}."""

from __future__ import annotations

import functools
import itertools
import re

# A part of a pattern: whether it may be missing, and which words it may be, each a sequence.
Part = tuple[bool, tuple[tuple[str, ...], ...]]


@functools.cache
def _choices(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words, or kinds of names, that a word of a pattern stands for."""
    if text.startswith("{"):
        return tuple((f"{{{name}}}",) for name in text.strip("{}").split("|"))
    return tuple(tuple(word.replace("-", "_").split("_")) for word in text.split("|"))


@functools.cache
def parts(pattern: str) -> tuple[Part, ...]:
    """Return the parts of a pattern.

    >>> parts("when was {document} adopted|signed_up (exactly)")[2:]
    ((False, (('{document}',),)), (False, (('adopted',), ('signed', 'up'))), (True, (('exactly',),)))
    """
    found: list[Part] = []
    for optional, plain in re.findall(r"\(([^)]*)\)|(\S+)", pattern):
        if optional:
            choices = [_choices(word) for word in optional.split()]
            found.append((True, tuple(sum(some, ()) for some in itertools.product(*choices))))
        else:
            found.append((False, _choices(plain)))
    return tuple(found)
