"""Stage 10g1a9: what narrows a reading that does not look at it: a year, an organ, an exception, the kind asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR

_YEAR = lazy_pattern(r"(?<![-\d/.])(?:19|20)\d\d(?![-\d/.])")
_IN_YEAR = lazy_pattern(r"\b(?:in|during|for) ((?:19|20)\d\d)\b(?![-/])")
_EXCEPT = lazy_words(
    r"except|excepting|excluding|outside|leaving out|leave out|not in|other than|apart from|aside from|besides"
)
_LEAST = lazy_words(r"(?<!at )least|fewest|rarest|seldom|lowest|smallest|shortest")
_KIND = lazy_words(r"(?:which|what) (?:OSCE |of the )?(?P<kind>centre|center|office|mission|institution|presence)s?")
_ROLE = lazy_words(
    r"taught|teach|trained|trains?|lectur\w+|spoke|speak|presented|attend\w*|hosted|hosts?|paid|pays?|fund\w*|sponsor\w*"
    r"|organi[sz](?:e|ed|es|ing)"
)
# Words of the names of many.
_OFTEN = wording.stems("the osce of in to office mission centre center presence project co ordinator unit team")
_TOWN = lazy_words(r"(?:which|what) (?:city|town|cities|towns)")
_STRUCTURES = lazy_words(r"units?|structures?|operations?|missions?|institutions?|executive")
# What a section is said not to have, of whom else trafficking is, and what says the opposite.
_IN_SECTION = lazy_words(
    r"(?:no|without any|without) (?:[\w-]+ ){0,2}?(?:organi[sz]ations?|dates?|partners?|officers?|decisions?|NGOs?|units?"
    r"|staff|training|trainings|prevention)|(?:trafficking )?(?:in|of) (?:children|child|firearms|arms|drugs and)"
    r"|nothing but|not only|not lack|prevention|first section|but (?:none|one|not)|and not on|named|mentioned|work against"
)
_ORGANS = (
    ("PC.", lazy_words(r"permanent council|PC(?!\.)")),
    ("MC.", lazy_words(r"ministerial(?: council)?|ministers|MC(?!\.)")),
)
# Who a statement on others is not on; what turns a list of decisions into some of them.
_NON = lazy_pattern(r"\bnon-(?!govern)[a-z]", re.IGNORECASE)
_PAYING = lazy_words(r"paid|payers?|pays? for|fund(?:ed|s|ing)?|financ(?:ed?|ing)|sponsor\w*|donors?|costs?")
_PAID = wording.stems("paid pays payer funded fund funds funding financed finance sponsor sponsored donor money cost costs")
_JUDICIARY = wording.stems("prosecutor prosecutors judge judges lawyer lawyers attorneys")
_BANKS = wording.stems("banker bankers bank banks journalist journalists teacher teachers student students")
_OF_SOME = wording.stems(
    "first last latest earliest workshop workshops ngo ngos brussels madrid ljubljana helsinki athens vilnius"
)
_RATHER = lazy_words(r"rather than|other than|but not|by (?:the )?UNODC|participating States|outside|chapter II|not in")
_TWO, _ON_PAYERS = 2, frozenset({"role:funder", "funders", "funder"})
_STAFF, _BY_STRUCTURES, _SHARED = "figure_staff", "organization_structures", "actor_partners_shared"


def _content(question: Question) -> list[str]:
    """Return the stems of the words that ask for nothing and are not empty."""
    ignored = wording.ignored()
    return [t.word.stem for t in question.tokens if not t.cues and t.word.plain not in ignored]


def is_of_another_year(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a year is named that what a statement tells is not of."""
    if best.found is None or question.polar:
        return False
    detail = best.found.detail
    on = " ".join(map(naming.directory.label, detail.about)) + " ".join(e.label for e in naming.facts.known(detail.about))
    told = f"{on} {detail.summary} {' '.join(map(str, detail.values))} {' '.join(map(str, best.answer))}"
    known = set(_YEAR.findall(told)) | {stem for stem in detail.bag | detail.heads if _YEAR.fullmatch(stem)}
    # The year of a name, "the Donbass 2012 exercise", is none that limits.
    named = {word.plain for link in question.links for word in question.linked.words[link.start : link.end]}
    return bool(set(_IN_YEAR.findall(question.linked.text)) - known - named - {str(REPORT_YEAR)})


