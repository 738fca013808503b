"""What the charts of a report show, as plain data for the templates. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import format as fmt
from dashboard.report.plot import Scale, across, round_scale, spread, tight_scale
from dashboard.rhythm.review import Row
from dashboard.text import Language, text
from pipelines.analysis.judgement import Aim, JudgedPoint, Limits, Verdict
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Calendar, Grain

#: Height of one line of its labels, in points.
_LABEL_HEIGHT = 10.0
#: So many period names fit under a chart.
_MOST_NAMES = 13


@dataclass(frozen=True)
class Trend:
    """A KPI over time, as it is drawn.

    Attributes:
        points: At least one, oldest first.
        limits: Natural limits, in the KPI's unit.
        currency: ISO code for money.
        former: How many points come before what the chart is about, and a line between the two.
    """

    name: LocalText
    unit: Unit
    currency: str | None
    points: tuple[JudgedPoint, ...]
    limits: Limits | None
    former: int = 0


def of_row(row: Row) -> Trend:
    """Return what is drawn of a row of a review."""
    definition = row.definition
    return Trend(definition.name, definition.unit, row.currency, row.trend, row.limits)


def sparkline(trend: Trend, language: Language) -> dict[str, Any] | None:
    """Return a small chart, or None if it has no values."""
    if not _values(trend):
        return None
    return {
        **_drawing(trend, tight_scale(_everything(trend))),
        "alt": _description(trend, language),
    }


def chart(
    trend: Trend, calendar: Calendar, language: Language, *, height: float
) -> dict[str, Any] | None:
    """Return a full chart with axes and labels, or None if it has no values.

    Args:
        height: Of the drawing area, in points.
    """
    if not _values(trend):
        return None
    scale = round_scale(_everything(trend), whole=trend.unit is Unit.COUNT)
    show = _writer(trend, language)
    return {
        **_drawing(trend, scale),
        "alt": _description(trend, language),
        "height": height,
        "begins": trend.former / len(trend.points) if trend.former else None,
        "ticks": [{"y": scale.at(tick), "label": show(tick)} for tick in scale.ticks],
        "names": _names(trend.points, calendar, language),
        "labels": _labels(trend, scale, show, language, least=_LABEL_HEIGHT / height),
    }


def _drawing(trend: Trend, scale: Scale) -> dict[str, Any]:
    places = across(len(trend.points))
    limits = trend.limits
    return {
        "lines": _lines(trend.points, places, scale),
        "points": [
            {"x": x, "y": scale.at(judged.point.value), "kind": _kind(judged)}
            for x, judged in zip(places, trend.points, strict=True)
            if judged.point.value is not None
        ],
        "band": [scale.at(limits.lower), scale.at(limits.upper)] if limits else None,
        "centre": scale.at(limits.centre) if limits else None,
        "aims": _aims(trend.points, scale),
    }


def _lines(
    trend: Sequence[JudgedPoint], places: Sequence[float], scale: Scale
) -> list[list[list[float]]]:
    """Return the line as pieces; it breaks where a period has no value."""
    pieces: list[list[list[float]]] = [[]]
    for x, judged in zip(places, trend, strict=True):
        if judged.point.value is None:
            pieces.append([])
        else:
            pieces[-1].append([x, scale.at(judged.point.value)])
    return [piece for piece in pieces if len(piece) > 1]


def _kind(judged: JudgedPoint) -> str:
    if judged.signal is not None:
        return "good" if judged.favourable else "bad"
    return "unjudged" if judged.verdict in {Verdict.TOO_FEW, Verdict.PARTIAL} else "plain"


def _aims(trend: Sequence[JudgedPoint], scale: Scale) -> list[dict[str, float]]:
    """Return the target as level stretches: a target that changes makes a step."""
    width = 1 / len(trend)
    stretches: list[dict[str, float]] = []
    for lines in _aim_lines(trend):
        for index, value in enumerate(lines):
            if value is None:
                continue
            y, start, end = scale.at(value), index * width, (index + 1) * width
            last = stretches[-1] if stretches else None
            if last and last["y"] == y and abs(last["end"] - start) < width / 2:
                last["end"] = end
            else:
                stretches.append({"start": start, "end": end, "y": y})
    return stretches


def _aim_lines(trend: Sequence[JudgedPoint]) -> list[list[float | None]]:
    lower = [judged.aim.value if judged.aim else None for judged in trend]
    upper = [judged.aim.max_value if judged.aim else None for judged in trend]
    return [lower, upper]


def _names(
    trend: Sequence[JudgedPoint], calendar: Calendar, language: Language
) -> list[dict[str, Any]]:
    step = -(-len(trend) // _MOST_NAMES)
    last = len(trend) - 1
    return [
        {"x": x, "label": fmt.period_name(judged.point.period, calendar, language)}
        for index, (x, judged) in enumerate(zip(across(len(trend)), trend, strict=True))
        if (last - index) % step == 0
    ]


def _labels(
    trend: Trend, scale: Scale, show: Callable[[float], str], language: Language, *, least: float
) -> list[dict[str, Any]]:
    """Return what is written at the right of the lines, so that no legend is needed."""
    found: list[tuple[str, float, str]] = []
    limits = trend.limits
    if limits:
        found += [
            ("limit", limits.upper, text("limit {value}", language, value=show(limits.upper))),
            ("centre", limits.centre, text("average {value}", language, value=show(limits.centre))),
            ("limit", limits.lower, text("limit {value}", language, value=show(limits.lower))),
        ]
    newest = trend.points[-1]
    for value in _aim_values(newest.aim):
        found.append(("aim", value, text("target {value}", language, value=show(value))))
    if newest.point.value is not None:
        found.append(("value", newest.point.value, show(newest.point.value)))
    wanted = [scale.at(value) for _, value, _ in found]
    places = spread(wanted, least=least)
    return [
        {"kind": kind, "y": at, "place": place, "label": label}
        for (kind, _, label), at, place in zip(found, wanted, places, strict=True)
    ]


def _aim_values(aim: Aim | None) -> list[float]:
    if aim is None:
        return []
    return [aim.value] if aim.max_value is None else [aim.value, aim.max_value]


def _values(trend: Trend) -> list[float]:
    return [judged.point.value for judged in trend.points if judged.point.value is not None]


def _everything(trend: Trend) -> list[float]:
    """Return all that must be seen: values, limits and targets."""
    limits = [trend.limits.lower, trend.limits.upper] if trend.limits else []
    aims = [value for judged in trend.points for value in _aim_values(judged.aim)]
    return [*_values(trend), *limits, *aims]


def _writer(trend: Trend, language: Language) -> Callable[[float], str]:
    unit = trend.unit

    def show(value: float) -> str:
        # limits of counts have decimals that nobody needs beyond the first
        rounded = round(value, 1) if unit is Unit.COUNT else value
        return fmt.value(rounded, unit, language, currency=trend.currency, compact=True)

    return show


def _description(trend: Trend, language: Language) -> str:
    """Return a chart in words, for those who hear the document."""
    show = _writer(trend, language)
    known = [judged for judged in trend.points if judged.point.value is not None]
    values = "; ".join(show(judged.point.value or 0.0) for judged in known)
    sentences = [_values_in_words(trend, values, language)]
    if trend.limits:
        sentences.append(
            text(
                "Natural limits from {lower} to {upper}, average {centre}.",
                language,
                lower=show(trend.limits.lower),
                upper=show(trend.limits.upper),
                centre=show(trend.limits.centre),
            )
        )
    aims = " – ".join(show(value) for value in _aim_values(trend.points[-1].aim))
    if aims:
        sentences.append(text("Target {value}.", language, value=aims))
    return " ".join(sentences)


def _values_in_words(trend: Trend, values: str, language: Language) -> str:
    name = trend.name
    match trend.points[-1].point.period.grain:
        case Grain.WEEK:
            return text("{kpi} by week, oldest first: {values}.", language, kpi=name, values=values)
        case Grain.MONTH:
            return text(
                "{kpi} by month, oldest first: {values}.", language, kpi=name, values=values
            )
        case _:
            return text(
                "{kpi} by quarter, oldest first: {values}.", language, kpi=name, values=values
            )
