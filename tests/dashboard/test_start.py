"""A company that begins is led from its name to its first meeting, and may leave in between."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import company, data
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from pipelines import ingest
from pipelines.context import Context
from pipelines.kpis.choice import choose, chosen
from pipelines.kpis.definition import Unit
from pipelines.kpis.targets import list_targets
from pipelines.people.register import list_people
from pipelines.sample import generate
from pipelines.settings import FirstStep
from tests.builders.pages import empty_company, open_page, showing, texts

TODAY = date(2026, 11, 16)
SALESPERSON = Visitor("Luc Gagnon", Role.SALESPERSON, names=frozenset({"Luc Gagnon"}))
VIEWER = Visitor("Hélène Tremblay", Role.VIEWER)


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path, TODAY) as context:
        yield context


def press(page: AppTest, ending: str) -> AppTest:
    """Press the button whose key ends like this, and expect no refusal."""
    (found,) = (one for one in page.button if one.key and one.key.endswith(ending))
    page = found.click().run()
    assert not page.error, page.error[0].value
    assert not page.exception
    return page


def take_in_the_sample(context: Context) -> None:
    """Take in what a CRM exports, as the form on the page does in the background."""
    for file in generate(TODAY):
        if file.exported_on == TODAY:
            path = context.workspace.staging / file.name
            path.write_bytes(file.content)
            ingest.import_file(context, path, ingest.ImportRequest(file.source, file.entity))


def states(page: AppTest) -> list[str]:
    """Return how far every step is, as the page says it."""
    steps = [one.label for one in page.button if one.key and one.key.startswith("step_")]
    return [label.strip("*").partition(" · ")[2] for label in steps if " · " in label]


@pytest.mark.parametrize(
    ("language", "title", "words", "over"),
    [
        ("en", "First steps", ("done", "next", "to do"), "Everything is ready."),
        ("fr", "Premiers pas", ("fait", "à suivre", "à faire"), "Tout est prêt."),
        ("fr_CA", "Premiers pas", ("fait", "à suivre", "à faire"), "Tout est prêt."),
    ],
)
def test_a_new_company_goes_the_whole_way(
    begun: Context, language: str, title: str, words: tuple[str, str, str], over: str
) -> None:
    done, upcoming, to_do = words
    page = open_page(lang=language)
    assert page.title[0].value == title
    assert states(page) == [upcoming, *[to_do] * 6]

    page = press(page, "_save_company")
    assert states(page) == [done, upcoming, *[to_do] * 5]

    page.text_area(key="start_people").set_value("Zoé Côté\n\n  Luc Gagnon \nZoé Côté")
    page = _submit(page, "start_people_form")
    assert {person.name for person in list_people(begun)} == {"Zoé Côté", "Luc Gagnon"}

    assert page.get("file_uploader")
    take_in_the_sample(begun)
    page = page.run()
    assert states(page)[:5] == [done, done, done, done, upcoming]

    page = _submit(page, "choice")
    assert len(chosen(begun)) == 7
    assert states(page)[4] == upcoming  # nobody answers for them yet
    for choice in chosen(begun):
        page.selectbox(key=f"responsible_{choice.key}").set_value("Zoé Côté")
    page = _submit(page, "choice")
    assert states(page)[4] == done

    while missing := data.kpis.without_target():
        page.text_input(key="target_value").set_value(
            "30%" if missing[0].unit is Unit.PERCENT else "25"
        )
        page = _submit(page, "target")
        assert len(data.kpis.without_target()) == len(missing) - 1
    assert len(list_targets(begun)) == 7

    # Tuesday, November 17 is tomorrow, and nobody is off
    page = press(page, "_save_meeting")
    assert company.settings().meetings.first_on == date(2026, 11, 17)
    assert over in "".join(str(said.value) for said in page.success)
    assert states(page) == [done] * 7
    assert not data.steps.begins()

    # a later choice, for which nobody answers yet, does not lead back to the path
    steered = [choice.key for choice in chosen(begun)]
    choose(begun, [(key, None) for key in steered])
    assert not data.steps.begins()


def _submit(page: AppTest, form: str) -> AppTest:
    (found,) = (
        one for one in page.button if one.key and one.key.startswith(f"FormSubmitter:{form}-")
    )
    page = found.click().run()
    assert not page.error, page.error[0].value
    assert not page.exception
    return page


@pytest.mark.usefixtures("begun")
def test_whoever_leaves_finds_the_path_where_they_left_it() -> None:
    page = press(open_page(lang="en"), "_save_company")
    page = press(page, "step_later")
    assert page.title[0].value.startswith("My week")  # and it stays there: nobody is sent back
    assert page.run().title[0].value.startswith("My week")

    another_day = open_page(lang="en")
    assert another_day.title[0].value == "First steps"
    assert another_day.subheader[0].value == "The people"
    assert states(another_day)[:2] == ["done", "next"]


def test_a_file_alone_checks_neither_the_company_nor_the_people(begun: Context) -> None:
    take_in_the_sample(begun)

    page = open_page(Place.START, lang="en")
    assert states(page)[:4] == ["next", "to do", "done", "done"]

    page = press(page, "step_questions")
    assert "Nothing is open" in page.success[0].value
    page = press(page, "step_people")
    page = _submit(page, "start_people_form")  # the people of the files are all there are
    assert states(page)[:2] == ["next", "done"]


@pytest.mark.usefixtures("begun")
def test_a_step_is_skipped_and_done_after_all() -> None:
    page = press(open_page(Place.START, lang="en"), "step_skip")
    assert states(page)[:2] == ["skipped", "next"]

    page = press(page, "step_company")
    page = press(page, "step_again")
    assert states(page)[0] == "next"
    assert company.settings().first_steps.skipped == ()


@pytest.mark.usefixtures("begun")
def test_a_path_with_everything_done_or_skipped_is_not_in_the_way() -> None:
    for step in FirstStep:
        company.skip(step)

    assert open_page(lang="en").title[0].value.startswith("My week")
    assert not data.steps.begins()


@pytest.mark.usefixtures("begun")
def test_a_link_to_a_week_opens_that_week_whatever_is_left_to_do() -> None:
    assert open_page(lang="en", week="2026-W46").title[0].value == "My week · W46"


@pytest.mark.usefixtures("begun")
def test_names_that_are_none_are_refused_in_words() -> None:
    page = open_page(Place.START, lang="en", step="people")
    (send,) = (one for one in page.button if "start_people_form" in str(one.key))
    page = send.click().run()

    assert page.error[0].value == "Write at least one name."


def test_a_salesperson_is_told_whom_to_ask(begun: Context) -> None:
    with showing(begun, SALESPERSON):
        week = open_page(lang="en")
        assert week.title[0].value.startswith("My week")
        assert "Ask the owner of the company: they can do it." in texts(week)
        assert not [one for one in week.button if str(one.key).startswith("next_")]
        for place in (Place.TARGETS, Place.KPI, Place.REVIEWS):
            assert "Ask the owner of the company" in texts(open_page(place, lang="en")), place


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("place", "leads_to"),
    [
        (Place.WEEK, Place.START),
        (Place.KPI, Place.IMPORTS),
        (Place.TARGETS, Place.CHOICE),
        (Place.CHOICE, Place.IMPORTS),
        (Place.REVIEWS, Place.IMPORTS),
        (Place.JOBS, Place.IMPORTS),
    ],
)
def test_an_empty_page_leads_to_where_something_can_be_done(place: Place, leads_to: Place) -> None:
    page = (
        open_page(place, lang="en", week="2026-W46")
        if place is Place.WEEK
        else open_page(place, lang="en")
    )

    (way,) = (one for one in page.button if str(one.key).startswith("next_"))
    assert way.key == f"next_{leads_to.value}"
    assert press(page, way.key).title[0].value == open_page(leads_to, lang="en").title[0].value


def test_a_viewer_is_led_nowhere(begun: Context) -> None:
    with showing(begun, VIEWER):
        assert open_page(lang="en").title[0].value == "Reviews"
