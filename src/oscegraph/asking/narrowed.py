"""Stage 10g1a9: what narrows a reading that does not look at it: a council, who pays, some of the decisions, a matter."""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question

_ORGANS = (
    ("PC.", lazy_words(r"permanent council|PC(?!\.)")),
    ("MC.", lazy_words(r"ministerial(?: council)?|ministers|MC(?!\.)")),
)
_MARKS = tuple(mark for mark, _ in _ORGANS)
# Who a statement on others is not on: those who pay, whom few statements are on, and, of an activity, who judges.
_NON = lazy_pattern(r"\bnon-(?!govern)[a-z]", re.IGNORECASE)
_PAYERS = (
    "paid payer payers pays funded fund funds funding financed finance financing sponsor sponsors "
    "sponsored sponsorship donor donors cost costs"
)
_CIVILIANS = "banker bankers bank banks journalist journalists teacher teachers student students"
_JUDICIARY = "prosecutor prosecutors judge judges lawyer lawyers attorneys"
_ON_PAYERS = frozenset({"role:funder", "funders", "funder"})
# What turns a list of decisions into some of them.
_OF_SOME = frozenset({"first", "last", "latest", "earliest", "workshop", "workshops", "ngo", "ngos"})
_RATHER = lazy_words(r"rather than|other than|but not|by (?:the )?UNODC|participating States|outside|chapter II|not in")
# "Which chapters name the SPMU at the conference?" asks for fewer than those that tell of it.
_NAMES = lazy_pattern(
    r"\bchapters? (?:that |which )?(?:also )?(?:names?|mentions?|lists?|brings? up) (?:the )?", re.IGNORECASE
)
_SEVERAL, _SHARED = 2, "actor_partners_shared"


def is_for_others(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether judges, bankers or payers are asked for, and what is told is on none of them."""
    if question.polar or best.projection in _ON_PAYERS:
        return False
    groups = [_PAYERS, _CIVILIANS]
    if best.family == "detail" and best.found is not None:
        borne = best.found.detail.bag | best.found.detail.heads | best.found.detail.wide
    elif best.family == "event" and len(events := naming.facts.known(best.events)) == 1:
        borne = set(events[0].bag) | {stem for one in events[0].told for stem in wording.stems(one.audience)}
        borne |= {stem for iri in events[0].involved for stem in wording.stems(naming.directory.label(iri))}
        groups.append(_JUDICIARY)
    else:
        return False
    if _NON.search(question.linked.text) and "non" not in borne:
        return True
    said = {word.plain for word in question.linked.words}
    return any(not said.isdisjoint(group.split()) and borne.isdisjoint(wording.stems(group)) for group in groups)


def is_of_some_decisions(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether decisions are told by a statement that looks at no theme, place, order or third party that is named."""
    if best.found is None or question.polar or len(best.answer) < _SEVERAL:
        return False
    detail = best.found.detail
    if not all(isinstance(value, str) and value.startswith(_MARKS) for value in best.answer):
        return False
    described = set().union(*detail.asks, detail.heads, wording.stems(detail.summary))
    # The drugs in the name of a body are not those that a decision is on.
    on = described - wording.stems(" ".join(map(naming.directory.label, detail.about)))
    others = (link for link in question.links if not link.broad and link.thing.cls not in ("DecisionBody", "Section"))
    for link in others:
        borne = on if "/vocab/theme/" in link.thing.iri else described
        if link.thing.iri not in detail.about and not borne & question.linked.stems(link):
            return True
    said = (word for word in question.linked.words if word.plain in _OF_SOME)
    return any(word.stem not in described for word in said) or bool(_RATHER.search(question.linked.text))


def is_of_another_organ(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether decisions of one council are asked for, and those of the other are told, too."""
    if best.family not in ("detail", "papers", "both") or question.polar or "recall" in question.linked.cues:
        # What a decision of the one recalls may be of the other.
        return False
    named = {mark for mark, words in _ORGANS if words.search(question.linked.text)}
    told = {mark for mark in _MARKS if any(value.startswith(mark) for value in asked_forms.flat(best.answer))}
    return len(named) == 1 and not told <= named


def is_shared_on_all(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether partners that two share are asked for on a matter that is no theme."""
    if best.query != _SHARED or question.polar:
        return False
    ignored = wording.ignored()
    named = {stem for link in question.links for stem in question.linked.stems(link)}
    left = (token.word for token in best.open_words if not token.cues)
    return any(word.plain not in ignored and word.stem not in named for word in left)


def is_of_all_chapters(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether chapters are asked for that name an actor at an activity, and all that tell of it are told."""
    if best.family != "event" or best.projection != "chapters" or not (match := _NAMES.search(question.linked.text)):
        return False
    words, end = question.linked.words, match.end()
    named = (k for k in question.links if k.thing.is_actor and words[k.start].start <= end < words[k.end - 1].end)
    told = [one for event in naming.facts.known(best.events) for one in event.told]
    return any(not all(naming.circle(link.thing.iri) & {part.actor for part in one.parts} for one in told) for link in named)


# A list of all bodies of a State looks at nobody else, and at no part that they had.
_STATE_BODIES = "state_bodies"
_DID = lazy_words(
    r"attended|attend|took part|take part|participated|trained|taught|funded|paid|financed|hosted|organi[sz]ed"
    r"|worked with|work with|co-?operated|supported|sent|received|benefit(?:ed)?|visited|spoke"
)


def is_of_all_bodies(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether all bodies of a State are told, where those are asked for that did something, or something with somebody."""
    if best.query != _STATE_BODIES:
        return False
    return bool(_DID.search(question.linked.text)) or any(link.thing.is_actor for link in best.open_links)


# "Missing from the general list" is another thing than "on the general list, and not on the other one".
_OFF = lazy_words(r"not|missing|absent|lacking|lacks?|left out|never")
_GENERAL = lazy_words(r"general list|list in chapter I(?:\.4)?|list in I\.4")


def is_of_the_other_list(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who is on one list and not on the other, and a statement tells it the other way round."""
    detail = best.found.detail if best.found else None
    sides = []
    for text in (question.linked.text, detail.summary if detail else ""):
        off, general = _OFF.search(text), _GENERAL.search(text)
        if off is None or general is None:
            return False
        sides.append(off.start() < general.start())
    return sides[0] != sides[1]


_WHICH_EVENTS = lazy_pattern(
    r"\bwhich\s+(?:\w+\s+)?(?:of\s+)?(?:events?|activities|activity|courses?|workshops?|trainings?|seminars?)\b",
    re.IGNORECASE,
)


def is_of_who_did_so_often(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether events are asked for, and it is told who had a part in more than one."""
    return best.projection.startswith("repeated:") and bool(_WHICH_EVENTS.search(question.linked.text))


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_another_organ,
    is_for_others,
    is_of_some_decisions,
    is_shared_on_all,
    is_of_all_chapters,
    is_of_all_bodies,
    is_of_who_did_so_often,
    is_of_the_other_list,
)
