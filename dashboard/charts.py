"""The full chart of a KPI, as the plain data that Plotly draws.

Plain dictionaries: building them costs a millisecond, Plotly's own objects a quarter of a second.
Every text on a chart is finished here, since Plotly knows no French.
"""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

from dashboard import format as shown
from dashboard.chart_changes import (
    Change,
    limit_band,
    limits_around,
    marking,
    verdict_limits,
)
from dashboard.rhythm import words
from dashboard.rhythm.review import Row
from dashboard.text import Language, render, text
from dashboard.theme import Palette
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.periods import Calendar, Grain

Figure = dict[str, Any]

#: About half a year of weeks, two years of months, three of quarters.
SHOWN: dict[Grain, int] = {Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 12}
_HEIGHT = 380
_TICKS = 5
_LABELS = 9
_MANTISSAS = (1, 2, 2.5, 5, 10)
#: Values that all lie above this share of the highest are shown without zero.
_ZERO_SHARE = 0.5


def kpi_chart(
    series: JudgedSeries,
    calendar: Calendar,
    language: Language,
    palette: Palette,
    change: Change | None = None,
) -> Figure:
    """Return the chart of a KPI: values, natural limits, target, signals in words.

    Args:
        series: Not empty; the newest periods are drawn, as many as ``SHOWN`` says. The place of a
            point on the x axis is its place among those.
        change: A change whose limits before and since are drawn as bands; those of the verdict, which
            tell what is a signal, are then lines.
    """
    points = drawn(series)
    periods = [point.point.period for point in points]
    return {
        "data": [
            *(
                [
                    *limits_around(change, periods, language, palette),
                    *verdict_limits(series.limits, len(points), language, palette),
                ]
                if change
                else _limits(series, len(points), language, palette)
            ),
            *_targets(points, language, palette),
            *_values(series, points, calendar, language, palette),
            *_signals(points, language, palette),
        ],
        "layout": _layout(
            series,
            points,
            calendar,
            language,
            palette,
            levels=change.levels if change else (),
        )
        | (marking(change, periods, language, palette) if change else {}),
    }


def drawn(series: JudgedSeries) -> tuple[JudgedPoint, ...]:
    """Return the points that the chart shows, oldest first."""
    return series.points[-SHOWN[series.series.grain] :]


def description(series: JudgedSeries, calendar: Calendar, language: Language) -> str:
    """Return the chart in one sentence, for those who cannot see it."""
    points = drawn(series)
    first, last = points[0].point.period, points[-1].point.period
    return text(
        "{kpi}, from {first} to {last}, with its target and natural limits.",
        language,
        kpi=series.series.definition.name,
        first=shown.period_name(first, calendar, language),
        last=shown.period_name(last, calendar, language),
    )


def ticks(low: float, high: float) -> list[float]:
    """Return about five round numbers from at most ``low`` to at least ``high``."""
    if high <= low:
        high = low + 1
    rough = (high - low) / _TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in _MANTISSAS if size * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _limits(series: JudgedSeries, count: int, language: Language, palette: Palette) -> list[Figure]:
    limits = series.limits
    if limits is None:
        return []
    name = (
        text("Natural limits (provisional)", language)
        if limits.provisional
        else text("Natural limits", language)
    )
    *band, average = limit_band(limits, -0.5, count - 0.5, palette, name=name)
    return [*band, average | {"showlegend": True, "name": text("Average", language)}]


def _targets(points: Sequence[JudgedPoint], language: Language, palette: Palette) -> list[Figure]:
    """Return the target as a step as wide as each period; a range has two."""
    found = []
    for which in ("value", "max_value"):
        x: list[float | None] = []
        y: list[float | None] = []
        for place, point in enumerate(points):
            aim = getattr(point.aim, which, None)
            x += [place - 0.5, place + 0.5]
            y += [aim, aim]
        if any(level is not None for level in y):
            found.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": x,
                    "y": y,
                    "line": {"color": palette.target, "width": 2},
                    "name": text("Target", language),
                    "showlegend": which == "value",
                    "hoverinfo": "skip",
                    "connectgaps": False,
                }
            )
    return found


