"""Stage 10g1a8: whether an answer is on something of another State than a question says."""

from __future__ import annotations

from collections.abc import Callable

from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Question


def is_of_another_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether something of one State is asked for, and no activity that is told of has to do with it."""
    states, detail = question.linked.demonyms, best.found.detail if best.found else None
    events = naming.facts.known(detail.about if detail else best.events) if states and not question.polar else []
    if not events:
        return False
    linked, said = question.linked, set[str](detail.bag | detail.wide if detail else ())
    touched = set[str]().union(*(event.involved | event.areas for event in events))
    for event in events:
        said |= event.bag.keys()
        for teller in filter(None, (naming.facts.teller(told.chapter) for told in event.told)):
            touched.update(naming.directory.things[teller].facts.get("hostArea", ()))
    if any(linked.words[place].stem in said for place in linked.adjectives):
        return False
    return any(touched.isdisjoint(naming.circle(state) | {state}) for state in states)


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (is_of_another_state,)
