"""Stage 10e13b: boosted trees as arrays: thousands of nodes are read at once, and followed without a look at the others.

The nodes of all trees stand one behind the other, each before the trees below it. The node that is reached if the value is
at most the bound is the next one; to the other one it is so many nodes more.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from oscegraph.asking import lines

# In the place of the number of a feature: this node is a leaf.
LEAF = 0xFFFF
# A tree is a leaf, or (number of a feature, bound, the tree if at most that, the tree if more).
Tree = float | tuple[int, float, "Tree", "Tree"]


def _below(bound: float) -> float:
    """Return the greatest number of four bytes that is not greater: values of four bytes fall on the same side of it."""
    held: float = struct.unpack("f", struct.pack("f", bound))[0]
    if held <= bound:
        return held
    bits: int = struct.unpack("i", struct.pack("f", held))[0]
    # Numbers above zero come in the order of their bits, those below it the other way round, with the sign as the first bit.
    lower: float = struct.unpack("f", struct.pack("i", bits - 1 if held > 0 else (bits or -(1 << 31)) + 1))[0]
    return lower


@dataclass
class Forest:
    """Trees whose leaves add up to log odds; `features` names what a row holds, `sizes` is how many nodes each tree has."""

    features: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    places: array[int] = field(default_factory=lambda: array("H"))
    values: array[float] = field(default_factory=lambda: array("f"))
    steps: array[int] = field(default_factory=lambda: array("H"))

    @classmethod
    def of(cls, features: Sequence[str], trees: Sequence[Tree]) -> Forest:
        """Return trees as a forest.

        >>> forest = Forest.of(["score"], [(0, 0.5, -1.0, 2.0), 0.25])
        >>> forest.sizes, forest.sum([0.5]), forest.sum([0.75])
        ([3, 1], -0.75, 2.25)
        """
        forest = cls(list(features))
        for tree in trees:
            before = len(forest.places)
            forest._add(tree)
            forest.sizes.append(len(forest.places) - before)
        return forest

    def _add(self, tree: Tree) -> None:
        here = len(self.places)
        if not isinstance(tree, tuple):
            self.places.append(LEAF)
            self.values.append(tree)
            self.steps.append(0)
            return
        place, bound, least, more = tree
        self.places.append(place)
        self.values.append(_below(bound))
        self.steps.append(0)
        self._add(least)
        self.steps[here] = len(self.places) - here
        self._add(more)

    def sum(self, row: Sequence[float]) -> float:
        """Return the sum of the leaves that a row reaches."""
        places, values, steps = self.places, self.values, self.steps
        held = array("f", row)
        total, start = 0.0, 0
        for size in self.sizes:
            node = start
            while (place := places[node]) != LEAF:
                node += 1 if held[place] <= values[node] else steps[node]
            total += values[node]
            start += size
        return total

    def dump(self) -> str:
        """Return the forest as a JSON text: arrays of two and four bytes, the least first, in base 64."""
        columns = {name: lines.text_of(kind, getattr(self, name)) for name, kind in _COLUMNS.items()}
        members = {"features": self.features, "sizes": self.sizes, **columns}
        return "{\n" + ",\n".join(f'"{name}": {json.dumps(held)}' for name, held in members.items()) + "\n}\n"

    @classmethod
    def read(cls, text: str) -> Forest:
        """Return the forest that `dump` wrote."""
        told = json.loads(text)
        return cls(
            told["features"], told["sizes"], **{name: lines.array_of(kind, told[name]) for name, kind in _COLUMNS.items()}
        )


_COLUMNS = {"places": "H", "values": "f", "steps": "H"}
