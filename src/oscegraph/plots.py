"""Stage 15b: small plots as SVG written by hand: bars, months, and towns on the coasts of Natural Earth.

Bars stretch with the page and their text does not: places are in percent, text in the page's own size. Every text is real
text, each plot has a title and a description, and the page shows the same numbers as a table beside it. Colours come from
the page's style sheet, so that a plot follows light and dark.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from oscegraph import drawings, layout
from oscegraph.output import clean

WIDE, LEAST, MARGIN = 400.0, 260.0, 40.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE, _LETTERS, _LETTER = 18, 46, 6.6
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Town:
    """A town with its place on the globe and its number of activities."""

    name: str
    latitude: float
    longitude: float
    number: int


def _svg(name: str, title: str, description: str, body: Sequence[Markup], attributes: Markup) -> Markup:
    head = Markup('<svg role="img" aria-labelledby="{0}-t {0}-d" {1} xmlns="http://www.w3.org/2000/svg">').format(
        name, attributes
    )
    words = Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(name, clean(title), clean(description))
    return Markup("\n").join([head + words, *body, Markup("</svg>")])


def _lines(label: str) -> list[str]:
    """Return a label in at most two lines that fit beside each other on a telephone."""
    lines = textwrap.wrap(clean(label), _LETTERS) or [""]
    return lines if len(lines) < 3 else [lines[0], lines[1].rstrip(" ,;") + "…"]


def bars(name: str, title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """Return lying bars, each under its label, with the number at its end; `name` is unique in the page."""
    most = max([1, *(number for _, number in rows)])
    body, y = [], 0
    for label, number in rows:
        for line in _lines(label):
            y += _LINE
            body.append(Markup('<text x="0" y="{}">{}</text>').format(y - 4, line))
        share = f"{88 * number / most:.2f}%"
        body.append(Markup('<rect class="bar" x="0" y="{}" width="{}" height="12"/>').format(y, share))
        body.append(Markup('<text x="{}" dx="5" y="{}">{}</text>').format(share, y + 11, number))
        y += 18
    description = f"{len(rows)} bars, the longest {most}. The table beside it has the same numbers."
    return _svg(name, title, description, body, Markup('width="100%" height="{}"').format(y + 4))


def month_label(month: str) -> str:
    """Return a month in words.

    >>> month_label("2011-03")
    'March 2011'
    """
    names = "January February March April May June July August September October November December".split()  # noqa: SIM905
    year, number = month.split("-")
    return f"{names[int(number) - 1]} {year}"


def months(name: str, title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """Return standing bars, one for each month such as 2011-03, none left out; the year stands under its first month."""
    most, step = max([1, *(number for _, number in rows)]), 100 / max(1, len(rows))
    body, year = [Markup('<line class="axis" x1="0" x2="100%" y1="140" y2="140"/>')], ""
    # Of many months only some are named.
    named = -(-len(rows) // 14) or 1
    for place, (month, number) in enumerate(rows):
        high, middle = 112 * number / most, f"{step * (place + 0.5):.2f}%"
        if number:
            body.append(
                Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
                    f"{step * (place + 0.14):.2f}%", f"{140 - high:.1f}", f"{step * 0.72:.2f}%", f"{high:.1f}"
                )
            )
            text = Markup('<text class="small" text-anchor="middle" x="{}" y="{}">{}</text>')
            body.append(text.format(middle, f"{135 - high:.1f}", number))
        if place % named == 0:
            word = _MONTHS[int(month[5:7]) - 1]
            body.append(Markup('<text class="small" text-anchor="middle" x="{}" y="155">{}</text>').format(middle, word))
        if month[:4] != year and place % named == 0:
            year = month[:4]
            body.append(Markup('<text class="small" text-anchor="middle" x="{}" y="170">{}</text>').format(middle, year))
    months = "1 month" if len(rows) == 1 else f"{len(rows)} months"
    description = f"{months}, the most in one {most}. The table beside it has the same numbers."
    return _svg(name, title, description, body, Markup('width="100%" height="176"'))


@functools.cache
def _coasts() -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(tuple(ring) for ring in drawings.outline())


def towns(name: str, title: str, found: Sequence[Town]) -> Markup:
    """Return the towns on the coasts, the map cut to where they lie; a dot's area grows with its number of activities."""
    spots = [layout.project(town.latitude, town.longitude) for town in found]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    span = max(right - left, (bottom - top) * 1.25, LEAST)
    scale = (WIDE - 2 * MARGIN) / span
    high = max((bottom - top) * scale + 2 * MARGIN, WIDE * 0.5)
    middle = ((left + right) / 2, (top + bottom) / 2)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - middle[0]) * scale + WIDE / 2, (y - middle[1]) * scale + high / 2

    land = " ".join(filter(None, (_path([at(x, y) for x, y in ring], high) for ring in _coasts())))
    body = [
        Markup('<rect class="sea" width="{:g}" height="{:.0f}"/>').format(WIDE, high),
        Markup('<path class="land" fill-rule="evenodd" d="{}"/>').format(land),
    ]
    discs = [(*at(*spot), min(3 + 1.6 * town.number**0.5, 14.0)) for town, spot in zip(found, spots, strict=True)]
    for town, (x, y, r) in zip(found, discs, strict=True):
        words = f"{clean(town.name)}: {town.number}"
        dot = Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>')
        body.append(dot.format(x, y, r, words))
    body += _names(found, discs, high)
    description = (
        f"{len(found)} towns on an outline of the coasts, without borders. The table beside it has the same numbers."
    )
    return _svg(name, title, description, body, Markup('class="map" viewBox="0 0 {:g} {:.0f}"').format(WIDE, high))


def _path(points: Sequence[tuple[float, float]], high: float) -> str:
    """Return the part of a SVG path for a ring, or nothing if it lies outside of the picture.

    Points far outside are drawn to its edge, and those nearer than two thirds of a pixel to the last are left out.
    """
    inside = any(-20 < x < WIDE + 20 and -20 < y < high + 20 for x, y in points)
    around = min(x for x, _ in points) < 0 < max(x for x, _ in points) and min(y for _, y in points) < 0
    if not inside and not around:
        return ""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        spot = (round(min(max(x, -30), WIDE + 30) * 10), round(min(max(y, -30), high + 30) * 10))
        if not kept or abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) > 7:
            kept.append(spot)
    return "M" + "L".join(f"{x / 10:g} {y / 10:g}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def _names(found: Sequence[Town], discs: Sequence[tuple[float, float, float]], high: float) -> list[Markup]:
    """Return the names of the towns that find room beside their dots, those with the most activities first."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for x, y, r in discs]
    made = []
    order = sorted(range(len(found)), key=lambda i: (-found[i].number, found[i].name, i))
    for i in order:
        (x, y, r), name = discs[i], clean(found[i].name)
        wide = len(name) * _LETTER
        places = (
            (x + r + 3, y + 4, "start", x + r + 3),
            (x - r - 3, y + 4, "end", x - r - 3 - wide),
            (x, y - r - 4, "middle", x - wide / 2),
            (x, y + r + 12, "middle", x - wide / 2),
        )
        for tx, ty, anchor, start in places:
            box = (start, ty - 10, start + wide, ty + 3)
            fits = box[0] > 2 and box[2] < WIDE - 2 and box[1] > 2 and box[3] < high - 2
            if fits and not any(_touch(box, other) for j, other in enumerate(taken) if j != i):
                taken.append(box)
                text = Markup('<text class="town" text-anchor="{}" x="{:.1f}" y="{:.1f}">{}</text>')
                made.append(text.format(anchor, tx, ty, name))
                break
    return made


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