def is_for_others(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether judges, bankers or payers are asked for, and what is told is on none of them."""
    if question.polar or best.projection in _ON_PAYERS:
        return False
    if best.family == "detail" and best.found is not None:
        borne = best.found.detail.bag | best.found.detail.heads | best.found.detail.wide
    elif best.family == "event" and len(events := naming.facts.known(best.events)) == 1:
        borne = set(events[0].bag) | {stem for one in events[0].told for stem in wording.stems(one.audience)}
        borne |= {stem for iri in events[0].involved for stem in wording.stems(naming.directory.label(iri))}
    else:
        return False
    said = {word.stem for word in question.linked.words} - borne
    if _NON.search(question.linked.text) and "non" not in borne:
        return True
    if _PAYING.search(question.linked.text) and not borne & _PAID:
        return True
    groups = (_JUDICIARY, _BANKS) if best.family == "event" else (_BANKS,)
    return any(said & group and not borne & group for group in groups)


def is_of_some_decisions(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether decisions are told by a statement that looks at no theme, place, order or third party that is named."""
    if best.found is None or question.polar or len(best.answer) < _TWO:
        return False
    detail = best.found.detail
    if not all(isinstance(value, str) and value.startswith(tuple(mark for mark, _ in _ORGANS)) for value in best.answer):
        return False
    described = set().union(*detail.asks, detail.heads, wording.stems(detail.summary))
    # The drugs in the name of a body are not those that a decision is on.
    on = described - wording.stems(" ".join(map(naming.directory.label, detail.about)))
    others = (link for link in question.links if not link.broad and link.thing.cls not in ("DecisionBody", "Section"))
    for link in others:
        borne = on if "/vocab/theme/" in link.thing.iri else described
        if link.thing.iri not in detail.about and not borne & question.linked.stems(link):
            return True
    said = {word.stem for word in question.linked.words} - described
    return bool(said & _OF_SOME) or bool(_RATHER.search(question.linked.text))


def is_of_another_organ(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether decisions of one council are asked for, and those of the other are told, too."""
    if best.family not in ("detail", "papers", "both") or question.polar or "recall" in question.linked.cues:
        # What a decision of the one recalls may be of the other.
        return False
    named = {mark for mark, words in _ORGANS if words.search(question.linked.text)}
    told = {mark for mark, _ in _ORGANS if any(str(value).startswith(mark) for value in asked_forms.flat(best.answer))}
    return len(named) == 1 and not told <= named


def is_no_such_section(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether more is asked than which chapters have no section on a theme: "none on trafficking in firearms"."""
    if best.family != "heading" or "without" not in best.projection:
        return False
    text = question.linked.text
    return bool(_IN_SECTION.search(text)) or bool(set(_YEAR.findall(text)) - {str(REPORT_YEAR)})


def is_of_all(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether a ranking leaves out an exception, the kind of structure, the role, or that the last one is asked for."""
    text, forms = question.linked.text, best.projection.split()
    ranked = bool({"top", "bottom"}.intersection(forms)) or best.projection.startswith(
        ("most:", "most staff", "fewest staff")
    )
    if not ranked or question.polar:
        return False
    if best.query == _STAFF and set(_YEAR.findall(text)) - {str(REPORT_YEAR)}:
        return True
    said = " ".join(str(value) for value in asked_forms.flat(best.answer)).casefold()
    out = {stem for link in question.linked.links if link.excluded for stem in question.linked.stems(link)} - _OFTEN
    if _EXCEPT.search(text) and (not out or any(stem in said for stem in out)):
        # Leaving Ukraine out is not answered by the Project Co-ordinator there.
        return True
    if _TOWN.search(text) and "osce" in said:
        return True
    if ("top" in forms or best.projection.startswith("most")) and _LEAST.search(text) and "most" not in text.casefold():
        return True
    if best.query == _STAFF and (match := _KIND.search(text)):
        kind = match["kind"].casefold().replace("center", "centre")
        told = [value for value in asked_forms.flat(best.answer) if isinstance(value, str) and " " in value]
        return any(kind not in value.casefold() for value in told)
    return best.query == _BY_STRUCTURES and bool(_ROLE.search(text)) and not _STRUCTURES.search(text)


def is_shared_on_all(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether partners that two share are asked for on a matter that is no theme."""
    if best.query != _SHARED or question.polar:
        return False
    content = set(_content(question))
    content -= {stem for link in question.links for stem in question.linked.stems(link)}
    return any(token.word.stem in content for token in best.open_words if not token.cues)


def is_of_all_years(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether instruments are told whatever their year, where one is named."""
    years = set(_YEAR.findall(question.linked.text)) - {str(REPORT_YEAR)}
    return (
        best.family == "papers"
        and bool(years)
        and "year" not in best.flags
        and not question.polar
        and best.projection == "papers"
    )


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_another_year,
    is_of_another_organ,
    is_for_others,
    is_of_some_decisions,
    is_no_such_section,
    is_of_all,
    is_shared_on_all,
    is_of_all_years,
)
