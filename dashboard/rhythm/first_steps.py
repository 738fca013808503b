"""The path of a company that begins: from its name to the date of its first meeting. Pure."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from pipelines.settings import FirstStep
from pipelines.workdays import WorkingDays

_TUESDAY = 1
_WEEK = timedelta(weeks=1)


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    NEXT = "next"
    TO_DO = "to_do"
    SKIPPED = "skipped"


def path(done: Collection[FirstStep], skipped: Collection[FirstStep]) -> dict[FirstStep, Progress]:
    """Return every step in its order; the first one that is neither done nor skipped is next."""
    found: dict[FirstStep, Progress] = {}
    for step in FirstStep:
        if step in done:
            found[step] = Progress.DONE
        elif step in skipped:
            found[step] = Progress.SKIPPED
        else:
            is_next = Progress.NEXT not in found.values()
            found[step] = Progress.NEXT if is_next else Progress.TO_DO
    return found


def next_step(steps: dict[FirstStep, Progress]) -> FirstStep | None:
    """Return the step to take now; None when the path is at its end."""
    return next((step for step, progress in steps.items() if progress is Progress.NEXT), None)


def first_meeting(today: date, working_days: WorkingDays) -> date:
    """Return the next Tuesday on which people work: Monday is for reading the week."""
    day = today + timedelta(days=1 + (_TUESDAY - today.weekday() - 1) % 7)
    # somewhere every Tuesday of a year may be free; nobody waits longer than that
    for _ in range(53):
        if day in working_days:
            break
        day += _WEEK
    return day
