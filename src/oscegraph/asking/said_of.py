"""Stage 10e16c1: what is said of one activity beside roles, days and places: what it was about, what it was for, what came
of it.

Details tell that, each with the nouns behind which it may be asked for (`osg:answerNoun`): a detail with "topics" or
"contents" tells what an activity was about.
"""

from __future__ import annotations

from collections import defaultdict

from oscegraph.asking import wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.detail_fits import Found
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail, Event

# Behind which nouns it is told what an activity was about, what it was for, what came of it.
ABOUT, FOR, RESULT = "about", "purpose", "result"
_NOUNS = {
    ABOUT: "topics contents subjects themes matters issues lessons focus skills",
    FOR: "purposes aims goals objectives reasons",
    RESULT: "results outcomes recommendations outputs",
}
# A detail has to have so many of them: of 43 that had 36 were what the question meant, of eight with one six.
_TABLE, _FEWEST = "rows", 2
NOUNS = {name: frozenset(wording.stems(said)) for name, said in _NOUNS.items()}


def read(naming: Naming, question: Question, event: Event, what: str, titled: bool) -> Candidate | None:
    """Return what is said of an activity as it is asked for: the detail that most of the nouns stand behind; None if none.

    Of several that are told alike, as the parts of what it was about, it is not known which is meant. If a question has
    its title (`titled`), one thing that was spoken of, such as a case, is not what it was about.
    """
    nouns, others = NOUNS[what], naming.facts.events.keys() - {event.iri}
    # What a table holds are particulars, and what is on several activities is not only on this one.
    told = (one for one in naming.facts.details_on(event.iri) if one.kind != _TABLE and others.isdisjoint(one.about))
    by_nouns: dict[int, list[Detail]] = defaultdict(list)
    for one in told:
        if what != ABOUT or not titled or len(one.values) > 1:
            by_nouns[len(nouns & one.heads)].append(one)
    most = max(by_nouns, default=0)
    if most < _FEWEST or len(by_nouns[most]) > 1:
        return None
    found = Found(by_nouns[most][0], 1.0, 1.0, 1.0, 1.0, head=True)
    return OnDetails(naming).told(question, found)
