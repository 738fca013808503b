import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.commitments import NewAction
from dashboard.gestures import actions, pipeline
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.meeting import blockers, preparing, reading
from dashboard.text import LANGUAGES, render
from pipelines.context import Context
from tests.builders.pages import empty_company, given, open_page, showing, texts
from tests.builders.pipeline import followed, put_off_and_won, seen
from tests.builders.warehouse import imported, meeting, warehouse_with

MONDAY = date(2026, 11, 16)
ZOE = Visitor("Zoé", Role.SALESPERSON, names=frozenset({"Zoé"}))
MARKUP = "<img src=x onerror=alert(1)> ![x](http://x.example/y.png) $x$ :red[y]"


@pytest.fixture
def company() -> Iterator[Context]:
    context = warehouse_with(
        *put_off_and_won(),
        *followed(
            "Doors", seen("2026-10-12", 30_000, "open"), owner="Zoé", created_on="2026-09-01"
        ),
        meeting("2026-11-20", "planned", deal="elsewhere"),
        today=MONDAY,
        currency="CAD",
    )
    with showing(context):
        yield context
    context.close()


def shown(page: AppTest, component: str) -> list[dict[str, Any]]:
    assert not page.exception
    cards: list[dict[str, Any]] = given(page, component)["cards"]
    return cards


def tables(page: AppTest) -> dict[str, Any]:
    found = [
        json.loads(one.proto.json)[0]
        for one in page.get("bidi_component")
        if str(one.proto.component_name).endswith("table")
    ]
    return {one["title"]: one for one in found}


@pytest.mark.usefixtures("company")
def test_the_page_says_first_what_became_of_the_pipeline_and_what_to_ask() -> None:
    page = open_page(Place.PIPELINE, lang="en")

    assert (
        "**From Oct 12, 2026 to Nov 16, 2026, the open pipeline went from \\$115K (3 deals)"
        " to \\$110K (2 deals): −\\$5K.**"
    ) in texts(page)
    first, second = shown(page, "cards")
    assert first["eyebrow"] == "$80K · Marc · Quoted"
    assert first["title"] == (
        "What has to happen for “Hall” to sign before Dec 14, 2026, and why this time?"
    )
    assert [one["name"] for one in first["buttons"]] == ["Add an action", "Make it a blocker"]
    assert second["title"] == "What is the next step for “Doors”, on which day, and by whom?"


@pytest.mark.usefixtures("company")
def test_a_bar_opens_its_deals() -> None:
    page = open_page(Place.PIPELINE, lang="en", change="won")

    won = tables(page)["Won"]
    assert won["caption"] == "Won · 1 deal"
    assert won["rows"][0][:2] == ["Desk", "Zoé"]
    assert "−$5K" in won["rows"][0]


@pytest.mark.usefixtures("company")
def test_an_address_that_makes_no_sense_shows_the_page_as_it_is_by_itself() -> None:
    address = {"since": "tomorrow", "change": "magic", "person": "Nobody"}

    assert texts(open_page(Place.PIPELINE, lang="en", **address)) == texts(
        open_page(Place.PIPELINE, lang="en")
    )
    assert not open_page(Place.PIPELINE, lang="en", since="2030-01-01").exception


@pytest.mark.usefixtures("company")
def test_another_day_can_be_compared_with() -> None:
    page = open_page(Place.PIPELINE, lang="en", since="2026-10-01")

    assert "From Oct 1, 2026 to Nov 16, 2026" in texts(page)
    assert "No export tells how things stood on Oct 1, 2026" in texts(page)


@pytest.mark.usefixtures("company")
def test_one_persons_deals_can_be_looked_at_alone() -> None:
    page = open_page(Place.PIPELINE, lang="en", person="Zoé")

    assert "(2 deals) to \\$30K (1 deal)" in texts(page)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_in_every_language_with_and_without_data(
    tmp_path: Path, language: str
) -> None:
    assert not open_page(Place.PIPELINE, lang=language).exception
    with empty_company(tmp_path):
        page = open_page(Place.PIPELINE, lang=language)
        assert not page.exception
        assert len(page.button) == 1  # the way on


def test_what_files_say_is_never_markup() -> None:
    deal = followed(MARKUP, seen("2026-10-12", 10), account=MARKUP, created_on="2026-09-01")
    context = warehouse_with(
        imported("deals", "2026-10-12"),
        *deal,
        meeting("2026-11-20", "planned", deal="elsewhere"),
        today=MONDAY,
    )
    with context, showing(context):
        page = open_page(Place.PIPELINE, lang="en")

    assert not page.exception
    assert "<img" not in texts(page)


def test_a_question_becomes_a_blocker_of_the_next_meeting_once(company: Context) -> None:
    preparing.plan_meeting(company, invited=["Marc", "Zoé"])
    question = data.pipeline.review(None, None).questions[0]
    kept: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", kept)
        pipeline.make_blocker("en", question)
        assert "It is a blocker of the meeting of" in kept["done"]
        pipeline.make_blocker("en", question)
        assert "on the list of the meeting of" in kept["done"]

    found = reading.current_meeting(company)
    assert found is not None
    assert [one.title for one in found.blockers] == ["Hall: put off again"]


