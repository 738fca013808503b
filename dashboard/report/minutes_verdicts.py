"""What a quarterly review decided, in its minutes: what changes first, then what stops. Pure."""

from dashboard.report.sheet import Cell, Column, Part, Table
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.quarter.model import VerdictLine, Way
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, render, text

#: What asks for something comes first.
_ORDER = (Way.CHANGE, Way.DROP, Way.KEEP)


def verdicts(minutes: Minutes, language: Language) -> Part | None:
    """Return what is kept, changed and dropped, with the reasons; None of any other meeting."""
    if not minutes.verdicts:
        return None
    found = sorted(minutes.verdicts, key=lambda one: _ORDER.index(one.way))
    columns = (
        Column(text("What", language), wide=True),
        Column(text("Decision", language)),
        Column(text("Reason", language), wide=True),
        Column(text("Decided by", language)),
    )
    table = Table(columns, tuple(_row(one, language) for one in found))
    return Part(text("Keep, change or drop", language), (table,))


def _row(line: VerdictLine, language: Language) -> tuple[Cell, ...]:
    return (
        Cell(render(line.name, language)),
        Cell(render(way_name(line.way), language)),
        Cell(line.reason, line.change or ""),
        Cell(line.decided_by or ""),
    )
