"""Days on which something is taken up again. Pure."""

from collections.abc import Container
from datetime import date

from dashboard.rhythm.dates import DateWarning, date_warnings
from pipelines.errors import Problem, Refused, msg


class DayRefused(Refused):
    """A date that does not do.

    Attributes:
        proposed: The next working day that does.
    """

    def __init__(self, warning: DateWarning) -> None:
        hint = msg("The next working day is {day}.", day=warning.proposed)
        super().__init__(Problem(warning.what, hint=hint))
        self.proposed = warning.proposed


def acceptable(day: date, today: date, working: Container[date], *, anyway: bool) -> date:
    """Return a day on which something is taken up again.

    Args:
        anyway: Nobody works on that day, and it is meant all the same.

    Raises:
        DayRefused: It is in the past, or nobody works on it.
    """
    warnings = date_warnings(day, today, working)
    if warnings and not (anyway and day >= today):
        raise DayRefused(warnings[0])
    return day
