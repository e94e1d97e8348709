"""Stage 7d4b: questions that ask the same of two things in one sentence, put as one question on each.

"Did both the SPMU and the OSCE take part?", "What did the SPMU and what did the Mission contribute to it?", "Albania held 12
trainings and Skopje 12 courses: how many people did each reach?", "How many came to the conferences in Vienna and Baku?".
"""

from __future__ import annotations

import re

from oscegraph.asking.asked_each import Each
from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_AUX = r"(?:did|does|do|was|were|is|are|has|have|had)"
# A name as it stands in a question: capitals, with small words between them.
_NAME = r"(?-i:(?:[Tt]he )?[A-Z][\w/().\u2019'-]*(?: (?:(?:of|to|in|for|and the|on|the|de) )?[A-Z][\w/().\u2019'-]*){0,6})"
_BOTH = tuple(
    lazy_pattern(pattern, _FLAGS)
    for pattern in (
        rf"^\W*(?P<aux>{_AUX}) both (?P<one>{_NAME}) and (?P<other>{_NAME}) (?P<rest>(?-i:[a-z])[^?]+)\?*\W*$",
        rf"^\W*(?P<aux>{_AUX}) (?P<one>{_NAME}) and (?P<other>{_NAME}) both (?P<rest>[^?]+)\?*\W*$",
    )
)
_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}
# What two do together is not what each does.
_TOGETHER = lazy_pattern(r"\b(?:together|jointly|joint|same|each other|common|between them|shared?)\b", _FLAGS)
_ASK = "(?:with |for |to |from |by )?(?:what|whom|which [a-z]+|how many [a-z]+)"
_SHARED_VERB = lazy_pattern(
    rf"^\W*(?P<ask>{_ASK} {_AUX}) (?P<one>{_NAME}),? and {_ASK} {_AUX} (?P<other>{_NAME}) "
    r"(?P<rest>(?-i:[a-z])[^?]+)\?*\W*$",
    _FLAGS,
)
# A sentence of two clauses, and what is asked of each of the two.
_OF_CLAUSES = lazy_pattern(
    rf"^\W*(?P<one>{_NAME}) (?:held|ran|had|organi[sz]ed|gave|conducted|hosted) (?P<what>[^,:;]+?),? (?:and|while) "
    rf"(?P<other>{_NAME})(?: (?:held|ran|had|organi[sz]ed|gave|conducted|hosted))? (?P<else>[^,:;]+?)\s*[:;.,]\s+"
    r"(?P<ask>[^:;]*?)\b(?:each|both)\b(?P<behind>[^?]*)\?*\W*$",
    _FLAGS,
)
# "The conferences in Vienna in May, Baku in October and Yerevan in December": one of each place.
_ITEM = r"(?-i:[A-Z])[\w-]+ (?:in|on|of) (?:(?!,|\band\b)[^?])+"
_IN_PLACES = lazy_pattern(
    r"^(?P<before>[^?]*?)\b(?P<noun>conference|workshop|seminar|course|meeting|training|round ?table|visit|exercise)s"
    rf"\s+in\s+(?P<items>{_ITEM}(?:(?:,\s*(?:and\s+)?|\band\s+)(?:in\s+)?{_ITEM})+)(?:,\s+(?:each|respectively)\b)?\s*\?*\W*$",
    _FLAGS,
)
_PARTED = lazy_pattern(r",\s*(?:and\s+)?(?:in\s+)?|\s+and\s+(?:in\s+)?", _FLAGS)
_COUNT = lazy_pattern(r"\b(?:two|three|four|five|both|all)\s+(?=(?:[\w-]+\s+){0,2}?$)", _FLAGS)


def both(text: str) -> Each | None:
    """Return the two questions of one that asks whether something is so of both of two; None if it asks of none.

    >>> both("Did both the SPMU and the OSR/CTHB contribute to the centre in Minsk?").questions
    ('Did the SPMU contribute to the centre in Minsk?', 'Did the OSR/CTHB contribute to the centre in Minsk?')
    >>> both("Are CARICC and the World Bank both on the list?").questions[1]
    'Is the World Bank on the list?'
    >>> both("Did both the SPMU and the ATU work together?") is None
    True
    """
    match = next(filter(None, (pattern.match(" ".join(text.split())) for pattern in _BOTH)), None)
    if match is None or _TOGETHER.search(match["rest"]):
        return None
    aux = match["aux"].casefold()
    aux = _SINGULAR.get(aux, aux).capitalize()
    items = match["one"], match["other"]
    return Each(items, tuple(f"{aux} {one} {match['rest'].strip()}?" for one in items))


def of_each(text: str) -> Each | None:
    """Return the questions of one that asks the same of several things; None if it does not.

    >>> of_each("What did the SPMU and what did the OSCE Mission to Moldova contribute to the workshop?").questions
    ('What did the SPMU contribute to the workshop?', 'What did the OSCE Mission to Moldova contribute to the workshop?')
    >>> of_each("Albania held 12 trainings and Skopje 12 courses on drugs: how many did each reach?").questions
    ('how many did the 12 trainings of Albania reach?', 'how many did the 12 courses on drugs of Skopje reach?')
    >>> of_each("How many people came to the conferences in Vienna in May and Baku in October?").questions[1]
    'How many people came to the conference in Baku in October?'
    """
    text = " ".join(text.split())
    if match := _SHARED_VERB.match(text):
        named = match["one"], match["other"]
        return Each(named, tuple(f"{match['ask']} {one} {match['rest'].strip()}?" for one in named))
    if match := _OF_CLAUSES.match(text):
        sides = ((match["one"], match["what"]), (match["other"], match["else"]))
        asked = tuple(f"{match['ask']}the {what} of {who}{match['behind']}?" for who, what in sides)
        return Each((match["one"], match["other"]), asked)
    if match := _IN_PLACES.match(text):
        items = tuple(one.strip() for one in _PARTED.split(match["items"]) if one)
        before = f"{_COUNT.sub('', match['before'])}{match['noun']}"
        return Each(items, tuple(f"{before} in {one}?" for one in items))
    return None
