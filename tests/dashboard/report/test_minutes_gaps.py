"""The gaps of a review in its minutes: on screen, on paper, in Markdown and in letters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.report.minutes_gaps import gaps
from dashboard.report.minutes_letter import minutes_letter
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet import Entries, Entry
from dashboard.report.sheet_letter import sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.gap_review.decision import (
    EarlierDecision,
    GapDecision,
    GapLine,
    GivenAction,
    NewTarget,
    Response,
)
from dashboard.rhythm.meeting.minutes import Minutes, as_seen, from_json, to_json
from dashboard.rhythm.meeting.model import Kind
from dashboard.text import LANGUAGES, Language
from pipelines.actor import Scope
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Grain
from tests.builders.gaps import OCTOBER
from tests.builders.minutes import CALENDAR, MARGIN, RATE, ZOE, full_minutes

WON = LocalText("Sales won", "Ventes signées", "Ventes conclues")
ACTION = GivenAction(40, "Relancer Val-Joly", ZOE, date(2026, 11, 20))
TARGET = NewTarget(7, 0.3, None, at_most=False, per=None, valid_from=date(2026, 11, 1))


def line(name: LocalText, response: Response | None, unit: Unit = Unit.PERCENT) -> GapLine:
    """Return a KPI that missed its target of October."""
    money = unit is Unit.MONEY
    return GapLine(
        key=name.en,
        name=name,
        month=OCTOBER,
        actual=267_000.0 if money else 0.286,
        target=427_000.0 if money else 0.3,
        max_target=None,
        at_most=False,
        gap=-160_000.0 if money else -0.014,
        on_target=False,
        unit=unit,
        currency="CAD" if money else None,
        cause="Deux soumissions ont glissé" if money else "",
        response=response,
        reason=None if response is Response.ACT else "Le bois a augmenté",
        action=ACTION if response is Response.ACT else None,
        new_target=TARGET if response is Response.ADJUST else None,
        confidential=name is MARGIN,
    )


LINES = (
    line(WON, Response.ACT, Unit.MONEY),
    line(MARGIN, Response.ADJUST),
    line(RATE, Response.ACCEPT),
)


def of_review(lines: Sequence[GapLine] = LINES) -> Minutes:
    return replace(full_minutes(), kind=Kind.MONTHLY, gaps=tuple(lines))


def entries(minutes: Minutes, language: Language) -> tuple[Entry, ...]:
    part = gaps(minutes, CALENDAR, language)
    assert part is not None
    (block,) = part.blocks
    assert isinstance(block, Entries)
    return block.entries


def test_a_gap_decided_in_an_earlier_review_of_the_month_says_when() -> None:
    at = datetime.fromisoformat("2026-11-03 15:00")
    then = GapDecision("win_rate", Response.ACCEPT, "Le bois", None, None, ZOE, at, 1)
    before = replace(line(RATE, None), earlier=EarlierDecision(date(2026, 11, 3), then))
    found = of_review((before, line(WON, Response.ACT, Unit.MONEY)))

    facts = [(fact.label, fact.text) for fact in entries(found, "en")[0].facts]

    assert facts == [("Decision", "Decided on Nov 3: Gap accepted: Le bois")]
    assert from_json(to_json(found)) == found
    # only what this review decided counts as its own
    assert found.decided == len(found.decisions) + 1


def test_each_gap_is_told_with_its_cause_and_what_was_decided() -> None:
    won, margin, rate = entries(of_review(), "en")

    assert (won.title, won.meta, won.tone) == (
        "Sales won",
        "$267K, target $427K, gap −$160K",
        "alert",
    )
    assert [(fact.label, fact.text) for fact in won.facts] == [
        ("Cause", "Deux soumissions ont glissé"),
        ("Decision", f"Act: Relancer Val-Joly ({ZOE}, Nov 20, 2026)"),
    ]
    assert [fact.text for fact in margin.facts] == [
        "New target 30% from Nov 1, 2026 on: Le bois a augmenté"
    ]
    assert [fact.text for fact in rate.facts] == ["Gap accepted: Le bois a augmenté"]


def test_a_gap_without_a_decision_stands_there_with_its_numbers_alone() -> None:
    (only,) = entries(of_review([line(RATE, None)]), "fr_CA")

    assert (only.title, only.facts) == ("Ratio de conclusion", ())
    assert only.meta == "28,6\u00a0%, cible 30\u00a0%, écart −1,4 pt"


def test_a_new_target_of_what_adds_up_says_for_how_long_it_is() -> None:
    target = replace(TARGET, value=400_000.0, per=Grain.MONTH)
    adjusted = replace(line(WON, Response.ADJUST, Unit.MONEY), new_target=target)

    (only,) = entries(of_review([adjusted]), "en")

    assert only.facts[-1].text == (
        "New target $400,000 per month from Nov 1, 2026 on: Le bois a augmenté"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_paper_markdown_and_letter_tell_the_same_decisions(language: Language) -> None:
    minutes = of_review()
    sheet = minutes_sheet(minutes, language, CALENDAR)

    written = sheet_markdown(sheet)
    letter = sheet_text(minutes_letter(minutes, ZOE, language))

    for said in ("Relancer Val-Joly", "Le bois a augmenté", WON.in_language(language)):
        assert said in written
        assert said in letter
    assert sheet_pdf(sheet).startswith(b"%PDF")


def test_minutes_of_a_gap_review_are_about_its_month_and_no_week() -> None:
    headings = [part.heading for part in minutes_sheet(of_review(), "en", CALENDAR).parts]

    assert headings[0] == "Gaps, October 2026"
    assert not [one for one in headings if one.startswith("Scoreboard")]
    weekly = [part.heading for part in minutes_sheet(full_minutes(), "en", CALENDAR).parts]
    assert not [one for one in weekly if one.startswith("Gaps")]
    assert [one for one in weekly if one.startswith("Scoreboard")]


def test_whoever_may_not_see_margins_reads_no_gap_of_one() -> None:
    seen = as_seen(of_review(), Scope(frozenset({ZOE}), margins=False))

    assert [one.name for one in seen.gaps] == [WON, RATE]
