"""Stage 10g1a: whether activities are of the kind and on the theme of the one event of a question: "the drug conference"."""

from __future__ import annotations

from collections.abc import Iterable

from oscegraph.asking.asked_links import ONE
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

_GATHERED = "workshop seminar training_course training_of_trainers online_workshop lecture"
# Which kinds an event may be of by what it is called: courses are called seminars, but no conference is called a course.
_KINDS = {
    "conference": ("conference", "conferenc symposium forum congress"),
    "symposium": ("conference", "conferenc symposium forum congress"),
    "forum": ("conference", "conferenc symposium forum congress"),
    **dict.fromkeys(
        ("workshop", "seminar", "course", "training", "session"),
        (_GATHERED, "workshop seminar cours train session lectur"),
    ),
    "exercise": ("exercise", "exercis"),
}
# A word of a title weighs so much.
_IN_TITLE = 0.9
_NOUN = lazy_pattern(r"(\w+)\W*$")


def fits(question: Question, events: Iterable[Event]) -> bool:
    """Whether one of several activities is of the kind and on the themes that a question says; also if it says neither."""
    match = ONE.search(question.linked.text)
    if match is None:
        return True
    noun = _NOUN.search(match[0])
    kinds, stems = _KINDS.get(noun[1].casefold() if noun else "", ("", ""))
    begin, end = match.span()
    words = question.linked.words
    links = [
        link for link in question.links if "/vocab/theme/" in link.thing.iri and not link.broad and link.end > link.start
    ]
    themes = [link for link in links if begin <= words[link.start].start < end]
    for event in events:
        called = not kinds or not event.kinds.isdisjoint(kind.replace("_", " ") for kind in kinds.split())
        called = called or any(event.bag.get(stem, 0.0) >= _IN_TITLE for stem in stems.split())
        on = all(link.thing.iri in event.themes or question.linked.stems(link) <= event.titles for link in themes)
        if called and on:
            return True
    return False
