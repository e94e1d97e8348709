"""Stage 17e: gaps as a page: where the report is silent, each row with its places in the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from oscegraph import gap_places
from oscegraph import gaps as silent
from oscegraph.explorer import listing
from oscegraph.explorer.forms import Words
from oscegraph.explorer.listing import Column, Ref, Source, source_of
from oscegraph.explorer.overlap_pages import unit_of, units
from oscegraph.explorer.tool import Found, Tool, apart, columns
from oscegraph.gap_places import Place
from oscegraph.namespaces import local_name

if TYPE_CHECKING:
    from oscegraph.explorer.site import Site

# So many rows of each kind of gap stand on the page of all kinds, and on that of one kind.
FEW, MANY = 10, 100
TITLES = {
    "units": "Units on the same theme in the same area or region that are told together in no activity",
    "states": "Participating States with themes on which no activity names them",
    "decisions": "Decisions, declarations and plans that no activity is said to rest on",
    "activities": "Activities without a stated decision",
}


def make(site: Site, words: Words) -> Found:
    """Return the gaps that a form asks for, in one block for each kind."""
    kind, place, on = words.choice("kind", ("", *silent.KINDS), ""), words.one("in"), words.one("theme")
    names = site.graph.directory
    theme = None if on is None else names.concept("theme", on)
    where = None if place is None else silent.area_of(names, place)
    unit = unit_of(site, words)
    # A decision lies nowhere, and a State without activities has no unit.
    senseless = {"decisions" if where else "", "states" if unit else ""}
    kinds = [name for name in ([kind] if kind else silent.KINDS) if name not in senseless]
    limit = words.whole("limit", MANY if kind else FEW)
    gaps = _Gaps(site, theme, where, unit)
    blocks = []
    for name in kinds:
        made = getattr(gaps, name)()
        shown = made.rows[:limit] if limit else made.rows
        blocks.append({"kind": name, "title": TITLES[name], "table": made, "rows": shown, "total": len(made.rows)})
    rows = [{"gap": block["kind"], **row} for block in blocks for row in block["table"].rows]
    flat = [apart(row) for row in rows]
    keys = dict.fromkeys(key for row in flat for key in row)
    table = listing.Table("gaps", "Where the report is silent", columns(*keys), flat)
    counts = {block["kind"]: block["total"] for block in blocks}
    data = {"counts": counts, "gaps": [{key: _plain(value) for key, value in row.items()} for row in rows]}
    chosen = [f"on {names.label(theme)}" if theme else "", f"in {names.label(where)}" if where else ""]
    chosen.append(f"with {names.label(unit)}" if unit else "")
    left_out = [name for name in ([kind] if kind else silent.KINDS) if name in senseless]
    context = {"blocks": blocks, "left_out": left_out, "not_asked": silent.not_asked(names, where)}
    return Found({**context, "filters": ", ".join(filter(None, chosen)), "one_kind": bool(kind)}, data, table)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Ref):
        return {"label": value.text, "iri": value.iri}
    if isinstance(value, Source):
        return {"chapter": value.chapter, "lines": [value.first, value.last]}
    return value


class _Gaps:
    """The rows of each kind of gap under the same filters."""

    def __init__(self, site: Site, theme: str | None, where: str | None, unit: str | None) -> None:
        self.site, self.theme, self.where, self.unit = site, theme, where, unit
        self.store, self.names = site.graph.store, site.graph.directory
        self.told = gap_places.places(self.store)

    def _ref(self, iri: str) -> Ref:
        return Ref(self.names.label(iri), iri)

    def _proof(self, activities: Sequence[str] | set[str], unit: str | None = None) -> list[Any]:
        """Return each activity with the place in the report, in the chapter of a unit where that tells it."""
        found: list[Any] = []
        for place in gap_places.evidence(self.told, activities, unit):
            found += [Ref(place.label, place.activity), self._source(place)]
        return found

    def _source(self, place: Place) -> Source:
        tellings = self.site.activities[place.activity].tellings if place.activity in self.site.activities else []
        marks = (source_of(t) for t in tellings if (t.chapter, t.lines) == (place.chapter, place.lines))
        return next(marks, Source(place.chapter, *place.lines))

    def _table(self, name: str, rows: list[dict[str, Any]], heads: dict[str, str]) -> listing.Table:
        made = [Column(key, head, all(isinstance(row.get(key, 0), int) for row in rows)) for key, head in heads.items()]
        return listing.Table(name, TITLES[name], made, rows)

    def units(self) -> listing.Table:
        """Return pairs of units on one theme in the same area without a shared activity."""
        rows = []
        for item in silent.strangers(self.store, self.names, self.theme, self.where, self.unit):
            rows.append(
                {
                    "unit": self._ref(item.one),
                    "other_unit": self._ref(item.other),
                    "theme": self._ref(item.theme),
                    "where": [self._ref(area) for area in item.areas],
                    "same": item.level,
                    "activities": self._proof(item.of_one, item.one),
                    "of_other": self._proof(item.of_other, item.other),
                    "may_have_met": [Ref(f"{group.words} ({group.source})", group.activity) for group in item.may_meet],
                }
            )
        heads = {"unit": "unit", "other_unit": "other unit", "theme": "theme", "where": "both in", "same": "same"}
        heads |= {"activities": "activities there", "of_other": "of the other"}
        return self._table("units", rows, heads | {"may_have_met": "may have met, in a group without names"})

    def states(self) -> listing.Table:
        """Return the participating States that no activity on a theme brings in."""
        found = silent.silences(self.store, self.names, self.theme, self.where)
        if self.theme is not None:
            regions = [
                {
                    "state": self._ref(item.state),
                    "only_its_region": self._proof(item.by_region[self.theme]),
                    "groups_without_names": self._proof(item.by_group[self.theme]),
                    "under_another_theme": [self._source(place) for place in item.mentions],
                }
                for item in found
            ]
            heads = {"state": "State", "only_its_region": "activities that name only its region"}
            heads |= {"groups_without_names": "to which States came as a group without names"}
            return self._table("states", regions, heads | {"under_another_theme": "in words of it, under another theme"})
        rows: list[dict[str, Any]] = []
        heads = {"state": "State", "silent": "silent themes"}
        for item in found:
            counts = {local_name(theme): len(activities) for theme, activities in item.active.items()}
            rows.append({"state": self._ref(item.state), "silent": len(item.silent), **counts})
            heads |= {name: name for name in counts}
        return self._table("states", rows, heads)

    def decisions(self) -> listing.Table:
        """Return the instruments without a stated activity."""
        rows = []
        for item in silent.unused(self.store, self.names, self.theme, self.unit):
            if not item.mandate:
                continue
            thing = self.names.things.get(item.instrument)
            rows.append(
                {
                    "decision": self._ref(item.instrument),
                    "symbol": ", ".join(thing.names.get("symbol", ())) if thing else "",
                    "type": thing.type if thing else "",
                    "by_rule": item.inferred,
                    "named_by": [self._ref(unit) for unit in item.named_by],
                    "named_at": [self._source(place) for place in item.places],
                }
            )
        heads = {"decision": "instrument", "symbol": "symbol", "type": "type"}
        return self._table(
            "decisions", rows, heads | {"by_rule": "activities by rule", "named_by": "named by", "named_at": "named at"}
        )

    def activities(self) -> listing.Table:
        """Return the activities without a stated decision: counted by unit, or one by one for a unit."""
        rows: list[dict[str, Any]] = []
        for item in silent.ungrounded(self.store, self.names, self.theme, self.where, self.unit):
            if self.unit is None:
                counts = {"told": len(item.told), "by_rule": len(item.by_rule)}
                rows.append({"unit": self._ref(item.unit), **counts, "without": self._proof(item.without, item.unit)})
                continue
            for place in gap_places.evidence(self.told, item.without, item.unit):
                by_rule = "yes" if place.activity in item.by_rule else "no"
                activity = Ref(place.label, place.activity)
                rows.append({"activity": activity, "by_rule": by_rule, "told_in": self._source(place)})
        if self.unit is not None:
            return self._table("activities", rows, {"activity": "activity", "by_rule": "one by rule", "told_in": "told in"})
        heads = {"unit": "unit", "told": "told", "without": "without a stated decision"}
        return self._table("activities", rows, heads | {"by_rule": "of these by rule"})


def _choices(site: Site) -> dict[str, Any]:
    return {**units(site), "kinds": TITLES}


TOOL = Tool("gaps", "gaps.html", ("kind", "theme", "in", "unit", "limit"), make, _choices)
