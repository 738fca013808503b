"""Tables of gaps: how large they are, where they come from, what was decided about them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.exports.reviewed import Measured, gaps_of, measured, record_of, titled
from dashboard.exports.table import Field, Made, Said, Table, calendar, filled, unit_word
from dashboard.report.earlier import word_then
from dashboard.report.gap_parts import AGAINST
from dashboard.rhythm.gap_review.decision import GapLine, response_name
from dashboard.rhythm.gap_review.freezing import gap_lines
from dashboard.spreadsheets import Kind
from pipelines.errors import Message, msg
from pipelines.gaps.model import Against, Contribution, Factor, FactorEffect, Factors, Gap, Standing
from pipelines.gaps.words import factor_name
from pipelines.kpis.definition import Unit
from pipelines.kpis.tables import SPLITS


class _Stretch(NamedTuple):
    """How a KPI stands in a stretch of time; None: there is no number."""

    gap: Gap
    standing: Standing | None


class _Part(NamedTuple):
    """What one group, or one factor, adds to a gap."""

    gap: Gap
    against: Against
    by: Message
    what: Message | str
    actual: Decimal | None
    reference: Decimal | None
    unit: Message | str | None
    effect: Decimal
    mix: Decimal | None = None
    rate: Decimal | None = None


def _gaps(said: Said) -> Made:
    def month_before(place: int) -> Field[_Stretch]:
        labels = (
            msg("Month before, as said then"),
            msg("Month before, as the data say now"),
        )
        return Field(
            labels[place],
            lambda one: (
                one.gap.restated[place]
                if one.gap.restated and one.standing is one.gap.month
                else None
            ),
            Kind.NUMBER,
        )

    fields: Sequence[Field[_Stretch]] = (
        *measured(_kpi),
        Field(msg("Responsible"), lambda one: one.gap.responsible),
        Field(
            msg("Period"),
            lambda one: (
                one.standing and shown.period_name(one.standing.period, calendar(), said.language)
            ),
        ),
        Field(msg("First day"), lambda one: one.standing and one.standing.period.start, Kind.DATE),
        Field(
            msg("Last day"), lambda one: one.standing and one.standing.period.last_day, Kind.DATE
        ),
        Field(msg("Still running"), lambda one: one.standing and one.standing.partial, Kind.FLAG),
        Field(msg("Actual"), lambda one: one.standing and one.standing.actual, Kind.NUMBER),
        Field(msg("First part"), lambda one: one.standing and one.standing.numerator, Kind.NUMBER),
        Field(
            msg("Second part"), lambda one: one.standing and one.standing.denominator, Kind.NUMBER
        ),
        Field(msg("Target"), lambda one: one.standing and one.standing.target, Kind.NUMBER),
        Field(
            msg("Upper end of the target"),
            lambda one: one.standing and one.standing.max_target,
            Kind.NUMBER,
        ),
        Field(
            msg("At most"),
            lambda one: (
                one.standing.at_most if one.standing and one.standing.target is not None else None
            ),
            Kind.FLAG,
        ),
        Field(msg("Gap"), lambda one: one.standing and one.standing.gap, Kind.NUMBER),
        Field(msg("On target"), lambda one: one.standing and one.standing.on_target, Kind.FLAG),
        Field(msg("Last year"), lambda one: one.standing and one.standing.last_year, Kind.NUMBER),
        month_before(0),
        month_before(1),
        Field(msg("Why there is no number"), lambda one: one.gap.unavailable),
    )
    rows = [_Stretch(gap, one) for gap in gaps_of(said).gaps for one in gap.stretches or (None,)]
    return filled(rows, fields, said.language)


def _parts(said: Said) -> Made:
    fields: Sequence[Field[_Part]] = (
        *measured(_kpi),
        Field(msg("What is explained"), lambda one: AGAINST[one.against]),
        Field(msg("By"), lambda one: one.by),
        Field(msg("Group or factor"), lambda one: one.what),
        Field(msg("Part of the gap"), lambda one: one.effect, Kind.NUMBER),
        Field(msg("Of it through the mix"), lambda one: one.mix, Kind.NUMBER),
        Field(msg("Of it through the group's own rate"), lambda one: one.rate, Kind.NUMBER),
        Field(msg("Value"), lambda one: one.actual, Kind.NUMBER),
        Field(msg("Value compared with"), lambda one: one.reference, Kind.NUMBER),
        Field(msg("Unit of the values"), lambda one: one.unit),
    )
    rows = [part for gap in gaps_of(said).gaps for part in (*_by_group(gap), *_by_factor(gap))]
    return filled(rows, fields, said.language)


def _by_group(gap: Gap) -> Iterator[_Part]:
    unit = unit_word(gap.definition.unit, gap.currency)
    for split in gap.splits:
        if split.unavailable:
            continue
        for one in split.contributions:
            yield _of_group(gap, split.against, SPLITS[split.by], one, unit)
        if split.others is not None:
            yield _Part(
                gap,
                split.against,
                SPLITS[split.by],
                msg("all others"),
                None,
                None,
                None,
                split.others,
            )


def _of_group(
    gap: Gap, against: Against, by: Message, one: Contribution, unit: Message | str | None
) -> _Part:
    what = msg("not named") if one.group is None else one.group
    return _Part(
        gap, against, by, what, one.actual, one.reference, unit, one.effect, one.mix, one.rate
    )


def _by_factor(gap: Gap) -> Iterator[_Part]:
    factors = gap.factors
    if factors is None or factors.unavailable:
        return
    for one in factors.effects:
        yield _of_factor(gap, factors, one)


def _of_factor(gap: Gap, factors: Factors, one: FactorEffect) -> _Part:
    units = {Factor.VOLUME: Unit.COUNT, Factor.RATE: Unit.PERCENT, Factor.VALUE: Unit.MONEY}
    unit = None if one.after is None else unit_word(units.get(one.factor), gap.currency)
    return _Part(
        gap,
        factors.against,
        msg("factor"),
        factor_name(one.factor, factors.volume_of),
        one.after,
        one.before,
        unit,
        one.effect,
    )


def _decisions(said: Said) -> Made:
    record = record_of(said)
    found = record.causes if record else gap_lines(gaps_of(said))
    lines = [one.as_it_holds for one in found]
    fields: Sequence[Field[GapLine]] = (
        *measured(_kpi_of_line),
        Field(
            msg("Month"),
            lambda one: shown.period_name(one.month, calendar(), said.language),
        ),
        Field(msg("First day"), lambda one: one.month.start, Kind.DATE),
        Field(msg("Gap"), lambda one: one.gap, Kind.NUMBER),
        Field(msg("Cause"), lambda one: one.cause.strip() or None),
        Field(
            msg("Decision"),
            lambda one: (
                word_then(one.earlier, said.language)
                or (one.response and response_name(one.response))
            ),
        ),
        Field(msg("Reason"), lambda one: one.reason),
        Field(msg("Action"), lambda one: one.action and one.action.title),
        Field(msg("Responsible"), lambda one: one.action and one.action.owner),
        Field(msg("Due date"), lambda one: one.action and one.action.due_on, Kind.DATE),
        Field(msg("New target"), lambda one: one.new_target and one.new_target.value, Kind.NUMBER),
        Field(
            msg("Upper end of the new target"),
            lambda one: one.new_target and one.new_target.max_value,
            Kind.NUMBER,
        ),
        Field(
            msg("New target from"),
            lambda one: one.new_target and one.new_target.valid_from,
            Kind.DATE,
        ),
    )
    return filled(lines, fields, said.language)


def _kpi(one: _Stretch | _Part) -> Measured:
    definition = one.gap.definition
    return definition.name, definition.unit, one.gap.currency


def _kpi_of_line(one: GapLine) -> Measured:
    return one.name, one.unit, one.currency


TABLES: Mapping[str, Table] = {
    name: Table(Capability.SEE_REVIEWS, titled(title), make)
    for name, title, make in (
        ("gaps", msg("Gaps"), _gaps),
        ("gap_parts", msg("Where the gaps come from"), _parts),
        ("gap_decisions", msg("Causes and decisions"), _decisions),
    )
}
