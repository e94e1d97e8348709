"""Stage 10e9a: values of one thing that a question may ask for together, and several of them put together as one answer.

They have to rest on the same activity, or on details about the same thing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from oscegraph.asking import detail_fits, retrieval, targets, wording
from oscegraph.asking.candidates import SOME, Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.on_events import Meant
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

_ALL = {"number", "day", "place", "other"}
# What of an activity is asked for together with something else.
_PLAIN = frozenset(
    [
        "when",
        "month",
        "first day",
        "last day",
        "where",
        "country",
        "people",
        "people of",
        "people of some",
        "events",
        "duration",
        "length",
        "chapters",
        "label",
    ]
)
# What asks for the title of an activity beside something else, and the stems of these words.
_TITLE = lazy_pattern(r"\b(?:titles?|subjects?(?!\s+to\b)|names?|called(?!\s+(?:for|on|upon)\b)|entitled)\b", re.IGNORECASE)
_TITLED = frozenset({"titl", "subject", "name", "call", "entitl"})
_PEOPLE = frozenset(["many", "people", "attend", "benefit", "train", "takepart"])
_DAYS = frozenset(["when", "month", "first day", "last day", "date", "adopted when", "year adopted"])
_COUNT = lazy_pattern(r"^(\d+) [a-z].*")
# So many activities and details, the first of them, and all whose things are looked at.
_HITS, _DETAILS, _FIRST, _WIDE = 3, 12, 4, 60


@dataclass
class Part:
    """A candidate for one value, which words of the question it accounts for, by number, of what kind it
    is, and whether a word of the question asks for it; the nouns that a detail is asked by, and its other
    words; whether the question names the answer.
    """

    candidate: Candidate
    borne: frozenset[int]
    kind: str
    asked: bool
    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    named: bool = False

    @property
    def values(self) -> frozenset[str]:
        """The values of its answer; of "289 presumed victims" the number, as that may be another part."""
        return frozenset(_COUNT.sub(r"\1", str(value)) for value in self.candidate.answer)


class Parts:
    """Finds the values that may be asked for together."""

    def __init__(self, naming: Naming, details: OnDetails) -> None:
        self.naming, self.details = naming, details

    def groups(self, question: Question, papers: Sequence[Candidate] = ()) -> Iterator[list[Part]]:
        """Yield the parts on each thing that may be meant: decisions, if it may be about one, activities, others."""
        hits = retrieval.activities(question, _HITS)
        details = detail_fits.details(question, _WIDE)
        # Of those that fit less only what is about the same as the best ones.
        about = {iri for found in details[:_FIRST] for iri in found.detail.about} | {hit.event.iri for hit in hits[:1]}
        told: dict[str, list[Candidate]] = {}
        for found in (one for one in details if one.rank < _DETAILS or about & set(one.detail.about)):
            one, detail = self.details.told(question, found), found.detail
            for iri in detail.about or (detail.iri,):
                told.setdefault(iri, []).append(one)
        by_paper: dict[str, list[Candidate]] = {}
        for one in papers:
            by_paper.setdefault(one.values.get("instrument") or one.values["recalled"], []).append(one)
        for iri, some in by_paper.items():
            yield self._parts(question, [*some, *told.pop(iri, ())])
        for hit in hits:
            meant = Meant(self.naming, question, [hit.event], hit, kinds=_ALL).make()
            yield self._parts(question, [*filter(self._is_plain, meant), *told.pop(hit.event.iri, ())])
        for some in told.values():
            yield self._parts(question, some)

    def _is_plain(self, candidate: Candidate) -> bool:
        return candidate.projection in _PLAIN or candidate.projection.startswith("role:")

    def _parts(self, question: Question, candidates: Iterable[Candidate]) -> list[Part]:
        """Return candidates that have an answer and are asked for by something in the question, each answer once."""
        cues, said = question.linked.cues, wording.stems(question.linked.text)
        found: dict[str, Part] = {}
        for one in candidates:
            if not one.answer or isinstance(one.answer[0], list):
                continue
            if one.found is None and not _is_asked(one, cues, question.linked.text):
                continue
            left = {id(token) for token in one.open_words if not token.cues & one.cues}
            borne = frozenset(i for i, token in enumerate(question.tokens) if id(token) not in left)
            part = Part(one, borne, _kind(one), _is_asked(one, cues, question.linked.text))
            if one.projection == "label":
                part.heads = _TITLED
            if one.found is not None:
                detail = one.found.detail
                part.asked, part.heads = one.found.head, frozenset(detail.heads)
                part.words = frozenset(detail.bag) - detail.wide
                part.named = detail.kind in ("text", "thing") and wording.stems(" ".join(map(str, one.answer))) <= said
            name = repr(sorted(map(str, one.answer)))
            if name not in found or len(part.borne) > len(found[name].borne):
                found[name] = part
        return sorted(found.values(), key=lambda part: (-part.asked, -len(part.borne)))


def joined(question: Question, parts: Sequence[Part], ordered: bool = False) -> tuple[float, Candidate] | None:
    """Return parts as one candidate with how well they go together, or nothing if one of them adds nothing.

    Those that are `ordered` stand in the order in which they are asked for, by words that ask for each.
    """
    aspects = targets.aspects(question.linked.text)
    kinds = Counter(kind for _, kind in aspects)
    told = Counter(part.kind for part in parts)
    own = []
    for i, part in enumerate(parts):
        others = [other for j, other in enumerate(parts) if j != i]
        if any(part.values & other.values for other in others):
            return None
        mine = part.borne - frozenset[int]().union(*(other.borne for other in others))
        # Two numbers may be told in the same words: copies and languages.
        twice = told[part.kind] > 1 and part.kind != "number"
        if not ordered and not mine and (twice or (len(aspects) >= len(parts) and not kinds[part.kind])):
            return None
        own.append(mine)
    weigh = [token.weight for token in question.tokens]
    # What is asked first is told first.
    places = {kind: place for place, kind in reversed(aspects)}
    known = all(own)

    def place(i: int) -> tuple[int, int, str]:
        found = parts[i].candidate.found
        first = places.get(parts[i].kind, len(question.linked.text))
        return first, min(own[i]) if known else 0, found.detail.iri if found else ""

    order = list(range(len(parts))) if ordered else sorted(range(len(parts)), key=place)
    ones = [parts[i].candidate for i in order]
    together = frozenset[int]().union(*(part.borne for part in parts))
    shares = [sum(weigh[i] for i in mine) for mine in own]
    total = question.total or 1.0
    first = ones[0]
    met = sum((told & kinds).values())
    candidate = Candidate(
        "both",
        " + ".join(sorted(one.projection for one in ones)),
        [value for one in ones for value in one.answer],
        frozenset().union(*(one.cues for one in ones)),
        first.query,
        first.values,
        tuple(dict.fromkeys(iri for one in ones for iri in one.events)),
        first.hit,
        first.found,
        open_words=[token for i, token in enumerate(question.tokens) if i not in together],
        open_links=[link for link in first.open_links if all(link in one.open_links for one in ones)],
        things=tuple(dict.fromkeys(thing for one in ones for thing in one.things)),
        parts=tuple(ones),
    )
    candidate.numbers = {
        "own": min(shares) / total,
        "own together": sum(shares) / total,
        "parts": float(len(parts)),
        "details": float(sum(one.found is not None for one in ones)),
        "heads": float(sum(part.asked for part in parts)) / len(parts),
        "met": float(met) / len(parts),
        "asked": float(min(len(aspects), 6) - len(parts)),
        "ordered": float(ordered),
        f"kinds {' '.join(sorted(part.kind for part in parts))}": 1.0,
    }
    fit = sum(weigh[i] for i in together) + min(shares) + 3.0 * sum(part.asked for part in parts) + 3.0 * met
    return fit / len(parts), candidate


def _is_asked(candidate: Candidate, cues: set[str], text: str) -> bool:
    """Whether a word of the question asks for a value of an activity."""
    if candidate.family == "paper":
        return True
    if candidate.projection == "label":
        return bool(_TITLE.search(text))
    if candidate.projection.startswith("people") or candidate.projection == "role:attendees":
        return bool(candidate.cues & cues & _PEOPLE)
    if candidate.projection == "events":
        return bool(cues & {"many", "activity"})
    return bool((candidate.cues - SOME) & cues)


def _kind(candidate: Candidate) -> str:
    """Return what kind of value an answer is: number, day, place or name."""
    if candidate.projection in _DAYS:
        return "day"
    if isinstance(candidate.answer[0], int) or candidate.projection in ("duration", "length"):
        return "number"
    return "place" if candidate.projection in ("where", "adopted where") else "name"
