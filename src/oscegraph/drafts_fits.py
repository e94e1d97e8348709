"""Stage 8g2: which activities fit a draft: circles around it, and points, each with the reasons in words.

What fits is a query (`plan-fit.rq`), and so is which words an activity bears (`plan-borne.rq`); here both are counted.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from oscegraph import answers, query
from oscegraph.directory import Directory, fold
from oscegraph.drafts_areas import Areas
from oscegraph.drafts_found import CIRCLES, Fit
from oscegraph.drafts_titles import Titles
from oscegraph.drafts_words import Reading, stem, stems
from oscegraph.filters import Filters
from oscegraph.store import Store
from oscegraph.tellings import Activity

_HERE, _ABOUT = {"place", "state", "unit there", "for a body there"}, {"theme", "heading"}
_SAYS = {
    "theme": "on {}",
    "heading": "under the sub-heading {}",
    "place": "in {}",
    "state": "in {}",
    "unit there": "by {}",
    "for a body there": "for {}",
    "for a body from there": "for {}, elsewhere",
    "region": "in the region {}",
    "kind": "of the kind {}",
    "actor": "with {}",
    "basis": "rests on {}",
}
# How an activity bears a word, the best way first.
_WAYS = {
    "title": "bears {} or other forms in a title",
    "sub-heading": "bears {} in its sub-heading",
    "audience": "for {}",
    "search term": "search term {}",
}
# An activity has the best of each of these sets that it fits in; docs/desk.md says the points in words.
_POINTS = (
    {"theme": 6, "heading": 6},
    {"place": 5, "state": 4, "unit there": 3, "for a body there": 3, "for a body from there": 1, "region": 1},
    {"actor": 3},
    {"basis": 3},
    {"kind": 1},
)
_WORDS, _MONTH, _TITLE = 6, 1, 10
# A title of so many words is that of an activity.
_TITLED = 3
# Which part of what the words say finds an activity off the themes of a draft, where it has none, and where nothing fits.
_WITH_THEME, _WITHOUT, _WEAK = 0.75, 0.5, 0.3
_BORNE, _PLACE, _REGION, _NAMED = (CIRCLES.index(name) for name in ("words", "place", "region", "named only"))


class Fitter:
    """Puts the activities of one graph into circles around drafts."""

    def __init__(self, store: Store, directory: Directory, titles: Titles) -> None:
        self.store, self.directory, self.titles = store, directory, titles

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """All activities by IRI."""
        return {a.id: a for a in answers.find_activities(self.store, self.directory, Filters())}

    def fits(self, reading: Reading, areas: Areas) -> tuple[list[Fit], list[Fit]]:
        """Return the activities that fit a draft, best first, and those in its place on other than what it is about."""
        states, regions = areas.states | areas.homes, areas.regions
        known = [self.directory.things[state] for state in sorted(states) if state in self.directory.things]
        around = {region for state in known for region in state.facts.get("inRegion", ())}
        values: dict[str, Any] = {
            "theme": [f.iri for f in reading.themes],
            "heading": [f.label for f in reading.headings],
            "place": [f.iri for f in reading.places],
            "state": sorted(states),
            "region": sorted(regions | around),
            "kind": [f.iri for f in reading.kinds],
            "actor": [f.iri for f in (*reading.units, *reading.partners) if self.directory.things[f.iri].cls != "OsceBody"],
            "basis": [f.iri for f in reading.decisions],
        }
        points: dict[str, list[tuple[str, str]]] = defaultdict(list)
        titled = self._titled(reading)
        for row in query.run(self.store, "plan-fit", **{name: given for name, given in values.items() if given}):
            points[row["activity"] or ""].append((row["point"] or "", row["value"] or ""))
        borne = self._borne(reading)
        # A region that the draft itself names is its place, unless it names a state in it, too.
        here = frozenset(regions - around)
        every = sorted({*points, *borne, *titled})
        shares = (_WITH_THEME if reading.themes or reading.headings else _WITHOUT, _WEAK)
        for share in shares:
            fits = [self._fit(reading, iri, points[iri], borne.get(iri, {}), here, iri in titled, share) for iri in every]
            if any(fits):
                break
        kept = sorted(
            (fit for fit in fits if fit is not None),
            key=lambda f: (-f.points, f.circle, f.activity.start or "9999", f.activity.label, f.activity.id),
        )
        if not any(fit.circle <= _BORNE for fit in kept):
            return kept, []
        on_it = [fit for fit in kept if fit.circle <= _BORNE or fit.circle == _NAMED]
        return on_it, [fit for fit in kept if fit.circle == _PLACE]

    @cached_property
    def _titles(self) -> dict[str, set[str]]:
        """Folded title of so many words that it is that of an activity -> the activities that have it."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, activity in self.activities.items():
            for title in (activity.label, *(telling.title for telling in activity.tellings)):
                if (folded := fold(title)).count(" ") >= _TITLED - 1:
                    found[folded].add(iri)
        return dict(found)

    def _titled(self, reading: Reading) -> set[str]:
        """Return the activities of which a draft bears a whole title."""
        said = f" {fold(reading.text)} "
        return {iri for title, its in self._titles.items() if f" {title} " in said for iri in its}

    def _borne(self, reading: Reading) -> dict[str, dict[str, set[str]]]:
        """Return which words of the draft each activity bears: activity -> stem -> how."""
        wanted = {stem(word) for word in (*reading.words, *reading.audience)}
        return self.titles.bearers(wanted, stems(reading.text) | wanted) if wanted else {}

    def _said(self, borne: dict[str, set[str]]) -> float:
        """Return the points for the words of the draft that an activity bears: rare ones, and those of titles, say more."""
        whole = 0.0
        for one in sorted(borne):
            strong = borne[one] & {"title", "audience"}
            whole += self.titles.weight(one) / (2 if strong else 4)
        return min(whole, _WORDS)

    def _found_by_words(self, reading: Reading, borne: dict[str, set[str]], least: float) -> bool:
        """Whether words alone find an activity: so much of what they say at least, with a rare word or several together.

        Together are two in titles or sub-headings, and those of one search term. For whom an activity was, or of which kind,
        does not find it.
        Where the draft has a theme, more words are needed to leave it.
        """
        titles = self.titles
        # "Training" says what kind it is, and nothing of what it is about.
        kinds = stems(" ".join(kind.words for kind in reading.kinds))
        words = sorted({stem(word) for word in reading.words} - kinds)
        whole = sum(map(titles.weight, words))
        own = [one for one in words if borne.get(one, set()) - {"audience"}]
        if not own or sum(map(titles.weight, own)) < least * whole:
            return False
        titled = [one for one in own if borne[one] & {"title", "sub-heading"}]
        return len(titled) > 1 or any(titles.rare(one) or "search phrase" in borne[one] for one in own)

    def _fit(
        self,
        reading: Reading,
        iri: str,
        points: list[tuple[str, str]],
        borne: dict[str, set[str]],
        here: frozenset[str],
        titled: bool,
        share: float,
    ) -> Fit | None:
        said = {point for point, _ in points}
        there = bool(said & _HERE) or any(point == "region" and value in here for point, value in points)
        about, near = bool(said & _ABOUT), "region" in said
        circle = next((n for n, fits in enumerate((about and there, about and near, about)) if fits), None)
        if circle is None:
            words = titled or self._found_by_words(reading, borne, share)
            circle = _BORNE if words else _PLACE if there else _REGION if near else None
        if circle in {None, _REGION} and said & {"actor", "basis"}:
            circle = _NAMED
        if circle is None:
            return None
        activity = self.activities[iri]
        if said & _HERE:
            points = [item for item in points if item[0] != "region" or item[1] in here]
        points = sorted(points, key=lambda item: list(_SAYS).index(item[0]))
        reasons = [_SAYS[p].format(value if p == "heading" else self.directory.label(value)) for p, value in points]
        sum_of = float(sum(max((own[p] for p, _ in points if p in own), default=0) for own in _POINTS))
        # Each further unit or partner that both name is a reason of its own.
        sum_of += max(0, sum(point == "actor" for point, _ in points) - 1)
        if said & {"unit there", "for a body there"} and not said & {"place", "state"}:
            reasons.append("no place said")
        if share == _WEAK and circle == _BORNE and not titled:
            reasons.append("bears less than half of what the words say")
        if titled:
            sum_of += _TITLE
            reasons.append("has this title")
        if borne:
            sum_of += self._said(borne)
            reasons += self._bears(reading, borne)
        if (
            activity.start
            and activity.first("datePrecision") in {"day", "month"}
            and int(activity.start[5:7]) in reading.months
        ):
            reasons.append("in the same month")
            sum_of += _MONTH
        return Fit(activity, circle, round(sum_of, 2), list(dict.fromkeys(reasons)))

    @staticmethod
    def _bears(reading: Reading, borne: dict[str, set[str]]) -> list[str]:
        """Say which words of the draft an activity bears, by the best way in which it bears each."""
        ways: dict[str, list[str]] = defaultdict(list)
        for word in (*reading.words, *reading.audience):
            own = borne.get(stem(word), set())
            way = next((way for way in _WAYS if way in own), "")
            if way:
                ways[way].append(f"“{word}”")
        return [says.format(", ".join(dict.fromkeys(ways[way]))) for way, says in _WAYS.items() if ways[way]]