def _values(
    series: JudgedSeries,
    points: Sequence[JudgedPoint],
    calendar: Calendar,
    language: Language,
    palette: Palette,
) -> list[Figure]:
    """Return the finished periods, and the running one hollow and apart: it is not down, it is short."""
    hovers = [_hover(series, point, calendar, language) for point in points]
    line: Figure = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(points))),
        "unselected": {"marker": {"opacity": 1}},
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "connectgaps": False,
    }
    finished = line | {
        "y": [None if point.point.partial else point.point.value for point in points],
        "line": {"color": palette.ink, "width": 1.8},
        "marker": {"color": palette.ink, "size": 7},
        "name": render(series.series.definition.name, language),
    }
    if not points[-1].point.partial or points[-1].point.value is None:
        return [finished]
    running = line | {
        "mode": "markers",
        "x": line["x"][-1:],
        "y": [points[-1].point.value],
        "hovertext": hovers[-1:],
        "marker": {
            "color": palette.paper,
            "line": {"color": palette.ink, "width": 1.5},
            "size": 8,
        },
        "name": text("Running period, not over yet", language),
    }
    return [running, finished]


def _signals(points: Sequence[JudgedPoint], language: Language, palette: Palette) -> list[Figure]:
    marks = (
        (False, palette.adverse, "diamond"),
        (True, palette.favourable, "circle"),
    )
    found = []
    for favourable, colour, symbol in marks:
        places = [
            place
            for place, point in enumerate(points)
            if point.signal is not None and bool(point.favourable) is favourable
        ]
        if places:
            found.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": places,
                    "y": [points[place].point.value for place in places],
                    "marker": {"color": colour, "size": 11, "symbol": symbol},
                    "unselected": {"marker": {"opacity": 1}},
                    "name": _signal_name(language, favourable=favourable),
                    "hoverinfo": "skip",
                }
            )
    return found


def _signal_name(language: Language, *, favourable: bool) -> str:
    if favourable:
        return text("Favourable signal", language)
    return text("Unfavourable signal", language)


def _hover(series: JudgedSeries, point: JudgedPoint, calendar: Calendar, language: Language) -> str:
    definition, currency = series.series.definition, series.series.currency
    unit, period = definition.unit, point.point.period
    number = shown.value(point.point.value, unit, language, currency=currency)
    parts = shown.rate_parts(point.point, definition, language, currency=currency)
    name = shown.period_name(period, calendar, language)
    lines = [
        f"<b>{name}</b> · {shown.period_dates(period, language)}",
        f"<b>{number}</b> ({parts})" if parts else f"<b>{number}</b>",
    ]
    if point.aim:
        target = shown.aim(point.aim, unit, language, currency=currency)
        lines.append(text("Target: {target}", language, target=target))
    row = Row(definition, point, (), series.limits, currency, None)
    lines.append(render(words.verdict_label(row), language))
    if point.signal is not None:
        lines.append(_signal_name(language, favourable=bool(point.favourable)))
    return "<br>".join(lines)


def _layout(
    series: JudgedSeries,
    points: Sequence[JudgedPoint],
    calendar: Calendar,
    language: Language,
    palette: Palette,
    *,
    levels: Sequence[float],
) -> Figure:
    """Return axes and legend; ``levels`` are shown besides those of the series."""
    definition = series.series.definition
    levels = _levels(series, points, levels)
    marks = ticks(min(levels), max(levels))
    every = max(1, ceil(len(points) / _LABELS))
    # counted back from the newest, which is always named
    named = list(range(len(points) - 1, -1, -every))[::-1]
    # the year stands below the month: a telephone has no room beside it
    names = [
        shown.period_name(points[place].point.period, calendar, language).replace(" ", "<br>")
        for place in named
    ]
    room = (marks[-1] - marks[0]) * 0.03
    grid = palette.band
    return {
        "height": _HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "dragmode": False,
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverdistance": 40,
        "legend": {
            "orientation": "h",
            "y": -0.14,
            "yanchor": "top",
            "x": 0,
            "traceorder": "normal",
        },
        "xaxis": {
            "tickvals": named,
            "ticktext": names,
            "range": [-0.7, len(points) - 0.3],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "tickangle": 0,
            "automargin": True,
        },
        "yaxis": {
            "tickvals": marks,
            "ticktext": [
                shown.value(
                    mark, definition.unit, language, currency=series.series.currency, compact=True
                )
                for mark in marks
            ],
            "range": [marks[0] - room, marks[-1] + room],
            "gridcolor": grid,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
    }


def _levels(
    series: JudgedSeries, points: Sequence[JudgedPoint], others: Sequence[float]
) -> list[float]:
    levels: list[float | None] = [*others, *(point.point.value for point in points)]
    levels += [point.aim.value for point in points if point.aim]
    levels += [point.aim.max_value for point in points if point.aim]
    if series.limits:
        levels += [series.limits.lower, series.limits.upper]
    known = [level for level in levels if level is not None] or [0.0]
    # the axis starts at zero, unless that would flatten everything there is to see
    return [*known, 0.0] if min(known) < _ZERO_SHARE * max(known) else known
