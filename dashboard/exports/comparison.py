"""The table that holds two quarters side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard import data
from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.exports.table import Field, Made, Said, Table, calendar, filled, period_of
from dashboard.rhythm.comparison.model import KpiPair, Side
from dashboard.spreadsheets import Kind
from dashboard.text import text
from pipelines.analysis.judgement import JudgedPoint
from pipelines.errors import msg
from pipelines.periods import Period


class _Line(NamedTuple):
    """A KPI in one of the two quarters."""

    pair: KpiPair
    quarter: Period
    side: Side

    @property
    def judged(self) -> JudgedPoint | None:
        return self.side.point


def _quarters(said: Said) -> tuple[Period, Period]:
    return period_of(said, "first"), period_of(said, "second")


def _title(said: Said) -> str:
    first, second = (shown.period_name(one, calendar(), said.language) for one in _quarters(said))
    return text("{second} against {first}", said.language, first=first, second=second)


def _comparison(said: Said) -> Made:
    value = data.comparison.comparison(*_quarters(said))
    fields: Sequence[Field[_Line]] = (
        Field(msg("KPI"), lambda one: one.pair.definition.name),
        Field(
            msg("Quarter"),
            lambda one: shown.period_name(one.quarter, calendar(), said.language),
        ),
        Field(msg("First day"), lambda one: one.quarter.start, Kind.DATE),
        Field(msg("Actual"), lambda one: one.judged and one.judged.point.value, Kind.NUMBER),
        Field(
            msg("Target"),
            lambda one: one.judged and one.judged.aim and one.judged.aim.value,
            Kind.NUMBER,
        ),
        Field(msg("Gap"), lambda one: one.judged and one.judged.gap, Kind.NUMBER),
        Field(msg("On target"), lambda one: one.judged and one.judged.on_target, Kind.FLAG),
        Field(msg("Weeks with a value"), lambda one: one.side.weeks.count, Kind.COUNT),
        Field(msg("Weeks with a target"), lambda one: one.side.weeks.aimed, Kind.COUNT),
        Field(msg("Weeks on target"), lambda one: one.side.weeks.on_target, Kind.COUNT),
        Field(msg("Favourable signals"), lambda one: one.side.weeks.good, Kind.COUNT),
        Field(msg("Adverse signals"), lambda one: one.side.weeks.bad, Kind.COUNT),
        Field(msg("Chosen then"), lambda one: one.side.chosen, Kind.FLAG),
        Field(msg("Differs by more than chance explains"), lambda one: one.pair.differs, Kind.FLAG),
        Field(msg("Currency"), lambda one: one.pair.currency),
    )
    rows = [
        _Line(pair, quarter, side)
        for pair in value.kpis
        for quarter, side in ((value.first, pair.first), (value.second, pair.second))
    ]
    return filled(rows, fields, said.language)


TABLES: Mapping[str, Table] = {"comparison": Table(Capability.SEE_REVIEWS, _title, _comparison)}
