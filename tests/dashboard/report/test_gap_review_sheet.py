"""The first page of a month on paper: every KPI, what was decided about it, and by whom."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.sheet import Cell, Table
from dashboard.rhythm.gap_review.decision import (
    EarlierDecision,
    GapDecision,
    GivenAction,
    Response,
)
from dashboard.rhythm.gap_review.model import GapReview, as_seen
from dashboard.text import Language
from pipelines.actor import Scope
from tests.builders import gaps
from tests.builders.minutes import CALENDAR

AT = datetime.fromisoformat("2026-11-03 15:00")
ACTION = GivenAction(7, "Call the school", "Zoé Côté", date(2026, 11, 20))
ACT = GapDecision("sales_won", Response.ACT, None, ACTION, None, "Louise Gagnon", AT, 1)
ACCEPT = GapDecision("win_rate", Response.ACCEPT, "Too few", None, None, "Anna Roy", AT, 1)


def review(*decisions: GapDecision, earlier: tuple[GapDecision, ...] = ()) -> GapReview:
    return GapReview(
        company="Menuiserie Érable",
        month=gaps.OCTOBER,
        quarter=gaps.QUARTER,
        today=date(2026, 11, 16),
        proposed=False,
        gaps=(
            gaps.gap("deals_won", 6.0, 5.0),
            gaps.gap("sales_won", 85.0, 100.0),
            gaps.gap("win_rate", 0.2, 0.3),
        ),
        decisions=decisions,
        earlier=tuple(EarlierDecision(date(2026, 11, 3), one) for one in earlier),
    )


def rows(found: GapReview) -> dict[str, Cell]:
    """What the first table says was decided, by KPI in its order."""
    (table,) = gap_review_sheet(found, "en", CALENDAR).parts[0].blocks
    assert isinstance(table, Table)
    return {row[0].text: row[-1] for row in table.rows}


def test_the_first_page_has_every_kpi_the_missed_ones_first_with_what_is_decided() -> None:
    said = rows(review(ACT, ACCEPT))

    assert list(said) == ["Sales won", "Win rate", "Deals won"]
    assert said["Sales won"] == Cell("Call the school", "Zoé Côté · November 20, 2026")
    assert said["Win rate"].text == "Gap accepted"
    assert said["Deals won"].text == "–"


def test_what_an_earlier_review_of_the_month_decided_holds_until_it_is_decided_anew() -> None:
    assert rows(review(earlier=(ACCEPT,)))["Win rate"].text == "Gap accepted"


def test_it_says_who_decided_once_each() -> None:
    facts = gap_review_sheet(review(ACT, ACCEPT), "en", CALENDAR).facts

    assert [(one.label, one.text) for one in facts] == [("Decided by", "Anna Roy, Louise Gagnon")]
    assert gap_review_sheet(review(), "en", CALENDAR).facts == ()


NO_MARGINS = Scope(margins=False)


@pytest.mark.parametrize(
    ("language", "confidential", "said"),
    [
        (
            "en",
            ("win_rate",),
            "1 KPI is not shown to you: the review is counted without it.",
        ),
        (
            "en",
            ("deals_won", "win_rate"),
            "2 KPIs are not shown to you: the review is counted without them.",
        ),
        (
            "fr_CA",
            ("win_rate",),
            "1 indicateur ne vous est pas montré\N{NO-BREAK SPACE}: la revue est comptée sans lui.",
        ),
    ],
)
def test_it_says_how_many_kpis_are_withheld(
    language: Language, confidential: tuple[str, ...], said: str
) -> None:
    whole = replace(review(ACT), confidential=confidential)
    # read in two steps, as a closed review is
    hers = as_seen(as_seen(whole, NO_MARGINS), NO_MARGINS)

    last = gap_review_sheet(hers, language, CALENDAR).lead[-1]

    assert (last.text, last.tone) == (said, "quiet")


def test_nothing_is_said_to_be_withheld_from_whoever_sees_everything() -> None:
    whole = replace(review(ACT), confidential=("win_rate",))

    (only,) = gap_review_sheet(as_seen(whole, Scope()), "en", CALENDAR).lead

    # one of three won enough; one of the two others is decided
    assert only.text.endswith("1 gap out of 2 has a decision.")
