"""A chart of what leads from one amount to another, as the plain data that Plotly draws.

Bars lie on their side: names stand before them in full, on a telephone too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dashboard.charts import ticks
from dashboard.theme import Palette

Figure = dict[str, Any]

#: The height of one bar with what is around it, and of the axis, in pixels.
_BAR = 34
_AXIS = 44
_WIDTH = 0.62
#: A bar that takes this share of the width has its words inside.
_LONG = 0.45
#: What stays free behind the last bar, as a share of the width.
_MARGIN = 0.05


@dataclass(frozen=True)
class Step:
    """One bar; all texts are finished.

    Attributes:
        words: Short, written at the bar.
        told: The same in full, for whoever points at it.
        added: What it adds to the sum so far; None for a sum itself.
        total: The sum after it.
        good: Whether more of it is good news; None: neither.
    """

    name: str
    words: str
    told: str
    added: float | None
    total: float
    good: bool | None = None


def waterfall(steps: Sequence[Step], palette: Palette, *, money: Sequence[str] = ()) -> Figure:
    """Return the chart of a sum, what changes it, and the sum it ends with.

    Args:
        steps: In their order, one or more; the place of a bar on the y axis is its place among them.
        money: What stands at the marks of the axis, as many as ``marks`` has.
    """
    levels = marks(steps)
    places = list(range(len(steps)))
    spans = [_span(step) for step in steps]
    low = min(0.0, *(first for first, _ in spans))
    high = max(1.0, *(last for _, last in spans))
    width = (high - low) * (1 + _MARGIN)
    colours = [_colour(step, palette) for step in steps]
    written = [_words(span, low, width) for span in spans]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": places,
                "base": [first for first, _ in spans],
                "x": [last - first for first, last in spans],
                "width": _WIDTH,
                "marker": {"color": colours, "line": {"color": colours, "width": 1.5}},
                "unselected": {"marker": {"opacity": 1}},
                "hovertext": [f"<b>{step.name}</b><br>{step.told}" for step in steps],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "showlegend": False,
            },
        ],
        "layout": {
            "height": _BAR * len(steps) + _AXIS,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "dragmode": False,
            "clickmode": "event+select",
            "hovermode": "closest",
            "bargap": 0.2,
            # not a trace of text, which fades when a bar is chosen
            "annotations": [
                {
                    "x": words.at,
                    "y": place,
                    "text": step.words,
                    "xanchor": words.anchor,
                    "xshift": -4 if words.anchor == "right" else 4,
                    "showarrow": False,
                    "font": {"color": palette.paper if words.inside else palette.ink, "size": 13},
                }
                for place, step, words in zip(places, steps, written, strict=True)
            ],
            "xaxis": {
                "tickvals": levels,
                "ticktext": list(money) or [str(level) for level in levels],
                "range": [low, low + width],
                "gridcolor": palette.band,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {
                "tickvals": places,
                "ticktext": [step.name for step in steps],
                "range": [len(steps) - 0.5, -0.5],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "automargin": True,
            },
        },
    }


def marks(steps: Sequence[Step]) -> list[float]:
    """Return the round numbers of the axis: three or four, telephones have no room for more."""
    ends = [end for step in steps for end in _span(step)]
    levels = [level for level in ticks(min(0.0, *ends), max(0.0, *ends)) if level <= max(ends)]
    return levels[:: 2 if len(levels) > 4 else 1]  # noqa: PLR2004 - as said


class _Words(NamedTuple):
    """Where the words of a bar stand, and which end of them is there."""

    at: float
    anchor: str
    inside: bool = False


def _words(span: tuple[float, float], low: float, width: float) -> _Words:
    """Return where there is most room for the words of a bar."""
    first, last = span
    if last - first >= _LONG * width:
        return _Words(last, "right", inside=True)
    if first - low > low + width - last:
        return _Words(first, "right")
    return _Words(last, "left")


def _span(step: Step) -> tuple[float, float]:
    before = 0.0 if step.added is None else step.total - step.added
    return min(before, step.total), max(before, step.total)


def _colour(step: Step, palette: Palette) -> str:
    if step.added is None:
        return palette.target
    if step.good is None or not step.added:
        return palette.faint
    return palette.favourable if step.good else palette.adverse
