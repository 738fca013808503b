"""Every page opens in every language, for a company that works with it and for one that begins."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import data, session, uploads
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.commitments import NewAction
from dashboard.components.import_page import Upload
from dashboard.gestures import actions as action_gestures
from dashboard.gestures import imports as import_gestures
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place, allowed
from dashboard.rhythm.actions import list_actions
from pipelines.context import Context, open_context
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.targets import list_targets
from pipelines.people.person import Details
from pipelines.people.register import add_person, list_people
from pipelines.periods import Grain, Period
from pipelines.sample import PEOPLE
from pipelines.settings import Locale
from tests.builders.by_hand import TODAY
from tests.builders.pages import OWNER, empty_company, given, open_page, showing, texts
from tests.builders.sample import sample_context, sample_workspace

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
    line = given(open_page(lang="en"), "sources")["line"]

    assert line.startswith("Data: ")
    assert "factures-2026-11-16.csv (imported Nov 16, up to Nov 13, 3 rows set aside)" in line


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
def test_without_a_kpi_its_page_opens_on_the_first_exception_of_the_newest_week() -> None:
    monday = given(open_page(lang="en"), "scorecard")["rows"][0]
    assert monday["verdict"] == "Find the cause"

    page = open_page(Place.KPI, lang="en")

    assert page.title[0].value == monday["name"]


def test_a_week_is_drawn_once_a_working_day_of_it_is_over() -> None:
    def newest(day: date) -> Period:
        with showing(sample_context().on(day)):
            return data.kpis.kpi("meetings_held", Grain.WEEK).drawn.points[-1].point.period

    # 16 November 2026 is a Monday
    assert newest(date(2026, 11, 16)).start == date(2026, 11, 9)
    assert newest(date(2026, 11, 17)).start == date(2026, 11, 16)


def test_a_month_that_begins_on_a_sunday_is_not_drawn_before_its_first_monday_is_over() -> None:
    with showing(sample_context().on(date(2026, 11, 2))):
        drawn = data.kpis.kpi("sales_won", Grain.MONTH).drawn

    assert drawn.points[-1].point.period.start == date(2026, 10, 1)


@pytest.mark.usefixtures("sample")
def test_without_any_exception_it_opens_on_the_first_kpi_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data.kpis, "is_exception", lambda _: False)

    assert data.kpis.kpi("none_of_this_name", Grain.WEEK).definition.key == "new_opportunities"


TITLES = {
    Place.KPI: ("Meetings held", "Rendez-vous réalisés", "Rencontres clients réalisées"),
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
        if "Imported files" in element.proto.json and '"rows"' in element.proto.json
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


#: Somebody of each role; the manager and the salesperson are among those who sell.
PEOPLE_OF_ROLES = {
    Role.OWNER: OWNER,
    Role.MANAGER: Visitor(PEOPLE[1], Role.MANAGER, names=frozenset(PEOPLE[1:2])),
    Role.SALESPERSON: Visitor(PEOPLE[0], Role.SALESPERSON, names=frozenset(PEOPLE[:1])),
    Role.VIEWER: Visitor("Hélène Tremblay", Role.VIEWER),
}


@pytest.mark.parametrize(
    ("place", "role"),
    [
        (place, role)
        for role, visitor in PEOPLE_OF_ROLES.items()
        for place in Place
        if allowed(place, visitor)
    ],
)
def test_every_page_has_something_to_show_to_each_role(place: Place, role: Role) -> None:
    with showing(sample_context(), PEOPLE_OF_ROLES[role]):
        page = open_page(place, lang="fr_CA")

    assert page.title[0].value
    assert not page.error
    assert not page.exception


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

    monkeypatch.setattr("dashboard.data.reviews.review", fails)
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


@pytest.mark.parametrize(
    ("due", "said"), [(19, "The action is on the list."), (20, "It is due later than this list")]
)
def test_an_action_that_the_list_leaves_out_says_where_it_is(
    empty: Context, due: int, said: str
) -> None:
    add_person(empty, Details("Luc"))
    page = open_page(lang="en", week="2026-W46")
    new = NewAction("Call", "Luc", date(2026, 11, due), None)

    told = say_after(page, lambda: action_gestures.add_action("en", new, date(2026, 11, 20)))

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


@pytest.mark.usefixtures("sample")
def test_an_address_that_names_no_kpi_says_so_and_offers_those_there_are() -> None:
    page = open_page(Place.KPI, lang="en", kpi="xxx")

    assert not page.exception
    assert "There is no such KPI here" in texts(page)
    (offered,) = page.selectbox
    assert offered.value is None
    page = offered.set_value("win_rate").run()
    assert page.selectbox(key="kpi_shown").value == "win_rate"


def test_a_kpi_that_somebody_may_not_see_is_not_replaced_by_another() -> None:
    with showing(sample_context(), Visitor("Marc", Role.SALESPERSON, names=frozenset({"Marc"}))):
        page = open_page(Place.KPI, lang="en", kpi="gross_margin_rate")

        assert page.title[0].value == "KPIs"
        assert "not among those you may see" in texts(page)
        assert "Gross margin" not in "".join(page.selectbox(key="kpi_instead").options)


def test_a_number_typed_for_the_week_that_begins_today_is_listed(empty: Context) -> None:
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(empty, visits)
    # Monday, 16 November 2026, is today
    add_entry(empty, EntryRow("visits", date(2026, 11, 16), value=12, grain=Grain.WEEK))

    (row,) = given(open_page(Place.ENTRIES, lang="en"), "table")["rows"]

    assert row[0].startswith("W47")
    assert row[2] == "12"


def test_numbers_typed_for_the_company_are_not_split_by_person(empty: Context) -> None:
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(empty, visits)
    add_entry(empty, EntryRow("visits", date(2026, 11, 9), value=12, grain=Grain.WEEK))

    page = open_page(Place.KPI, lang="en", kpi="visits")

    assert "W46 (Nov 9\u2009–\u200915, 2026): 12." in texts(page)
    assert "Nobody named" not in "".join(one.proto.json for one in page.get("bidi_component"))


@pytest.mark.usefixtures("empty")
def test_a_target_holds_through_the_last_day_that_the_form_names(empty: Context) -> None:
    page = open_page(Place.TARGETS, lang="fr_CA")
    page.selectbox(key="target_kpi").set_value("win_rate").run()
    page.text_input(key="target_value").set_value("30 %")
    page.date_input(key="target_from").set_value(date(2026, 10, 1))
    page.date_input(key="target_to").set_value(date(2026, 12, 31))
    page.text_input(key="target_reason").set_value("Le plan d’automne")
    page = next(one for one in page.button if one.label == "Fixer la cible").click().run()

    (target,) = list_targets(empty)
    assert target.valid_to == date(2027, 1, 1)  # kept as the day after, as --to names it
    (shown,) = given(page, "table")["rows"]
    assert shown[4:7] == ["1er oct. 2026", "31 déc. 2026", "en vigueur"]


def test_a_target_for_a_segment_is_set_and_shown_as_one(tmp_path: Path) -> None:
    with open_context(sample_workspace(tmp_path)) as opened, showing(opened.on(TODAY)) as context:
        page = open_page(Place.TARGETS, lang="fr_CA")
        page.selectbox(key="target_kpi").set_value("win_rate").run()
        page.text_input(key="target_value").set_value("25 %")
        whom = page.selectbox(key="target_owner")
        whom.select_index(whom.options.index("Institutionnel (segment)"))
        page = next(one for one in page.button if one.label == "Fixer la cible").click().run()

        newest = max(list_targets(context), key=lambda target: target.target_id)
        assert (newest.whose, newest.value) == (("segment", "Institutionnel"), 0.25)
        assert "Institutionnel (segment)" in [row[1] for row in given(page, "table")["rows"]]


def test_a_target_begins_with_the_running_week_and_leaves_finished_ones_alone(
    empty: Context,
) -> None:
    # 16 November 2026 is a Monday; the form once began on the first of the month
    page = open_page(Place.TARGETS, lang="en")
    page.selectbox(key="target_kpi").set_value("win_rate").run()
    page.text_input(key="target_value").set_value("30%")
    page = next(one for one in page.button if one.label == "Set the target").click().run()

    (target,) = list_targets(empty)
    assert target.valid_from == date(2026, 11, 16)
    assert page.toast[0].value == "The target is set."


def test_changing_finished_weeks_takes_a_reason_and_says_which_they_are(empty: Context) -> None:
    page = open_page(Place.TARGETS, lang="en")
    page.selectbox(key="target_kpi").set_value("win_rate").run()
    page.text_input(key="target_value").set_value("30%")
    page.date_input(key="target_from").set_value(date(2026, 11, 2))
    page = next(one for one in page.button if one.label == "Set the target").click().run()

    changes = "It changes the target of 2 finished weeks, from Nov 2, 2026 to Nov 15, 2026."
    assert changes in page.error[0].value
    assert "begin on Nov 16, 2026" in page.error[0].value
    assert list_targets(empty) == ()

    page.text_input(key="target_reason").set_value("Agreed at the kick-off")
    page = next(one for one in page.button if one.label == "Set the target").click().run()

    assert len(list_targets(empty)) == 1
    assert page.toast[0].value.endswith(changes)


@pytest.mark.usefixtures("empty")
def test_what_a_form_refuses_is_said_at_the_form_and_not_at_the_top_of_the_page() -> None:
    page = open_page(Place.TARGETS, lang="en")
    page.selectbox(key="target_kpi").set_value("win_rate").run()
    page.text_input(key="target_value").set_value("abc")
    page = next(one for one in page.button if one.label == "Set the target").click().run()

    kinds = [element.type for element in page.main]
    assert kinds[kinds.index("error") + 1] == "button"  # right above the form's own
    assert kinds.index("error") > kinds.index("text_input")
    assert not page.run().error  # and it is said once


@pytest.mark.usefixtures("empty")
def test_a_target_that_would_end_before_it_begins_is_refused_in_the_words_of_the_form(
    empty: Context,
) -> None:
    page = open_page(Place.TARGETS, lang="en")
    page.selectbox(key="target_kpi").set_value("win_rate").run()
    page.text_input(key="target_value").set_value("30%")
    page.date_input(key="target_from").set_value(date(2026, 10, 2))
    page.date_input(key="target_to").set_value(date(2026, 10, 1))
    page = next(one for one in page.button if one.label == "Set the target").click().run()

    assert list_targets(empty) == ()
    assert "Its last day may be its first one" in page.error[0].value


def test_a_mistyped_responsible_is_asked_about_and_added_only_by_a_second_click(
    tmp_path: Path,
) -> None:
    with open_context(sample_workspace(tmp_path)) as opened, showing(opened.on(TODAY)) as context:
        before = {person.name for person in list_people(context)}
        page = open_page(Place.ACTIONS, lang="en")
        new = NewAction("Call the mill", "Zoé Cote-Roy", date(2026, 11, 20), None)

        told = say_after(page, lambda: action_gestures.add_action("en", new))

        assert "Nobody is called 'Zoé Cote-Roy'. Did you mean 'Zoé Côté'?" in told
        assert "Call the mill" not in {action.title for action in list_actions(context)}
        page = page.button(key="all_actions_adopt").click().run()
        assert not page.error
        (added,) = (one for one in list_actions(context) if one.title == "Call the mill")
        assert added.owner == "Zoé Cote-Roy"
        assert {person.name for person in list_people(context)} - before == {"Zoé Cote-Roy"}
        with pytest.raises(KeyError):
            page.button(key="all_actions_adopt")


def test_whoever_is_no_longer_logged_in_is_told_so_in_their_language() -> None:
    here = [OWNER]
    session.use(sample_context(), lambda: here[0] if here else None)
    try:
        page = open_page(lang="fr_CA")
        here.clear()
        page = page.run()
    finally:
        session.leave()

    (said,) = (error.value for error in page.error)
    assert "Vous n’êtes plus connecté" in said
