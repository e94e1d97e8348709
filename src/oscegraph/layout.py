"""Stage 13: where the nodes of a map stand, computed before it is opened: the same network gives the same picture.

Positions are whole pixels at scale 1. Nodes are discs that do not touch each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Positions = dict[Hashable, tuple[int, int]]
# Up to here ForceAtlas2 (all pairs, 300 rounds) takes some seconds; beyond it a compiled spring layout is used.
MOST_FORCE = 1200
# Least empty space between two discs.
GAP = 5.0
# The projection is centred here, so that Lisbon and Issyk-Kul are bent alike.
CENTRE = (47.0, 38.0)
PIXELS_PER_RADIAN = 1150.0


class Later(Mapping[Hashable, tuple[int, int]]):
    """Positions that are computed when the first of them is asked for: a page of tables does not wait for its drawing."""

    def __init__(self, place: Callable[[], Positions]) -> None:
        self._place = place

    @cached_property
    def _placed(self) -> Positions:
        return self._place()

    def __getitem__(self, node: Hashable) -> tuple[int, int]:
        return self._placed[node]

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._placed)

    def __len__(self) -> int:
        return len(self._placed)


def radius(events: float) -> float:
    """Return the radius of a node: its area grows with the number of its activities.

    >>> radius(1) < radius(4) < radius(100) <= 34
    True
    """
    return min(4.0 + 3.0 * math.sqrt(max(events, 0.0)), 34.0)


def force(graph: nx.Graph, radii: Mapping[Hashable, float]) -> Positions:
    """Return positions by forces: ties pull, all nodes push; components side by side, lone nodes in rows below.

    ForceAtlas2 (Jacomy et al. 2014, PLoS ONE 9, e98679) as networkx has it, without weights, so that every tie pulls alike;
    large networks by rustworkx's Fruchterman-Reingold. It starts on circles in the order of names.
    """
    import networkx as nx

    components = sorted(
        (sorted(part, key=str) for part in nx.connected_components(graph)), key=lambda p: (-len(p), str(p[0]))
    )
    boxes = [_component(graph, part, radii) for part in components if len(part) > 1]
    alone = [part[0] for part in components if len(part) == 1]
    placed = pack(boxes)
    if alone:
        placed |= _rows(alone, radii, placed)
    return {node: placed[node] for node in graph}


def _component(graph: nx.Graph, nodes: list[Hashable], radii: Mapping[Hashable, float]) -> Positions:
    import networkx as nx
    import numpy as np

    part = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted(graph.subgraph(nodes).edges(), key=str))
    size = np.array([radii[node] for node in nodes])
    if len(nodes) <= MOST_FORCE:
        # Slightly different distances from the centre: exact symmetry would never break.
        turns = np.arange(len(nodes)) * 2 * np.pi / len(nodes)
        away = 1 + np.arange(len(nodes)) % 7 / 10
        start = dict(zip(nodes, np.c_[away * np.cos(turns), away * np.sin(turns)], strict=True))
        found = nx.forceatlas2_layout(part, pos=start, max_iter=300, weight=None, gravity=0.5, seed=1)
        points = np.array([found[node] for node in nodes], dtype=float)
    else:
        points = _spring(part, nodes)
    points -= points.mean(axis=0)
    points *= _scale(points, size)
    points = spread(points, size)
    return {node: (round(float(x)), round(float(y))) for node, (x, y) in zip(nodes, points, strict=True)}


def _spring(part: nx.Graph, nodes: list[Hashable]) -> Any:
    import numpy as np
    import rustworkx

    number = {node: index for index, node in enumerate(nodes)}
    inner = rustworkx.PyGraph(multigraph=False)
    inner.add_nodes_from(range(len(nodes)))
    inner.add_edges_from_no_data([(number[a], number[b]) for a, b in part.edges()])
    rounds = max(10, min(60, 500_000_000 // (len(nodes) ** 2)))
    found = rustworkx.spring_layout(inner, seed=1, num_iter=rounds)
    return np.array([found[index] for index in range(len(nodes))], dtype=float)


def _scale(points: Any, size: Any) -> float:
    """Return the factor after which the area that the middle 90 % of the points span is five times that of the discs."""
    import numpy as np

    low, high = np.quantile(points, 0.05, axis=0), np.quantile(points, 0.95, axis=0)
    area = float(np.prod(np.maximum(high - low, 1e-9 + (high - low).max() / 4)))
    return math.sqrt(float((np.pi * (size + GAP) ** 2).sum()) * 5 / max(area, 1e-12))


def spread(points: Any, size: Any, fixed: Any = None, rounds: int = 400) -> Any:
    """Return points pushed apart until no two discs of the given radii touch; those that are `fixed` stay.

    Only pairs near each other in x are looked at: the points are sorted, and compared with the next, the one after, and so
    on while the gap in x can be bridged by two discs.
    """
    import numpy as np

    points = np.array(points, dtype=float)
    count = len(points)
    movable = np.ones(count) if fixed is None else 1.0 - np.asarray(fixed, dtype=float)
    widest = float(size.max()) * 2 + GAP if count else 0.0
    for _ in range(rounds):
        order = np.argsort(points[:, 0], kind="stable")
        x, r, free = points[order], size[order], movable[order]
        moved = np.zeros_like(x)
        touching = False
        for step in range(1, count):
            gap = x[step:] - x[:-step]
            near = gap[:, 0] < widest
            if not near.any():
                break
            distance = np.hypot(gap[:, 0], gap[:, 1])
            need = r[step:] + r[:-step] + GAP - distance
            hit = np.nonzero((need > 0.5) & (free[step:] + free[:-step] > 0))[0]
            if not len(hit):
                continue
            touching = True
            # Two in the same place part along a direction that depends on their number.
            same = distance[hit] < 1e-6
            away = np.where(
                same[:, None],
                np.c_[np.cos(hit * 2.4), np.sin(hit * 2.4)],
                gap[hit] / np.maximum(distance[hit], 1e-6)[:, None],
            )
            share = free[hit] + free[hit + step]
            push = away * (need[hit] / share * 0.6)[:, None]
            np.add.at(moved, hit, -push * free[hit][:, None])
            np.add.at(moved, hit + step, push * free[hit + step][:, None])
        if not touching:
            break
        points[order] += moved
    return points


def pack(boxes: Sequence[Positions], margin: int = 60) -> Positions:
    """Put components beside each other, the largest first, in rows as wide as makes the whole about 4 : 3."""
    sizes = []
    for box in boxes:
        xs, ys = [x for x, _ in box.values()], [y for _, y in box.values()]
        sizes.append((min(xs), min(ys), max(xs) - min(xs) + margin, max(ys) - min(ys) + margin))
    widest = max((wide for _, _, wide, _ in sizes), default=0)
    most = max(widest * 1.05, math.sqrt(sum(wide * high for _, _, wide, high in sizes) * 4 / 3) * 1.1)
    placed: Positions = {}
    top, left, row = 0.0, 0.0, 0.0
    for box, (x0, y0, wide, high) in zip(boxes, sizes, strict=True):
        if left and left + wide > most:
            top, left, row = top + row, 0.0, 0.0
        for node, (x, y) in box.items():
            placed[node] = (round(x - x0 + left), round(y - y0 + top))
        left, row = left + wide, max(row, high)
    return placed


def _rows(nodes: Sequence[Hashable], radii: Mapping[Hashable, float], placed: Positions) -> Positions:
    below = max((y for _, y in placed.values()), default=0) + 90
    left = min((x for x, _ in placed.values()), default=0)
    step = round(2 * max(radii[node] for node in nodes) + 40)
    a_row = max(1, (max((x for x, _ in placed.values()), default=1200) - left) // step)
    return {node: (left + step * (i % a_row), below + step * (i // a_row)) for i, node in enumerate(nodes)}


def layers(graph: nx.Graph, depth: Mapping[Hashable, int], width: int = 620, height: int = 46) -> Positions:
    """Return positions in columns: one for each depth, in each column by the mean height of the neighbours (barycentre)."""
    columns: dict[int, list[Hashable]] = {}
    for node in sorted(graph, key=lambda n: (depth[n], str(graph.nodes[n].get("label", n)), str(n))):
        columns.setdefault(depth[node], []).append(node)
    place = {node: float(i) - len(nodes) / 2 for nodes in columns.values() for i, node in enumerate(nodes)}
    for _ in range(12):
        for nodes in columns.values():
            mean = {n: sum(place[o] for o in graph[n]) / len(graph[n]) if len(graph[n]) else place[n] for n in nodes}
            nodes.sort(key=lambda n: (mean[n], str(n)))
            for i, node in enumerate(nodes):
                place[node] = i - len(nodes) / 2
    most = max(map(len, columns.values()), default=1)
    return {
        node: (column * width, round((i - (len(nodes) - 1) / 2) * height * most / max(len(nodes), most / 2)))
        for column, nodes in enumerate(columns[key] for key in sorted(columns))
        for i, node in enumerate(nodes)
    }


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return pixels of a place, y downwards: Lambert's azimuthal equal-area projection (Snyder 1987, p. 185)."""
    phi, zero = math.radians(latitude), math.radians(CENTRE[0])
    turn = math.radians(longitude - CENTRE[1])
    inner = 1 + math.sin(zero) * math.sin(phi) + math.cos(zero) * math.cos(phi) * math.cos(turn)
    k = PIXELS_PER_RADIAN * math.sqrt(2 / max(inner, 1e-9))
    x = k * math.cos(phi) * math.sin(turn)
    y = k * (math.cos(zero) * math.sin(phi) - math.sin(zero) * math.cos(phi) * math.cos(turn))
    return x, -y
