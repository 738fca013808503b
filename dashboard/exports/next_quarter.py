"""Tables of a quarter's plan as it ended, and of the next quarter as a review leaves it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.words import grain_name
from dashboard.exports.reviewed import Measured, measured, record_of, titled
from dashboard.exports.table import Field, Made, Said, Table, filled
from dashboard.rhythm.quarter.draft import DraftKpi, DraftTarget, NextQuarter
from dashboard.rhythm.quarter.record import PriorityOutcome
from dashboard.spreadsheets import Kind
from pipelines.errors import msg
from pipelines.kpis.definition import Definition, Unit


class _Next(NamedTuple):
    found: NextQuarter
    kpi: DraftKpi
    target: DraftTarget | None


def _aimed(one: PriorityOutcome) -> Measured:
    return one.kpi_name, one.unit, one.currency


def _plan(said: Said) -> Made:
    record = record_of(said)
    fields: Sequence[Field[PriorityOutcome]] = (
        Field(msg("Priority"), lambda one: one.title),
        *measured(_aimed),
        Field(msg("Value at the start"), lambda one: one.from_value, Kind.NUMBER),
        Field(msg("Aimed at"), lambda one: one.to_value, Kind.NUMBER),
        Field(msg("Reached"), lambda one: one.reached, Kind.NUMBER),
        Field(msg("As good as aimed at"), lambda one: one.met, Kind.FLAG),
        Field(msg("Actions done"), lambda one: one.done, Kind.COUNT),
        Field(msg("Actions"), lambda one: one.actions, Kind.COUNT),
    )
    return filled(record.plan.priorities if record and record.plan else (), fields, said.language)


def _next(said: Said) -> Made:
    record = record_of(said)
    found = record.following if record else _as_it_stands(said.number("meeting"))
    known: dict[str, Measured] = (
        {one.key: (one.name, one.unit, one.currency) for one in record.meanings}
        if record
        else {one.key: (one.name, one.unit, _currency(one)) for one in data.kpis.definitions()}
    )
    nothing: Measured = (None, None, None)

    def kpi(one: _Next) -> Measured:
        return known.get(one.kpi.key or "", nothing)

    fields: Sequence[Field[_Next]] = (
        *measured(kpi),
        Field(
            msg("In the place of"),
            lambda one: known.get(one.kpi.instead_of or "", nothing)[0],
        ),
        Field(msg("Responsible"), lambda one: one.kpi.responsible),
        Field(msg("Target"), lambda one: one.target and one.target.value, Kind.NUMBER),
        Field(
            msg("Upper end of the target"),
            lambda one: one.target and one.target.max_value,
            Kind.NUMBER,
        ),
        Field(msg("At most"), lambda one: one.target and one.target.at_most, Kind.FLAG),
        Field(
            msg("Per"),
            lambda one: one.target and one.target.per and grain_name(one.target.per, said.language),
        ),
        Field(msg("From"), _begins, Kind.DATE),
        Field(msg("Adopted"), lambda one: one.found.adopted, Kind.FLAG),
        Field(msg("Adopted by"), lambda one: one.found.adopted_by),
    )
    return filled(_chosen_next(found) if found else (), fields, said.language)


def _begins(one: _Next) -> date | None:
    if one.target is None:
        return None
    return one.target.valid_from or one.found.draft.quarter.start


def _chosen_next(found: NextQuarter) -> Iterator[_Next]:
    targets = {one.key: one for one in found.draft.targets}
    for one in found.draft.kpis:
        yield _Next(found, one, targets.get(one.key or ""))


def _as_it_stands(meeting_id: int) -> NextQuarter:
    """Return the next quarter as its page shows it to those who edit it, and to nobody else."""
    session.require(Capability.EDIT_PLAN)
    return data.quarter.following(meeting_id)


def _currency(kpi: Definition) -> str | None:
    return data.kpis.currency() if kpi.unit is Unit.MONEY else None


TABLES: Mapping[str, Table] = {
    "quarter_plan": Table(Capability.SEE_REVIEWS, titled(msg("The plan's priorities")), _plan),
    "next_quarter": Table(
        Capability.SEE_REVIEWS, titled(msg("KPIs and targets of the next quarter")), _next
    ),
}
