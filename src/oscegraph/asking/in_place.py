"""Stage 10g1h: what is told in the place of the likeliest reading: those alone that are asked for; whether it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oscegraph.asking.asked import Asked
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranked import DETAIL, ROLE
from oscegraph.asking.retrieval import Question

_STATES, _CAME = ["states"], ("role:attendees", "role:participants")
_FROM_STATES = lazy_pattern(r"\W*from (?:which|what) (?:\w+ )?(?:states|countries)\b", re.IGNORECASE)


def told_words(candidate: Candidate) -> str:
    """Return what a reading tells, with the values of the detail that it is from."""
    held = [*candidate.found.detail.values, candidate.found.detail.summary] if candidate.found else []
    return " ".join(map(str, [*candidate.answer, *held]))


def is_told_elsewhere(asked: Asked, chapters: Sequence[str]) -> bool:
    """Whether all places where an answer is told are in other chapters than the question names."""
    told = {str(item["chapter"]) for item in asked.evidence if item.get("chapter")}
    return len(chapters) == 1 and bool(told) and not any(one.startswith(chapter) for one in told for chapter in chapters)


def without_units(question: Question, candidates: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """Return a reading with those alone that are not of the OSCE, if these are asked for and it tells units as well."""
    if question.types != [EXTERNAL] or best.types:
        return None
    if best.projection == "column":
        # Texts of what is compared may name units, too.
        on_it = (one for one in candidates if one.about == best.about and one.types == (EXTERNAL,) and one.answer)
        return next((one for one in on_it if one.projection.startswith("role:")), None)
    if not best.projection.startswith("role:"):
        return None
    same = ((one.kind, one.about, one.types) == (best.kind, best.about, (EXTERNAL,)) for one in candidates)
    found = next((one for one, alike in zip(candidates, same, strict=True) if alike), None)
    return found if found and found.answer and set(found.answer) < set(best.answer) else None


def as_states(naming: Naming, question: Question, candidates: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """Return a reading with the States of those who came, if States are asked for and it tells others, too."""
    asked = question.types == _STATES and _FROM_STATES.match(question.linked.text)
    if not asked or best.types or not best.projection.startswith(ROLE) or best.family != "event":
        return None
    if len(naming.kept(question, list(best.things), tuple(_STATES))) >= len(best.things):
        # Each stands for its State.
        return None
    same = (one for one in candidates if one.family == best.family and one.about == best.about)
    found = [
        one for one in same if one.types == tuple(_STATES) and one.projection in (best.projection, *_CAME) and one.answer
    ]
    return max(found, key=lambda one: (one.projection == best.projection, len(one.answer)), default=None)


def fuller(candidates: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """Return a statement that tells all that the best one does and more, and leaves none of the words open that it does."""
    if best.family != DETAIL or best.left <= 0 or not all(isinstance(value, str) for value in best.answer):
        return None
    told = set(best.answer)
    more = (
        one
        for one in candidates
        if one.kind == best.kind and one.left == 0 and all(isinstance(value, str) for value in one.answer)
    )
    return next((one for one in more if told < set(one.answer)), None)
