"""Every page opens in every language, for a company that works with it and for one that begins."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import uploads
from dashboard.components.commitments import NewAction
from dashboard.components.import_page import Upload
from dashboard.gestures import actions as action_gestures
from dashboard.gestures import imports as import_gestures
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place
from pipelines.context import Context
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.periods import Grain
from pipelines.settings import Locale
from tests.builders.pages import empty_company, given, open_page, showing, texts
from tests.builders.sample import sample_context

LANGUAGES = ["en", "fr", "fr_CA"]
#: 3/4 and 5/6 may be days and months either way.
UNDECIDED = (
    "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n"
    "1,Kitchen,Closed Won,1200.50,03/04/2026,05/06/2026\n"
)


@pytest.fixture
def sample() -> Iterator[Context]:
    with showing(sample_context()) as context:
        yield context


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("language", "title", "name", "verdict"),
    [
        ("en", "My week · W46", "Meetings held", "Find the cause"),
        ("fr", "Ma semaine · S46", "Rendez-vous réalisés", "Trouver la cause"),
        ("fr_CA", "Ma semaine · S46", "Rencontres clients réalisées", "Trouver la cause"),
    ],
)
def test_monday_shows_the_fourteen_meetings_of_the_lost_week(
    language: str, title: str, name: str, verdict: str
) -> None:
    page = open_page(lang=language)

    assert page.title[0].value == title
    (row,) = (row for row in given(page, "scorecard")["rows"] if row["key"] == "meetings_held")
    assert (row["name"], row["verdict"]) == (name, verdict)
    assert (row["value"], row["target"], row["gap"]) == ("14", "22", "−8")


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("language", "rate", "parts"),
    [
        ("en", "57.1%", "4 of 7"),
        ("fr", "57,1\u00a0%", "4 sur 7"),
        ("fr_CA", "57,1\u00a0%", "4 sur 7"),
    ],
)
def test_a_rate_keeps_its_two_parts_on_the_page(language: str, rate: str, parts: str) -> None:
    rows = given(open_page(lang=language), "scorecard")["rows"]

    (row,) = (row for row in rows if row["key"] == "win_rate")
    assert (row["value"], row["parts"]) == (rate, parts)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("language", LANGUAGES)
def test_monday_lists_the_late_action_first_and_says_how_late_it_is(language: str) -> None:
    actions = given(open_page(lang=language), "actions")["actions"]

    late = {"en": "4 days late", "fr": "4 jours de retard", "fr_CA": "4 jours de retard"}
    assert [action["late"] for action in actions] == [late[language], None, None, None, None]
    assert [action["done"] for action in actions] == [False, False, False, False, True]


@pytest.mark.usefixtures("sample")
def test_monday_says_from_which_files_its_numbers_come() -> None:
    page = open_page(lang="en")

    (files,) = (text.value for text in page.caption if text.value.startswith("Data:"))
    assert "factures-2026-11-16.csv (imported Nov 16, up to Nov 13, 3 rows set aside)" in files


@pytest.mark.usefixtures("sample")
def test_the_week_is_in_the_address_and_steps_lead_to_its_neighbours() -> None:
    page = open_page(lang="en", week="2026-W45")
    assert page.title[0].value == "My week · W45"
    heading = given(page, "week")
    assert heading["older"] == {"name": "W44", "href": "./?week=2026-W44&lang=en"}

    step = dict(parse_qsl(urlsplit(heading["newer"]["href"]).query))
    newer = open_page(**step)

    assert newer.title[0].value == "My week · W46"
    assert given(newer, "week")["newer"] is None  # the running week is not over


@pytest.mark.usefixtures("sample")
def test_monday_says_the_week_in_one_sentence_before_its_numbers() -> None:
    sentence = given(open_page(lang="en"), "week")["sentence"]

    assert sentence.startswith("Nov 9\u2009–\u200915, 2026 — 4 exceptions, ")
    assert sentence.endswith("1 action late.")


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("week", ["2026-W99", "2027-W01", "2026-10", "<script>", ""])
def test_a_week_that_makes_no_sense_shows_the_last_finished_one(week: str) -> None:
    assert open_page(lang="en", week=week).title[0].value == "My week · W46"


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("language", "title", "says"),
    [
        ("en", "Meetings held", "W46 (Nov 9\u2009–\u200915, 2026): 14. :red[**Find the cause**]"),
        ("fr", "Rendez-vous réalisés", "S46 (9–15 nov. 2026)\u00a0: 14. :red[**Trouver la cause**]"),
        ("fr_CA", "Rencontres clients réalisées",
         "S46 (9–15 nov. 2026)\u00a0: 14. :red[**Trouver la cause**]"),
    ],
)  # fmt: skip
def test_a_kpi_opens_with_its_verdict_and_its_chart(language: str, title: str, says: str) -> None:
    page = open_page(Place.KPI, lang=language, kpi="meetings_held")

    assert page.title[0].value == title
    assert page.markdown[1].value.startswith(says) or says in texts(page)
    assert len(page.get("plotly_chart")) == 1


@pytest.mark.usefixtures("sample")
def test_a_kpi_shows_the_rows_behind_a_period_with_their_file_and_line() -> None:
    page = open_page(Place.KPI, lang="en", kpi="meetings_held", period="2026-W46")

    tables = [element.proto.json for element in page.get("bidi_component")]
    (rows,) = (table for table in tables if "Rows behind the number" in table)
    assert "14 rows" in rows
    assert "hubspot-crm-exports-activites-2026-11-16.csv" in rows


@pytest.mark.usefixtures("sample")
def test_an_unknown_kpi_in_the_address_opens_the_first_one_of_the_week() -> None:
    page = open_page(Place.KPI, lang="en", kpi="no_such_kpi")

    assert page.title[0].value == "New opportunities"


TITLES = {
    Place.KPI: ("New opportunities", "Nouvelles opportunités", "Nouvelles opportunités"),
    Place.ACTIONS: ("Actions", "Actions", "Actions"),
    Place.TARGETS: ("Targets", "Objectifs", "Cibles"),
    Place.ENTRIES: ("Typed numbers", "Saisie", "Saisie"),
    Place.IMPORTS: ("Data", "Données", "Données"),
    Place.CHOICE: ("Choice of KPIs", "Choix des indicateurs", "Choix des indicateurs"),
}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("place", "language", "title"),
    [
        (place, language, title)
        for place, titles in TITLES.items()
        for language, title in zip(LANGUAGES, titles, strict=True)
    ],
)
def test_every_page_opens_in_every_language(place: Place, language: str, title: str) -> None:
    page = open_page(place, lang=language)

    assert page.title[0].value == title
    assert not page.error
    assert not page.exception


@pytest.mark.usefixtures("sample")
def test_numbers_of_the_other_pages_are_those_of_the_company() -> None:
    targets = given(open_page(Place.TARGETS, lang="fr_CA"), "table")["rows"]
    assert ["Rencontres clients réalisées", "L’entreprise", "22", "semaine"] in [
        row[:4] for row in targets
    ]

    imports = open_page(Place.IMPORTS, lang="en")
    (table,) = (
        element.proto.json
        for element in imports.get("bidi_component")
        if "Imported files" in element.proto.json
    )
    assert '"1,837"' in table  # rows of the newest deals export

    choice = open_page(Place.CHOICE, lang="en")
    assert sum(box.value for box in choice.checkbox) == 7


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("language", "title", "next_step"),
    [
        ("en", "My week · W46", "Export your deals from your CRM"),
        ("fr", "Ma semaine · S46", "Exportez les affaires de votre CRM"),
        ("fr_CA", "Ma semaine · S46", "Exportez les opportunités de votre CRM"),
    ],
)
def test_a_company_that_begins_is_told_what_to_do_next(
    language: str, title: str, next_step: str
) -> None:
    page = open_page(lang=language, week="2026-W46")

    assert page.title[0].value == title
    assert next_step in texts(page)
    assert not page.error


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("place", [place for place in Place if place is not Place.WEEK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_for_a_company_that_begins(place: Place, language: str) -> None:
    page = open_page(place, lang=language)

    assert page.title[0].value
    assert not page.error
    assert not page.exception


@pytest.mark.usefixtures("empty")
def test_a_kpi_without_data_says_what_to_export() -> None:
    page = open_page(Place.KPI, lang="en", kpi="win_rate")

    assert "Unavailable" in texts(page)
    assert not page.get("plotly_chart")


def test_a_page_speaks_the_companys_language_until_the_address_says_another(
    tmp_path: Path,
) -> None:
    with empty_company(tmp_path, locale=Locale.FR_CA):
        assert open_page(week="2026-W46").title[0].value == "Ma semaine · S46"
        assert open_page(lang="en", week="2026-W46").title[0].value == "My week · W46"
        assert open_page(lang="kl", week="2026-W46").title[0].value == "Ma semaine · S46"


@pytest.mark.usefixtures("empty")
def test_an_unforeseen_failure_is_a_calm_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_week: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("dashboard.data.review", fails)
    page = open_page(lang="en", week="2026-W46")

    (error,) = page.error
    assert error.value.startswith("Something unexpected happened on this page.")
    assert not page.exception


def say_after(page: AppTest, gesture: Callable[[], object]) -> str:
    """Return what a page says once a callback has run before it, as after a click."""
    before: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", before)
        gesture()
    for name, value in before.items():
        page.session_state[name] = value
    page.run()
    return "\n".join(str(said.value) for said in (*page.error, *page.toast))


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("due", "said"), [(22, "The action is on the list."), (23, "It is due later than this list")]
)
def test_an_action_that_the_list_leaves_out_says_where_it_is(due: int, said: str) -> None:
    page = open_page(lang="en", week="2026-W46")
    new = NewAction("Call", "Luc", date(2026, 11, due), None)

    told = say_after(page, lambda: action_gestures.add_action("en", new, date(2026, 11, 23)))

    assert said in told


@pytest.mark.usefixtures("sample")
def test_a_refused_choice_names_kpis_as_people_know_them() -> None:
    page = open_page(Place.CHOICE, lang="en")

    told = say_after(page, lambda: kpi_gestures.choose("en", []))

    assert "Available: " in told
    assert "Meetings held" in told
    assert "meetings_held" not in told.replace("\\", "")


@pytest.mark.usefixtures("empty")
def test_a_question_without_an_answer_is_asked_for_in_words() -> None:
    page = open_page(Place.IMPORTS, lang="en")

    def answer() -> None:
        pending = uploads.take_in(Upload("deals.csv", UNDECIDED.encode(), "view", None, None))
        st.session_state["pending_import"] = pending
        import_gestures.answer_import("en", {"date_format": None})

    assert "Answer every question first." in say_after(page, answer)
    assert page.subheader[0].value == "deals.csv leaves something open"


def test_numbers_typed_for_the_company_are_not_split_by_person(empty: Context) -> None:
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(empty, visits)
    add_entry(empty, EntryRow("visits", date(2026, 11, 9), value=12, grain=Grain.WEEK))

    page = open_page(Place.KPI, lang="en", kpi="visits")

    assert "W46 (Nov 9\u2009–\u200915, 2026): 12." in texts(page)
    assert "Nobody named" not in "".join(one.proto.json for one in page.get("bidi_component"))
