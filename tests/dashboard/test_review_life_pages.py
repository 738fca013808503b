"""The pages on which the life of what reviews decided is read, and the ways that lead there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import data, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components import review_life_words as words
from dashboard.components.decision_words import Step
from dashboard.exports import TABLES, Said
from dashboard.navigation import Place
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.meeting.life import At, Decided
from dashboard.rhythm.meeting.model import BlockerStatus, Kind
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.review_lives.model import Handed
from dashboard.text import LANGUAGES, Language
from pipelines.context import Context
from tests.builders.pages import given, open_page, showing, texts
from tests.builders.quarters import aimed, quarter_company, review_meeting
from tests.builders.quarters import decided as decided_on
from tests.builders.sample import sample_context

ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
STRANGER = Visitor("Anne Roy", Role.SALESPERSON, names=frozenset({"Anne Roy"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)
MARGIN = "gross_margin_rate"


@pytest.fixture
def sample() -> Iterator[Context]:
    with showing(sample_context()) as context:
        yield context


def decided(start: str, end: str = "") -> Decided:
    """Return the newest decision whose life is at such an address."""
    known = data.decisions.decisions()
    return next(one for one in known if one.subject.startswith(start) and one.subject.endswith(end))


def steps(subject: str, language: Language = "en") -> list[dict[str, Any]]:
    page = open_page(Place.DECISION, decision=subject, lang=language)
    assert not page.exception
    found: list[dict[str, Any]] = given(page, "life")["steps"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "start", ["gap ", "verdict ", "verdict 5 experiment", "verdict 5 action", "verdict 5 ritual"]
)
@pytest.mark.usefixtures("sample")
def test_the_life_of_every_kind_opens_in_every_language(start: str, language: Language) -> None:
    one = decided(start)

    found = steps(one.subject, language)

    assert len(found) >= 3
    assert any(f"meeting={one.at.meeting_id}" in step["href"] for step in found)


@pytest.mark.usefixtures("sample")
def test_an_action_of_a_gap_review_and_the_verdict_that_gave_it_up_lead_to_each_other() -> None:
    verdict = decided("verdict", " action 13")
    gap = next(one for one in data.decisions.decisions() if one.action_id == 13)

    there = steps(gap.subject)
    (again,) = [step for step in there if step["name"] == "Decided again"][:1]
    back = steps(verdict.subject)[0]

    assert "verdict" in again["href"]
    assert again["said"][0].startswith("Drop it: ")
    assert (back["name"], "gap" in back["href"]) == ("Goes back to", True)
    assert ["Its effect cannot be judged: it was given up."] in [step["said"] for step in there]


def test_the_blocker_that_a_gap_was_made_leads_to_what_was_decided_about_it(
    sample: Context,
) -> None:
    _, number, kpi = decided("gap ").subject.split(" ", 2)
    life = data.decisions.review_decision("gap", int(number), kpi)
    weekly = At(7, Kind.WEEKLY, date(2026, 8, 25), readable=True)
    worked = Handed(life.name.fr, BlockerStatus.WORKED, weekly, None, ((12, "Visit both"),))
    parked = Handed("Too slow", BlockerStatus.PARKED, weekly, date(2026, 9, 1), ())
    waiting = Handed("Too slow", BlockerStatus.OPEN, None, None, ())

    def step(one: Handed) -> Step:
        (found,) = [
            step
            for step in words.steps(
                replace(life, handed=(one,)), {}, sample.calendar, "America/Toronto", "en"
            )
            if step.name == "The blocker made of it"
        ]
        return found

    assert (step(worked).said, step(worked).more, step(worked).at) == ("Visit both", "", weekly)
    assert step(worked).href == "./decision?decision=12&lang=en"
    assert step(parked).said == "It is on hold until Sep 1, 2026."
    assert (step(parked).more, step(parked).href) == ("Too slow", "")
    assert (step(waiting).said, step(waiting).tone) == ("No meeting has worked it yet.", "work")


@pytest.mark.usefixtures("sample")
def test_closed_reviews_and_their_minutes_lead_to_the_life_of_what_they_decided() -> None:
    for kind in ("gap", "verdict"):
        one = decided(kind)
        for place in (Place.REVIEWS, Place.MINUTES):
            page = open_page(place, meeting=str(one.at.meeting_id), lang="en")
            sheet = given(page, "sheet")
            _, _, thing = one.subject.split(" ", 2)
            assert f"{kind} {thing}" in sheet["addresses"], place
            assert f'"subject": "{kind} {thing}"' in str(sheet).replace("'", '"')


@pytest.mark.usefixtures("sample")
def test_all_kinds_of_decisions_stand_in_one_list_and_in_one_table() -> None:
    page = open_page(Place.DECISION, lang="en")
    lines = [line for one in given(page, "shelf")["meetings"] for line in one["lines"]]
    leads = " ".join(line["href"] for line in lines)
    assert "decision=gap+" in leads
    assert "decision=verdict+" in leads

    table = TABLES["decisions"].spreadsheet(Said("en", {}))
    labels = [one.label for one in table.columns]
    answers = {row[labels.index("Answer")] for row in table.rows}
    assert {"Accept the gap", "Act", "Keep it", "Change it", "Drop it"} <= answers
    assert len(table.rows) == len(lines)


def listed(start: str) -> str:
    """Return the newest line of the list of decisions that begins so."""
    page = open_page(Place.DECISION, lang="en")
    lines = [line for one in given(page, "shelf")["meetings"] for line in one["lines"]]
    said: list[str] = [line["text"][0][0] for line in lines]
    return next(one for one in said if one.startswith(start))


@pytest.mark.usefixtures("sample")
def test_the_list_says_to_what_a_target_was_adjusted() -> None:
    # "Nobody believed in twenty-four meetings a week. Twenty-two is two more than today."
    said = listed("Meetings held: 22 per week · Vingt-quatre rendez-vous par semaine, personne")
    assert said.endswith("aujourd’hui.")
    table = TABLES["decisions"].spreadsheet(Said("en", {}))
    column = [one.label for one in table.columns].index("New target")
    assert {row[column] for row in table.rows} == {"22 per week", None}


def test_the_list_separates_the_reason_of_a_verdict_from_what_changes() -> None:
    context = aimed(quarter_company())
    number = review_meeting(context)
    decided_on(context, number, "kpi deals_won", Way.CHANGE, "Too easy", "Twelve a week")
    decided_on(context, number, "kpi meetings_held", Way.CHANGE, "Too slow!", "Count money")
    closing.close(context, number)

    with showing(context):
        assert listed("Deals won") == "Deals won: Too easy. Twelve a week"
        assert listed("Meetings held") == "Meetings held: Too slow! Count money"
    context.close()


@pytest.mark.usefixtures("sample")
def test_what_reviews_decided_is_found_in_the_archive() -> None:
    words = "ne fait pas une tendance"

    (found,) = data.decisions.found(words)

    assert found.decision == f"gap {found.meeting_id} {MARGIN}"
    page = open_page(Place.MINUTES, about=words, lang="en")
    (line,) = [line for one in given(page, "shelf")["meetings"] for line in one["lines"]]
    assert "decision=gap+" in line["href"]


@pytest.mark.usefixtures("sample")
def test_an_action_knows_the_decision_of_a_review_that_it_carries_out() -> None:
    gap = next(one for one in data.decisions.decisions() if one.action_id == 13)

    assert data.decisions.of_action(13) == gap.subject
    assert data.decisions.of_action(999) is None


def test_a_salesperson_reads_no_margin_and_no_verdict_on_a_colleagues_work(
    sample: Context,
) -> None:
    hidden = [decided("gap", MARGIN), decided("verdict", MARGIN), decided("verdict", "action 13")]
    session.use(sample, lambda: ZOE)

    known = {one.subject for one in data.decisions.decisions()}
    assert any(subject.startswith("verdict") for subject in known)
    assert data.decisions.found("ne fait pas une tendance") == ()
    for one in hidden:
        assert one.subject not in known
        page = open_page(Place.DECISION, decision=one.subject, lang="en")
        assert [error.value for error in page.error] == ["There is no such decision."]
        assert one.text not in texts(page)


@pytest.mark.parametrize("visitor", [ZOE, ADVISER], ids=["salesperson", "adviser"])
def test_no_life_that_is_read_without_margins_tells_one(sample: Context, visitor: Visitor) -> None:
    session.use(sample, lambda: visitor)
    known = {kpi.key: kpi for kpi in data.kpis.definitions()}
    of_reviews = [one.subject for one in data.decisions.decisions() if " " in one.subject]

    for subject in of_reviews:
        kind, number, thing = subject.split(" ", 2)
        life = data.decisions.review_decision(kind, int(number), thing)
        told = [*words.steps(life, known, sample.calendar, "America/Toronto", "en")]
        assert "margin" not in f"{told}".casefold(), subject


def test_an_adviser_reads_closed_reviews_and_a_stranger_none(sample: Context) -> None:
    subject = decided("gap", "sales_won").subject
    session.use(sample, lambda: ADVISER)
    page = open_page(Place.DECISION, decision=subject, lang="en")
    links = [link["name"] for link in given(page, "life")["links"]]
    assert links == ["The review", "All decisions"]

    session.use(sample, lambda: STRANGER)
    page = open_page(Place.DECISION, decision=subject, lang="en")
    assert [error.value for error in page.error] == ["There is no such decision."]


@pytest.mark.parametrize(
    "subject", ["gap 999 sales_won", "verdict 1 kpi sales_won", "gap 5 sales_won", "verdict 5 <b>"]
)
@pytest.mark.usefixtures("sample")
def test_an_address_of_no_decision_says_so(subject: str) -> None:
    page = open_page(Place.DECISION, decision=subject, lang="en")

    assert [error.value for error in page.error] == ["There is no such decision."]


@pytest.mark.parametrize("subject", ["gap x sales_won", "gap 1", "verdict", "gap 1234567890 x"])
@pytest.mark.usefixtures("sample")
def test_an_address_that_means_nothing_leads_to_the_list(subject: str) -> None:
    page = open_page(Place.DECISION, decision=subject, lang="en")

    assert page.title[0].value == "Decisions"
