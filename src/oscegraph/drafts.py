"""Stage 8i: a draft of an activity beside the report: what was done there and on that, by whom, and whom to ask first.

What fits is a query (`plan-fit.rq`), and so is which words an activity bears (`plan-borne.rq`); here both are put into
circles around the draft, and counted in points.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from oscegraph import answers, query
from oscegraph.directory import Directory, fold
from oscegraph.drafts_areas import is_visit, read_areas
from oscegraph.drafts_ask import Askers
from oscegraph.drafts_found import CIRCLES, Fit, Plan, Row, where
from oscegraph.drafts_read import OSCE_CLASSES, Reader
from oscegraph.drafts_words import Reading, stem, stems
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
# Which part of what the words of a draft say finds an activity off its themes, and where it has none.
_WITH_THEME, _WITHOUT = 0.75, 0.5
_ENGLISH = "Drafts are read in English only."
_NO_HOME = "The draft names one side of the study visit only, so who works there is asked first, be it visited or visiting."
_TORN = "The columns of Appendix 3 no longer align in the text, so which post belongs to whom is the likeliest pairing."
_BORNE, _PLACE, _REGION, _NAMED = (CIRCLES.index(name) for name in ("words", "place", "region", "named only"))


class Planner:
    """Sets drafts beside one graph; what all drafts need is read once."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.reader, self.askers = Reader(store, directory), Askers(store, directory)
        self._by_themes: dict[tuple[str, ...], dict[str, list[tuple[str, str, str]]]] = {}

    @cached_property
    def _activities(self) -> dict[str, Activity]:
        return {a.id: a for a in answers.find_activities(self.store, self.directory, answers.Filters())}

    @cached_property
    def _shares(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in query.run(self.store, "plan-units"):
            found[row["activity"] or ""].append((row["structure"] or "", row["toldAs"] or ""))
        return found

    def _bases(self, themes: tuple[str, ...]) -> dict[str, list[tuple[str, str, str]]]:
        if themes not in self._by_themes:
            found = self._by_themes[themes] = defaultdict(list)
            for row in query.run(self.store, "plan-bases", theme=themes or None):
                found[row["activity"] or ""].append((row["how"] or "", row["instrument"] or "", row["telling"] or ""))
        return self._by_themes[themes]

    def plan(self, reading: Reading) -> Plan:
        """Return what the report tells that bears on a draft."""
        found = Plan(reading)
        areas = read_areas(reading, self.directory)
        found.fits, found.there = self._fits(reading, areas.states | areas.homes, areas.regions)
        units: dict[str, Row] = {}
        partners: dict[str, Row] = {}
        decisions: dict[tuple[str, str], Row] = {}
        best: dict[str, Fit] = {}
        bases = self._bases(tuple(theme.iri for theme in reading.themes))
        for fit in (*found.fits, *found.there):
            for structure, told in self._shares[fit.activity.id]:
                row = units.setdefault(structure, Row(structure, self.directory.label(structure)))
                row.numbers[fit.circle] += 1
                row.roles[told] += 1
                row.see(fit.sources)
            self._partners(fit, partners)
        for fit in found.fits:
            for structure, _ in self._shares[fit.activity.id]:
                best.setdefault(structure, fit)
            self._decisions(fit, bases, decisions)
        found.units, found.partners = _sorted(units), _sorted(partners)
        found.decisions = [row for how in ("stated", "by rule") for row in _sorted(decisions) if row.words == [how]]
        if not found.fits:
            found.notes = self._silence(reading)
        elif not found.decisions:
            found.notes.append(self._without_decision(found.fits))
        if reading.unknown and found.fits and all(fit.circle > _BORNE for fit in found.fits):
            found.notes.append(f"What the draft is about was not read. {_ENGLISH}")
        hosts = self.askers.hosts(areas)
        found.ask = self.askers.ask(reading, units, best, hosts)
        self._unsourced(found.ask)
        found.focal_points = [self.askers.focal[row.iri] for row in found.ask if row.iri in self.askers.focal]
        found.notes += [_TORN] if found.focal_points else []
        if areas.homes:
            whence = ", ".join(sorted(map(self.directory.label, areas.homes)))
            found.notes.append(f"The visitors come from {whence}; what was done there counts as done in the place, too.")
        elif len(areas.states) == 1 and is_visit(reading):
            found.notes.append(_NO_HOME)
        return found

    def _unsourced(self, rows: list[Row]) -> None:
        """Give units without a chapter the first activity in which they are named as the place where they stand."""
        for row in rows:
            if not row.sources:
                shares = [a for a, own in self._shares.items() if row.iri in {structure for structure, _ in own}]
                lines = sorted(where(t) for activity in shares for t in self._activities[activity].tellings)
                row.see(lines[:1])

    def _fits(self, reading: Reading, states: set[str], regions: set[str]) -> tuple[list[Fit], list[Fit]]:
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
        # A region that the draft itself names is its place.
        here = _HERE | ({"region"} if regions and not states else set())
        every = sorted({*points, *borne, *titled})
        fits = [self._fit(reading, iri, points[iri], borne.get(iri, {}), here, iri in titled) for iri in every]
        kept = sorted(
            (fit for fit in fits if fit is not None),
            key=lambda f: (-f.points, f.circle, f.activity.start or "9999", f.activity.label, f.activity.id),
        )
        if not any(fit.circle <= _BORNE for fit in kept):
            return kept, []
        on_it = [fit for fit in kept if fit.circle <= _BORNE or fit.circle == _NAMED]
        return on_it, [fit for fit in kept if fit.circle == _PLACE]

    def _titled(self, reading: Reading) -> set[str]:
        """Return the activities of which a draft bears a whole title of at least three words."""
        said = f" {fold(reading.text)} "
        return {
            iri
            for iri, activity in self._activities.items()
            for title in {fold(title) for title in (activity.label, *(t.title for t in activity.tellings))}
            if title.count(" ") >= _TITLED - 1 and f" {title} " in said
        }

    def _borne(self, reading: Reading) -> dict[str, dict[str, set[str]]]:
        """Return which words of the draft each activity bears: activity -> stem -> how."""
        wanted = {stem(word) for word in (*reading.words, *reading.audience)}
        return self.reader.titles.bearers(wanted, stems(reading.text) | wanted) if wanted else {}

    def _said(self, borne: dict[str, set[str]]) -> float:
        """Return the points for the words of the draft that an activity bears: rare ones, and those of titles, say more."""
        whole = 0.0
        for one in sorted(borne):
            strong = borne[one] & {"title", "audience"}
            whole += self.reader.titles.weight(one) / (2 if strong else 4)
        return min(whole, _WORDS)

    def _found_by_words(self, reading: Reading, borne: dict[str, set[str]]) -> bool:
        """Whether words alone find an activity: most of what they say, with a rare word or several together.

        Together are two in titles or sub-headings, and those of one search term. For whom an activity was does not find it.
        Where the draft has a theme, more words are needed to leave it.
        """
        titles = self.reader.titles
        words = sorted({stem(word) for word in reading.words})
        whole = sum(map(titles.weight, words))
        own = [one for one in words if borne.get(one, set()) - {"audience"}]
        least = _WITH_THEME if reading.themes or reading.headings else _WITHOUT
        if not own or sum(map(titles.weight, own)) < least * whole:
            return False
        titled = [one for one, ways in borne.items() if ways & {"title", "sub-heading"}]
        return len(titled) > 1 or any(titles.rare(one) or "search phrase" in borne[one] for one in own)

    def _fit(
        self,
        reading: Reading,
        iri: str,
        points: list[tuple[str, str]],
        borne: dict[str, set[str]],
        here: set[str],
        titled: bool = False,
    ) -> Fit | None:
        said = {point for point, _ in points}
        about, there, near = bool(said & _ABOUT), bool(said & here), "region" in said
        circle = next((n for n, fits in enumerate((about and there, about and near, about)) if fits), None)
        if circle is None:
            words = titled or self._found_by_words(reading, borne)
            circle = _BORNE if words else _PLACE if there else _REGION if near else None
        if circle in {None, _REGION} and said & {"actor", "basis"}:
            circle = _NAMED
        if circle is None:
            return None
        activity = self._activities[iri]
        if said & _HERE and here == _HERE:
            points = [item for item in points if item[0] != "region"]
        points = sorted(points, key=lambda item: list(_SAYS).index(item[0]))
        reasons = [_SAYS[p].format(value if p == "heading" else self.directory.label(value)) for p, value in points]
        sum_of = float(sum(max((own[p] for p, _ in points if p in own), default=0) for own in _POINTS))
        if said & {"unit there", "for a body there"} and not said & {"place", "state"}:
            reasons.append("no place said")
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
            way = next((way for way in ("title", "sub-heading", "audience", "search term") if way in own), "")
            if way:
                ways[way].append(f"“{word}”")
        says = {
            "title": "bears {} or other forms in a title",
            "sub-heading": "bears {} in its sub-heading",
            "audience": "for {}",
        }
        says["search term"] = "search term {}"
        return [says[way].format(", ".join(dict.fromkeys(ways[way]))) for way in says if ways[way]]

    def _partners(self, fit: Fit, partners: dict[str, Row]) -> None:
        seen: dict[str, set[str]] = defaultdict(set)
        for telling in fit.activity.tellings:
            for part in telling.participations:
                thing = self.directory.things.get(part.actor)
                if thing is not None and thing.cls not in OSCE_CLASSES and thing.cls != "Post":
                    row = partners.setdefault(part.actor, Row(part.actor, part.label, words=[thing.type]))
                    seen[part.actor].add(part.role)
                    row.see([where(telling)])
        for actor, roles in seen.items():
            partners[actor].numbers[fit.circle] += 1
            partners[actor].roles.update(sorted(roles))

    def _decisions(
        self, fit: Fit, bases: dict[str, list[tuple[str, str, str]]], decisions: dict[tuple[str, str], Row]
    ) -> None:
        seen = set()
        for how, instrument, telling in bases.get(fit.activity.id, ()):
            row = decisions.setdefault((how, instrument), Row(instrument, self.askers.name(instrument), words=[how]))
            row.see([where(t) for t in fit.activity.tellings if telling in {"", t.id}])
            if (how, instrument) not in seen:
                row.numbers[fit.circle] += 1
            seen.add((how, instrument))

    def _without_decision(self, fits: list[Fit]) -> str:
        """Say that no decision is stated, nor one by rule that is on the theme of a draft, and how many rest on others."""
        others = self._bases(())
        more = sum(fit.activity.id in others for fit in fits)
        said = "No telling of these activities names a decision as its ground, and none that is so by rule is on this theme."
        return (
            f"{said} By rule {answers.count_of(more, 'activity')} may rest on decisions on other themes." if more else said
        )

    def _silence(self, reading: Reading) -> list[str]:
        """Say which part of a draft the report does not know."""
        parts = {"theme": [*reading.themes, *reading.headings], "place": [*reading.places, *reading.areas]}
        parts["unit or partner"] = [*reading.units, *reading.partners]
        notes = [f"“{words}”: {why}." for words, why in reading.unknown]
        notes += [f"The draft names no {part} that the report knows." for part, found in parts.items() if not found]
        if reading.words:
            notes.append(f"No activity bears enough of these words, or too many do: {', '.join(reading.words[:10])}.")
        return ["The report tells of nothing that fits.", *notes, *([_ENGLISH] if reading.unknown else [])]


def _sorted(rows: dict[Any, Row]) -> list[Row]:
    order = range(len(CIRCLES))
    return sorted(rows.values(), key=lambda row: (*(-row.numbers[n] for n in order), row.label, row.iri))
