"""Closed weeks are there to read, for everybody who may read them, and show nobody more than that."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from pipelines.context import Context
from pipelines.periods import Grain, Period
from tests.builders.pages import OWNER, empty_company, given, open_page, showing, texts
from tests.builders.sample import sample_context
from tests.builders.warehouse import add, closed, imported

VIEWER = Visitor("Hélène Tremblay", Role.VIEWER)


@pytest.fixture
def viewer() -> Iterator[Context]:
    with showing(sample_context(), VIEWER) as context:
        yield context


def everything(page: AppTest) -> str:
    """Return all that a page sends to the browser, in our own components too."""
    components = (
        json.dumps(json.loads(element.proto.json), ensure_ascii=False)
        for element in page.get("bidi_component")
        if not element.proto.component_name.endswith("menu")  # it names whoever is looking
    )
    return "\n".join((texts(page), *components))


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize(
    ("language", "title", "week"),
    [("en", "Reviews", "W46"), ("fr", "Revues", "S46"), ("fr_CA", "Revues", "S46")],
)
def test_a_viewer_comes_in_at_the_closed_weeks_newest_first(
    language: str, title: str, week: str
) -> None:
    page = open_page(lang=language)

    assert page.title[0].value == title
    weeks = given(page, "reviews")["weeks"]
    assert weeks[0]["name"] == week
    assert [one["key"] for one in weeks][:3] == ["2026-W46", "2026-W45", "2026-W44"]
    assert all(one["pdf"].startswith("./download/") for one in weeks)


@pytest.mark.usefixtures("viewer")
def test_each_closed_week_says_in_short_what_its_review_says() -> None:
    listed = given(open_page(Place.REVIEWS, lang="en"), "reviews")["weeks"]

    for one in (listed[0], listed[7], listed[25]):
        page = open_page(Place.REVIEWS, lang="en", week=one["key"])
        sentence = given(page, "week")["sentence"]
        assert sentence.startswith(f"{one['dates']} — {one['summary']}; ")
    # of the six KPIs that a viewer sees, without the margin
    assert listed[0]["summary"] == "3 exceptions, 2 KPIs with nothing to report, and 1 not judged"


def test_weeks_before_the_first_row_are_not_listed(tmp_path: Path) -> None:
    with empty_company(tmp_path) as context:
        add(
            context,
            imported("deals", "2026-11-15"),
            *(closed(day, "won", 100) for day in ("2026-10-28", "2026-11-04", "2026-11-11")),
        )

        weeks = given(open_page(Place.REVIEWS, lang="en"), "reviews")["weeks"]

    # 28 October 2026 is a Wednesday of week 44
    assert [week["key"] for week in weeks] == ["2026-W46", "2026-W45", "2026-W44"]


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize(
    "place",
    [
        one
        for one in Place
        if one not in {Place.REVIEWS, Place.MINUTES, Place.DECISION, Place.COMPARISON}
    ],
)
def test_a_viewer_finds_no_other_page(place: Place) -> None:
    page = open_page(lang="en")
    try:
        page = page.switch_page(place.script).run()
    except ValueError:  # there is no such page for them
        return
    assert place is Place.ACCOUNT or page.title[0].value == "Reviews"


@pytest.mark.usefixtures("viewer")
def test_a_review_is_read_and_leads_nowhere() -> None:
    page = open_page(Place.REVIEWS, lang="en", week="2026-W46")

    assert page.title[0].value == "Review · W46"
    rows = given(page, "scorecard")["rows"]
    assert {row["href"] for row in rows} == {""}
    assert [row["value"] for row in rows if row["key"] == "meetings_held"] == ["14"]
    assert given(page, "week")["older"]["href"] == "./reviews?week=2026-W45&lang=en"
    assert not any("./kpi" in part or "./actions" in part for part in everything(page).split())
    assert not page.get("form")


def test_a_viewer_is_shown_no_names_of_people_who_sell() -> None:
    with showing(sample_context(), OWNER):
        named = {row.responsible for row in data.reviews.review(last_week()).rows} - {None}
        assert named
        owners = everything(open_page(Place.REVIEWS, lang="en", week="2026-W46"))
    with showing(sample_context(), VIEWER):
        viewers = everything(open_page(Place.REVIEWS, lang="en", week="2026-W46"))

    assert all(str(name) in owners for name in named)
    assert not any(str(name) in viewers for name in named)


def test_a_salesperson_reads_the_same_totals_and_their_own_actions_only() -> None:
    with showing(sample_context(), OWNER):
        whole = data.reviews.review(last_week())
        seller = whole.late[0].owner
    somebody = Visitor(seller, Role.SALESPERSON, names=frozenset({seller}))
    with showing(sample_context(), somebody):
        own = data.reviews.review(last_week())
        page = open_page(Place.REVIEWS, lang="en", week="2026-W46")

    assert {line.owner for line in (*own.late, *own.due, *own.done)} == {seller}
    values = {row.definition.key: row.latest and row.latest.point.value for row in own.rows}
    for row in whole.rows:
        if "margin" not in row.definition.key:
            assert values[row.definition.key] == (row.latest and row.latest.point.value)
    others = {line.owner for line in (*whole.due, *whole.done)} - {seller}
    assert others
    assert not any(other in everything(page) for other in others - {seller})


def test_before_the_first_file_there_is_nothing_to_read_and_somebody_to_ask(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with empty_company(tmp_path_factory.mktemp("new")) as context:
        with showing(context, VIEWER):
            said = texts(open_page(lang="en"))
        assert "No week is closed yet" in said
        assert "Ask the owner of the company" in said


def last_week() -> Period:
    context = sample_context()
    return context.calendar.last_finished(Grain.WEEK, context.today())


@pytest.mark.usefixtures("viewer")
def test_a_late_action_is_counted_for_a_viewer_and_nothing_says_that_there_is_none() -> None:
    page = open_page(Place.REVIEWS, lang="en", week="2026-W46")

    # the sample company has one late action; whose it is and what it says stays with the team
    assert given(page, "week")["sentence"].endswith("; 1 action late in the company.")
    assert [heading.value for heading in page.subheader] == []
    assert "No action is late" not in texts(page)
    columns = [column["label"] for column in given(page, "scorecard")["columns"]]
    assert columns == ["KPI", "What to do", "13 weeks", "Actual", "Target", "Gap"]
