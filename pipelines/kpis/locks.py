"""Locked limits: a baseline that somebody chose to judge what came after it by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.analysis.judgement import Limits
from pipelines.analysis.signals import MIN_POINTS, natural_limits
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg, msg_plural
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.series import read_series
from pipelines.kpis.values import Series
from pipelines.periods import Grain
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible


@dataclass(frozen=True)
class Lock:
    """A locked baseline: the periods that start in [``start``, ``end``)."""

    key: str
    grain: Grain
    start: date
    end: date
    reason: str
    locked_on: date


def lock_limits(
    context: Context, key: str, start: date, end: date, reason: str, *, grain: Grain = Grain.WEEK
) -> Limits:
    """Judge a KPI from now on by the limits of a baseline, and return these limits.

    Args:
        start: First day: periods that start on it or later belong to the baseline.
        end: The day after the last: periods that start before it belong.
        reason: Why these periods say what is normal.

    Raises:
        Refused: There is no such KPI, no reason, or the baseline ends before it starts or holds too
            few finished periods.
    """
    if end < start:
        raise Refused.of(
            msg("The baseline would end before it starts."),
            hint=msg("Write the earlier day first."),
        )
    (series,) = read_series(context, [key], grain)
    if series.unavailable:
        raise Refused.of(
            msg(
                "{name} has no numbers yet: {reason}",
                name=series.definition.name,
                reason=series.unavailable,
            )
        )
    lock = Lock(key, grain, start, end, visible(reason).strip(), context.today())
    limits = limits_of(lock, series)
    problems = []
    if not lock.reason:
        problems.append(
            Problem(msg("Locked limits need a reason."), "reason", msg("Say what changed."))
        )
    if limits is None:
        problems.append(
            Problem(
                msg_plural(
                    "There is {count} finished period with a value in these days;"
                    " limits need {least}, two of them in a row.",
                    "There are {count} finished periods with a value in these days;"
                    " limits need {least}, two of them in a row.",
                    count=len([one for one in _baseline(lock, series) if one is not None]),
                    least=MIN_POINTS,
                ),
                hint=msg("Choose a longer baseline."),
            )
        )
    elif limits.lower == limits.upper == 0:
        problems.append(
            Problem(
                msg("Every value in these days is zero: anything else would be a signal."),
                hint=msg("Choose days in which something happened."),
            )
        )
    if problems or limits is None:
        raise Refused(*problems)

    def write(cursor: Cursor) -> None:
        before = _locks(cursor, grain).get(key)
        cursor.execute(statement("kpis/lock_limits"), {"kpi": key, "grain": grain, **_state(lock)})
        note(
            cursor,
            context.actor,
            What.LIMITS_LOCKED,
            f"limits {key} {grain}",
            before=_state(before) if before else None,
            after=_state(lock),
        )

    context.store.write(write)
    return limits


def newest_locks(context: Context, grain: Grain) -> dict[str, Lock]:
    """Return the lock that counts for each visible KPI that has one: the newest."""
    found = context.store.read(lambda cursor: _locks(cursor, grain))
    if context.actor.scope.margins or not found:
        return found
    visible = catalogue(context)
    return {key: lock for key, lock in found.items() if key in visible}


def _locks(cursor: Cursor, grain: Grain) -> dict[str, Lock]:
    rows = cursor.execute(statement("kpis/locks"), {"grain": grain.value}).fetchall()
    return {row[0]: Lock(row[0], grain, *row[1:]) for row in rows}


def _state(lock: Lock) -> dict[str, object]:
    return {
        "start": lock.start,
        "end": lock.end,
        "reason": lock.reason,
        "locked_on": lock.locked_on,
    }


def limits_of(lock: Lock, series: Series) -> Limits | None:
    """Return the limits of a locked baseline; None if too little of it is there."""
    limits = natural_limits(_baseline(lock, series))
    return limits and replace(limits, locked_on=lock.locked_on)


def _baseline(lock: Lock, series: Series) -> Sequence[float | None]:
    return [
        point.value
        for point in series.points
        if lock.start <= point.period.start < lock.end and not point.partial
    ]
