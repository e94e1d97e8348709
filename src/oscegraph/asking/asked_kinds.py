"""Stage 7d2a: of which kinds an activity may be by what it is called: "the symposium", "the study tour"."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from oscegraph.asking.wording import stem

TAUGHT = frozenset({"training course", "training of trainers"})
_VISITS = frozenset({"study visit", "country visit"})
# What one is called, in words, and of which kinds it may be then; none if of any.
KINDS: dict[tuple[str, ...], frozenset[str]] = {
    ("workshop",): frozenset({"workshop", "online workshop"}),
    ("seminar",): frozenset({"seminar"}),
    **dict.fromkeys((("conference",), ("symposium",), ("forum",)), frozenset({"conference"})),
    **dict.fromkeys((("training",), ("course",), ("training", "course"), ("training", "session")), TAUGHT),
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
# Kinds that are taken for one another: a workshop may be called a training, or a meeting.
_ALIKE = (
    TAUGHT | {"workshop", "online workshop", "seminar", "lecture", "round table", "programme", "project"},
    frozenset({"meeting", "working group", "conference", "seminar", "round table", "workshop", "public event", "project"}),
)
# What may be called so, too, but as other things are: a report may tell of one or be one, workshops may be a series.
_WRITTEN, _SOUGHT = frozenset({"publication"}), frozenset({"assessment", "research"})
OPEN: dict[tuple[str, ...], frozenset[str]] = {
    **KINDS,
    **{(*words[:-1], f"{words[-1]}s"): kinds for words, kinds in KINDS.items() if words[-1] not in ("activity",)},
    **dict.fromkeys((("assessment",), ("survey",), ("study",), ("analysis",), ("needs", "assessment")), _SOUGHT),
    **dict.fromkeys((("publication",), ("handbook",), ("manual",), ("guidebook",), ("bulletin",), ("book",)), _WRITTEN),
    **dict.fromkeys((("programme",), ("program",), ("initiative",)), frozenset({"programme", "project"})),
    **dict.fromkeys((("trip",), ("tour",), ("study", "trips"), ("study", "tours")), _VISITS),
    **dict.fromkeys((("talks",), ("dialogue",), ("working", "group")), frozenset({"meeting", "working group"})),
    **dict.fromkeys((("trainer", "course"), ("trainers", "course"), ("training", "of", "trainers")), TAUGHT),
    **dict.fromkeys((("series",), ("panel",), ("evaluation",)), frozenset[str]()),
}
_LONGEST = max(map(len, OPEN))


def alike(kinds: frozenset[str]) -> frozenset[str]:
    """Return the kinds that may be called as these are, those themselves among them.

    >>> "seminar" in alike(frozenset({"training course"})), "study visit" in alike(frozenset({"meeting"}))
    (True, False)
    """
    return kinds.union(*(some for some in _ALIKE if kinds & some))


@functools.cache
def stems() -> frozenset[str]:
    """Return the stems of all words for kinds."""
    return frozenset(stem(word) for words in OPEN for word in words)


def at(words: Sequence[str], place: int, known: Mapping[tuple[str, ...], frozenset[str]] = KINDS) -> tuple[str, ...]:
    """Return the longest words for a kind that stand at a place, none if no kind is said there.

    >>> at(["who", "paid", "for", "training", "course"], 3), at(["the", "trainers"], 1)
    (('training', 'course'), ())
    >>> at(["the", "courses"], 1), at(["the", "courses"], 1, OPEN)
    ((), ('courses',))
    """
    sizes = (n for n in range(_LONGEST, 0, -1) if tuple(words[place : place + n]) in known)
    return tuple(words[place : place + next(sizes, 0)])


def without(words: list[str]) -> list[str]:
    """Return words without those for a kind at their end.

    >>> without(["when", "was", "round", "table"]), without(["when", "was", "project", "meeting"])
    (['when', 'was'], ['when', 'was', 'project'])
    """
    sizes = (n for n in range(_LONGEST, 0, -1) if tuple(words[-n:]) in KINDS)
    return words[: len(words) - next(sizes, 0)]
