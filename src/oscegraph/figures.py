"""Stage 15a: figures of a bundle, each as SVG and PNG, by matplotlib's object interface: no pyplot, no state left behind.

The same rows give the same bytes under the same versions: the user's own settings play no part, ids in the SVG are salted
with a fixed word, and neither a date nor a version is written. Colours are those of Okabe and Ito, which the colour-blind
can tell apart; what a colour says, a mark or a word says too.
"""

from __future__ import annotations

import contextlib
import io
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oscegraph.output import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, VERMILION, GREY, BLACK = "#0072B2", "#D55E00", "#8C8C8C", "#222222"
# For lines that cross: colour and dashes together, and each line has its name at both ends.
COLOURS = (BLUE, VERMILION, "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#444444")
DASHES = ("-", "--", ":")
LONGEST = 30
RANKED, MOVED = 20, 15
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "oscegraph",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.titlesize": 11.0,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Dot:
    """One actor of the ranking: its name, its value, and the interval of the bootstrap, if there is one."""

    name: str
    value: float
    rank: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Mover:
    """One actor in the chart of weightings: its rank under each of them, None where it is not in the network."""

    name: str
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Month:
    """One month: how many activities that make a tie were in it, and how many ties they make."""

    month: str
    activities: int
    ties: int


def shortened(name: str) -> str:
    """Return a name that fits beside an axis.

    >>> shortened("Ministry of Internal Affairs of a Rather Long State")
    'Ministry of Internal Affairs…'
    """
    name = " ".join(clean(name).split())
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip(" ,;-(") + "…"


@contextlib.contextmanager
def _fixed() -> Iterator[None]:
    """Draw under matplotlib's own defaults and ours, whatever the user has set, and put the user's back."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes in the PNG and is whole in the SVG.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        matplotlib.rcdefaults()
        for name, value in _SETTINGS.items():
            matplotlib.rcParams[name] = value  # type: ignore[index,unused-ignore]
        yield


def _figure(width: float, height: float) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as New

    figure = New(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _both(figure: Figure, name: str) -> dict[str, bytes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    vector, raster = io.BytesIO(), io.BytesIO()
    FigureCanvasSVG(figure)
    figure.savefig(vector, format="svg", metadata={"Date": None, "Creator": None})
    FigureCanvasAgg(figure)
    figure.savefig(raster, format="png", dpi=160, metadata={"Software": None})
    return {f"{name}.svg": vector.getvalue(), f"{name}.png": raster.getvalue()}


def _whole(axis: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))


def ranking(dots: Sequence[Dot], measure: str, definition: str, level: float, draws: int) -> dict[str, bytes]:
    """Return a dot plot of the first actors, each with its bootstrap interval."""
    shown = list(dots)[:RANKED]
    with _fixed():
        figure = _figure(7.5, 1.6 + 0.27 * max(len(shown), 3))
        axes = figure.subplots()
        places = range(len(shown))
        for place, dot in zip(places, shown, strict=True):
            if dot.low is not None and dot.high is not None:
                axes.plot([dot.low, dot.high], [place, place], color=GREY, linewidth=3, solid_capstyle="butt")
        axes.plot([dot.value for dot in shown], list(places), "o", color=BLUE, markersize=6)
        axes.set_yticks(list(places), [f"{shortened(dot.name)}  {dot.rank}" for dot in shown])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        # Zero is where the lengths begin, unless all values lie far from it.
        axes.set_xlim(left=min([0.0, *(dot.value for dot in shown), *(d.low for d in shown if d.low is not None)]))
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"{measure}: {definition}")
        axes.set_ylabel("actor and rank")
        axes.set_title(f"The first {len(shown)} actors by {measure}")
        figure.supxlabel(
            f"dot: value; grey bar: {level:.0%} bootstrap interval over activities ({draws} draws)", fontsize=8, color=BLACK
        )
        return _both(figure, "ranking")


def months(found: Sequence[Month]) -> dict[str, bytes]:
    """Return activities and ties by month, one above the other."""
    with _fixed():
        figure = _figure(7.5, 4.8)
        above, below = figure.subplots(2, 1, sharex=True)
        panels = (
            (above, [m.activities for m in found], "activities", BLUE),
            (below, [m.ties for m in found], "ties", VERMILION),
        )
        for axes, values, word, colour in panels:
            _bars(axes, values, word, colour)
        # Of many months, only some are named, so that their names do not touch.
        step = -(-len(found) // 13) or 1
        below.set_xticks(list(range(0, len(found), step)), [m.month for m in found][::step], rotation=45, ha="right")
        below.set_xlabel("month")
        above.set_title("Activities and ties by month" if found else "No activity has a month")
        figure.supxlabel(
            "activities that make a tie and were in the month by their date; vaguer dates are left out",
            fontsize=8,
            color=BLACK,
        )
        return _both(figure, "months")


def _bars(axes: Axes, values: Sequence[int], word: str, colour: str) -> None:
    axes.bar(range(len(values)), values, color=colour, width=0.75)
    axes.set_ylabel(f"number of {word}")
    axes.set_ylim(0, max([1, *values]) * 1.15)
    _whole(axes.yaxis)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    if len(values) <= 24:
        for place, value in enumerate(values):
            axes.annotate(
                str(value), (place, value), (0, 2), textcoords="offset points", ha="center", fontsize=7, color=BLACK
            )


def weightings(names: Sequence[str], movers: Sequence[Mover], measure: str) -> dict[str, bytes]:
    """Return a bump chart: in which order the first actors stand under each weighting, with their ranks among all."""
    shown = list(movers)[:MOVED]
    with _fixed():
        figure = _figure(8.5, 1.7 + 0.32 * max(len(shown), 3))
        axes = figure.subplots()
        orders = [sorted(range(len(shown)), key=lambda i: (shown[i].ranks[w] or math.inf, i)) for w in range(len(names))]
        at = [{index: place for place, index in enumerate(order)} for order in orders]
        for index, mover in enumerate(shown):
            places = [column[index] for column in at]
            colour, style = COLOURS[index % len(COLOURS)], DASHES[index // len(COLOURS) % len(DASHES)]
            axes.plot(range(len(names)), places, style, color=colour, linewidth=1.6, zorder=1)
            axes.plot(range(len(names)), places, "o", color="white", markeredgecolor=colour, markersize=16, zorder=2)
            for column, (place, rank) in enumerate(zip(places, mover.ranks, strict=True)):
                axes.text(
                    column, place, str(rank or "–"), ha="center", va="center_baseline", fontsize=6.5, color=BLACK, zorder=3
                )
            for column, side, gap in ((0, "right", -12), (len(names) - 1, "left", 12)):
                axes.annotate(
                    shortened(mover.name),
                    (column, places[column]),
                    (gap, 0),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontsize=8,
                    color=BLACK,
                )
        axes.set_xticks(range(len(names)), list(names))
        axes.set_xlim(-0.15, len(names) - 0.85)
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="x", length=0)
        axes.set_xlabel("weighting")
        axes.set_title(f"The first {len(shown)} actors by {measure} under other weightings")
        figure.supxlabel(
            "number: rank among all actors; order from top to bottom: among those shown only",
            fontsize=8,
            color=BLACK,
        )
        return _both(figure, "weightings")
