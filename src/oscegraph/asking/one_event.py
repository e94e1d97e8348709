"""Stage 10g1a: whether activities are of the kind and on the theme of the one event of a question: "the drug conference"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oscegraph.asking.asked_kinds import KINDS
from oscegraph.asking.asked_links import ONE
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

_GATHERED = frozenset({"workshop", "seminar", "training course", "training of trainers", "online workshop", "lecture"})
_CONFERENCE = frozenset({"conference"}), frozenset({"conferenc", "symposium", "forum", "congress"})
_TAUGHT = _GATHERED, frozenset({"workshop", "seminar", "cours", "train", "session", "lectur"})
# Which kinds an event may be of by what it is called, and words of such titles: courses are called seminars, conferences are
# not.
_KINDS = {
    **dict.fromkeys(("conference", "symposium", "forum"), _CONFERENCE),
    **dict.fromkeys(("workshop", "seminar", "course", "training", "session"), _TAUGHT),
    "exercise": (frozenset({"exercise"}), frozenset({"exercis"})),
}
# Which kinds are called just so.
_EXACT = {noun: KINDS[(noun,)] for noun in ("conference", "workshop", "seminar", "course", "training")}
# A word of a title weighs so much.
_IN_TITLE = 0.9
# "The training group" is no training.
_OTHER = lazy_pattern(
    r"\s+(?:group|cent(?:re|er)|academy|college|materials?|network|institute|curricul\w+|module|package)\b", re.IGNORECASE
)
_NOUN = lazy_pattern(r"(\w+)\W*$")


def fits(question: Question, events: Iterable[Event], every: Iterable[Event]) -> bool:
    """Whether one of several activities is of the kind and on the themes that a question says; also if it says neither.

    If there are any in `every` that are called just so, it has to be one of these.
    """
    match = ONE.search(question.linked.text)
    if match is None:
        return True
    noun = _NOUN.search(match[0])
    said = noun[1].casefold() if noun else ""
    if said not in _KINDS or _OTHER.match(question.linked.text, match.end()):
        return True
    kinds, stems = _KINDS[said]
    begin, end = match.span()
    words = question.linked.words
    links = [
        link for link in question.links if "/vocab/theme/" in link.thing.iri and not link.broad and link.end > link.start
    ]
    themes = [link for link in links if begin <= words[link.start].start < end]

    def is_on(event: Event) -> bool:
        return all(link.thing.iri in event.themes or question.linked.stems(link) <= event.titles for link in themes)

    def is_called(event: Event) -> bool:
        return not event.kinds.isdisjoint(kinds) or any(event.bag.get(s, 0.0) >= _IN_TITLE for s in stems)

    fitting = [event for event in events if is_called(event) and is_on(event)]
    exact = _EXACT.get(said, frozenset())
    just = (
        {event.iri for event in every if not event.kinds.isdisjoint(exact) and is_on(event)} if themes and fitting else set()
    )
    return any(event.iri in just for event in fitting) if just else bool(fitting)
