"""Stage 7f2: files that are read by parts: JSON objects with one member on a line, and numbers kept as steps or bytes."""

from __future__ import annotations

import base64
import itertools
import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def dump(members: Mapping[str, Any]) -> str:
    """Return a JSON object with one member on a line."""
    lines = (
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(held, ensure_ascii=False, separators=(',', ':'))}"
        for key, held in members.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


class Lines(Mapping[str, Any]):
    """The members of a JSON object that is written with one member on a line, each read when it is needed."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, str] = {}
        for line in text.split("\n"):
            if line.startswith('"'):
                key, _, held = line.partition('": ')
                self._lines[json.loads(key + '"') if "\\" in key else key[1:]] = held
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            self._read[key] = json.loads(self._lines[key].rstrip(",\r"))
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def steps(numbers: Sequence[int]) -> str:
    """Return the first number, and from each number to the next, as a text.

    >>> steps([3, 4, 9])
    '3 1 5'
    """
    return " ".join(str(number - before) for before, number in itertools.pairwise((0, *numbers)))


class Numbers(Mapping[str, Sequence[int]]):
    """Numbers by word, kept as the steps from one to the next, and read when they are needed."""

    def __init__(self, packed: dict[str, str]) -> None:
        self._packed = packed
        self._read: dict[str, Sequence[int]] = {}

    def __getitem__(self, word: str) -> Sequence[int]:
        if word not in self._read:
            self._read[word] = list(itertools.accumulate(map(int, self._packed[word].split())))
        return self._read[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def packed(numbers: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Return what `Numbers` reads."""
    return {word: steps(numbers[word]) for word in sorted(numbers)}


def text_of(kind: str, numbers: Iterable[float]) -> str:
    """Return numbers of a kind of `array` as base64 of their bytes, the lowest first: reading JSON takes ten times as long.

    >>> text_of("H", [1, 258])
    'AQACAQ=='
    """
    held = array(kind, numbers)
    if sys.byteorder == "big":
        held.byteswap()
    return base64.b64encode(held.tobytes()).decode("ascii")


def array_of(kind: str, text: str) -> array[Any]:
    """Return the numbers that `text_of` gave.

    >>> array_of("H", "AQACAQ==").tolist()
    [1, 258]
    """
    held: array[Any] = array(kind)
    held.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        held.byteswap()
    return held
