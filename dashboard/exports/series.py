"""Tables of a KPI period by period, for the company and person by person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import data
from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.components.words import grain_name
from dashboard.exports.table import KINDS, Made, Said, Table, calendar, definition_of
from dashboard.rhythm.words import label_of
from dashboard.spreadsheets import Column, Kind
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Limits, Signal
from pipelines.analysis.verdict import reached
from pipelines.periods import Grain


def _series_title(said: Said) -> str:
    name = render(definition_of(said.of("kpi")).name, said.language)
    per = grain_name(Grain(said.of("grain")), said.language)
    return text("{kpi} per {grain}", said.language, kpi=name, grain=per)


def _series(said: Said) -> Made:
    kpi, grain = definition_of(said.of("kpi")), Grain(said.of("grain"))
    judged = data.kpis.kpi(kpi.key, grain).judged
    return _points_table([judged], said.language, by_person=False)


def _persons_title(said: Said) -> str:
    return text("{series}, by person", said.language, series=_series_title(said))


def _series_by_person(said: Said) -> Made:
    kpi, grain = definition_of(said.of("kpi")), Grain(said.of("grain"))
    groups = data.kpis.series_by_owner(kpi.key, grain)
    return _points_table(groups, said.language, by_person=True)


def _points_table(series: Sequence[JudgedSeries], language: Language, *, by_person: bool) -> Made:
    if not series:
        return [Column(text("Period", language))], []
    definition = series[0].series.definition
    kind = KINDS[definition.unit]
    part = Kind.NUMBER if series[0].series.currency is None else Kind.MONEY
    limits = any(one.limits for one in series)
    columns = [
        Column(text("Period", language)),
        Column(text("First day", language), Kind.DATE),
        Column(text("Last day", language), Kind.DATE),
        *([Column(text("Person", language))] if by_person else []),
        Column(text("Actual", language), kind),
        Column(text("First part", language), part),
        Column(text("Second part", language), part),
        Column(text("Rows", language), Kind.COUNT),
        Column(text("Target", language), kind),
        Column(text("Upper end of the target", language), kind),
        Column(text("Gap", language), kind),
        Column(text("On target", language), Kind.FLAG),
        Column(text("Signal", language)),
        Column(text("Favourable", language), Kind.FLAG),
        Column(text("Verdict", language)),
        Column(text("Still running", language), Kind.FLAG),
        *(
            [
                Column(text("Lower natural limit", language), kind),
                Column(text("Average", language), kind),
                Column(text("Upper natural limit", language), kind),
            ]
            if limits
            else []
        ),
        *([Column(text("Currency", language))] if series[0].series.currency else []),
    ]
    nobody = text("Nobody named", language)
    rows: list[tuple[date, tuple[object, ...]]] = []
    for one in series:
        person = [one.series.group or nobody] if by_person else []
        bounds = _bounds(one.limits) if limits else []
        currency = [one.series.currency] if series[0].series.currency else []
        for point in one.points:
            if by_person and not point.point.sample and point.aim is None:
                continue  # as on the page: only those who have something in it, or a target
            judged = replace(point, on_target=reached(point, definition))
            made = _point(judged, person, bounds, currency, language)
            rows.append((point.point.period.start, made))
    return columns, [row for _, row in sorted(rows, key=lambda row: row[0])]


def _point(
    judged: JudgedPoint,
    person: list[str],
    bounds: Sequence[object],
    currency: Sequence[object],
    language: Language,
) -> tuple[object, ...]:
    point, aim = judged.point, judged.aim
    return (
        shown.period_name(point.period, calendar(), language),
        point.period.start,
        point.period.last_day,
        *person,
        point.value,
        point.numerator,
        point.denominator,
        point.sample,
        aim.value if aim else None,
        aim.max_value if aim else None,
        judged.gap,
        judged.on_target,
        signal_word(judged.signal, language),
        judged.favourable,
        render(label_of(judged.verdict), language),
        point.partial,
        *bounds,
        *currency,
    )


def _bounds(limits: Limits | None) -> Sequence[object]:
    return (limits.lower, limits.centre, limits.upper) if limits else (None, None, None)


def signal_word(signal: Signal | None, language: Language) -> str | None:
    """Return what a signal is called; None for routine variation."""
    match signal:
        case None:
            return None
        case Signal.OUTSIDE:
            return text("outside the natural limits", language)
        case Signal.RANGE:
            return text("an unusual change from one value to the next", language)
        case Signal.THREE_OF_FOUR:
            return text("three of four values near a limit", language)
        case Signal.RUN_OF_EIGHT:
            return text("eight values or more on one side of the average", language)


TABLES = {
    "series": Table(Capability.SEE_FIGURES, _series_title, _series),
    "series_by_person": Table(Capability.SEE_FIGURES, _persons_title, _series_by_person),
}
