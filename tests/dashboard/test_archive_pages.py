"""The pages of the archive: a decision's whole life, all decisions, two quarters side by side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.decision_words import standing_word
from dashboard.navigation import Place, listed
from dashboard.rhythm import actions, course
from dashboard.rhythm.meeting.life import Standing
from dashboard.rhythm.meeting.lives import decisions
from dashboard.text import LANGUAGES, Language
from tests.builders.company import OWNER
from tests.builders.office import DECIDED, FRIDAY, Office, open_office
from tests.builders.pages import OWNER as LOUISE
from tests.builders.pages import all_given, empty_company, given, open_page, showing, texts
from tests.builders.sample import sample_context

ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
STRANGER = Visitor("Anne Roy", Role.SALESPERSON, names=frozenset({"Anne Roy"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def number(office: Office) -> str:
    (found,) = decisions(office.context)
    return found.subject


def life_of(office: Office, visitor: Visitor = OWNER, language: str = "en") -> AppTest:
    session.use(office.context, lambda: visitor)
    return open_page(Place.DECISION, decision=number(office), lang=language)


def steps(page: AppTest) -> list[str]:
    return [step["name"] for step in given(page, "life")["steps"]]


def test_a_decision_is_told_in_steps_with_the_way_to_its_meeting(office: Office) -> None:
    page = life_of(office)

    assert not page.exception
    assert page.title[0].value == DECIDED
    raised, worked, decided, done, effect = given(page, "life")["steps"]
    assert (raised["name"], raised["said"]) == ("Raised", ["Soumissions tardives"])
    assert raised["more"] == "raised by Louise Gagnon"
    assert [fact["label"] for fact in worked["facts"]] == [
        "Facts",
        "Tried already",
        "The real problem",
    ]
    assert decided["said"] == ["Luc Paré, by Nov 20, 2026"]
    assert f"minutes?meeting={office.meeting}" in decided["href"]
    assert (done["name"], done["said"]) == ("To be carried out", ["Not done yet."])
    assert effect["said"] == ["Its effect cannot be judged: no KPI is linked to it."]


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("fr", "Soulevée et décidée le même jour. Pas encore faite."),
        ("fr_CA", "Soulevée et décidée le même jour. Pas encore faite."),
        ("en", "Raised and decided on the same day. Not done yet."),
    ],
)
def test_it_is_said_in_one_sentence(office: Office, language: str, lead: str) -> None:
    assert given(life_of(office, language=language), "life")["lead"] == lead


def test_moves_and_comments_are_told_between_decided_and_done(office: Office) -> None:
    (found,) = decisions(office.context)
    (action,) = [one for one in actions.list_actions(office.context) if one.title == DECIDED]
    there = office.context
    actions.move(there, action.action_id, 1, FRIDAY.replace(day=27), "Salon *à Québec*")
    course.comment(there, action.action_id, "Prix reçus")
    actions.complete(there.on(FRIDAY), action.action_id, 2)
    assert found.subject == str(action.decision_id)

    page = life_of(office)

    assert steps(page)[3:6] == ["On the way", "Said about it", "Carried out"]
    moved = given(page, "life")["steps"][3]
    assert moved["said"] == ["Moved from Nov 20, 2026 to Nov 27, 2026: Salon *à Québec*"]
    done = given(page, "life")["steps"][5]
    assert done["more"] == "Luc Paré · due Nov 27, 2026, at first Nov 20, 2026"


def test_who_takes_part_reads_it_and_who_was_not_invited_does_not(office: Office) -> None:
    (action,) = [one for one in actions.list_actions(office.context) if one.title == DECIDED]
    course.comment(office.context, action.action_id, "Luc hésite")

    theirs = life_of(office, ZOE)
    assert "Said about it" not in steps(theirs)  # what was said about Luc's action is Luc's
    assert page_says_no_life(life_of(office, STRANGER))


def page_says_no_life(page: AppTest) -> bool:
    return not page.exception and DECIDED not in texts(page) and bool(page.error)


def test_an_adviser_reads_closed_meetings_and_no_comment(office: Office) -> None:
    (action,) = [one for one in actions.list_actions(office.context) if one.title == DECIDED]
    course.comment(office.context, action.action_id, "Luc hésite")

    page = life_of(office, ADVISER)

    assert page.title[0].value == DECIDED
    assert "Said about it" not in steps(page)
    links = given(page, "life")["links"]
    assert [link["name"] for link in links] == ["All decisions"]  # no page of running figures


def test_a_number_that_is_no_decision_leads_to_the_list_or_says_so(office: Office) -> None:
    session.use(office.context, lambda: OWNER)

    assert open_page(Place.DECISION, decision="x", lang="en").title[0].value == "Decisions"
    assert open_page(Place.DECISION, decision="999").error


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_decisions_stand_under_their_meetings(office: Office, language: Language) -> None:
    session.use(office.context, lambda: OWNER)

    page = open_page(Place.DECISION, lang=language)

    (meeting,) = given(page, "shelf")["meetings"]
    (line,) = meeting["lines"]
    assert line["text"] == [[DECIDED, False]]
    assert line["kind"] == standing_word(Standing.OPEN, language)
    assert f"decision={number(office)}" in line["href"]


def test_minutes_lead_to_the_life_of_what_they_decided(office: Office) -> None:
    session.use(office.context, lambda: OWNER)

    page = open_page(Place.MINUTES, meeting=str(office.meeting))

    shown = given(page, "sheet")
    cell = shown["parts"][0]["blocks"][0]["rows"][0][0]
    assert cell["text"] == DECIDED
    assert f"decision={number(office)}" in shown["addresses"][cell["subject"]]


def test_what_is_found_in_the_archive_leads_there_too(office: Office) -> None:
    session.use(office.context, lambda: OWNER)

    page = open_page(Place.MINUTES, about="prix lundi", lang="en")

    lines = [line for one in given(page, "shelf")["meetings"] for line in one["lines"]]
    leading = [line["href"] for line in lines if line["kind"] == "Decision"]
    assert len(leading) == 1
    assert f"decision={number(office)}" in leading[0]


def test_before_the_first_decision_the_page_says_what_will_be_here(tmp_path: Path) -> None:
    with empty_company(tmp_path):
        page = open_page(Place.DECISION, lang="fr")

    assert not page.exception
    assert "dès qu’elle est close" in texts(page)


def test_two_quarters_stand_side_by_side() -> None:
    with showing(sample_context()):
        page = open_page(Place.COMPARISON, lang="en")

        assert not page.exception
        assert [box.value and box.value.start.isoformat() for box in page.selectbox[-2:]] == [
            "2026-07-01",
            "2026-04-01",
        ]
        parts = [part["heading"] for part in given(page, "sheet")["parts"]]
        assert parts == ["Results", "Activity", "Rhythm"]


def test_any_two_quarters_can_be_asked_for_by_the_address() -> None:
    with showing(sample_context()):
        page = open_page(Place.COMPARISON, first="2026-Q1", second="2025-Q3", lang="en")
        columns = given(page, "sheet")["parts"][0]["blocks"][0]["columns"]
        assert [one["label"] for one in columns[1:3]] == ["Q3 2025", "Q1 2026"]

        # a quarter that still runs cannot be compared: the newest finished ones are
        running = open_page(Place.COMPARISON, first="2026-Q4", second="<script>", lang="en")
        columns = given(running, "sheet")["parts"][0]["blocks"][0]["columns"]
        assert [one["label"] for one in columns[1:3]] == ["Q2 2026", "Q3 2026"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_two_quarters_the_page_says_when_there_will_be(
    tmp_path: Path, language: Language
) -> None:
    with empty_company(tmp_path):
        page = open_page(Place.COMPARISON, lang=language)

    assert not page.exception
    assert texts(page)


def test_a_salesperson_compares_without_margins() -> None:
    with showing(sample_context(), ZOE):
        page = open_page(Place.COMPARISON, lang="en")

        said = str(given(page, "sheet"))
        assert "Win rate" in said
        assert "margin" not in said.casefold()


def test_the_archive_is_reached_from_its_pages_and_does_not_crowd_the_menu() -> None:
    places = [link.place for links in listed("en", LOUISE).values() for link in links]

    assert Place.DECISION not in places
    assert Place.COMPARISON not in places
    with showing(sample_context()):
        reviews = open_page(Place.REVIEWS, lang="en")
        leads = [
            link["name"]
            for shown in all_given(reviews, "files")
            for line in shown["lines"]
            for link in line["links"]
        ]
    assert leads[-3:] == ["Quarter against quarter", "Decisions", "Meeting minutes"]
