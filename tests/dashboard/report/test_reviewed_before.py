"""A month on paper that was reviewed before; and how many of how many, as each language counts."""

from datetime import date, datetime

import pytest

from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.gap_review.decision import EarlierDecision, GapDecision, Response
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.text import Language
from pipelines.periods import Grain, Period
from tests.builders import gaps
from tests.builders.minutes import CALENDAR

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)
SOLD, RATE = gaps.gap("sales_won"), gaps.gap("win_rate", 0.2, 0.3)


def accepted(key: str, reason: str) -> GapDecision:
    at = datetime.fromisoformat("2026-11-03 15:00")
    return GapDecision(key, Response.ACCEPT, reason, None, None, "Louise Gagnon", at, 1)


def review(*earlier: GapDecision, decisions: tuple[GapDecision, ...] = ()) -> GapReview:
    day = date(2026, 11, 3)
    return GapReview(
        company="Menuiserie Érable",
        month=gaps.OCTOBER,
        quarter=QUARTER,
        today=date(2026, 11, 16),
        proposed=False,
        gaps=(SOLD, RATE),
        decisions=decisions,
        reviewed_on=(day,) if earlier else (),
        earlier=tuple(EarlierDecision(day, one) for one in earlier),
    )


def test_the_paper_says_that_the_month_was_reviewed_before_and_what_was_decided() -> None:
    sheet = gap_review_sheet(review(accepted("sales_won", "The holidays")), "en", CALENDAR)

    again, counted = sheet.lead
    assert again.text.startswith("October 2026 was reviewed already, on November 3, 2026")
    assert "1 gap out of 2 has a decision." in counted.text
    assert "Decided on Nov 3: Gap accepted: The holidays" in sheet_markdown(sheet)


def test_what_is_decided_anew_stands_beside_it() -> None:
    anew = accepted("sales_won", "One large order")
    found = review(accepted("sales_won", "The holidays"), decisions=(anew,))

    said = sheet_markdown(gap_review_sheet(found, "en", CALENDAR))

    assert said.index("The holidays") < said.index("Gap accepted: One large order")


def test_a_month_that_is_reviewed_for_the_first_time_says_nothing_of_it() -> None:
    sheet = gap_review_sheet(review(), "fr_CA", CALENDAR)

    assert len(sheet.lead) == 1
    assert "objet d’une revue" not in sheet_markdown(sheet)


@pytest.mark.parametrize(
    ("language", "decided", "said"),
    [
        ("fr", 0, "0 écart sur 2 a sa décision."),
        ("fr", 2, "2 écarts sur 2 ont leur décision."),
        ("en", 0, "0 gaps out of 2 have a decision."),
        ("en", 1, "1 gap out of 2 has a decision."),
    ],
)
def test_what_is_decided_is_counted_by_the_first_number(
    language: Language, decided: int, said: str
) -> None:
    taken = tuple(accepted(key, "So be it") for key in ("sales_won", "win_rate")[:decided])

    (lead,) = gap_review_sheet(review(decisions=taken), language, CALENDAR).lead

    assert said in lead.text
    assert lead.text.startswith("0 indicateur sur" if language == "fr" else "0 KPIs out of")
