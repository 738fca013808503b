"""Minutes of reviews: what they are called, and what they say of the next quarter."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.report.minutes_letter import minutes_letter, subject_of
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.meeting.minutes import Minutes, as_seen
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.adopted import Adopted, AdoptedKpi, GivenUp
from dashboard.rhythm.quarter.draft import DraftTarget
from dashboard.rhythm.quarter.model import Part, VerdictLine, Way
from dashboard.text import Language
from pipelines.actor import Scope
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Grain
from tests.builders.minutes import CALENDAR, MARGIN, RATE, ZOE, full_minutes

OCTOBER = LocalText("October 2026", "octobre 2026", "octobre 2026")
THIRD = LocalText("Q3 2026", "T3 2026", "T3 2026")
WON = LocalText("Sales won", "Ventes signées", "Ventes conclues")
NEXT = Adopted(
    date(2026, 10, 1),
    date(2026, 12, 31),
    ("Vendre chaque semaine",),
    (
        AdoptedKpi(
            WON,
            None,
            DraftTarget("sales_won", 250_000.0, None, at_most=False, per=Grain.MONTH),
            Unit.MONEY,
            "CAD",
            confidential=False,
        ),
        AdoptedKpi(RATE, MARGIN, None, Unit.PERCENT, None, confidential=True),
    ),
    (GivenUp("Acheter une liste", "Personne ne répond"),),
)


def verdict(name: LocalText, way: Way, reason: str, change: str | None = None) -> VerdictLine:
    subject = f"kpi {name.en}"
    return VerdictLine(subject, Part.KPIS, name, way, reason, change, ZOE, confidential=False)


def month() -> Minutes:
    return replace(full_minutes(), kind=Kind.MONTHLY, reviewed=OCTOBER)


def quarter() -> Minutes:
    verdicts = (
        verdict(WON, Way.KEEP, "Le plus parlant"),
        verdict(RATE, Way.CHANGE, "Trop large", "Par segment"),
        verdict(MARGIN, Way.DROP, "Personne ne le lit"),
    )
    return replace(
        full_minutes(), kind=Kind.QUARTERLY, reviewed=THIRD, verdicts=verdicts, adopted=NEXT
    )


@pytest.mark.parametrize(
    ("minutes", "language", "head"),
    [
        (
            month(),
            "fr_CA",
            (
                "Compte rendu du mardi 10 novembre 2026",
                "Revue mensuelle des écarts · octobre 2026",
            ),
        ),
        (
            month(),
            "en",
            ("Minutes of Tuesday, November 10, 2026", "Monthly gap review · October 2026"),
        ),
        (
            quarter(),
            "fr",
            ("Compte rendu du mardi 10 novembre 2026", "Revue trimestrielle · T3 2026"),
        ),
        (
            full_minutes(),
            "fr",
            ("Réunion commerciale hebdomadaire", "Compte rendu du mardi 10 novembre 2026"),
        ),
    ],
)
def test_the_head_names_the_meeting_and_its_day_and_says_no_date_twice(
    minutes: Minutes, language: Language, head: tuple[str, str]
) -> None:
    for sheet in (
        minutes_sheet(minutes, language, CALENDAR),
        minutes_letter(minutes, ZOE, language),
    ):
        assert (sheet.kicker, sheet.title) == head


def test_the_subject_of_a_letter_does_too() -> None:
    assert subject_of(month(), "fr_CA") == (
        "Menuiserie Érable\N{NO-BREAK SPACE}: Revue mensuelle des écarts · octobre 2026"
    )
    assert subject_of(full_minutes(), "en") == "Menuiserie Érable: minutes of November 10, 2026"


def test_the_minutes_say_which_plan_kpis_and_targets_were_adopted() -> None:
    said = sheet_markdown(minutes_sheet(quarter(), "en", CALENDAR))

    for part in (
        "The next quarter",
        "Adopted: the plan from Oct 1 to December 31, 2026.",
        "Vendre chaque semaine",
        "Win rate in place of Gross margin (% of sales)",
        r"Sales won: \$250K per month",
        "Actions given up",
        "Acheter une liste: Personne ne répond",
    ):
        assert part in said, part
    assert "The next quarter" not in sheet_markdown(minutes_sheet(month(), "en", CALENDAR))


def test_the_minutes_count_the_decisions_that_their_reader_sees() -> None:
    confidential = replace(verdict(MARGIN, Way.DROP, "Personne ne le lit"), confidential=True)
    found = replace(quarter(), decisions=(), verdicts=(*quarter().verdicts[:2], confidential))

    def lead(minutes: Minutes) -> str:
        return minutes_sheet(minutes, "en", CALENDAR).lead[0].text

    # the adoption is no line of its own
    assert lead(found).startswith("3 decisions, ")
    assert lead(as_seen(found, Scope(margins=False))).startswith("2 decisions, ")


def test_a_target_that_stays_is_no_change() -> None:
    said = sheet_markdown(minutes_sheet(quarter(), "en", CALENDAR))

    assert said.count("$250K per month") == 1
    assert "Win rate: " not in said.split("Targets changed")[1].split("\n\n")[0]


def test_the_letter_tells_the_verdicts_and_the_plan() -> None:
    said = " ".join(sheet_text(minutes_letter(quarter(), ZOE, "en")).split())

    for part in (
        "Win rate: Change it – Par segment",
        "Gross margin (% of sales): Drop it – Personne ne le lit",
        "Kept: Sales won",
        "the plan from Oct 1 to December 31, 2026",
        "Sales won: $250K per month",
    ):
        assert part in said, part


def test_what_was_adopted_about_margins_is_for_those_who_see_margins() -> None:
    (first,), second = NEXT.priorities, "Tenir la marge"
    adopted = replace(NEXT, priorities=(first, second), confidential=(second,))

    seen = as_seen(replace(quarter(), adopted=adopted), Scope(margins=False))

    assert seen.adopted is not None
    assert [one.name for one in seen.adopted.kpis] == [WON]
    assert seen.adopted.priorities == (first,)
    assert second not in sheet_markdown(minutes_sheet(seen, "fr", CALENDAR))
