"""Stage 7f3: which details bear a word, a noun or a name, so that a question need not look at each of them.

An inverted index, as in J. Zobel and A. Moffat 2006, "Inverted files for text search engines": details and their
descriptions are numbers here, and each word has the numbers of those that bear it, in order.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oscegraph.asking.lines import Numbers, packed, steps
from oscegraph.asking.statements import Detail
from oscegraph.asking.wording import EMPTY


@dataclass
class Postings:
    """Details by number: their IRIs, kinds of answer, and which of them are on a thing, bear a word, ask by a noun.

    `asks` has the descriptions that bear a word, `described` the detail of each description, and `full` the weight of all
    its words.
    """

    iris: list[str]
    kinds: list[str]
    about: Mapping[str, Sequence[int]]
    bag: Mapping[str, Sequence[int]]
    heads: Mapping[str, Sequence[int]]
    asks: Mapping[str, Sequence[int]]
    described: list[int]
    full: list[float]

    @classmethod
    def of(cls, details: Mapping[str, Detail], weights: Mapping[str, float]) -> Postings:
        """Return the index of details; `weights` are those of words."""
        kinds: list[str] = []
        described: list[int] = []
        full: list[float] = []
        about, bag, heads, asks = (defaultdict[str, list[int]](list) for _ in range(4))
        for number, (_, detail) in enumerate(sorted(details.items())):
            kinds.append(detail.kind)
            for into, words in ((about, detail.about), (bag, detail.bag), (heads, detail.heads)):
                for word in set(words):
                    into[word].append(number)
            for description in detail.asks:
                for word in description:
                    asks[word].append(len(described))
                described.append(number)
                # The same for any hash seed: the sum does not depend on the order of a set.
                weight = math.fsum(weights.get(stem, 0.0) for stem in description if stem not in EMPTY)
                full.append(round(weight, 6) or 1.0)
        return cls(sorted(details), kinds, about, bag, heads, asks, described, full)

    def dump(self) -> dict[str, Any]:
        """Return the index as JSON holds it."""
        named = {name: packed(getattr(self, name)) for name in _NAMED}
        return {"iris": self.iris, "kinds": self.kinds, **named, "described": steps(self.described), "full": self.full}

    @classmethod
    def load(cls, held: dict[str, Any]) -> Postings:
        """Return the index that `dump` gave."""
        about, bag, heads, asks = (Numbers(held[name]) for name in _NAMED)
        described = list(itertools.accumulate(map(int, held["described"].split())))
        return cls(held["iris"], held["kinds"], about, bag, heads, asks, described, held["full"])

    def on(self, iris: Iterable[str]) -> set[int]:
        """Return the details that are on one of these things."""
        return {number for iri in iris for number in self.about.get(iri, ())}


_NAMED = ("about", "bag", "heads", "asks")
