"""From the company's data to its review of a week."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.review import ActionLine, FileLine, Review, Row, looking_from
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Verdict
from pipelines.analysis.verdict import as_drawn
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.ingest import freshness
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import Choice, chosen, proposed
from pipelines.kpis.definition import Definition
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: How many finished weeks a trend shows: a quarter.
TREND = 13

#: What an owner needs to see first; unavailable rows come after all of them.
_ORDER = {
    Verdict.FIND_THE_CAUSE: 0,
    Verdict.CHANGE_THE_SYSTEM: 1,
    Verdict.LEARN: 2,
    Verdict.NO_TARGET: 3,
    Verdict.TOO_FEW: 3,
    Verdict.NONE: 3,
    Verdict.PARTIAL: 3,
    Verdict.QUIET: 4,
}
_UNAVAILABLE = 5


def weekly_review(context: Context, period: Period | None = None) -> Review:
    """Return a week as the company sees it.

    Args:
        period: A finished week; the last one if None. A week long past is judged by the data
            and shows the actions up to its end; a target keeps the value it had then.

    Raises:
        Refused: The period is not a week, or not over yet.
    """
    calendar, today = context.calendar, context.today()
    newest = calendar.last_finished(Grain.WEEK, today)
    week = period or newest
    _check(week, newest, calendar)
    day = looking_from(week, today)
    choices, is_proposal = _choices(context, day)
    definitions = catalogue(context)
    late, due, done = action_lines(
        list_actions(context, None if day == today else week.last_day), week, day, definitions
    )
    return Review(
        company=context.workspace.settings.company,
        period=week,
        today=today,
        proposed=is_proposal,
        rows=ordered(_rows(context, choices, week)),
        late=late,
        due=due,
        done=done,
        files=_files(context, today),
    )


def seen_responsible(context: Context, responsible: str | None) -> str | None:
    """Return who answers for a KPI, for those who may see more people than themselves."""
    return responsible if context.actor.scope.sees(responsible) else None


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows in the order an owner needs them: exceptions, quiet ones, unavailable ones.

    Within a verdict, the longest run off target and adverse signals come first; else the order
    stays.
    """

    def rank(row: Row) -> tuple[int, int, bool]:
        if row.latest is None:
            return _UNAVAILABLE, 0, False
        point = row.latest
        run = point.off_target_run if point.verdict is Verdict.CHANGE_THE_SYSTEM else 0
        return _ORDER[point.verdict], -run, not (point.signal and not point.favourable)

    return tuple(sorted(rows, key=rank))


def row_of(judged: JudgedSeries, week: Period, responsible: str | None) -> Row:
    """Return what a judged series says about a week.

    Args:
        judged: The KPI's series; points after the week are left out.
    """
    series = judged.series
    if series.unavailable is not None:
        return Row(
            series.definition, None, (), None, series.currency, responsible, series.unavailable
        )
    finished = tuple(point for point in judged.points if point.point.period <= week)
    if not finished or finished[-1].point.period != week:
        # nothing had happened yet that this KPI counts
        nothing = Point(week, None)
        finished = (*finished, JudgedPoint(nothing, None, None, None, None, None, Verdict.NONE))
    return Row(
        series.definition,
        finished[-1],
        finished[-TREND:],
        as_drawn(judged).limits,
        series.currency,
        responsible,
    )


def action_lines(
    actions: Iterable[Action],
    week: Period,
    day: date,
    definitions: Mapping[str, Definition],
) -> tuple[tuple[ActionLine, ...], tuple[ActionLine, ...], tuple[ActionLine, ...]]:
    """Return the actions that a review of a week speaks of: late, due, done.

    Args:
        day: The one the week is looked at from.
    """
    lines = [
        ActionLine(
            action.action_id,
            action.title,
            action.owner,
            action.due_on,
            definitions.get(action.kpi) if action.kpi else None,
            action.done_on,
            late=action.done_on is None and action.due_on < day,
            version=action.version,
        )
        for action in actions
    ]
    following = Period(week.end, week.end + (week.end - week.start), week.grain)
    late = [line for line in lines if line.late]
    due = [
        line
        for line in lines
        if line.done_on is None and not line.late and line.due_on in following
    ]
    done = [line for line in lines if line.done_on and week.start <= line.done_on < following.end]
    return (
        tuple(sorted(late, key=_by_date)),
        tuple(sorted(due, key=_by_date)),
        tuple(sorted(done, key=lambda line: line.done_on or date.min, reverse=True)),
    )


def _by_date(line: ActionLine) -> tuple[date, int]:
    return line.due_on, line.action_id


def _check(week: Period, newest: Period, calendar: Calendar) -> None:
    if week.grain is not Grain.WEEK:
        raise Refused.of(
            msg("'{text}' is not a week.", text=calendar.label(week)),
            hint=msg("Write it as 2026-W46."),
        )
    if week > newest:
        raise Refused.of(
            msg("The week {week} is not over yet.", week=calendar.label(week)),
            hint=msg(
                "A review looks back; the last finished week is {week}.",
                week=calendar.label(newest),
            ),
        )


def _choices(context: Context, day: date) -> tuple[Sequence[Choice], bool]:
    """Return the KPIs to show on a day, and whether they are only a proposal."""
    # before the first choice, today's is the best guess at what the reader wants to see
    choices = chosen(context, day) or chosen(context)
    return (choices, False) if choices else (proposed(context), True)


def _rows(context: Context, choices: Sequence[Choice], week: Period) -> list[Row]:
    if not choices:
        return []
    # seen from the day after, the week is finished and nothing later is counted with it
    series = assess(context, [choice.key for choice in choices], Grain.WEEK, as_of=week.end)
    return [
        row_of(judged, week, seen_responsible(context, choice.responsible))
        for choice, judged in zip(choices, series, strict=True)
    ]


def _files(context: Context, today: date) -> tuple[FileLine, ...]:
    # also for a week long past: these are the files that its numbers come from today
    return tuple(
        FileLine(
            line.file_name,
            line.source,
            line.entity,
            line.imported_at,
            line.as_of,
            line.rows_read,
            line.rejected,
            line.newest_event,
        )
        for line in freshness(context.store, today)
    )
