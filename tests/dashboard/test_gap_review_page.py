"""The page of the gap review, and closed ones among the reviews: who finds what on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import meetings
from dashboard.text import LANGUAGES, Language
from pipelines.context import Context
from pipelines.kpis.definition import Unit
from tests.builders import gaps
from tests.builders.pages import OWNER, all_given, empty_company, given, open_page, texts

KPI = "sales_won"
TEAM = ("Louise Gagnon", "Zoé Côté", "Luc Paré")
ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
STRANGER = Visitor("Anne Roy", Role.SALESPERSON, names=frozenset({"Anne Roy"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)
SPLIT = gaps.by_owner({"Zoé Côté": -20_000, "Luc Paré": 5_000})


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    gaps.look_at(monkeypatch, gaps.gap(KPI, splits=(SPLIT,)))
    with empty_company(tmp_path) as context:
        yield context.by(OWNER.actor(context.workspace.settings))


def seen_by(context: Context, visitor: Visitor, place: Place, **address: str) -> AppTest:
    session.use(context, lambda: visitor)
    page = open_page(place, **{"lang": "en", **address})
    assert not page.exception
    return page


def closed(context: Context) -> int:
    """Return the number of a gap review that accepted its gap and is closed."""
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    deciding.accept(context, number, KPI, 0, "Two large orders slipped")
    closing.close(context, number)
    return number


def linked(page: AppTest) -> list[tuple[str, str]]:
    """Return the names and addresses of the closed gap reviews in the list."""
    lines = [line for shown in all_given(page, "files") for line in shown["lines"]]
    found = [(link["name"], link["href"]) for line in lines for link in line["links"]]
    return [(name, href) for name, href in found if "meeting=" in href]


def sheet(page: AppTest) -> str:
    return str(given(page, "sheet"))


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [
        ("en", "Monthly gap review", "Prepare the meeting"),
        ("fr", "Revue mensuelle des écarts", "Préparer la réunion"),
        ("fr_CA", "Revue mensuelle des écarts", "Préparer la rencontre"),
    ],
)
def test_before_a_review_is_prepared_its_gaps_are_read_on_its_page(
    company: Context, language: Language, title: str, button: str
) -> None:
    page = seen_by(company, OWNER, Place.GAP_REVIEW, lang=language)

    assert page.title[0].value == title
    assert [one.label for one in page.button if one.label == button] == [button]
    assert "Luc Paré" in sheet(page)


def test_what_a_review_of_the_month_decided_is_read_by_those_who_see_everybodys_work(
    company: Context,
) -> None:
    closed(company)

    assert "Two large orders slipped" in sheet(seen_by(company, OWNER, Place.GAP_REVIEW))
    assert "Two large orders slipped" not in sheet(seen_by(company, STRANGER, Place.GAP_REVIEW))


def test_a_review_is_prepared_started_and_then_shows_what_the_meeting_does(
    company: Context,
) -> None:
    page = seen_by(company, OWNER, Place.GAP_REVIEW)
    next(one for one in page.button if one.label == "Prepare the meeting").click().run()

    assert not page.exception
    (line,) = meetings(company)
    assert line.kind is Kind.MONTHLY
    assert page.title[0].value.startswith("Monthly gap review · ")
    assert given(page, "meeting")["status"] == "planned"
    shown = [str(one.proto.component_name) for one in page.get("bidi_component")]
    assert shown.count("cap90_sheet") == 1  # the month to date

    running.start(company, line.meeting_id)
    page = seen_by(company, OWNER, Place.GAP_REVIEW)
    assert given(page, "meeting")["section"]["topic"] == "landing"
    assert "cap90_sheet" not in [
        str(one.proto.component_name) for one in page.get("bidi_component")
    ]


def test_once_its_month_is_over_a_planned_review_has_every_gap_in_full(company: Context) -> None:
    preparing.plan_meeting(company, Kind.MONTHLY, company.today(), invited=TEAM)

    page = seen_by(company, OWNER, Place.GAP_REVIEW)

    shown = [str(one.proto.component_name) for one in page.get("bidi_component")]
    assert shown.count("cap90_sheet") == 2
    assert page.expander[0].label == "October 2026, gap by gap"


def test_a_salesperson_reads_their_part_and_prepares_nothing(company: Context) -> None:
    page = seen_by(company, ZOE, Place.GAP_REVIEW)

    assert [one.label for one in page.button if "Prepare" in one.label] == []
    assert "Zoé Côté" in sheet(page)
    assert "Luc Paré" not in sheet(page)


def test_whoever_reads_reviews_only_has_no_such_page(company: Context) -> None:
    page = seen_by(company, ADVISER, Place.GAP_REVIEW)

    assert page.title[0].value == "Reviews"
    menu = str(given(page, "menu"))
    assert "gap_review" not in menu


# closed


def test_closed_reviews_are_listed_and_open_as_they_were(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = closed(company)
    gaps.look_at(monkeypatch, gaps.gap("deals_won", 3.0, 5.0, unit=Unit.COUNT))

    page = seen_by(company, OWNER, Place.REVIEWS)
    assert "Monthly gap reviews" in texts(page)
    (name, href) = linked(page)[0]
    assert name == "October 2026, held on November 16, 2026"
    assert href == f"./reviews?meeting={number}&lang=en"

    opened = seen_by(company, OWNER, Place.REVIEWS, meeting=str(number))
    assert opened.title[0].value == "October 2026"
    assert opened.caption[0].value == "Monthly gap review, held on November 16, 2026"
    assert "Two large orders slipped" in sheet(opened)
    assert "Sales won" in sheet(opened)
    assert "Deals won" not in sheet(opened)


def test_the_list_of_minutes_names_the_month_that_a_review_looked_back_on(
    company: Context,
) -> None:
    number = closed(company)

    shelf = given(seen_by(company, OWNER, Place.MINUTES), "shelf")

    (line,) = [one for one in shelf["meetings"] if one["id"] == number]
    assert line["facts"][0]["text"] == "Monthly gap review · October 2026"


def test_a_viewer_reads_closed_reviews_without_the_parts_of_the_people(company: Context) -> None:
    number = closed(company)

    opened = seen_by(company, ADVISER, Place.REVIEWS, meeting=str(number))

    assert "Two large orders slipped" in sheet(opened)
    assert "Luc Paré" not in sheet(opened)
    assert "Zoé Côté" not in sheet(opened)


def test_a_salesperson_who_was_not_invited_finds_no_closed_review(company: Context) -> None:
    number = closed(company)

    listed = seen_by(company, STRANGER, Place.REVIEWS)
    opened = seen_by(company, STRANGER, Place.REVIEWS, meeting=str(number))

    assert linked(listed) == []
    assert "Two large orders slipped" not in str(opened)
    assert len(linked(seen_by(company, ZOE, Place.REVIEWS))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_review_is_read_in_every_language(company: Context, language: Language) -> None:
    number = closed(company)

    opened = seen_by(company, OWNER, Place.REVIEWS, meeting=str(number), lang=language)

    assert "Two large orders slipped" in sheet(opened)


@pytest.mark.parametrize("number", ["0", "99", "x", "-1"])
def test_a_review_that_nobody_knows_leads_to_the_list(company: Context, number: str) -> None:
    page = seen_by(company, OWNER, Place.REVIEWS, meeting=number)

    assert page.title[0].value == "Reviews"
