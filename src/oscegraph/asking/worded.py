"""Stage 10g3: a question in the words in which it is read: which operation a town stands for, who is meant by "it"."""

from __future__ import annotations

from functools import cached_property

from oscegraph.asking import (
    asked_chapters,
    asked_columns,
    asked_denied,
    asked_every,
    asked_fully,
    asked_nationals,
    asked_own,
    asked_parties,
    asked_parts,
    asked_seats,
    asked_turned,
    days_said,
)
from oscegraph.asking.asked import LONGEST
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.opened import Opened

# The organization itself limits nothing.
_OSCE = "OsceBody"


class Worded(Opened):
    """Puts questions into the words in which they are read."""

    def _of_whom(self, said: str) -> str:
        """Return by which actor a sentence begins, in its words, "" if by none."""
        linked = self.linker.link(said)
        first = next((link for link in linked.links if link.thing.is_actor and link.start < link.end), None)
        opens = first is not None and said[: linked.words[first.start].start].strip() in ("", "The", "OSCE", "The OSCE")
        return said[: linked.words[first.end - 1].end] if first and opens else ""

    def _limiting(self, said: str) -> list[tuple[str, str]]:
        """Return the names that a text has, in its words, each with how it limits: where, on which theme, with whom."""
        linked = self.linker.link(said)
        words = linked.words
        names = [link for link in linked.links if link.start < link.end and link.thing.cls not in INSTRUMENTS]
        names = [link for link in names if link.thing.cls != _OSCE]
        return [
            (
                "on" if "/vocab/theme/" in one.thing.iri else "in" if one.thing.cls in AREAS else "with",
                said[words[one.start].start : words[one.end - 1].end],
            )
            for one in sorted(names, key=lambda one: one.start)
        ]

    def _in_its_words(self, question: str, apart: bool = True) -> str:
        """Return a question as it is read: operations stand for towns that are said to act, "never" for who did not.

        Two operations that are named together are each named by itself, if they are to be kept `apart`. What is longer than
        `LONGEST` is cut here, and white space is one space, before any pattern looks at it. In these words it may be longer.
        """
        text = asked_turned.without_please(" ".join(question.split())[:LONGEST])
        text = asked_own.as_theirs(asked_fully.without_more(text))
        text = asked_columns.with_how(asked_turned.without_trade(asked_every.with_all_parts(text)))
        text = asked_chapters.without_asides(
            asked_chapters.by_chapter(
                days_said.as_period(days_said.as_months(days_said.on_a_day(asked_parties.organized(text))))
            )
        )
        text = asked_parts.with_councils(asked_parts.with_focal_points(text))
        text = asked_seats.with_focal_points(text, self._places)
        text = asked_seats.each_by_itself(text, self._operations) if apart else text
        text = asked_seats.as_abroad(text, self._places)
        text = asked_seats.in_states(asked_nationals.within(text, self.linker.of_states), self._places)
        text = asked_seats.as_departments(text, self._departments)
        return asked_denied.as_never(asked_seats.as_operations(text, self._seats))

    @cached_property
    def _operations(self) -> list[str]:
        return asked_seats.operations(self.directory)

    @cached_property
    def _places(self) -> dict[str, str]:
        return asked_seats.places(self.directory)

    @cached_property
    def _departments(self) -> dict[tuple[str, str], str]:
        return asked_seats.departments(self.directory)

    @cached_property
    def _seats(self) -> dict[str, str]:
        return asked_seats.seats(self.directory)
