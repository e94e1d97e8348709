"""Stage 10g1a3: whether an answer says more than what it rests on: bodies of a State, a place, who ran it, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking.asked_chapters import CHAPTER
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.filter_measures import sends, sent_alone
from oscegraph.asking.kinds import after_many
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

_MADE = ROLES["organizers"][0]
_BODIES = frozenset({"ministries", "ministry", "courts", "authorities", "agencies", "embassies", "bodies", "institutions"})
_WHERE = lazy_pattern(r"\W*(?:and\s+)?where\b", re.IGNORECASE)
_IN_REPORT = lazy_pattern(
    r"\b(?:report\w*|told|tell|mention\w*|describ\w*|read|find|stand\w*|named|said|chapters?)\b", re.IGNORECASE
)
# Who is called by a State, as an adjective; who is asked for that ran something, or with whom that was.
_PEOPLE = lazy_pattern(
    r"(?:officials?|officers?|police|policemen|investigators?|prosecutors?|judges?|experts?|participants?|delegates?|people"
    r"|persons?|representatives?|trainees|students|specialists?|guards?|nationals|citizens)$"
)
_WITH_WHOM = lazy_pattern(r"\W*(?:together )?with (?:whom|who)\b", re.IGNORECASE)
_WHO_RAN = lazy_pattern(
    r"\W*(?:who|which (?:osce )?(?:bod\w+|units?|structures?)) (?:ran|held|organi[sz]ed)\b", re.IGNORECASE
)
_PARTIES, _DIFFERENCES = "parties:", lazy_pattern(r"difference|growth|change")
_HOW_MANY_MORE = lazy_pattern(r"\bhow many (?:more|fewer|less)\b[^?]*\bthan\b", re.IGNORECASE)
# "All but two", "no State outside", "the Convention but not the Protocol": the opposite, or others, would be told.
_TURNED = lazy_pattern(
    r"\ball but\b|(?<!\bsigned )\bbut not\b"
    r"|\bno (?:participating )?states? (?:is |are |was |were )?(?:outside|missing|lacking)"
    r"|\b(?:fewest|least|most)\b[^?]*\boutside\b|\bmore than half\b|\bexcept\b",
    re.IGNORECASE,
)
# Rows of all tell each State and standing.
_WHOLE = lazy_pattern(r"table|by group|by instrument")
_BOTH_GROUPS = lazy_pattern(
    r"\bparticipating\b[^?]*\band\b[^?]*\bpartners?\b|\bpartners?\b[^?]*\band\b[^?]*\bparticipating\b", re.IGNORECASE
)
_EITHER = lazy_pattern(r"\bsigned (?:or|and/or) ratified\b|\bratified or (?:only |merely )?signed\b", re.IGNORECASE)
_DIFFERENT = lazy_pattern(
    r"\bhow many (?:different |distinct )?(?:towns|cities|places|countries|states|partners|organi[sz]ations|units|themes)\b",
    re.IGNORECASE,
)
_MOST_OR_NONE = lazy_pattern(r"\b(?:(?<!at )most|fewest|least|nothing|none|no|never|busiest|not)\b", re.IGNORECASE)
_NOT_FROM = lazy_pattern(r"\bnot (?:from|in|by|of|part|counting|including)\b|\bnon-\w+", re.IGNORECASE)
_WHICH_RECALL = lazy_pattern(
    r"\W*(?:which|what) (?:[\w-]+ ){0,3}(?:decisions?|documents?) (?:recall|reiterate|reaffirm)s?\b", re.IGNORECASE
)


def is_of_no_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether the ministries or courts of a State are asked for, and one is told that is of another State."""
    things = naming.directory.things
    words = [word.plain for word in question.linked.words]
    states = [
        link.thing.iri
        for link in question.links
        if link.thing.cls in ("State", "Territory") and link.start > 1 and words[link.start - 1] in ("of", "from", "the")
        if {*words[max(0, link.start - 3) : link.start]} & _BODIES
    ]
    told = [things[iri].facts.get("jurisdiction", ()) for iri in best.things if iri in things]
    return best.family == "set" and bool(states) and any(held and not set(states) & {*held} for held in told)


# "Taking both chapters together": what one of them says is not all.
_COMPARISON = "Comparison"
_TAKEN_TOGETHER = lazy_pattern(
    r"\b(?:tak(?:ing|e)|combin(?:e|ing)|putting|put|piec(?:e|ing)|us(?:e|ing)|read(?:ing)?)\b[^.?:;]{0,40}"
    r"\b(?:all|both|every|each|two|three)\b[^.?:;]{0,20}\bchapters?\b|\b(?:all|both|every) chapters? (?:taken )?together\b"
    r"|\b(?:named|told|mentioned|listed) (?:in|by) (?:either|both|any|all) (?:of the )?(?:two )?chapters?\b",
    re.IGNORECASE,
)


