from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.cards import Pressed
from dashboard.gestures import improve
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action
from dashboard.rhythm.improve.experiment import Outcome, Plan
from dashboard.rhythm.improve.experiments import end_experiment, list_experiments, start_experiment
from dashboard.rhythm.improve.practices import add_practice, list_practices
from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.model import Draft, Terms, Trigger
from dashboard.rhythm.pact.pacts import answer, end_pact, list_events, list_pacts, write_pact
from dashboard.rhythm.pact.words import Around, question_words
from dashboard.text import LANGUAGES
from pipelines.context import Context
from tests.builders.pages import given, open_page, showing, texts
from tests.builders.warehouse import imported, warehouse_with, weekly

MONDAY = date(2026, 12, 21)
LAST_WEEKS = Draft(Trigger.QUARTER_ENDS, Terms(weeks=2), "call ten customers", "give a discount")
PLAN = Plan(
    "Call back every quote",
    "Whoever is called decides.",
    "deals_won",
    "Zoé",
    date(2026, 11, 2),
    3.0,
    1,
)
MARKUP = "<img src=x onerror=alert(1)> ![x](http://x.example/y.png) $x$ :red[y] \u202eabc"
SALESPERSON = Visitor("Zoé", Role.SALESPERSON, names=frozenset({"Zoé"}))


@pytest.fixture
def company() -> Iterator[Context]:
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 20, 10, 10, 11, 10, 10]
    context = warehouse_with(
        *weekly("2026-08-31", values), imported("deals", "2026-12-21"), today=MONDAY
    )
    with showing(context):
        yield context
    context.close()


def has(page: AppTest, component: str) -> bool:
    names = (str(one.proto.component_name) for one in page.get("bidi_component"))
    return any(name.endswith(component) for name in names)


def cards_of(page: AppTest) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = given(page, "cards")["cards"]
    return shown


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


def test_a_week_without_a_pact_carries_nothing_of_it(company: Context) -> None:
    write_pact(company, Draft(Trigger.DEAL_SLIPS, Terms(amount=50_000.0), "call", "wait"))

    assert not has(open_page(lang="en"), "cards")


def test_a_pact_that_fired_stands_above_the_scorecard_with_what_we_said(company: Context) -> None:
    write_pact(company, LAST_WEEKS)
    check_pacts(company)

    page = open_page(lang="en")

    (card,) = cards_of(page)
    assert card["title"] == "The quarter ends on Dec 31, 2026."
    assert [row["text"] for row in card["rows"]] == ["call ten customers", "give a discount"]
    assert card["ask"] is None
    assert card["links"][0]["href"] == "./pacts?lang=en"


def test_the_week_after_asks_whether_it_was_kept_until_somebody_says_so(company: Context) -> None:
    write_pact(company, LAST_WEEKS)
    check_pacts(company)
    with showing(company.on(MONDAY + timedelta(days=7))) as later:
        page = open_page(lang="en")
        (card,) = cards_of(page)
        assert card["ask"]["question"] == "So far, have we kept it?"

        told = say_after(page, lambda: improve.answer_pact("en", Pressed(1, 1, "kept", "almost")))

        assert told == "Noted."
        assert [(one.kept, one.note) for one in list_events(later)] == [(True, "almost")]
        assert not has(open_page(lang="en"), "cards")


def test_many_pacts_leave_room_for_the_week(company: Context) -> None:
    for number in range(5):
        write_pact(company, replace(LAST_WEEKS, decision=f"call customer {number}"))
    check_pacts(company)

    shown = cards_of(open_page(lang="en"))

    assert [card["rows"][0]["text"] for card in shown] == [
        "call customer 4",
        "call customer 3",
        "call customer 2",
    ]
    assert [link["name"] for card in shown for link in card["links"]] == ["All pacts, 2 more"]


def test_reading_pages_writes_nothing(company: Context) -> None:
    write_pact(company, LAST_WEEKS)
    before = company.store.version

    for place in (Place.WEEK, Place.PACTS, Place.EXPERIMENTS, Place.DISCIPLINE):
        open_page(place, lang="en")

    assert company.store.version == before
    assert list_events(company) == ()


