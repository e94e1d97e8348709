"""Stage 7d0: regular expressions that are compiled when they are first used.

Questions are read by some two hundred of them; to compile all takes as long as to answer a question, and a process that
answers one uses half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Lazy:
    """What looks like a compiled pattern, and is one from the first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        # Found in the object itself the next time, so that a use costs what it costs on a compiled one.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


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
