"""Stage 10e22b: answers of another kind than is asked for: where a document was adopted for which one, States for units,
what the first did for the second, and the days of all chapters for those of one.
"""

from __future__ import annotations

import re

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question

_WHICH_DOCUMENT = lazy_pattern(
    r"^\W*which\s+(?:[\w-]+\s+){0,3}?(?:document|decision|charter|declaration|treaty|instrument)\b(?!s)", re.IGNORECASE
)
_ADOPTED = frozenset({"adopted where", "adopted when", "where adopted", "when adopted"})
_WHOSE_NUMBER = lazy_words(
    r"(?:the|its|which|what) numbers? (?:of|has|have|does|did|is borne by|bears?) (?:(?:the|that|this|an?) )?"
    r"(?:[\w-]+ ){0,4}?(?:decision|resolution)s?"
)
_IN_WHICH_ROLE = lazy_words(r"(?:in|with|as) (?:which|what) (?:role|capacity|function)")
_AT_ALL_OF = lazy_words(
    r"how many [^?]*?\b(?:trainings|workshops|events|courses|seminars|activities|conferences|meetings)"
    r" (?:of|by|that|held|organi[sz]ed|run|in|did)"
)
_PAPER = lazy_words(
    r"[a-z]*decisions?|declarations?|documents?|instruments?|treat(?:y|ies)|conventions?|protocols?|councils?|charters?"
    r"|(?:action )?plans?|resolutions?|mandate[sd]?|task(?:s|ed)?|appendix|ratif\w*|footnotes?|texts?|commitments?|summits?"
)
_WHEN_BEGUN = lazy_pattern(r"^\W*when\b[^?]*\b(?:start(?:ed)?|beg[iau]n|launched|initiated)\b", re.IGNORECASE)
_BEGUN, _COMPARISON = (
    "start started begin began begun launch launched initiate initiated open opened first inception",
    "Comparison",
)
_ABOUT = lazy_pattern(r"\W*what (?:is|was|does|did) [^?]*\b(?:about|say|deal with|cover)\W*$", re.IGNORECASE)
_TELL = lazy_pattern(r"\W*(?:tell|inform) (?:me|us) (?:more )?(?:about|of)\b", re.IGNORECASE)
_WHICH_TOWN = lazy_words(r"(?:which|what) (?:city|town|cities|towns)")
_FIRST, _LATER = lazy_words("first"), lazy_words(r"second|third|fourth|fifth|sixth|2nd|3rd|4th|5th")
_NUMBER = f"(?:{'|'.join(wording.NUMBERS)})"
# What is asked for at the very beginning: "Three field operations helped with it. Which ...", "In which countries ...?".
_ROWS_OF = lazy_pattern(
    rf"^\W*(?:[\w-]+\s+)?(?:(?:in|on|for|with|by|of)\s+)?(?:(?:which|what)(?:\s+{_NUMBER})?|{_NUMBER})\s+(?:OSCE\s+)?"
    r"(?:(?P<structures>field\s+(?:operations|missions)|units|structures)|(?:host\s+)?(?:countries|states))\b",
    re.IGNORECASE,
)
# By whom something is told, "according to the Mission there"; what tells it by chapter.
_ACCORDING = lazy_pattern(
    r"\baccording to (?!each\b|every\b|both\b|all\b)(?:(?:the|its|her|his|their) )?(?:[\w/-]+ ){0,3}?"
    r"(?:mission|office|cent(?:re|er)|presence|unit|co-?ordinator|operation|chapter)\b",
    re.IGNORECASE,
)
_BY_CHAPTERS = frozenset(
    {"chapters and days", "named chapters and days", "chapters with length and days", "tellings with days"}
)


def is_told(facts: Facts, question: Question, best: Candidate) -> bool:
    """Whether a reading answers something of another kind than a question asks for."""
    return (
        _is_no_document(question, best)
        or _is_another_ordinal(question, best)
        or _has_other_rows(facts, question, best)
        or _is_of_all_chapters(facts, question, best)
        or _is_no_town(question, best)
        or _is_no_symbol(question, best)
        or _is_no_role(question, best)
        or _is_one_of_all(question, best)
        or _is_unnamed(question, best)
        or _is_no_start(question, best)
        or _is_its_name(question, best)
    )


