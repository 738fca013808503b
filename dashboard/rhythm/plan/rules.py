"""What a plan must be: its dates and its priorities. Pure: values in, problems out."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import isfinite

from dashboard.rhythm.action import MAX_TITLE, one_line, too_long
from dashboard.rhythm.dates import Worked, next_working_day
from dashboard.rhythm.plan.model import MOST_PRIORITIES, USUAL_DAYS, NewPriority, Plan
from pipelines.errors import Problem, did_you_mean, msg
from pipelines.kpis.definition import Better, Definition

#: Shorter ones are a task list, longer ones are forgotten.
SHORTEST_DAYS = 28
LONGEST_DAYS = 183


def usual_dates(after: date, working_days: Worked) -> tuple[date, date]:
    """Return first and last day of a plan that begins on the first working day after a day."""
    starts_on = next_working_day(after, working_days)
    return starts_on, usual_end(starts_on)


def usual_end(starts_on: date) -> date:
    """Return the last of 90 days."""
    return starts_on + timedelta(days=USUAL_DAYS - 1)


def dates_problems(
    starts_on: date | None, ends_on: date | None, working_days: Worked
) -> list[Problem]:
    """Return all that is wrong with the dates of a plan; empty if nothing is.

    Args:
        ends_on: The last day.
    """
    if starts_on is None or ends_on is None:
        return [
            Problem(msg("A date is missing."), hint=msg("A plan has a first day and a last day."))
        ]
    problems = []
    if starts_on not in working_days:
        proposed = next_working_day(starts_on, working_days)
        problems.append(
            Problem(
                msg("Nobody works on {day}.", day=starts_on),
                hint=msg("Begin on {day}, the next working day.", day=proposed),
            )
        )
    days = (ends_on - starts_on).days + 1
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        problems.append(
            Problem(
                msg("From {start} to {end} is no plan.", start=starts_on, end=ends_on),
                hint=msg(
                    "A plan lasts between {shortest} and {longest} days; {usual} are usual.",
                    shortest=SHORTEST_DAYS,
                    longest=LONGEST_DAYS,
                    usual=USUAL_DAYS,
                ),
            )
        )
    return problems


def tidy_priority(new: NewPriority) -> NewPriority:
    """Return a priority with its title as it may be kept and shown."""
    return NewPriority(one_line(new.title), new.kpi, new.from_value, new.to_value)


def priority_problems(new: NewPriority, definitions: Mapping[str, Definition]) -> list[Problem]:
    """Return all that is wrong with a priority; empty if nothing is.

    Args:
        definitions: The KPIs that whoever sets it may see.
    """
    return [
        *_title_problems(new.title),
        *_kpi_problems(new.kpi, definitions),
        *_value_problems(new, definitions.get(new.kpi or "")),
    ]


def aim_problems(plan: Plan, definitions: Mapping[str, Definition]) -> list[Problem]:
    """Return which priorities of a plan aim at what is behind them, as one may that goes on."""
    return [
        problem
        for one in plan.standing
        if one.to_value is not None
        for problem in _value_problems(
            NewPriority(one.title, one.kpi, one.from_value, one.to_value),
            definitions.get(one.kpi or ""),
        )
    ]


def fourth_problems(plan: Plan) -> list[Problem]:
    """Return why a plan takes no further priority; empty if it does."""
    if len(plan.standing) < MOST_PRIORITIES:
        return []
    return [
        Problem(
            msg("The plan has its three priorities already."),
            hint=msg(
                "With a fourth, none of them is one: replace a priority, or take one out first."
            ),
        )
    ]


def _title_problems(title: str) -> list[Problem]:
    if not title:
        return [
            Problem(
                msg("The priority has no title."),
                hint=msg("Say in a few words what should be different at the end."),
            )
        ]
    return too_long(title, MAX_TITLE)


def _kpi_problems(kpi: str | None, definitions: Mapping[str, Definition]) -> Iterator[Problem]:
    if kpi is None:
        yield Problem(
            msg("The priority has no KPI."),
            hint=msg("Choose the one that will show whether it works."),
        )
    elif kpi not in definitions:
        hint = did_you_mean(kpi, tuple(definitions))
        yield Problem(msg("There is no KPI '{key}'.", key=kpi), hint=hint)


def _value_problems(new: NewPriority, kpi: Definition | None) -> Iterator[Problem]:
    if new.to_value is None:
        yield Problem(
            msg("The value to reach is missing."),
            hint=msg("Say from where to where the KPI should go."),
        )
        return
    if not isfinite(new.to_value) or (new.from_value is not None and not isfinite(new.from_value)):
        yield Problem(msg("The values of a priority are numbers."))
        return
    if kpi is None or new.from_value is None:
        return
    grows = new.to_value > new.from_value
    shrinks = new.to_value < new.from_value
    if kpi.better is Better.UP and not grows:
        yield Problem(
            msg("{kpi} is better when it grows.", kpi=kpi.name),
            hint=msg("The value to reach lies above the one it starts from."),
        )
    if kpi.better is Better.DOWN and not shrinks:
        yield Problem(
            msg("{kpi} is better when it shrinks.", kpi=kpi.name),
            hint=msg("The value to reach lies below the one it starts from."),
        )
