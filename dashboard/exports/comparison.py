"""The table that holds two quarters side by side."""

from collections.abc import Mapping, Sequence

from dashboard import data
from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.exports.table import Said, Table, calendar, period_of
from dashboard.rhythm.comparison.model import KpiPair, Side
from dashboard.spreadsheets import Column, Kind
from dashboard.text import render, text
from pipelines.periods import Period

Made = tuple[Sequence[Column], Sequence[Sequence[object]]]


def _quarters(said: Said) -> tuple[Period, Period]:
    return period_of(said, "first"), period_of(said, "second")


def _title(said: Said) -> str:
    first, second = (shown.period_name(one, calendar(), said.language) for one in _quarters(said))
    return text("{second} against {first}", said.language, first=first, second=second)


def _comparison(said: Said) -> Made:
    language = said.language
    value = data.comparison.comparison(*_quarters(said))
    columns = [
        Column(text("KPI", language)),
        Column(text("Quarter", language)),
        Column(text("First day", language), Kind.DATE),
        Column(text("Actual", language), Kind.NUMBER),
        Column(text("Target", language), Kind.NUMBER),
        Column(text("Gap", language), Kind.NUMBER),
        Column(text("On target", language), Kind.FLAG),
        Column(text("Weeks with a value", language), Kind.COUNT),
        Column(text("Weeks with a target", language), Kind.COUNT),
        Column(text("Weeks on target", language), Kind.COUNT),
        Column(text("Favourable signals", language), Kind.COUNT),
        Column(text("Adverse signals", language), Kind.COUNT),
        Column(text("Chosen then", language), Kind.FLAG),
        Column(text("Differs by more than chance explains", language), Kind.FLAG),
        Column(text("Currency", language)),
    ]
    rows = [
        (
            render(pair.definition.name, language),
            shown.period_name(quarter, calendar(), language),
            quarter.start,
            *_side(side),
            pair.differs,
            pair.currency,
        )
        for pair in value.kpis
        for quarter, side in _sides(pair, value.first, value.second)
    ]
    return columns, rows


def _sides(pair: KpiPair, first: Period, second: Period) -> tuple[tuple[Period, Side], ...]:
    return (first, pair.first), (second, pair.second)


def _side(side: Side) -> tuple[object, ...]:
    judged, weeks = side.point, side.weeks
    return (
        judged.point.value if judged else None,
        judged.aim.value if judged and judged.aim else None,
        judged.gap if judged else None,
        judged.on_target if judged else None,
        weeks.count,
        weeks.aimed,
        weeks.on_target,
        weeks.good,
        weeks.bad,
        side.chosen,
    )


TABLES: Mapping[str, Table] = {"comparison": Table(Capability.SEE_REVIEWS, _title, _comparison)}
