"""Which gap review or quarterly review a table is of, and what its numbers are measured in."""

from collections.abc import Callable, Sequence

from dashboard import data
from dashboard import format as shown
from dashboard.exports.table import Field, Row, Said, calendar, period_of, unit_word
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.text import render, text
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText, Unit

#: What a link says of a gap that is looked at in a closed quarterly review.
QUARTER = "quarter"
#: The name of a KPI, its unit, and the currency of its amounts; None: hidden, or there is none.
Measured = tuple[LocalText | None, Unit | None, str | None]


def meeting_of(said: Said) -> int | None:
    """Return the meeting that a link names; None: none, as of today."""
    return said.number("meeting") if said.of("meeting") else None


def record_of(said: Said) -> QuarterRecord | None:
    """Return what was kept of the closed quarterly review that a link names; None: of no such one."""
    if said.of("review") != QUARTER:
        return None
    return data.papers.closed_quarter(said.number("meeting"))


def gaps_of(said: Said) -> GapReview:
    """Return the gaps that a link is about: of a month, or of a closed quarter."""
    record = record_of(said)
    return record.numbers if record else data.gap_review.review(meeting_of(said))


def titled(name: Message) -> Callable[[Said], str]:
    """Return how a table is called: with the period that its link names."""

    def title(said: Said) -> str:
        table = render(name, said.language)
        if not said.of("period"):
            return table
        period = shown.period_name(period_of(said, "period"), calendar(), said.language)
        return text("{table}, {name}", said.language, table=table, name=period)

    return title


def measured(of: Callable[[Row], Measured]) -> Sequence[Field[Row]]:
    """Return the columns that say which KPI a row is about.

    Args:
        of: Returns its name, its unit, and the currency of its amounts.
    """
    return (
        Field(msg("KPI"), lambda one: of(one)[0]),
        Field(msg("Unit"), lambda one: unit_word(of(one)[1], of(one)[2])),
        Field(msg("Currency"), lambda one: of(one)[2]),
    )