def test_a_question_says_what_is_being_done_and_offers_what_nobody_has_done_yet(
    company: Context,
) -> None:
    def hall() -> dict[str, Any]:
        page = open_page(Place.PIPELINE, lang="en")
        return shown(page, "cards")[0]

    def offered() -> list[str]:
        return [one["name"] for one in hall()["buttons"]]

    number = preparing.plan_meeting(company, invited=["Marc", "Zoé"]).meeting_id
    late = add_action(company, "Call the customer", "Marc", date(2026, 11, 12), deal="hubspot Hall")

    assert hall()["rows"] == [
        {
            "label": "Action",
            "text": "Marc: Call the customer, late since Nov 12",
            "href": "./actions?person=Marc&status=open&lang=en",
        }
    ]
    assert offered() == ["Make it a blocker", "Add another action"]

    blockers.make_blocker(company, number, title="Hall: stuck", deal="hubspot Hall")
    complete(company, late.action_id, late.version)

    assert hall()["rows"] == [
        {
            "label": "Blocker",
            "text": "Hall: stuck, for the meeting of Nov 17",
            "href": "./meeting?lang=en",
        }
    ]
    assert offered() == ["Add an action"]


def test_the_lists_say_what_is_being_done_as_well(company: Context) -> None:
    def under_way() -> Any:
        table = tables(open_page(Place.PIPELINE, lang="en"))["Without a next step in the CRM"]
        rows = [
            dict(zip([one["label"] for one in table["columns"]], row, strict=True))
            for row in table["rows"]
        ]
        (doors,) = [row for row in rows if row["Deal"] == "Doors"]
        return doors.get("Under way")

    assert under_way() is None
    add_action(company, "See what doors they want", "Zoé", date(2026, 11, 24))
    href = "./actions?person=Zo%C3%A9&status=open&lang=en"
    assert under_way() == [{"text": "perhaps Zoé, by Nov 24", "href": href}]
    add_action(company, "Call", "Zoé", date(2026, 11, 24), deal="hubspot Doors")
    assert under_way() == [
        {"text": "Zoé, by Nov 24", "href": href},
        {"text": "perhaps Zoé, by Nov 24", "href": href},
    ]


def test_a_salesperson_reads_of_their_deal_what_they_do_themselves(company: Context) -> None:
    add_action(company, "Look after it", "Marc", date(2026, 11, 24), deal="hubspot Doors")
    add_action(company, "Call", "Zoé", date(2026, 11, 24), deal="hubspot Doors")
    with showing(company, ZOE):
        (card,) = shown(open_page(Place.PIPELINE, lang="en"), "cards")

    assert [one["text"] for one in card["rows"]] == ["Zoé: Call, by Nov 24"]


def test_a_manager_has_the_next_meeting_prepared_by_the_first_blocker(company: Context) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", {})
        pipeline.make_blocker("en", data.pipeline.review(None, None).questions[0])

    found = reading.current_meeting(company)
    assert found is not None
    assert len(found.blockers) == 1


def test_a_salesperson_without_a_meeting_is_told_whom_to_ask(company: Context) -> None:
    kept: dict[str, Any] = {}
    with showing(company, ZOE), pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", kept)
        pipeline.make_blocker("en", data.pipeline.review(None, None).questions[0])

    _, (problem,) = kept["refusals"]
    assert render(problem, "en") == (
        "No weekly meeting is prepared yet. Ask whoever leads it to prepare the next one."
    )


@pytest.mark.usefixtures("company")
def test_the_action_of_a_question_is_written_with_its_owner_and_day() -> None:
    title = render(data.pipeline.review(None, None).questions[0].title, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", {})
        assert actions.add_action("en", NewAction(title, "Zoé", date(2026, 11, 20), None))

    assert [one.title for one in data.commitments.actions()] == [title]


def test_the_form_of_a_questions_action_says_which_deal_it_is_about(company: Context) -> None:
    def form() -> None:
        import streamlit as st  # noqa: PLC0415 - the script runs on its own

        from dashboard import data  # noqa: PLC0415 - as above
        from dashboard.components.pipeline_questions import action_form  # noqa: PLC0415 - as above

        def add(new: object) -> bool:
            st.session_state["sent"] = new
            return True

        question = data.pipeline.review(None, None).questions[0]
        action_form(question, data.commitments.around(), "en", add=add)

    with showing(company):
        page = AppTest.from_function(form).run()
        page.button[0].click().run()

    assert not page.exception
    assert page.session_state["sent"].deal == "hubspot Hall"


def test_a_salesperson_sees_the_sums_and_only_their_own_deals(company: Context) -> None:
    with showing(company, ZOE):
        page = open_page(Place.PIPELINE, lang="en", change="slipped")

    assert "to \\$110K (2 deals)" in texts(page)
    (card,) = shown(page, "cards")
    assert card["title"] == "What is the next step for “Doors”, on which day, and by whom?"
    assert tables(page)["Put off"]["rows"] == []
