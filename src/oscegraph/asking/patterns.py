"""Stage 7d0: regular expressions that are compiled when they are first needed.

Questions are read by some seven hundred of them; to compile all takes longer than to answer a question, and a process that
answers one uses half of them. Of these every other one cannot be in the question: a pattern that needs the word "chapter" is
not compiled for a text without it. Which words each needs stands in `queries/needed.txt`, which `make derived` writes.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable
from typing import Any, cast

from oscegraph import resources

# What each method returns where nothing is found, by the text that is looked through.
_NOTHING: dict[str, Callable[[str], Any]] = {
    "search": lambda _: None,
    "match": lambda _: None,
    "fullmatch": lambda _: None,
    "split": lambda text: [text],
    "findall": lambda _: [],
    "finditer": lambda _: iter(()),
    "sub": lambda text: text,
    "subn": lambda text: (text, 0),
}
# Methods whose text is the second argument.
_REPLACING = frozenset({"sub", "subn"})
# All patterns that were made.
every: list[_Lazy] = []


def folded(text: str) -> str:
    """Return a text in small letters, with those that letters of ASCII match in any case as these.

    >>> folded("K\u0131S\u017f \u0130\u212a")
    'kiss ik'
    """
    return text.replace("\u0130", "i").lower().replace("\u0131", "i").replace("\u017f", "s")


_folded = functools.lru_cache(maxsize=64)(folded)


def key(pattern: str, flags: int) -> str:
    """Return what tells a pattern from another one in the file of words that are needed."""
    return f"{zlib.crc32(f'{int(flags)} {pattern}'.encode()):08x}"


@functools.cache
def needed() -> dict[str, tuple[str, ...]]:
    """Return the words, in small letters, of which each pattern needs one, by its key; not of those that need none."""
    parts = (line.split("\t") for line in resources.word_lines("needed.txt"))
    return {first: tuple(words) for first, *words in parts}


class _Lazy:
    """What looks like a compiled pattern, and is one from the first text on that may have it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags
        every.append(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        words = needed().get(key(*self._given)) if name in _NOTHING else None
        if words is None:
            return getattr(self._compile(), name)
        # Found in the object itself the next time, so that a use costs what it costs on a compiled one.
        self.__dict__[name] = functools.partial(self._unless, name, words)
        return self.__dict__[name]

    @property
    def given(self) -> tuple[str, int]:
        """The pattern and its flags."""
        return self._given

    def _compile(self) -> re.Pattern[str]:
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = re.compile(*self._given)
            self.__dict__.update({method: getattr(compiled, method) for method in _NOTHING}, _compiled=compiled)
        return cast("re.Pattern[str]", compiled)

    def _unless(self, name: str, words: tuple[str, ...], *args: Any, **named: Any) -> Any:
        """Use a method, unless the text has none of the words that are needed."""
        place = 1 if name in _REPLACING else 0
        text = args[place] if len(args) > place else None
        if text is not None and "_compiled" not in self.__dict__:
            held = _folded(text)
            if not any(word in held for word in words):
                return _NOTHING[name](text)
        return getattr(self._compile(), name)(*args, **named)


def lazy_words(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words in any case, compiled when it is first used.

    >>> bool(lazy_words("most|least").search("The Most")), lazy_words("most").search("almost")
    (True, None)
    """
    return lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE)


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return a pattern that is compiled when it is first used.

    >>> number = lazy_pattern(r"no\. (\d+)", re.IGNORECASE)
    >>> number.search("No. 5")[1], number.pattern
    ('5', 'no\\. (\\d+)')
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
