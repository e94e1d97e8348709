"""Stage 8c: the numbers that the report prints beside what the graph holds by each way of counting.

Nothing is tuned: each way of counting is a query, and where it differs from the printed number, the difference stands, with
the reason for it if there is one that the data show, and otherwise with the words that none is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from oscegraph import query
from oscegraph.counts_figures import UNSAID, Concept, Counts, Held, Printed, Way
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import Directory
from oscegraph.namespaces import PREFIXES, local_name
from oscegraph.store import Store
from oscegraph.tellings import cited

# Ways of counting as `counts.rq` names them, in the order of nearness to the report's own rule, and why each differs.
WHY = {
    "told and named": "The report's rule taken by the letter: each structure once for each activity in which any chapter"
    " names it, in whatever role. Structures named only together, such as the field operations of a region, are left out (as"
    " at lines 390-392, 868-869 and 1222-1223). The report does not list what it counted, so its cut cannot be checked.",
    "told": "Each structure once for each activity that its own chapter tells; shares that only another chapter names are"
    " left out. Where one activity ends and the next begins is our reading.",
    "tellings": "Each passage counts: a chapter that tells one activity in two places counts twice, and a structure that is "
    "only named does not count.",
    "activities": "An activity counts once, whichever chapters tell of it; the report counts it for each structure. What may"
    " be one event under two names counts twice; the command overlaps lists these pairs.",
    "told and named, series as events": "A series told as one counts as often as it is said to have been held, if a number"
    " is told; one that is only said to be monthly or quarterly (lines 1754 and 2252) counts once. The report does not say"
    " that it counts so.",
    "told, series as events": "As “told”, with each series as often as it is said to have been held.",
    "activities, series as events": "As “activities”, with each series as often as it is said to have been held.",
}
BY_CONCEPT = ("told and named", "told", "tellings", "activities", "told and named, series as events")
EARLIER = "The report tells the activities of one year only; the graph holds none of the year before."
# Left open by the report, as `counts-open.rq` names it, and how it is taken here.
OPEN = {
    "pairs that may be one": "It does not say whether {} pairs of activities that look alike are one event each; here both"
    " of a pair count.",
    "parts of others": "It does not say whether a part of an activity counts beside the whole; here {} parts do.",
    "on several themes": "It does not say on which theme an activity counts that is on several; here {} count on each.",
}
UNKNOWN = "no reason is known, as the report does not say which activities it counts here"
SIGNS = (
    "In the columns of the ways: rank, share and number. In brackets the places by which the rank is below (+) or above (-)"
    " the printed one, 0 where it is the same; none where the report prints no rank as a number."
)
_NEAR = 2.5  # percentage points: what "some 15 per cent" may be off


def _read(row: dict[str, str | None]) -> Printed:
    value = row["value"]
    lines = (int(row["first"] or 0), int(row["last"] or 0))
    number = int(value) if value and value.lstrip("-").isdigit() else None
    words = row["words"] or ("" if number is not None else value or "")
    return Printed(row["kind"] or "", row["about"] or "", int(row["year"] or 0), number, words, row["chapter"] or "", lines)


def ranked(numbers: dict[str, int], total: int) -> dict[str, Held]:
    """Return number, share and rank of each; equal numbers share the better rank.

    >>> {name: held.rank for name, held in ranked({"a": 5, "b": 9, "c": 5, "d": 1}, 20).items()}
    {'a': 2, 'b': 1, 'c': 2, 'd': 4}
    """
    return {
        name: Held(number, round(100 * number / total, 1) if total else 0.0, 1 + sum(n > number for n in numbers.values()))
        for name, number in numbers.items()
    }


def _concepts(
    directory: Directory, printed: Iterable[Printed], rows: Iterable[dict[str, Any]], totals: dict[str, int]
) -> Any:
    numbers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    schemes = ("theme", "assistance")
    concepts = {
        thing.iri: Concept(thing.iri, thing.label, scheme) for scheme in schemes for thing in directory.concepts(scheme)
    }
    for row in rows:
        scheme = next((s for s in schemes if row["concept"].startswith(PREFIXES[s])), "")
        if row["concept"] in concepts:
            numbers[row["way"], scheme][row["concept"]] = int(row["number"])
    for way in BY_CONCEPT:
        for scheme in schemes:
            known = {iri: numbers[way, scheme].get(iri, 0) for iri, item in concepts.items() if item.scheme == scheme}
            for iri, held in ranked(known, totals.get(way, 0)).items():
                concepts[iri].held[way] = held
    for figure in printed:
        if figure.about in concepts:
            concepts[figure.about].printed.append(figure)
    order = schemes.index
    return sorted(concepts.values(), key=lambda c: (order(c.scheme), c.held[BY_CONCEPT[0]].rank, c.label))


def _explain(concept: Concept, concepts: list[Concept], events: dict[str, int], total: int) -> str:
    """Return why a theme or kind of assistance differs from what is printed of it, or that nothing is or no reason known."""
    reasons, rank, share = [], concept.figure("rank"), concept.figure("share")
    if rank and rank.value is not None:
        bare = [c for c in concepts if c.scheme == concept.scheme and not c.figure("rank")]
        above = {way: [c for c in bare if c.held[way].rank < held.rank] for way, held in concept.held.items()}
        places = {way: held.rank - len(above[way]) for way, held in concept.held.items()}
        names = ", ".join(dict.fromkeys(c.label for beyond in above.values() for c in beyond))
        left = f"without {names}, which the report does not rank, " if names else ""
        fit = [way for way, place in places.items() if place == rank.value]
        rest = sorted({place for place in places.values() if place != rank.value})
        said = " or ".join(map(str, rest))
        if not rest:
            reasons.append(f"Rank: {left}it is as printed by each way")
        elif fit:
            reasons.append(
                f"Rank: {left}it is as printed by “{'”, “'.join(fit)}”, and {said} by the others; for these {UNKNOWN}"
            )
        else:
            reasons.append(f"Rank: {left}it is {said}, printed {rank.value}; {UNKNOWN}")
    elif rank:
        reasons.append("Rank: none is printed; the order in which the report names themes need not be one of numbers")
    elif concept.scheme == "theme":
        reasons.append("The report gives neither rank nor share of it, so there is nothing to differ from")
    if share:
        reasons.append(_share_reason(concept, share, events, total))
    return ". ".join(reasons) + "."


def _share_reason(concept: Concept, share: Printed, events: dict[str, int], total: int) -> str:
    held, printed = concept.held[BY_CONCEPT[0]].share, share.percent
    if printed is None:
        return "Share: the report gives no number"
    off = held - printed
    if off > 0 if share.words.startswith("more than") else abs(off) <= _NEAR:
        return f"Share: {held} % agrees with it"
    reason = f"Share: {off:+.1f} percentage points; {UNKNOWN}"
    if concept.iri in events and total:
        alone = 100 * events[concept.iri] / total
        reason += (
            f"; what is held as an event (courses, workshops, meetings and the like) is {alone:.1f} % alone, the rest are"
            " programmes, publications, equipment, visits and the like"
        )
    return reason


def count(store: Store, directory: Directory) -> Counts:
    """Return the printed numbers and what the graph holds by each way of counting."""
    printed = [_read(row) for row in query.run(store, "counts-printed")]
    totals = {row["way"] or "": int(row["number"] or 0) for row in query.run(store, "counts")}
    stated = [p for p in printed if p.kind == "count of activities"]
    this_year = next((p for p in stated if p.year == REPORT_YEAR), None)
    ways = [Way(name, REPORT_YEAR, totals.get(name, 0), this_year, why) for name, why in WHY.items()]
    ways += [Way("any", p.year, None, p, EARLIER) for p in stated if p.year != REPORT_YEAR]
    concepts = _concepts(directory, printed, query.run(store, "counts-by-concept"), totals)
    by_iri = {concept.iri: concept for concept in concepts}
    for row in query.run(store, "counts-said"):
        if row["about"] in by_iri:
            by_iri[row["about"]].said.append((row["words"] or "", cited(row)))
    numbers, events = dict[str, int](), dict[str, int]()
    for row in query.run(store, "counts-open"):
        (events if row["concept"] else numbers)[row["concept"] or row["what"] or ""] = int(row["number"] or 0)
    for concept in concepts:
        concept.why = _explain(concept, concepts, events, totals.get(BY_CONCEPT[0], 0))
    left_open = (words.format(numbers[what]) for what, words in OPEN.items() if numbers.get(what))
    return Counts(ways, concepts, (*UNSAID, *left_open))


def as_dict(found: Counts) -> dict[str, Any]:
    """Return the object that `counts --format json` prints."""

    def figure(item: Printed | None) -> dict[str, Any] | None:
        if item is None:
            return None
        return {"value": item.value, "words": item.words, "chapter": item.chapter, "lines": list(item.lines)}

    def concept(item: Concept) -> dict[str, Any]:
        return {
            "id": item.iri,
            "label": item.label,
            "printed": [{"kind": p.kind, "year": p.year, **(figure(p) or {})} for p in item.printed],
            "said": [{"words": words, "where": place} for words, place in item.said],
            "why": item.why,
            "held": {
                way: {"number": h.number, "share": h.share, "rank": h.rank, "rank_difference": item.difference(way)}
                for way, h in item.held.items()
            },
        }

    return {
        "ways": [
            {
                "way": way.name,
                "year": way.year,
                "number": way.number,
                "printed": figure(way.printed),
                "difference": way.difference,
                "why": way.why,
            }
            for way in found.ways
        ],
        "themes": [concept(item) for item in found.of("theme")],
        "assistance": [concept(item) for item in found.of("assistance")],
        "unsaid": list(found.unsaid),
    }


def slug(concept: Concept) -> str:
    """Return the short name of a theme or kind of assistance, as filters take it."""
    return local_name(concept.iri)
