"""Stage 7d2a: of which kinds an activity may be by what it is called: "the symposium", "the study tour"."""

from __future__ import annotations

from collections.abc import Sequence

_TAUGHT = frozenset({"training course", "training of trainers"})
_VISITS = frozenset({"study visit", "country visit"})
# What one is called, in words, and of which kinds it may be then; none if of any.
KINDS: dict[tuple[str, ...], frozenset[str]] = {
    ("workshop",): frozenset({"workshop", "online workshop"}),
    ("seminar",): frozenset({"seminar"}),
    **dict.fromkeys((("conference",), ("symposium",), ("forum",)), frozenset({"conference"})),
    **dict.fromkeys((("training",), ("course",), ("training", "course"), ("training", "session")), _TAUGHT),
    **dict.fromkeys((("training", "event"), ("training", "seminar"), ("training", "workshop")), frozenset[str]()),
    **dict.fromkeys((("meeting",), ("session",)), frozenset({"meeting", "working group"})),
    **dict.fromkeys((("round", "table"), ("roundtable",)), frozenset({"round table"})),
    **dict.fromkeys((("study", "visit"), ("study", "tour"), ("study", "trip"), ("visit",)), _VISITS),
    ("exercise",): frozenset({"exercise"}),
    ("campaign",): frozenset({"campaign"}),
    ("project",): frozenset({"project", "programme"}),
    ("lecture",): frozenset({"lecture"}),
    **dict.fromkeys((("event",), ("activity",)), frozenset[str]()),
}
_LONGEST = max(map(len, KINDS))


def at(words: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the longest words for a kind that stand at a place, none if no kind is said there.

    >>> at(["who", "paid", "for", "training", "course"], 3), at(["the", "trainers"], 1)
    (('training', 'course'), ())
    """
    sizes = (n for n in range(_LONGEST, 0, -1) if tuple(words[place : place + n]) in KINDS)
    return tuple(words[place : place + next(sizes, 0)])


def without(words: list[str]) -> list[str]:
    """Return words without those for a kind at their end.

    >>> without(["when", "was", "round", "table"]), without(["when", "was", "project", "meeting"])
    (['when', 'was'], ['when', 'was', 'project'])
    """
    sizes = (n for n in range(_LONGEST, 0, -1) if tuple(words[-n:]) in KINDS)
    return words[: len(words) - next(sizes, 0)]
