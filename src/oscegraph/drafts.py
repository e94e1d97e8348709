"""Stage 8h: a draft of an activity beside the report: what was done there and on that, by whom, and whom to ask first.

What fits is a query (`plan-fit.rq`); here it is put into four circles around the draft, and counted.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from oscegraph import answers, query
from oscegraph.directory import Directory
from oscegraph.drafts_found import CIRCLES, Fit, Plan, Row, where
from oscegraph.drafts_read import OSCE_CLASSES, Reader
from oscegraph.drafts_words import Reading, stem
from oscegraph.store import Store
from oscegraph.tellings import Activity

_HERE, _NEAR = {"place", "state", "unit there", "for a body there"}, {"region"}
_SAYS = {
    "theme": "on {}",
    "place": "in {}",
    "state": "in {}",
    "unit there": "by {}, no place said",
    "for a body there": "for {}",
    "region": "in the region {}",
    "kind": "a {}",
    "actor": "with {}",
    "basis": "rests on {}",
}
_WEIGHTS = {"place": 5, "state": 4, "unit there": 3, "for a body there": 3, "actor": 3, "basis": 3, "kind": 2, "theme": 2}


class Planner:
    """Sets drafts beside one graph; what all drafts need is read once."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.reader = Reader(store, directory)
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

    def _bases(self, reading: Reading) -> dict[str, list[tuple[str, str, str]]]:
        themes = tuple(theme.iri for theme in reading.themes)
        if themes not in self._by_themes:
            found = self._by_themes[themes] = defaultdict(list)
            for row in query.run(self.store, "plan-bases", theme=themes or None):
                found[row["activity"] or ""].append((row["how"] or "", row["instrument"] or "", row["telling"] or ""))
        return self._by_themes[themes]

    @cached_property
    def _focal(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in query.run(self.store, "structure_focal_points"):
            item = Row(row["post"] or "", row["postLabel"] or "", words=[row["summary"] or ""])
            item.see(
                [(row["chapter"] or "", int(row["firstLine"] or 0), int(row["lastLine"] or 0))] if row["chapter"] else []
            )
            found[row["structure"] or ""].append(item)
        return found

    def plan(self, reading: Reading) -> Plan:
        """Return what the report tells that bears on a draft."""
        found = Plan(reading)
        found.fits = self._fits(reading)
        if not found.fits:
            found.notes = self._silence(reading)
            return found
        units: dict[str, Row] = {}
        partners: dict[str, Row] = {}
        decisions: dict[tuple[str, str], Row] = {}
        bases = self._bases(reading)
        for fit in found.fits:
            for structure, told in self._shares[fit.activity.id]:
                row = units.setdefault(structure, Row(structure, self.directory.label(structure)))
                row.numbers[fit.circle] += 1
                row.roles[told] += 1
                row.see(fit.sources)
            self._partners(fit, partners)
            self._decisions(fit, bases, decisions)
        found.units, found.partners = _sorted(units), _sorted(partners)
        found.decisions = [row for how in ("stated", "by rule") for row in _sorted(decisions) if row.words == [how]]
        if not found.decisions:
            found.notes.append("No telling of these activities names a decision as its ground, and the rule gives none.")
        found.ask = self._ask(reading, units, found.fits[0].circle)
        for row in found.ask:
            for post in self._focal.get(row.iri, ()):
                found.focal_points.append(Row(post.iri, post.label, words=[row.label, *post.words], sources=post.sources))
        return found

    def _fits(self, reading: Reading) -> list[Fit]:
        states = {f.iri for f in reading.areas if self.directory.things[f.iri].cls != "Region"}
        states |= {area for f in reading.places for area in self.directory.things[f.iri].facts.get("inArea", ())}
        regions = {f.iri for f in reading.areas} - states
        known = [self.directory.things[state] for state in states if state in self.directory.things]
        around = {region for state in known for region in state.facts.get("inRegion", ())}
        values: dict[str, Any] = {
            "theme": [f.iri for f in reading.themes],
            "place": [f.iri for f in reading.places],
            "state": sorted(states),
            "region": sorted(regions | around),
            "kind": [f.iri for f in reading.kinds],
            "actor": [f.iri for f in (*reading.units, *reading.partners) if self.directory.things[f.iri].cls != "OsceBody"],
            "basis": [f.iri for f in reading.decisions],
        }
        points: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in query.run(self.store, "plan-fit", **{name: given for name, given in values.items() if given}):
            points[row["activity"] or ""].append((row["point"] or "", row["value"] or ""))
        # A region that the draft itself names is its place.
        here = _HERE | (_NEAR if regions and not states else set())
        fits = [self._fit(reading, iri, own, here) for iri, own in points.items()]
        kept = [fit for fit in fits if fit is not None]
        return sorted(kept, key=lambda f: (f.circle, -f.weight, f.activity.start or "9999", f.activity.label, f.activity.id))

    def _fit(self, reading: Reading, iri: str, points: list[tuple[str, str]], here: set[str]) -> Fit | None:
        said = {point for point, _ in points}
        themed, there, near = "theme" in said, bool(said & here), "region" in said
        circle = next((n for n, fits in enumerate((themed and there, themed and near, themed)) if fits), None)
        if not reading.themes and circle is None:
            circle = 3 if there else 4 if near else None
        if circle is None and said & {"actor", "basis"}:
            circle = 5
        if circle is None:
            return None
        activity = self._activities[iri]
        if said & _HERE and here == _HERE:
            points = [item for item in points if item[0] != "region"]
        points = sorted(points, key=lambda item: list(_SAYS).index(item[0]))
        reasons = [_SAYS[point].format(self.directory.label(value)) for point, value in points]
        weight = sum(_WEIGHTS.get(point, 1) for point, _ in points)
        wanted = {stem(word) for word in reading.audience}
        shared = sorted({one for _, stems in self.reader.titles.audiences.get(iri, ()) for one in stems & wanted})
        if shared:
            reasons.append("for " + ", ".join(word for word in reading.audience if stem(word) in shared))
            weight += 2
        if (
            activity.start
            and activity.first("datePrecision") in {"day", "month"}
            and int(activity.start[5:7]) in reading.months
        ):
            reasons.append("in the same month")
            weight += 1
        return Fit(activity, circle, weight, list(dict.fromkeys(reasons)))

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
            partners[actor].roles.update(roles)

    def _decisions(
        self, fit: Fit, bases: dict[str, list[tuple[str, str, str]]], decisions: dict[tuple[str, str], Row]
    ) -> None:
        seen = set()
        for how, instrument, telling in bases.get(fit.activity.id, ()):
            row = decisions.setdefault((how, instrument), Row(instrument, self.name(instrument), words=[how]))
            row.see([where(t) for t in fit.activity.tellings if telling in {"", t.id}])
            if (how, instrument) not in seen:
                row.numbers[fit.circle] += 1
            seen.add((how, instrument))

    def name(self, instrument: str) -> str:
        """Return symbol and title of an instrument."""
        thing = self.directory.things.get(instrument)
        if thing is None:
            return self.directory.label(instrument)
        return " ".join([*thing.names.get("symbol", [])[:1], thing.label])

    def _ask(self, reading: Reading, units: dict[str, Row], first: int) -> list[Row]:
        """Rank units: what they did there and on that, then a mandate on the theme, then a focal point, then the rest."""
        mandates: dict[str, dict[str, list[tuple[str, int, int]]]] = defaultdict(lambda: defaultdict(list))
        own: set[str] = set()
        if reading.themes:
            for line in query.run(self.store, "plan-mandates", theme=[f.iri for f in reading.themes]):
                place = (line["chapter"] or "", int(line["first"] or 0), int(line["last"] or 0))
                above = line["reach"] == "above"
                whom = f"{self.directory.label(line['addressee'] or '')}, above it" if above else "it"
                said = f"{self.name(line['instrument'] or '')} {line['relation']} {whom}"
                # What is asked of a head above is a reason for those that work on it, no work by itself.
                if not above or line["structure"] in units:
                    mandates[line["structure"] or ""][said].append(place)
                if not above:
                    own.add(line["structure"] or "")
        named = {f.iri for f in reading.units if f.iri in self._focal}
        rows = []
        for iri in sorted({*units, *mandates, *named}):
            known = units.get(iri) or Row(iri, self.directory.label(iri))
            row = Row(iri, known.label, known.numbers, roles=known.roles)
            numbers = ", ".join(f"{known.numbers[n]} {label}" for n, label in enumerate(CIRCLES) if known.numbers[n])
            row.words += [f"activities: {numbers}"] if numbers else []
            row.words += mandates.get(iri, {})
            row.words += ["has a focal point on organized crime"] if iri in self._focal else []
            row.words += ["named in the draft"] if iri in named else []
            row.see(known.sources[:3] + [place for places in mandates.get(iri, {}).values() for place in places])
            row.see([source for post in self._focal.get(iri, ()) for source in post.sources])
            rows.append(row)

        def order(row: Row) -> tuple[Any, ...]:
            rest = (-row.numbers[circle] for circle in range(len(CIRCLES)))
            return (
                -row.numbers[first],
                row.iri not in own,
                row.iri not in mandates,
                row.iri not in self._focal,
                *rest,
                row.label,
            )

        return sorted(rows, key=order)

    def _silence(self, reading: Reading) -> list[str]:
        """Say which part of a draft the report does not know."""
        parts = {"theme": reading.themes, "place": [*reading.places, *reading.areas]}
        parts["unit or partner"] = [*reading.units, *reading.partners]
        notes = [f"“{words}”: {why}." for words, why in reading.unknown]
        notes += [f"The draft names no {part} that the report knows." for part, found in parts.items() if not found]
        return ["The report tells of nothing that fits.", *notes]


def _sorted(rows: dict[Any, Row]) -> list[Row]:
    order = range(len(CIRCLES))
    return sorted(rows.values(), key=lambda row: (*(-row.numbers[n] for n in order), row.label, row.iri))
