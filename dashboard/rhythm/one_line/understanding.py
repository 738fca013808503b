"""An action in one line: "relancer le devis 1042, Marc, vendredi". Pure.

What is understood is shown for confirmation; what is not stays empty and is asked for. A name or a
day counts where it stands between commas, or where its words leave no doubt ("avant vendredi",
"par Marc", "@Marc"): "appeler Marc" calls a customer, and "la réunion de vendredi" is a title.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.rhythm.action import MAX_NAME, MAX_TITLE, one_line, owner_problems, title_problems
from dashboard.rhythm.one_line.due_day import day_problems, doubts, missing_day
from dashboard.rhythm.one_line.parts import TOGETHER, Known, Line, read_opening, read_parts
from dashboard.rhythm.one_line.spoken_days import Now, spoken_days
from dashboard.text import Language
from pipelines.errors import Problem, msg

#: A longer line is a text that was pasted: it is kept as the title, which says how long it may be.
_LONGEST = MAX_TITLE + MAX_NAME + 100
_CHOOSE = msg("Choose one.")


class Part(StrEnum):
    """What words of a line were read as."""

    OWNER = "owner"
    DAY = "day"


@dataclass(frozen=True)
class Read:
    """Some words of a line, and what they were read as.

    Attributes:
        meant: A name as the product shows it, or a day.
    """

    part: Part
    written: str
    meant: str | date


@dataclass(frozen=True)
class Understood:
    """What a line says.

    Attributes:
        title: Empty: the line names none.
        owner: None: nobody, or not one person.
        people: Among whom to choose where the line leaves it open.
        due_on: None: no day, or not one.
        days: Other days to choose: what the words may mean as well, or the next working day.
        read: What was read as what, in the order of the line.
        problems: What is missing, and what should be looked at again.
    """

    title: str
    owner: str | None
    people: tuple[str, ...]
    due_on: date | None
    days: tuple[date, ...]
    read: tuple[Read, ...]
    problems: tuple[Problem, ...]


def understand(line: str, known: Known, language: Language) -> Understood:
    """Return what somebody typed, taken apart.

    Args:
        line: As it was typed.
        language: Decides the order of day and month in figures.
    """
    text = one_line(line)
    reading = Line(known)
    if len(text) > _LONGEST:
        reading.title = text
    else:
        now = Now(known.today, known.calendar, language, known.working, known.meeting)
        spoken = spoken_days(text, now)
        read_parts(text, spoken, reading)
        if not reading.owners:
            read_opening(reading)
        if _several(reading):
            # whoever is chosen, the others are part of what is done
            whole = Line(known, keeps_names=True)
            read_parts(text, spoken, whole)
            reading.title = whole.title
    owner, people, owner_said = _owner(reading)
    day, days, day_said = _day(reading)
    read = [Read(Part.OWNER, written, owner) for written, _ in reading.owners if owner]
    read += [Read(Part.DAY, written, day) for written, _ in reading.days if day]
    return Understood(
        title=reading.title,
        owner=owner,
        people=people,
        due_on=day,
        days=days,
        read=tuple(sorted(read, key=lambda one: text.find(one.written))),
        problems=(*title_problems(reading.title), *reading.said, *owner_said, *day_said),
    )


def _owner(reading: Line) -> tuple[str | None, tuple[str, ...], list[Problem]]:
    meant = list(dict.fromkeys(name for _, names in reading.owners for name in names))
    if len(meant) == 1:
        return meant[0], (), []
    if not meant:
        if reading.known.alone:
            return reading.known.alone, (), []
        return None, (), owner_problems("")
    if not _several(reading):
        written = reading.owners[0][0]
        what = msg("“{name}” may be several people: {people}.", name=written, people=meant)
        return None, tuple(meant), [Problem(what, hint=_CHOOSE)]
    what = msg("Several people are named: {people}.", people=meant)
    return None, tuple(meant), [Problem(what, hint=msg("One person is responsible: choose."))]


def _several(reading: Line) -> bool:
    """Tell whether several people are named, rather than one name that means several."""
    meant = {name for _, names in reading.owners for name in names}
    if len(meant) < 2:  # noqa: PLR2004 - several
        return False
    return len(reading.owners) > 1 or bool(TOGETHER.search(reading.owners[0][0]))


def _day(reading: Line) -> tuple[date | None, tuple[date, ...], list[Problem]]:
    known, said = reading.known, [doubts(*one) for one in reading.days]
    problems = [problem for some in said for problem in some]
    days = list(dict.fromkeys(one.day for _, one in reading.days if one.day))
    if not days:
        return None, (), problems or [missing_day()]
    if len(days) > 1:
        what = msg("Several days are named: {days}.", days=days)
        return None, tuple(days), [*problems, Problem(what, hint=_CHOOSE)]
    day = days[0]
    other = [one.other for _, one in reading.days if one.other]
    about, proposed = day_problems(day, known.today, known.working)
    return day, tuple(dict.fromkeys([*other, *proposed])), [*problems, *about]