def _is_no_document(question: Question, best: Candidate) -> bool:
    """Whether it is asked which document did something, and where or when one was adopted is told."""
    return best.projection in _ADOPTED and bool(_WHICH_DOCUMENT.match(question.linked.text))


def _is_another_ordinal(question: Question, best: Candidate) -> bool:
    """Whether the second or third of something is asked for, and it is said of the first."""
    text = question.linked.text
    if best.found is None or not _LATER.search(text) or _FIRST.search(text):
        return False
    return bool(_FIRST.search(best.found.detail.summary))


def _is_no_symbol(question: Question, best: Candidate) -> bool:
    """Whether the number of a decision is asked for, and a number of something else is told."""
    return [type(value) for value in best.answer] == [int] and bool(_WHOSE_NUMBER.search(question.linked.text))


def _is_no_role(question: Question, best: Candidate) -> bool:
    """Whether it is asked in which role somebody took part, and it is told at what, or something else of it."""
    if best.family not in ("set", "event") or question.polar or "role" in best.projection:
        return False
    return bool(_IN_WHICH_ROLE.search(question.linked.text))


def _is_one_of_all(question: Question, best: Candidate) -> bool:
    """Whether people are counted at all trainings of somebody, and those of one of these are told."""
    if best.family != "event" or not best.projection.startswith("people") or len(best.events) != 1:
        return False
    themes = any("/vocab/" in link.thing.iri and not link.broad for link in question.links)
    if question.linked.days or themes or not _AT_ALL_OF.search(question.linked.text):
        return False
    return not any(not one.cues and one.word.plain not in wording.ignored() for one in question.tokens)


def _is_unnamed(question: Question, best: Candidate) -> bool:
    """Whether it is told what an instrument does not do, where none is named: "travel documents" are no documents."""
    if best.family != "paper so" or best.answer != [False]:
        return False
    if any(link.thing.iri in best.values.get("instrument", ()) for link in question.links):
        return False
    themes = (link for link in question.links if "/vocab/" in link.thing.iri)
    return not _PAPER.search(question.linked.without(themes))


def _is_no_start(question: Question, best: Candidate) -> bool:
    """Whether it is asked when something began, and a statement on another point of it is told."""
    if best.found is None or best.found.detail.cls == _COMPARISON or not _WHEN_BEGUN.search(question.linked.text):
        return False
    detail = best.found.detail
    told = detail.bag | detail.heads | detail.wide | wording.stems(detail.summary)
    return told.isdisjoint(wording.stems(_BEGUN))


def _is_its_name(question: Question, best: Candidate) -> bool:
    """Whether it is asked what a decision is about or what is told of an activity, and a symbol or chapters are told."""
    text = question.linked.text
    paper = best.family == best.projection == "paper" and bool(_ABOUT.match(text))
    return paper or (best.projection == "chapters" and bool(_TELL.match(text)))


def _is_no_town(question: Question, best: Candidate) -> bool:
    """Whether a town is asked for that comes first, and a part of the OSCE is told."""
    if not best.is_ranking or not _WHICH_TOWN.search(question.linked.text):
        return False
    return any(str(value).startswith("OSCE ") for value in asked_forms.flat(best.answer))


def _has_other_rows(facts: Facts, question: Question, best: Candidate) -> bool:
    """Whether structures are asked for and States are told by a table, or the other way round."""
    match = _ROWS_OF.match(question.linked.text)
    if match is None or best.found is None or best.projection not in ("rows", "labels"):
        return False
    labels = [str(value[0] if isinstance(value, list) else value) for value in best.answer]
    if match["structures"]:
        things = facts.directory.things.values()
        return bool(labels) and {thing.label for thing in things if thing.cls in ("State", "Territory")}.issuperset(labels)
    return bool(labels) and all(label.startswith("OSCE ") for label in labels)


def _is_of_all_chapters(facts: Facts, question: Question, best: Candidate) -> bool:
    """Whether days are asked for by what one structure tells, and those of all chapters are told, which differ."""
    if "when" not in best.cues or not _ACCORDING.search(question.linked.text) or question.linked.chapters:
        return False
    if best.values.get("section") or best.projection in _BY_CHAPTERS:
        return False
    events = [facts.events[iri] for iri in best.events if iri in facts.events]
    return any(len({told.days for told in event.told if told.days}) > 1 for event in events)
