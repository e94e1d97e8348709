"""Stage 17d: overlaps as a page: similar activities without co-operation, each pair with both places in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oscegraph import likeness
from oscegraph import overlaps as alike
from oscegraph.called import STRUCTURES, find_structure
from oscegraph.explorer import listing
from oscegraph.explorer.forms import FILTERS, Words, filters
from oscegraph.explorer.listing import Ref, source_of
from oscegraph.explorer.tool import Found, Tool, columns
from oscegraph.views import when_was

if TYPE_CHECKING:
    from oscegraph.explorer.site import Site
    from oscegraph.tellings import Activity


# So many pairs stand on the page if the form does not say how many.
FEW = 15


def unit_of(site: Site, words: Words) -> str | None:
    """Return the executive structure that a form names; raises NameNotFound."""
    name = words.one("unit")
    return None if name is None else find_structure(site.graph.directory, name, "unit").iri


def _side(site: Site, activity: Activity, units: set[str]) -> dict[str, Any]:
    things = sorted((site.graph.directory.things[unit] for unit in units), key=lambda thing: thing.short)
    return {
        "activity": Ref(activity.label, activity.id),
        "date": when_was(activity),
        "units": [Ref(thing.short, thing.iri) for thing in things],
        "told": [source_of(telling) for telling in activity.tellings],
        "tellings": activity.tellings,
    }


def make(site: Site, words: Words) -> Found:
    """Return the pairs of similar activities that a form asks for."""
    chosen, least, limit = filters(site, words), words.number("least", alike.LEAST, 0, 1), words.whole("limit", 0)
    found = alike.find_overlaps(site.graph.store, site.graph.directory, chosen, unit_of(site, words), least)
    made: dict[str, list[dict[str, Any]]] = {}
    # The files have all pairs; a page of all of them would be very long.
    few = limit or (None if words.one("limit") else FEW)
    for name in ("pairs", *(name for name, *_ in alike.APART)):
        some = getattr(found, name)
        made[name] = [_item(site, found, pair) for pair in (some[:limit] if limit else some)]
    pairs = [item for some in made.values() for item in some]
    table = listing.Table(
        "overlaps",
        f"Similar activities of different units with a score of at least {least:g}",
        columns(
            *("score", "link", "one", "one_units", "one_date", "one_told"),
            *("other", "other_units", "other_date", "other_told", "reasons", "met_elsewhere"),
            numbers=("score", "met_elsewhere"),
        ),
        [_flat(item) for item in pairs],
    )
    cut = sum(max(len(getattr(found, name)) - few, 0) for name in made) if few else 0
    context = {
        "weights": likeness.WEIGHTS,
        "window": likeness.WINDOW,
        "least": least,
        "total": len(found.pairs),
        "pairs": made["pairs"][:few],
        "apart": [(title, len(getattr(found, name)), made[name][:few]) for name, _, title in alike.APART],
        "below": found.below,
        "vague": found.vague,
        "cut": cut,
        "filters": chosen.in_words(),
    }
    data = {
        "filters": dict(chosen.labels),
        "weights": likeness.WEIGHTS,
        "total": len(found.pairs),
        "overlaps": [_object(item) for item in made["pairs"]],
        **{key: [_object(item) for item in made[name]] for name, key, _ in alike.APART},
        "below": found.below,
        "vague": found.vague,
    }
    return Found(context, data, table)


def _item(site: Site, found: alike.Overlaps, pair: likeness.Overlap) -> dict[str, Any]:
    sides = [_side(site, site.activities[iri], found.units[iri]) for iri in (pair.one, pair.other)]
    reasons = [tuple(reason.partition(": ")[::2]) for reason in pair.reasons]
    return {"pair": pair, "one": sides[0], "other": sides[1], "reasons": reasons}


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    row = {"score": item["pair"].score, "link": item["pair"].link or "", "met_elsewhere": item["pair"].met}
    row["reasons"] = item["pair"].reasons
    for side in ("one", "other"):
        said = item[side]
        row |= {side: said["activity"], f"{side}_units": said["units"], f"{side}_date": said["date"]}
        row[f"{side}_told"] = said["told"]
    return row


def _object(item: dict[str, Any]) -> dict[str, Any]:
    pair = item["pair"]
    sides = {
        side: {
            "id": item[side]["activity"].iri,
            "label": item[side]["activity"].text,
            "date": item[side]["date"],
            "units": [unit.text for unit in item[side]["units"]],
            "told": "; ".join(source.text for source in item[side]["told"]),
            "tellings": [{"id": t.id, "chapter": t.chapter, "lines": list(t.lines)} for t in item[side]["tellings"]],
        }
        for side in ("one", "other")
    }
    more = {"reasons": pair.reasons, "met_elsewhere": pair.met}
    return {"score": pair.score, "link": pair.link, **sides, "parts": pair.parts, **more}


def units(site: Site) -> dict[str, Any]:
    """Return the executive structures for the list of units in a form."""
    found = [thing for thing in site.graph.directory.actors() if thing.cls in STRUCTURES]
    return {"units": sorted((thing.short for thing in found), key=str.casefold), "few": FEW}


TOOL = Tool("overlaps", "overlaps.html", (*FILTERS, "unit", "least", "limit"), make, units)
