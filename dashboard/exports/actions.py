"""Tables of what people promised: actions, those of a plan, of a reviewed week, own targets."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.components.action_list import Status, listed
from dashboard.data.plan import Wanted
from dashboard.exports.table import Field, Made, Said, Table, filled, kpi_name, period_of
from dashboard.rhythm.plan.board import Board
from dashboard.rhythm.plan.gaps import ActivityGap
from dashboard.rhythm.review import ActionLine
from dashboard.spreadsheets import Column, Kind
from dashboard.text import Language, render, text
from pipelines.errors import Refused, msg


def _columns(language: Language, *more: Column) -> list[Column]:
    return [
        Column(text("Number", language), Kind.COUNT),
        Column(text("Action", language)),
        Column(text("Responsible", language)),
        Column(text("Due date", language), Kind.DATE),
        Column(text("State", language)),
        Column(text("Done on", language), Kind.DATE),
        Column(text("Given up on", language), Kind.DATE),
        Column(text("Progress", language), Kind.PERCENT),
        Column(text("KPI", language)),
        *more,
    ]


def _row(line: ActionLine, language: Language, *more: object) -> tuple[object, ...]:
    return (
        line.action_id,
        line.title,
        line.owner,
        line.due_on,
        _state(line, language),
        line.done_on,
        line.dropped_on,
        line.progress / 100,
        render(line.kpi.name, language) if line.kpi else None,
        *more,
    )


def _state(line: ActionLine, language: Language) -> str:
    if line.done_on is not None:
        return text("done", language)
    if line.dropped_on is not None:
        return text("given up", language)
    return text("late", language) if line.late else text("open", language)


def _actions(said: Said) -> Made:
    status = Status(said.of("status") or Status.ALL)
    found = listed(data.commitments.actions(), status, said.of("person") or None)
    return _columns(said.language), [_row(line, said.language) for line in found]


def _week_title(said: Said) -> str:
    return text("Actions {week}", said.language, week=said.of("week"))


def _week_actions(said: Said) -> Made:
    found = data.commitments.of_week(period_of(said, "week"))
    return _columns(said.language), [_row(line, said.language) for line in found]


def _reviewed_actions(said: Said) -> Made:
    review = data.reviews.review(period_of(said, "week"))
    found = (*review.late, *review.due, *review.done) if review.speaks_of_actions else ()
    return _columns(said.language), [_row(line, said.language) for line in found]


def _board(said: Said) -> Board:
    on = date.fromisoformat(said.of("on")) if said.of("on") else None
    found = data.plan.board(Wanted(said.of("person") or None, said.number("plan"), on))
    if found is None:
        raise Refused.of(msg("There is no such plan."))
    return found


def _plan_actions(said: Said) -> Made:
    language, board = said.language, _board(said)
    columns = [
        Column(text("Priority", language)),
        *_columns(
            language,
            Column(text("Expected change of the KPI", language), Kind.NUMBER),
            Column(text("After how many weeks", language), Kind.COUNT),
        ),
    ]
    rows = [
        (priority.priority.title, *_row(line, language, line.effect, line.lag_weeks))
        for priority in board.priorities
        for line in priority.actions
    ]
    rows += [(None, *_row(line, language, line.effect, line.lag_weeks)) for line in board.others]
    return columns, rows


def _own_targets(said: Said) -> Made:
    known = {one.key: one for one in data.kpis.definitions()}
    fields: Sequence[Field[ActivityGap]] = (
        Field(msg("KPI"), lambda one: kpi_name(one.kpi, known, said.language) or one.kpi),
        Field(msg("Target per week"), lambda one: one.per_week, Kind.NUMBER),
        Field(msg("Weeks"), lambda one: one.weeks, Kind.COUNT),
        Field(msg("Target to date"), lambda one: one.target, Kind.NUMBER),
        Field(msg("Actual"), lambda one: one.actual, Kind.NUMBER),
        Field(msg("Gap"), lambda one: one.gap, Kind.NUMBER),
    )
    return filled(data.plan.gaps(_board(said).plan), fields, said.language)


TABLES: Mapping[str, Table] = {
    "actions": Table(Capability.SEE_FIGURES, msg("Actions"), _actions),
    "week_actions": Table(Capability.SEE_FIGURES, _week_title, _week_actions),
    "reviewed_actions": Table(Capability.SEE_REVIEWS, _week_title, _reviewed_actions),
    "plan_actions": Table(Capability.SEE_FIGURES, msg("Actions of the plan"), _plan_actions),
    "own_targets": Table(Capability.TAKE_PART, msg("Own targets"), _own_targets),
}
