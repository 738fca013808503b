"""From the company's data to its review of a week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard.rhythm.action import Action, Status, status
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.review import ActionLine, FileLine, Review, Row, looking_from
from pipelines.actor import EVERYTHING
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Verdict
from pipelines.analysis.verdict import as_drawn
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.ingest import freshness
from pipelines.kpis.assess import assess, assess_each
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import Choice, steered
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
    choices, is_proposal = steered(context, day)
    definitions = catalogue(context)
    evening = None if day == today else week.last_day
    late, due, done = action_lines(list_actions(context, evening), week, day, definitions)
    whole = context.actor.scope.people is None
    return Review(
        company=context.workspace.settings.company,
        period=week,
        today=today,
        proposed=is_proposal,
        rows=ordered(_rows(context, choices, week)),
        late=late,
        due=due,
        done=done,
        files=files_of(context),
        whole=whole,
        late_unseen=0 if whole else _late(context, evening, day) - len(late),
    )


def past_rows(context: Context, weeks: Sequence[Period]) -> dict[Period, tuple[Row, ...]]:
    """Return the rows of several weeks, each as its own review has them, computed in one go.

    Args:
        weeks: Finished ones; at least one.

    Returns:
        The weeks of which there is something to say, in the order given: those from the first
        row of any of their KPIs on. The newest one is always among them.
    """
    today = context.today()
    then = {week: steered(context, looking_from(week, today))[0] for week in weeks}
    keys = list(dict.fromkeys(one.key for choices in then.values() for one in choices))
    by_week = assess_each(context, keys, weeks) if keys else {week: [] for week in weeks}
    found = {}
    for week in weeks:
        judged = {one.series.definition.key: one for one in by_week[week]}
        if week == max(weeks) or any(one.points for one in judged.values()):
            found[week] = ordered(
                row_of(judged[one.key], week, seen_responsible(context, one.responsible))
                for one in then[week]
            )
    return found


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
    until = series.known_until
    return Row(
        series.definition,
        finished[-1],
        finished[-TREND:],
        as_drawn(judged).limits,
        series.currency,
        responsible,
        data_until=until if until is not None and until < week.start else None,
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
    lines = [action_line(action, day, definitions) for action in actions]
    following = Period(week.end, week.end + (week.end - week.start), week.grain)
    late = [line for line in lines if line.late]
    due = [line for line in lines if line.is_open and not line.late and line.due_on in following]
    done = [line for line in lines if line.done_on and week.start <= line.done_on < following.end]
    return (
        tuple(sorted(late, key=_by_date)),
        tuple(sorted(due, key=_by_date)),
        tuple(sorted(done, key=lambda line: line.done_on or date.min, reverse=True)),
    )


def action_line(action: Action, day: date, definitions: Mapping[str, Definition]) -> ActionLine:
    """Return an action as lists show it, looked at from a day."""
    return ActionLine(
        action_id=action.action_id,
        title=action.title,
        owner=action.owner,
        due_on=action.due_on,
        kpi=definitions.get(action.kpi) if action.kpi else None,
        done_on=action.done_on,
        late=status(action, day) is Status.LATE,
        version=action.version,
        progress=action.progress,
        dropped_on=action.dropped_on,
        priority_id=action.priority_id,
        effect=action.effect,
        lag_weeks=action.lag_weeks,
        decision_id=action.decision_id,
    )


def _late(context: Context, evening: date | None, day: date) -> int:
    """Return how many of the company's actions are late, whosoever they are."""
    everybodys = list_actions(context.by(replace(context.actor, scope=EVERYTHING)), evening)
    return sum(status(action, day) is Status.LATE for action in everybodys)


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


def _rows(context: Context, choices: Sequence[Choice], week: Period) -> list[Row]:
    if not choices:
        return []
    # seen from the day after, the week is finished and nothing later is counted with it
    series = assess(context, [choice.key for choice in choices], Grain.WEEK, as_of=week.end)
    return [
        row_of(judged, week, seen_responsible(context, choice.responsible))
        for choice, judged in zip(choices, series, strict=True)
    ]


def files_of(context: Context) -> tuple[FileLine, ...]:
    """Return how fresh the data of each source is today, and where it came from."""
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
        for line in freshness(context.store, context.today())
    )
