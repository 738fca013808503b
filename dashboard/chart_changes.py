"""A change in the way of working on the chart of a KPI: natural limits before it and since.

What is a signal is told by other limits, those of the verdict, which are drawn as well: whoever looks
must see which are which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import format as shown
from dashboard.text import Language, text
from dashboard.theme import Palette
from pipelines.analysis.judgement import Limits
from pipelines.periods import Period

Figure = dict[str, Any]
#: A period is drawn around its place, half of it on either side.
_EDGE = -0.5
#: Room above the chart for the word.
_MARGIN = {"l": 8, "r": 8, "t": 30, "b": 8}
#: From this part of the width on, the word stands left of its line.
_LEFT_FROM = 0.6


@dataclass(frozen=True)
class Change:
    """A change that was tried from a day on.

    Attributes:
        shows_from: The first day on which its effect should show.
        before: Natural limits of the periods before the start; None: too few of them.
        after: Natural limits of the periods from ``shows_from`` on; None: too few of them.
    """

    start: date
    shows_from: date
    before: Limits | None
    after: Limits | None

    @property
    def levels(self) -> tuple[float, ...]:
        """What the axis has to reach."""
        both = [limits for limits in (self.before, self.after) if limits is not None]
        return tuple(level for limits in both for level in (limits.lower, limits.upper))


def place_of(day: date, periods: Sequence[Period]) -> float:
    """Return where a day lies on an axis on which each period is 1 wide and the first is at 0.

    Days before the first period lie at its beginning, days after the last at its end.
    """
    for place, period in enumerate(periods):
        if day < period.end:
            into = max(0, (day - period.start).days) / (period.end - period.start).days
            return place + _EDGE + into
    return len(periods) + _EDGE


def limits_around(
    change: Change, periods: Sequence[Period], language: Language, palette: Palette
) -> list[Figure]:
    """Return the limits on both sides of a change, as far as there are any."""
    name = text("Natural limits", language)
    bands = _sides(change, periods)
    return [
        trace
        for number, (limits, start, end) in enumerate(bands)
        for trace in limit_band(limits, start, end, palette, name=None if number else name)
    ]


def verdict_limits(
    limits: Limits | None, count: int, language: Language, palette: Palette
) -> list[Figure]:
    """Return the limits that a verdict rests on as lines across a chart of ``count`` periods."""
    if limits is None:
        return []
    line = {"color": palette.faint, "width": 1, "dash": "dot"}
    flat: Figure = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [_EDGE, count + _EDGE],
        "line": line,
    }
    return [
        flat | {"y": [limits.lower] * 2, "showlegend": False},
        flat | {"y": [limits.upper] * 2, "name": text("Limits of the verdict", language)},
    ]


def limit_band(
    limits: Limits, start: float, end: float, palette: Palette, *, name: str | None
) -> list[Figure]:
    """Return natural limits as a band with the average as a thin line in it.

    Args:
        name: In the legend; None: it stands there already.
    """
    flat: Figure = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": [start, end]}
    edge = flat | {"line": {"color": palette.faint, "width": 0}}
    return [
        edge | {"y": [limits.lower] * 2, "showlegend": False},
        edge
        | {"y": [limits.upper] * 2, "fill": "tonexty", "fillcolor": palette.band}
        | ({"name": name} if name else {"showlegend": False}),
        flat
        | {
            "y": [limits.centre] * 2,
            "line": {"color": palette.faint, "width": 1},
            "showlegend": False,
        },
    ]


def marking(
    change: Change, periods: Sequence[Period], language: Language, palette: Palette
) -> Figure:
    """Return the line at the start of a change, and words at it and at its limits, for a layout.

    There is no line when it started before the first period or has not started yet.
    """
    start = place_of(change.start, periods)
    named = _names(change, periods, language, palette)
    if not _EDGE < start < len(periods) + _EDGE:
        return {"annotations": named} if named else {}
    left = start > _LEFT_FROM * len(periods)
    line = {"color": palette.ink, "width": 1, "dash": "dot"}
    return {
        "margin": _MARGIN,
        "shapes": [
            {"type": "line", "x0": start, "x1": start, "yref": "paper", "y0": 0, "y1": 1}
            | {"line": line}
        ],
        "annotations": [
            {
                "x": start,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "xanchor": "right" if left else "left",
                "text": text("Experiment", language),
                "showarrow": False,
                "font": {"color": palette.ink, "size": 13},
            },
            *named,
        ],
    }


def _sides(change: Change, periods: Sequence[Period]) -> list[tuple[Limits, float, float]]:
    """Return the limits that are drawn, with where each begins and ends: before, then since."""
    end = len(periods) + _EDGE
    sides = [
        (change.before, _EDGE, place_of(change.start, periods)),
        (change.after, place_of(change.shows_from, periods), end),
    ]
    return [(limits, start, stop) for limits, start, stop in sides if limits and start < stop]


def _names(
    change: Change, periods: Sequence[Period], language: Language, palette: Palette
) -> list[Figure]:
    """Return what each of the two bands is, written above it."""
    day = shown.short_day(change.start, language)
    before = text("before the experiment", language)
    since = text("since the experiment of {day}", language, day=day)
    return [
        {
            "x": start if limits is change.before else end,
            "y": limits.upper,
            "xanchor": "left" if limits is change.before else "right",
            "yanchor": "bottom",
            "text": before if limits is change.before else since,
            "showarrow": False,
            "font": {"color": palette.faint, "size": 12},
        }
        for limits, start, end in _sides(change, periods)
    ]
