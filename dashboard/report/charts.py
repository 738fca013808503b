"""What the charts of a report show, as plain data for the templates. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from dashboard import format as fmt
from dashboard.report.plot import Scale, across, round_scale, spread, tight_scale
from dashboard.rhythm.review import Row
from dashboard.text import Language, text
from pipelines.analysis.judgement import Aim, JudgedPoint, Verdict
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar, Grain

#: Height of one line of its labels, in points.
_LABEL_HEIGHT = 10.0
#: So many period names fit under a chart.
_MOST_NAMES = 13


def sparkline(row: Row, language: Language) -> dict[str, Any] | None:
    """Return a row's small trend, or None if it has no values."""
    if not _values(row):
        return None
    return {**_drawing(row, tight_scale(_everything(row))), "alt": _description(row, language)}


def chart(
    row: Row, calendar: Calendar, language: Language, *, height: float
) -> dict[str, Any] | None:
    """Return a row's full chart with axes and labels, or None if it has no values.

    Args:
        height: Of the drawing area, in points.
    """
    if not _values(row):
        return None
    scale = round_scale(_everything(row), whole=row.definition.unit is Unit.COUNT)
    show = _writer(row, language)
    return {
        **_drawing(row, scale),
        "alt": _description(row, language),
        "height": height,
        "ticks": [{"y": scale.at(tick), "label": show(tick)} for tick in scale.ticks],
        "names": _names(row.trend, calendar, language),
        "labels": _labels(row, scale, show, language, least=_LABEL_HEIGHT / height),
    }


def _drawing(row: Row, scale: Scale) -> dict[str, Any]:
    places = across(len(row.trend))
    limits = row.limits
    return {
        "lines": _lines(row.trend, places, scale),
        "points": [
            {"x": x, "y": scale.at(judged.point.value), "kind": _kind(judged)}
            for x, judged in zip(places, row.trend, strict=True)
            if judged.point.value is not None
        ],
        "band": [scale.at(limits.lower), scale.at(limits.upper)] if limits else None,
        "centre": scale.at(limits.centre) if limits else None,
        "aims": _aims(row.trend, scale),
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
    row: Row, scale: Scale, show: Callable[[float], str], language: Language, *, least: float
) -> list[dict[str, Any]]:
    """Return what is written at the right of the lines, so that no legend is needed."""
    found: list[tuple[str, float, str]] = []
    limits = row.limits
    if limits:
        found += [
            ("limit", limits.upper, text("limit {value}", language, value=show(limits.upper))),
            ("centre", limits.centre, text("average {value}", language, value=show(limits.centre))),
            ("limit", limits.lower, text("limit {value}", language, value=show(limits.lower))),
        ]
    newest = row.trend[-1]
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


def _values(row: Row) -> list[float]:
    return [judged.point.value for judged in row.trend if judged.point.value is not None]


def _everything(row: Row) -> list[float]:
    """Return all that must be seen: values, limits and targets."""
    limits = [row.limits.lower, row.limits.upper] if row.limits else []
    aims = [value for judged in row.trend for value in _aim_values(judged.aim)]
    return [*_values(row), *limits, *aims]


def _writer(row: Row, language: Language) -> Callable[[float], str]:
    unit = row.definition.unit

    def show(value: float) -> str:
        # limits of counts have decimals that nobody needs beyond the first
        rounded = round(value, 1) if unit is Unit.COUNT else value
        return fmt.value(rounded, unit, language, currency=row.currency, compact=True)

    return show


def _description(row: Row, language: Language) -> str:
    """Return a chart in words, for those who hear the document."""
    show = _writer(row, language)
    known = [judged for judged in row.trend if judged.point.value is not None]
    values = "; ".join(show(judged.point.value or 0.0) for judged in known)
    sentences = [_values_in_words(row, values, language)]
    if row.limits:
        sentences.append(
            text(
                "Natural limits from {lower} to {upper}, average {centre}.",
                language,
                lower=show(row.limits.lower),
                upper=show(row.limits.upper),
                centre=show(row.limits.centre),
            )
        )
    aims = " – ".join(show(value) for value in _aim_values(row.trend[-1].aim))
    if aims:
        sentences.append(text("Target {value}.", language, value=aims))
    return " ".join(sentences)


def _values_in_words(row: Row, values: str, language: Language) -> str:
    name = row.definition.name
    match row.trend[-1].point.period.grain:
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
