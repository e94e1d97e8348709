"""Stage 8d2: where each name that a draft has belongs: to its kinds, themes, places, units, partners or decisions.

A State from which somebody comes is a partner, and one in which something is a place; where no place is said, it is that of
the unit or body that is named.
"""

from __future__ import annotations

from oscegraph.directory import ACTOR_CLASSES, AREA_CLASSES, INSTRUMENT_CLASSES, Directory, Thing
from oscegraph.drafts_areas import is_visit, wholes
from oscegraph.drafts_links import Link, Linker, Word
from oscegraph.drafts_names import Vocabulary, narrow
from oscegraph.drafts_titles import Titles
from oscegraph.drafts_words import Found, Reading
from oscegraph.namespaces import PREFIXES

OSCE_CLASSES = set(list(ACTOR_CLASSES)[:7])


class Sorter:
    """Sorts the names of drafts, with the names and titles of one graph."""

    def __init__(self, directory: Directory, names: Vocabulary, titles: Titles, linker: Linker) -> None:
        self.directory, self.names, self.titles, self.linker = directory, names, titles, linker

    def sort(self, words: list[Word], links: list[Link], here: set[str], reading: Reading, wanted: set[str]) -> None:
        """Put each name that was found where it belongs."""
        before = ""
        for link in links:
            at, part = link.at, words[link.at : link.at + link.length]
            spoken = " ".join(word.text for word in part)
            joined = at > 0 and words[at - 1].plain in {"and", ","} and before
            before = before if joined else words[at - 1].plain if at else ""
            if link.headings:
                if "theme" not in wanted:
                    continue
                reading.headings += [Found("", heading, spoken, "sub-heading of a chapter") for heading in link.headings]
                for word in part:
                    word.used = word.sought = True
                continue
            things = narrow(link.things, here) if link.sure else link.things
            if len(things) > 1 or not link.sure:
                reading.unknown.append((spoken, "may mean " + ", ".join(sorted(t.label for t in things)[:6])))
                # For whom it is can still be read off the last word of such a name.
                if not link.sure and all(word.plain != "of" for word in part):
                    part = [word for word in part if word.plain not in self.titles.people]
            elif self.linker.is_other(words, link, links, reading):
                continue
            else:
                guest = before in {"from", "by", "with"}
                if before == "from" and any(words[other.at - 1].plain == "to" for other in links if other.at):
                    # Who goes from a town to another place comes from the state of that town.
                    things = [self.directory.things[area] for area in things[0].facts.get("inArea", ())] or things
                if not _place_in(reading, things[0], spoken, wanted, guest, link.how):
                    continue
            paper = link.sure and len(things) == 1 and things[0].cls in INSTRUMENT_CLASSES
            for word in part:
                # Activities may bear the acronym of a treaty that is named, whatever else they are on.
                word.used, word.sought = True, word.sought or (paper and word.text.isalpha() and word.text.isupper())
        self._by_adjective(words, reading, wanted)
        if "place" in wanted and "title" in wanted:
            self._visitors(words, links, reading)
            if not reading.places and not reading.areas:
                self._places_of_actors(reading)
            elif not is_visit(reading):
                self._places_beside_bodies(words, links, reading)

    def _by_adjective(self, words: list[Word], reading: Reading, wanted: set[str]) -> None:
        """Read adjectives of states: as the place where the draft names none, otherwise as who comes from there."""
        placed = bool(reading.places or reading.areas)
        for word in words:
            if not self.linker.is_adjective(word) or not wanted & ({"partners"} if placed else {"place"}):
                continue
            area = self.names.adjectives[word.plain]
            found = Found(area, self.directory.label(area), word.text, "adjective")
            add(reading.partners if placed else reading.areas, found)
            word.used = True

    def _places_of_actors(self, reading: Reading) -> None:
        """Where no place is said, take where a field operation works that is named, or else the state of a public body."""
        things = self.directory.things
        for unit in reading.units:
            for area in (area for one in wholes(unit.iri, self.directory) for area in things[one].facts.get("hostArea", ())):
                add(reading.areas, Found(area, self.directory.label(area), unit.words, "area of the unit"))
        for body in () if reading.areas else reading.partners:
            for area in things[body.iri].facts.get("jurisdiction", ()) if things[body.iri].cls == "PublicBody" else ():
                add(reading.areas, Found(area, self.directory.label(area), body.words, "state of the body"))

    def _places_beside_bodies(self, words: list[Word], links: list[Link], reading: Reading) -> None:
        """Take the state of a body as a place, too, if another one is joined to it: "police of Serbia and Croatia"."""
        places, things = {link.at: link for link in links}, self.directory.things
        for link in links:
            end = link.at + link.length
            beside = places.get(end + 1) if end < len(words) and words[end].plain in {"and", ","} else None
            placed = {found.iri for found in reading.areas}
            if beside is None or not any(thing.iri in placed for thing in beside.things):
                continue
            for body in (found for found in reading.partners if any(thing.iri == found.iri for thing in link.things)):
                for area in things[body.iri].facts.get("jurisdiction", ()) if things[body.iri].cls == "PublicBody" else ():
                    add(reading.areas, Found(area, self.directory.label(area), body.words, "state of the body"))

    def _visitors(self, words: list[Word], links: list[Link], reading: Reading) -> None:
        """Where a study visit leads to some place, states whose people it is of or for are those that visitors come from."""
        if not is_visit(reading) or not any(words[link.at - 1].plain == "to" for link in links if link.at):
            return
        whose = {
            thing.iri for link in links if link.at and words[link.at - 1].plain in {"of", "for"} for thing in link.things
        }
        visitors = [found for found in reading.areas if found.iri in whose]
        reading.areas = [found for found in reading.areas if found not in visitors]
        for found in visitors:
            add(reading.partners, found)


def _place_in(reading: Reading, thing: Thing, spoken: str, wanted: set[str], guest: bool, how: str) -> bool:
    """Put a thing into the reading; return whether it is wanted."""
    target, facet = _where(reading, thing, guest)
    if facet not in wanted:
        return False
    add(target, Found(thing.iri, thing.label, spoken, how))
    return True


def add(target: list[Found], found: Found) -> None:
    """Add what was found unless it is known by other words."""
    if all(known.iri != found.iri for known in target):
        target.append(found)


def _where(reading: Reading, thing: Thing, guest: bool) -> tuple[list[Found], str]:
    if thing.iri.startswith(PREFIXES["theme"]):
        return reading.themes, "theme"
    if thing.iri.startswith(PREFIXES["kind"]):
        return reading.kinds, "kind"
    if thing.cls in INSTRUMENT_CLASSES:
        return reading.decisions, "title"
    if thing.cls == "Place":
        return reading.places, "place"
    if thing.cls in AREA_CLASSES and not guest:
        return reading.areas, "place"
    return (reading.units if thing.cls in OSCE_CLASSES else reading.partners), "partners"