def test_a_pact_shows_its_record(company: Context) -> None:
    write_pact(company, LAST_WEEKS)
    check_pacts(company)
    answer(company, 1, 1, kept=False, remark="one discount")

    (card,) = cards_of(open_page(Place.PACTS, lang="en"))

    assert card["facts"] == "Kept 0 times out of 1. Written on Dec 21, 2026."
    assert card["history"]["lines"] == [
        "Dec 21, 2026: The quarter ends on Dec 31, 2026. Not kept: one discount."
    ]


def test_while_the_period_of_a_pact_runs_the_question_is_whether_it_was_kept_so_far(
    company: Context,
) -> None:
    write_pact(company, LAST_WEEKS)
    check_pacts(company)
    (event,) = list_events(company)
    now = Around({}, company.calendar, "CAD", "en", today=date(2026, 12, 28))
    later = replace(now, today=date(2027, 1, 1))

    # the quarter ends on 31 December
    assert question_words(event.facts, now) == "So far, have we kept it?"
    assert question_words(event.facts, later) == "Did we keep it?"


def test_pacts_that_ended_stand_apart_from_those_in_force(company: Context) -> None:
    pact = write_pact(company, LAST_WEEKS)
    write_pact(company, replace(LAST_WEEKS, decision="call the decider"))
    end_pact(company, pact.pact_id, pact.version)

    page = open_page(Place.PACTS, lang="en")

    headings = [one.value for one in page.subheader]
    assert headings.index("What we agreed") < headings.index("Ended pacts")


def test_a_pact_is_written_on_the_page(company: Context) -> None:
    page = open_page(Place.PACTS, lang="en")
    page.selectbox(key="new_pact_trigger").select(Trigger.DEAL_SLIPS).run()
    page.text_input(key="new_pact_amount").input("50 000 $")
    page.text_input(key="new_pact_decision").input("call the decider")
    page.text_input(key="new_pact_reflex").input("wait")
    page.button[0].click().run()

    (pact,) = list_pacts(company)
    assert (pact.trigger, pact.terms) == (Trigger.DEAL_SLIPS, Terms(amount=50_000.0))
    assert (pact.decision, pact.reflex) == ("call the decider", "wait")
    assert page.text_input(key="new_pact_decision").value == ""


def test_what_was_refused_stays_in_the_form(company: Context) -> None:
    page = open_page(Place.PACTS, lang="en")
    page.selectbox(key="new_pact_trigger").select(Trigger.DEAL_SLIPS).run()
    page.text_input(key="new_pact_amount").input("lots")
    page.text_input(key="new_pact_decision").input("call the decider")
    page.button[0].click().run()

    assert "'lots' is not a number." in page.error[0].value
    assert page.text_input(key="new_pact_decision").value == "call the decider"
    assert list_pacts(company) == ()


def test_two_experiments_on_one_kpi_warn_of_each_other(company: Context) -> None:
    start_experiment(company, PLAN)
    start_experiment(company, replace(PLAN, title="Another", starts_on=date(2026, 11, 9)))

    shown = cards_of(open_page(Place.EXPERIMENTS, lang="en"))

    assert [card["title"] for card in shown] == ["Another", "Call back every quote"]
    assert shown[0]["warning"] == (
        "At the same time on the same KPI: “Call back every quote”. Neither can be judged; end "
        "one first."
    )


def test_an_experiment_says_what_the_weeks_say(company: Context) -> None:
    start_experiment(company, PLAN)

    (card,) = cards_of(open_page(Place.EXPERIMENTS, lang="en"))

    assert card["warning"] is None
    assert card["verdict"]["tone"] == "good"
    # nine weeks before; from 9 November on: 20, 10, 10, 11, 10, 10, of which 20 is far outside
    assert card["verdict"]["text"].startswith(
        "It works: 1 signal in the right direction in 6 weeks."
    )
    assert {row["label"]: row["text"] for row in card["rows"]} == {
        "KPI": "Deals won",
        "Expected": "+3, 1 week after the start",
    }


def test_what_was_generalised_is_kept_as_a_good_practice_with_one_click(company: Context) -> None:
    one = start_experiment(company, PLAN)
    ended = end_experiment(company, one.experiment_id, 1, Outcome.GENERALISE, "Three more a week.")
    page = open_page(Place.EXPERIMENTS, lang="en")
    (card,) = cards_of(page)
    assert card["offer"]["name"] == "Keep as a good practice"

    told = say_after(page, lambda: improve.make_practice("en", ended))

    assert told == "It is among the good practices now."
    assert [one.title for one in list_practices(company)] == ["Call back every quote"]


