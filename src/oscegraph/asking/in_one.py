"""Stage 10g0b: two or more questions in one: each is asked with what the others say of the thing that is meant."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from oscegraph.asking.asked import ANSWERED, SILENT, Asked
from oscegraph.asking.joined import MOST, UNTOLD, Ask, back, by_roles, combined, names_twice
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranking import SURE

# What stands for the answer to the question before.
_THERE = lazy_pattern(r"\bthere\b", re.IGNORECASE)
_IT = lazy_pattern(
    r"\b(?:its?|(?:this|that) (?:decision|document|body|unit|operation|organization|treaty|city|town|state))\b",
    re.IGNORECASE,
)
# Beside an answer that is so sure another one on the same thing may be only likely.
CERTAIN, LIKELY = 0.95, 0.7
# So sure each of several things has to be told, or not, for one that is not told to be left out of an answer.
_EACH_SURE = 0.9
_BOTH = "both"
# Roles that are one and not several.
_ROLE = lazy_pattern(r"role:(?:funder|trainer|accreditor|host|speaker|organizer)s?$")
_HOW_MANY_THERE = lazy_pattern(r"\bhow many (?:were|are) there\W*$", re.IGNORECASE)
_WHEN_AND_WHERE = lazy_pattern(r"\W*(?:when\s+and\s+where|where\s+and\s+when)\b", re.IGNORECASE)
_OTHERS = lazy_pattern(r"\bhow many (?:\w+ )?others?\b", re.IGNORECASE)
# What is asked of "it" where that is the town, the unit or the decision that answers the first question, and no activity.
_OF_ANSWER = tuple(
    (lazy_pattern(first, re.IGNORECASE), lazy_pattern(then, re.IGNORECASE))
    for first, then in (
        (r"\W*(?:in |to )?(?:which|what) (?:town|city|place|venue|country|state)\b", r"\b(?:in it|there)\b"),
        (
            r"\W*(?:which|what) (?:\w+ ){0,2}?(?:units?|operation|office|mission|centre|structure|institution)\b",
            r"\b(?:does|did|has) it (?:have|employ|report)\b|\bits (?:staff|chapter|focal)\b",
        ),
        (r".*\b(?:which|what) (?:\w+ ){0,3}?(?:decision|document|treaty)\b", r"\b(?:was|is) it adopted\b"),
    )
)


def several(question: str, pieces: Sequence[str], ask: Ask, bare: Sequence[str] = ()) -> Asked:
    """Return what was asked in one question one after the other, if all of it is told.

    Each piece says what is meant, in words of the others; as they stand in the question they are `bare` of these.

    All of it is right only if each part is; beside a certain answer on the same thing a likely one is enough.
    """
    if len(set(pieces)) < len(pieces):
        return back(question, pieces)
    found = [ask(piece) for piece in pieces]
    sure = max(found, key=lambda one: one.confidence if one.status == ANSWERED else 0.0)
    if sure.status == ANSWERED and sure.about:
        # What is asked besides is asked of the same thing, and is something else.
        for place, one in enumerate(found):
            same = one is not sure and (one.reading, one.answer) == (sure.reading, sure.answer)
            if one.status == ANSWERED and not same:
                continue
            certain = sure.confidence >= CERTAIN
            least, besides = (LIKELY, sure.answer) if certain else (SURE, ())
            again = one if same else ask(pieces[place], least=least)
            if same or again.status != ANSWERED or again.about != sure.about:
                again = ask(pieces[place], sure.about, least=least, besides=besides)
            if again.status not in (ANSWERED, SILENT) and place and len(bare) == len(pieces):
                # What one question says of the thing may only confuse the next.
                again = ask(f"{bare[place]}?", sure.about, least=least, besides=besides)
            found[place] = again
    if len(bare) == len(pieces):
        found = _of_answers(found, bare, ask)
    # Two questions that are read as the same one were not understood.
    together = math.prod(one.confidence for one in found)
    on_one = len({one.about for one in found}) == 1 and sure.about and sure.confidence >= CERTAIN
    if (
        any(one.status != ANSWERED for one in found)
        or len({one.reading for one in found}) < len(found)
        # "And how many other structures?": how many there are besides is not how many there are.
        or any(_OTHERS.search(piece) and one.kind[0] == "detail" for piece, one in zip(pieces, found, strict=True))
        # "And how many were there?" behind a ranking may be of who comes first, or of all.
        or (_HOW_MANY_THERE.search(question) and any(one.source and one.source.comes_first for one in found))
        # What a piece tells beside its own value may not be that of another piece.
        or any(one.kind[0] == _BOTH and _told_again(one, found) for one in found)
        # "When and where were they taught?" is asked of one thing.
        or (_WHEN_AND_WHERE.match(question) and len({one.about for one in found}) > 1)
        # Nobody is asked for twice, unless for another role.
        or (names_twice(one.answer for one in found) and not _of_other_roles(found))
        or together < (LIKELY if on_one else SURE)
    ):
        told = _in_part(question, pieces, found) or _by_title(question, found)
        return told or back(question, pieces, min(one.confidence for one in found))
    asked = combined(question, found, by_roles([(one.kind[1], one.answer) for one in found]))
    asked.confidence = together
    return asked


def _by_title(question: str, found: Sequence[Asked]) -> Asked | None:
    """Return the names that are told of each of several activities beside its title, if some are told of more than one."""
    titles = [one.title for one in found]
    sure = all(one.status == ANSWERED and one.confidence >= CERTAIN and one.title for one in found)
    names = all(isinstance(value, str) and not value[:1].isdigit() for one in found for value in one.answer)
    if not sure or not names or len(set(titles)) < len(titles) or len({one.about for one in found}) < len(found):
        return None
    asked = combined(question, found, [[one.title, ", ".join(map(str, one.answer))] for one in found])
    asked.confidence = min(_EACH_SURE, asked.confidence)
    return asked


def _told_again(one: Asked, found: Sequence[Asked]) -> bool:
    """Whether an answer of several values has one that another answer has, too."""
    return any(value in other.answer for other in found if other is not one for value in one.answer)


def _of_answers(found: Sequence[Asked], bare: Sequence[str], ask: Ask) -> list[Asked]:
    """Return several answers, those not told by what "it" is: the answer to the first question, if it is one name."""
    first, *others = found
    answer = first.answer[0] if first.status == ANSWERED and len(first.answer) == 1 else None
    if not isinstance(answer, str) or answer[:1].isdigit():
        return list(found)
    kept = [first]
    for one, piece in zip(others, bare[1:], strict=True):
        of_it = _THERE.sub(f"in {answer}", _IT.sub(_name(answer), piece, count=1), count=1)
        if re.search(r"\bothers?\b", piece):
            kept.append(one)
            continue
        told = any(of.match(bare[0]) and then.search(piece) for of, then in _OF_ANSWER)
        again = ask(f"{of_it[:1].upper()}{of_it[1:]}?") if (told or one.status != ANSWERED) and of_it != piece else one
        if len(again.answer) > MOST:
            # All that somebody did is another question.
            again = one
        # What is told of the activity is nothing of the town where it was.
        kept.append(again if told or again.status == ANSWERED else one)
    return kept


def _name(answer: str) -> Callable[[re.Match[str]], str]:
    """Return what puts a name in the place of "it" or "its"."""
    return lambda match: f"{answer}'s" if match[0].casefold() == "its" else answer


def _in_part(question: str, pieces: Sequence[str], found: Sequence[Asked]) -> Asked | None:
    """Return what is told of several things that are asked of one activity, and what is not; None if it is all, or nothing.

    It is as sure as the least sure of them, and likely at most.
    """
    told = [one for one in found if one.status == ANSWERED]
    about = {one.about for one in found}
    if not 0 < len(told) < len(found) or any(one.status not in (ANSWERED, SILENT) for one in found):
        return None
    if len(about) > 1 or not all(about) or min(one.confidence for one in found) < _EACH_SURE:
        return None
    asked = combined(question, told, by_roles([(one.kind[1], one.answer) for one in told]))
    untold = [piece for piece, one in zip(pieces, found, strict=True) if one.status == SILENT]
    asked.hints = [f"The report does not tell: {piece}" for piece in untold]
    asked.confidence = min(asked.confidence, UNTOLD)
    return asked


def _of_other_roles(found: Sequence[Asked]) -> bool:
    """Whether each answer tells who had a role, of one activity, and each another one: who trained, who accredited."""
    kinds = [one.kind[1] for one in found]
    return len(set(kinds)) == len(kinds) and all(map(_ROLE.match, kinds)) and len({one.about for one in found}) == 1
