"""In what order gaps are read: those that were missed first, and only those."""

from datetime import date

from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.sheet import Subheading
from dashboard.rhythm.gap_review.model import GapReview
from tests.builders import gaps
from tests.builders.minutes import CALENDAR

REACHED = gaps.gap("deals_won", 6.0, 5.0)
UNAIMED = gaps.gap("meetings_held", 6.0, None)
MISSED = gaps.gap("sales_won", 85.0, 100.0)
REVIEW = GapReview(
    company="Menuiserie Érable",
    month=gaps.OCTOBER,
    quarter=gaps.QUARTER,
    today=date(2026, 11, 16),
    proposed=False,
    gaps=(REACHED, UNAIMED, MISSED),
)


def test_a_kpi_without_a_target_comes_behind_those_that_were_missed() -> None:
    assert REVIEW.exceptions_first == (MISSED, REACHED, UNAIMED)


def test_the_paper_of_a_month_has_its_gaps_in_that_order() -> None:
    blocks = [
        block for part in gap_review_sheet(REVIEW, "en", CALENDAR).parts for block in part.blocks
    ]
    names = [one.text for one in blocks if isinstance(one, Subheading)]

    assert names[-3:] == ["Sales won", "Deals won", "Meetings held"]