def test_an_experiment_is_started_on_the_page(company: Context) -> None:
    add_action(company, "Call", "Zoé", MONDAY)
    page = open_page(Place.EXPERIMENTS, lang="en")
    page.text_input(key="new_experiment_title").input("Call back")
    page.text_area(key="new_experiment_hypothesis").input("They decide sooner.")
    page.selectbox(key="new_experiment_kpi").select("no_show_rate")
    page.text_input(key="new_experiment_effect").input("−5%")
    page.selectbox(key="new_experiment_owner").select("Zoé")
    page.button[0].click().run()

    (one,) = list_experiments(company)
    assert (one.kpi, one.effect, one.lag_weeks) == ("no_show_rate", -0.05, 2)
    assert (one.owner, one.starts_on) == ("Zoé", MONDAY)


def test_a_kpi_on_trial_says_so_before_a_second_experiment_is_started(company: Context) -> None:
    start_experiment(company, PLAN)

    page = open_page(Place.EXPERIMENTS, lang="en")

    choices = page.selectbox(key="new_experiment_kpi").options
    on_trial = [one for one in choices if "already on trial: Call back every quote" in one]
    assert len(on_trial) == 1


def test_the_chart_of_a_kpi_shows_the_limits_before_and_after_an_experiment(
    company: Context,
) -> None:
    start_experiment(company, PLAN)

    page = open_page(Place.KPI, lang="en", kpi="deals_won")

    assert "**Experiment: Call back every quote** — It works" in texts(page)
    assert "Experiment" not in texts(
        open_page(Place.KPI, lang="en", kpi="deals_won", grain="month")
    )
    assert "Experiment" not in texts(open_page(Place.KPI, lang="en", kpi="sales_won"))


def test_good_practices_are_searched_without_accents(company: Context) -> None:
    for title in ("Rappeler l’école", "Montrer un échantillon", "Offrir un café", "Fixer une date"):
        add_practice(company, title)
    page = open_page(Place.EXPERIMENTS, lang="fr")
    assert len(cards_of(page)) == 4

    page.text_input(key="practice_search").input("ECOLE").run()

    assert [card["title"] for card in cards_of(page)] == ["Rappeler l’école"]


def test_a_salesperson_reads_and_answers_but_writes_no_pact(company: Context) -> None:
    write_pact(company, LAST_WEEKS)
    check_pacts(company)
    start_experiment(company, PLAN)
    answer(company, 1, 1, kept=True)
    with showing(company, SALESPERSON):
        page = open_page(Place.PACTS, lang="en")
        (card,) = cards_of(page)
        assert card["buttons"] == []
        assert not page.text_input
        experiments = open_page(Place.EXPERIMENTS, lang="en")
        assert cards_of(experiments)[0]["buttons"] == []
        assert not experiments.text_input


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_typed_is_shown_as_text(company: Context, language: str) -> None:
    write_pact(company, replace(LAST_WEEKS, decision=MARKUP, reflex=MARKUP))
    check_pacts(company)
    answer(company, 1, 1, kept=True, remark=MARKUP)
    start_experiment(company, replace(PLAN, title=MARKUP, hypothesis=MARKUP))
    add_practice(company, MARKUP, MARKUP, MARKUP)
    with showing(company):
        pages = [
            open_page(place, lang=language)
            for place in (Place.WEEK, Place.PACTS, Place.EXPERIMENTS)
        ]
        pages.append(open_page(Place.KPI, lang=language, kpi="deals_won"))

    for page in pages:
        assert not page.error
        assert not page.exception
        said = texts(page)
        assert "\u202e" not in said
        assert "![x](" not in said
        assert ":red[" not in said
        assert "<img" not in said.replace("\\<", "")  # escaped


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("company")
def test_discipline_says_not_yet_before_the_first_meeting(language: str) -> None:
    page = open_page(Place.DISCIPLINE, lang=language)

    assert {line["mark"] for line in given(page, "checklist")["lines"][:2]} == {"not_yet"}


@pytest.mark.usefixtures("company")
def test_the_gauge_says_not_yet_before_four_meetings() -> None:
    assert "Not yet: 0 of 4 meetings" in texts(open_page(Place.DISCIPLINE, lang="en"))
