"""How long a meeting and its sections took, in whole minutes that add up. Pure."""

from collections.abc import Sequence

from dashboard import format as fmt
from dashboard.report.sheet import Cell, Column, Part, Table
from dashboard.rhythm.meeting.hygiene import SectionTime
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.words import topic_name
from dashboard.text import Language, render, text

_MINUTE = 60


def timing(minutes: Minutes, language: Language) -> Part | None:
    """Return how long each section took, against the plan; together what the meeting took."""
    if not minutes.sections:
        return None
    columns = (
        Column(text("Section", language), wide=True),
        Column(text("Time planned", language), number=True),
        Column(text("Time taken", language), number=True),
        Column(text("Difference", language), number=True),
    )
    taken = whole_minutes([one.seconds for one in minutes.sections], minutes.seconds)
    rows = tuple(
        (
            Cell(section_name(one, language)),
            Cell(fmt.minutes(one.minutes, language)),
            # nobody stayed at it: it took no time, and saved none
            *(
                (Cell(fmt.minutes(took, language)), _difference(took - one.minutes, language))
                if took
                else (Cell(fmt.NOTHING), Cell(fmt.NOTHING))
            ),
        )
        for one, took in zip(minutes.sections, taken, strict=True)
    )
    return Part(text("Time", language), (Table(columns, rows),))


def whole_minutes(seconds: Sequence[int], total: int) -> list[int]:
    """Return parts of a time in whole minutes whose sum is the time in whole minutes.

    Args:
        seconds: The parts; together ``total``, give or take what was rounded off.

    Returns:
        Every part rounded down, and a minute more for those that lose most by it (the method of the
        largest remainder); a part of no seconds is 0.
    """
    whole = [part // _MINUTE for part in seconds]
    missing = _rounded(total) - sum(whole)
    by_loss = sorted(range(len(whole)), key=lambda place: -(seconds[place] % _MINUTE))
    for place in [one for one in by_loss if seconds[one]][: max(0, missing)]:
        whole[place] += 1
    return whole


def duration(seconds: int, language: Language) -> str:
    """Return how long something took, in whole minutes."""
    return fmt.minutes(_rounded(seconds), language)


def section_name(one: SectionTime, language: Language) -> str:
    """Return what a section of the agenda is called."""
    return one.title or render(topic_name(one.topic), language)


def _difference(minutes: int, language: Language) -> Cell:
    if minutes > 0:
        return Cell(f"+{fmt.minutes(minutes, language)}", tone="work")
    sign = "\N{MINUS SIGN}" if minutes else ""
    return Cell(f"{sign}{fmt.minutes(-minutes, language)}", tone="quiet")


def _rounded(seconds: int) -> int:
    return (seconds + _MINUTE // 2) // _MINUTE
