"""Stage 8i: a draft of an activity beside the report: what was done there and on that, by whom, and whom to ask first.

Which activities fit is found in `drafts_fits`; here their units, partners and decisions are counted by circle.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.drafts_areas import is_visit, read_areas
from oscegraph.drafts_ask import Askers
from oscegraph.drafts_fits import Fitter
from oscegraph.drafts_found import CIRCLES, Fit, Plan, Row, where
from oscegraph.drafts_read import Reader
from oscegraph.drafts_sorted import OSCE_CLASSES
from oscegraph.drafts_words import Reading
from oscegraph.filters import count_of
from oscegraph.store import Store

_ENGLISH = "Drafts are read in English only."
_NO_HOME = "The draft names one side of the study visit only, so who works there is asked first, be it visited or visiting."
_TORN = "The columns of Appendix 3 no longer align in the text, so which post belongs to whom is the likeliest pairing."
_BORNE = CIRCLES.index("words")


class Planner:
    """Sets drafts beside one graph; what all drafts need is read once."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.reader, self.askers = Reader(store, directory), Askers(store, directory)
        self.fitter = Fitter(store, directory, self.reader.titles)
        self._by_themes: dict[tuple[str, ...], dict[str, list[tuple[str, str, str]]]] = {}

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
        found.fits, found.there = self.fitter.fits(reading, areas)
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
        elif areas.whence:
            whence = ", ".join(sorted(map(self.directory.label, areas.whence)))
            found.notes.append(f"No field operation works where the visitors come from: {whence}.")
        elif len(areas.states) == 1 and is_visit(reading):
            found.notes.append(_NO_HOME)
        return found

    def _unsourced(self, rows: list[Row]) -> None:
        """Give units without a chapter the first activity in which they are named as the place where they stand."""
        for row in rows:
            if not row.sources:
                shares = [a for a, own in self._shares.items() if row.iri in {structure for structure, _ in own}]
                lines = sorted(where(t) for activity in shares for t in self.fitter.activities[activity].tellings)
                row.see(lines[:1])

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
        return f"{said} By rule {count_of(more, 'activity')} may rest on decisions on other themes." if more else said

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