# "How many people attended?", and what asks for those whom somebody sent: "how many officers" may be these.
_CAME = lazy_pattern(
    r"\bhow many(?: (?:people|participants|persons|attendees))?(?: (?:did|does|had)\b[^?;]*?)?"
    r" (?:attend(?:ed)?|came|come|took part|participated|(?:was|were)(?: there| present)? (?:at|in)"
    r"|(?:was|were) present|have)\b",
    re.IGNORECASE,
)
_SENT = lazy_pattern(
    r"\b(?:sen[dt]|sponsor|support|help|enabl|financ|fund|paid|pay|facilitat|possible|took (?!part)|tak(?:en|ing)|invit"
    r"|brought|travel|went|from)",
    re.IGNORECASE,
)


def is_no_place(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked where something was, and it is told in which chapter it is."""
    chapters = bool(best.answer) and all(isinstance(one, str) and CHAPTER.fullmatch(one) for one in best.answer)
    return chapters and bool(_WHERE.match(question.linked.text)) and not _IN_REPORT.search(question.linked.text)


def is_of_some(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a number is asked of people of one State, "how many Ukrainian officials", and that of all who came is told."""
    if best.projection != "people" or best.parts or len(question.linked.demonyms) != 1:
        return False
    words, adjectives = question.linked.words, question.linked.adjectives
    called = any(after_many(question, i) and _PEOPLE.match(words[i + 1].plain) for i in adjectives if i + 1 < len(words))
    events = naming.facts.known(best.events)
    circle = naming.circle(next(iter(question.linked.demonyms)))
    came = {actor for event in events for actor in roles_of(event.told, ROLES["attendees"][0])}
    sent = any(sends(told) and told.people in best.answer for event in events for told in event.told)
    return called and not came <= circle and not sent


def is_of_those_sent(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked how many came to an activity, and told how many were sent there, while nobody asks for these."""
    linked = question.linked
    if all(one.projection != "people" for one in best.parts or (best,)) or linked.demonyms or _SENT.search(linked.text):
        return False
    events = naming.facts.known(best.events)
    if len(events) != 1 or not sent_alone(events[0]):
        return False
    told = {part.actor for told in events[0].told for part in told.parts}
    return bool(_CAME.search(linked.text)) and all(naming.circle(link.thing.iri).isdisjoint(told) for link in question.links)


def is_with_nobody(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked with whom something was organized, and the one body is told that organized it, no unit."""
    things = [naming.directory.things[iri] for iri in best.things if iri in naming.directory.things]
    alone = best.projection == "role:organizer" and len(best.answer) == 1 and all(wanted((EXTERNAL,), one) for one in things)
    return alone and bool(_WITH_WHOM.match(question.linked.text))


def is_by_others(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who ran an activity, and a detail tells of others than those who organized it."""
    detail = best.found.detail if best.found else None
    if best.family != "detail" or detail is None or not _WHO_RAN.match(question.linked.text):
        return False
    events = naming.facts.known(detail.about)
    led = {*naming.labels({actor for event in events for actor in roles_of(event.told, _MADE)})}
    return bool(led) and not led & {str(one) for one in best.answer}


def is_other_parties(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether how many more or fewer have ratified is asked, or how many signed or ratified, and a number of one is told."""
    if best.family != "tally" or not best.projection.startswith(_PARTIES):
        return False
    text, projection = question.linked.text, best.projection
    return bool(
        (_HOW_MANY_MORE.search(text) and not _DIFFERENCES.search(projection))
        or (_EITHER.search(text) and len(best.answer) == 1 and "sum" not in projection)
        or (_TURNED.search(text) and not _WHOLE.search(projection))
        or (_BOTH_GROUPS.search(text) and len(best.answer) == 1 and type(best.answer[0]) is int and "sum" not in projection)
    )


def is_recalled(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked which decisions recall others, and those are told that are recalled."""
    return best.family == "paper" and best.projection == "recalls" and bool(_WHICH_RECALL.match(question.linked.text))


def is_of_one_chapter(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether what all chapters tell together is asked, and a detail tells what one of those says that tell an activity."""
    detail = best.found.detail if best.found else None
    if detail is None or best.parts or detail.cls == _COMPARISON or not _TAKEN_TOGETHER.search(question.linked.text):
        return False
    events = naming.facts.known(detail.about)
    return any(len({told.chapter for told in event.told}) > 1 for event in events)


def is_other_count(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether towns or partners are counted and activities are told, or the most or none of the months and all are told."""
    text = question.linked.text
    if best.projection.startswith("number of activities"):
        return bool(_DIFFERENT.search(text))
    if best.projection == "months":
        return bool(_MOST_OR_NONE.search(text))
    return [type(value) for value in best.answer] == [int] and best.family != "phrase" and bool(_NOT_FROM.search(text))


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_no_place,
    is_of_no_state,
    is_of_some,
    is_of_those_sent,
    is_with_nobody,
    is_by_others,
    is_other_parties,
    is_other_count,
    is_recalled,
    is_of_one_chapter,
)
