"""The pages of planned meetings: each rhythm shows what to read before its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from dashboard.rhythm.meeting import agenda, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.text import LANGUAGES, Language
from pipelines.context import Context
from pipelines.errors import AccessRefused
from tests.builders.meetings import TEAM
from tests.builders.pages import all_given, empty_company, given, open_page, showing
from tests.builders.quarters import aimed, plan_of_the_quarter, quarter_company

DAY = date(2026, 10, 13)
PLACES = {
    Kind.WEEKLY: Place.MEETING,
    Kind.MONTHLY: Place.GAP_REVIEW,
    Kind.QUARTERLY: Place.QUARTER_REVIEW,
}
FIRST = {Kind.WEEKLY: "Exceptions of", Kind.MONTHLY: "Gaps of", Kind.QUARTERLY: "To decide about"}
ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)


@pytest.fixture
def company() -> Iterator[Context]:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    with showing(context):
        yield context
    context.close()


def planned(context: Context, kind: Kind) -> int:
    return preparing.plan_meeting(context, kind, DAY, invited=TEAM).meeting_id


def headings(page: AppTest) -> list[str]:
    """Return what stands above the parts of the preparation, the first sheet of the page."""
    return [str(part["heading"]) for part in all_given(page, "sheet")[0]["parts"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_planned_meeting_shows_what_to_read_before_it(
    company: Context, kind: Kind, language: Language
) -> None:
    planned(company, kind)

    page = open_page(PLACES[kind], lang=language)

    assert not page.exception
    shown = headings(page)
    assert [one for one in FIRST if FIRST[one] in shown[0]] == ([kind] if language == "en" else [])
    assert "{" not in " ".join(shown)
    assert given(page, "meeting")["status"] == "planned"


@pytest.mark.parametrize("kind", Kind)
def test_a_point_that_is_added_stands_on_the_agenda_and_on_paper_only(
    company: Context, kind: Kind
) -> None:
    number = planned(company, kind)
    agenda.add_item(company, number, "Prices of 2027")

    page = open_page(PLACES[kind], lang="en")

    assert "Prices of 2027" in str(given(page, "meeting"))
    assert "Points on the agenda" not in headings(page)
    assert data.minutes.preparation_file(number, "en").startswith(b"%PDF")


@pytest.mark.parametrize("kind", Kind)
def test_a_preparation_is_shown_until_the_meeting_begins(company: Context, kind: Kind) -> None:
    number = planned(company, kind)
    running.start(company, number)

    page = open_page(PLACES[kind], lang="en")

    assert not page.exception
    assert all_given(page, "sheet") == []


@pytest.mark.parametrize("kind", Kind)
def test_those_who_take_part_read_it_and_those_who_read_reviews_do_not(
    company: Context, kind: Kind
) -> None:
    number = planned(company, kind)

    with session.acting_as(ZOE):
        sheet = data.minutes.preparation(number, "en")
    assert FIRST[kind] in sheet.parts[0].heading
    with session.acting_as(ADVISER), pytest.raises(AccessRefused):
        data.minutes.preparation(number, "en")


def test_long_evidence_is_folded_on_the_screen(company: Context) -> None:
    planned(company, Kind.QUARTERLY)

    page = open_page(Place.QUARTER_REVIEW, lang="en")

    folded = [part["heading"] for part in all_given(page, "sheet")[0]["parts"] if part["folded"]]
    assert "KPI by KPI" in folded
    assert "The KPIs of the quarter" not in folded


@pytest.mark.parametrize("kind", Kind)
def test_whoever_runs_the_meeting_finds_the_way_to_send_it(tmp_path: Path, kind: Kind) -> None:
    with empty_company(tmp_path, DAY) as context:
        planned(context, kind)

        page = open_page(PLACES[kind], lang="en")

        assert not page.exception
        assert "Send the preparation" in [one.label for one in page.button]
