"""Stage 10e16c1: what is said of one activity beside roles, days and places: what it was about, what it was for, what came
of it.

Details tell that, each with the nouns behind which it may be asked for (`osg:answerNoun`): a detail with "topics" or
"contents" tells what an activity was about.
"""

from __future__ import annotations

from collections.abc import Iterator

from oscegraph.asking import wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.retrieval import Found, Question
from oscegraph.asking.statements import Detail, Event

# Behind which nouns it is told what an activity was about, what it was for, what came of it.
ABOUT, FOR, RESULT = "about", "purpose", "result"
_NOUNS = {
    ABOUT: "topics contents subjects themes matters issues lessons focus skills",
    FOR: "purposes aims goals objectives reasons",
    RESULT: "results outcomes effects recommendations outputs products",
}
# A detail has to have so many of them: of 43 that had 36 were what the question meant, of eight with one six.
_TABLE, _FEWEST = "rows", 2
NOUNS = {name: frozenset(wording.stems(said)) for name, said in _NOUNS.items()}


def read(naming: Naming, question: Question, event: Event, what: str) -> Candidate | None:
    """Return what is said of an activity as it is asked for: the detail that most of the nouns stand behind; None if none.

    Of several that are told alike, as the parts of what it was about, it is not known which is meant.
    """
    nouns = NOUNS[what]
    told = sorted(_of(naming, event), key=lambda one: (-len(nouns & one.heads), one.iri))
    best = [one for one in told if len(nouns & one.heads) == len(nouns & told[0].heads) >= _FEWEST]
    if len(best) != 1:
        return None
    found = Found(best[0], 1.0, 1.0, 1.0, 1.0, head=True)
    return OnDetails(naming).told(question, found)


def _of(naming: Naming, event: Event) -> Iterator[Detail]:
    """Yield the details on an activity that are on no other."""
    facts = naming.facts
    for number in sorted(facts.postings.on([event.iri])):
        detail = facts.details[facts.postings.iris[number]]
        # What a table holds are its particulars.
        if detail.kind != _TABLE and not any(iri != event.iri and iri in facts.events for iri in detail.about):
            yield detail
