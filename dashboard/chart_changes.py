"""A change in the way of working on the chart of a KPI: natural limits before it and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """Return the limits on both sides of a change, as far as there are any, and its line."""
    start, end = place_of(change.start, periods), len(periods) + _EDGE
    shows = place_of(change.shows_from, periods)
    before = text("Natural limits before", language)
    after = text("Natural limits after", language)
    return [
        *_band(change.before, _EDGE, start, before, palette),
        *_band(change.after, shows, end, after, palette),
    ]


def marking(
    change: Change, periods: Sequence[Period], language: Language, palette: Palette
) -> Figure:
    """Return the line at the start of a change and a word about it, as parts of a layout.

    Empty when it started before the first period or has not started yet.
    """
    start = place_of(change.start, periods)
    if not _EDGE < start < len(periods) + _EDGE:
        return {}
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
            }
        ],
    }


def _band(
    limits: Limits | None, start: float, end: float, name: str, palette: Palette
) -> list[Figure]:
    if limits is None or end <= start:
        return []
    edge = {"color": palette.faint, "width": 1, "dash": "dash"}
    flat: Figure = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": [start, end]}
    return [
        flat | {"y": [limits.lower] * 2, "line": edge, "showlegend": False},
        flat
        | {
            "y": [limits.upper] * 2,
            "line": edge,
            "fill": "tonexty",
            "fillcolor": palette.band,
            "name": name,
        },
        flat
        | {
            "y": [limits.centre] * 2,
            "line": {"color": palette.faint, "width": 1},
            "showlegend": False,
        },
    ]
