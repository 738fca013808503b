"""What is to be said about a due date before anybody agrees to it. Pure."""

from collections.abc import Callable, Container
from datetime import date, timedelta

from dashboard.rhythm.dates import date_warnings
from dashboard.rhythm.one_line.spoken_days import Doubt, Spoken
from pipelines.errors import Problem, msg

_A_YEAR = timedelta(days=366)


def missing_day() -> Problem:
    """Return what is said where an action has no date."""
    return Problem(
        msg("The date is missing."),
        hint=msg("An action is due on one day; without it nobody can tell that it is late."),
    )


def day_problems(
    day: date, today: date, working: Container[date]
) -> tuple[list[Problem], list[date]]:
    """Return what is to be said about a due date, and the days to propose instead.

    Args:
        working: The company's working days.
    """
    warnings = date_warnings(day, today, working)
    if not warnings and day - today > _A_YEAR:
        return [Problem(msg("{day} is more than a year away.", day=day))], []
    problems = [
        Problem(one.what, hint=msg("The next working day is {day}.", day=one.proposed))
        for one in warnings
    ]
    return problems, [one.proposed for one in warnings]


def doubts(written: str, spoken: Spoken) -> list[Problem]:
    """Return what leaves doubts about words that were read as a day."""
    said = [_DOUBTS[doubt](written) for doubt in spoken.doubts]
    if spoken.other:
        what = msg("“{words}” may also mean {day}.", words=written, day=spoken.other)
        said.append(Problem(what))
    return said


_DOUBTS: dict[Doubt, Callable[[str], Problem]] = {
    Doubt.VAGUE: lambda words: Problem(
        msg("“{words}” is not one day.", words=words),
        hint=msg("Write a day, such as Friday or December 4."),
    ),
    Doubt.RECURRING: lambda words: Problem(
        msg("“{words}” comes again and again; an action is due on one day.", words=words),
        hint=msg("Write the first of these days."),
    ),
    Doubt.IMPOSSIBLE: lambda words: Problem(
        msg("There is no such day: “{words}”.", words=words), hint=msg("Check the date.")
    ),
    Doubt.OTHER_WEEKDAY: lambda words: Problem(
        msg("“{words}”: the day of the week and the date do not go together.", words=words),
        hint=msg("Check the date."),
    ),
    Doubt.TIME: lambda words: Problem(
        msg("An action is due on a day: the time in “{words}” is not kept.", words=words)
    ),
}
