"""The pages of plans: what they show to whom, and what can be done there."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.plan_board import NewAction
from dashboard.components.plan_forms import TypedPriority
from dashboard.components.terms_form import TypedTerms
from dashboard.data.plan import Wanted
from dashboard.gestures import plans as gestures
from dashboard.navigation import Place
from dashboard.rhythm.actions import list_actions, move, rename
from dashboard.rhythm.course import drop
from dashboard.rhythm.dates import next_working_day
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.rhythm.plan.one_to_ones import hold, list_one_to_ones
from dashboard.rhythm.plan.plans import close
from dashboard.rhythm.plan.reading import list_plans
from dashboard.text import render
from pipelines.context import Context
from pipelines.errors import AccessRefused
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.workdays import working_days
from tests.builders.pages import OWNER, empty_company, given, open_page, showing, texts
from tests.builders.plans import MEETINGS, Made, adopted, drafted, five_weeks_in, personal

ZOE, LUC = "Zoé Côté", "Luc Paré"
TODAY = date(2026, 11, 16)
MANAGER = Visitor("Paul Roy", Role.MANAGER)
SALESPERSON = Visitor(ZOE, Role.SALESPERSON, names=frozenset({ZOE}))
COLLEAGUE = Visitor(LUC, Role.SALESPERSON, names=frozenset({LUC}))
LANGUAGES = ["en", "fr", "fr_CA"]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


@pytest.fixture
def made(company: Context) -> Made:
    return five_weeks_in(company, TODAY, (ZOE, LUC))


def board_of(page: Any) -> dict[str, Any]:
    return given(page, "plan")


def buttons(page: Any) -> set[str]:
    return {button.label for button in page.button}


def now(context: Context, person: str | None = None) -> Plan:
    return list_plans(context, person=person)[0]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("language", "title", "begin", "button"),
    [
        ("en", "90-day plan", "There is no plan yet", "Draft the plan"),
        ("fr", "Plan d’action à 90 jours", "pas encore de plan", "Ébaucher le plan"),
        ("fr_CA", "Plan d’action 90 jours", "pas encore de plan", "Ébaucher le plan"),
    ],
)
def test_where_there_is_no_plan_the_page_says_what_one_is_and_begins_it(
    language: str, title: str, begin: str, button: str
) -> None:
    page = open_page(Place.PLAN, lang=language)

    assert page.title[0].value == title
    assert begin in texts(page)
    # the day after a Monday, and 89 days later
    assert [one.value for one in page.date_input] == [date(2026, 11, 17), date(2027, 2, 14)]
    (begins,) = (one for one in page.button if one.label == button)
    begins.click().run()
    assert not page.exception
    assert now(session.current()).status is PlanStatus.DRAFT


@pytest.mark.usefixtures("company")
def test_a_salesperson_waits_for_the_plan_without_a_form_to_begin_it() -> None:
    with showing(session.current(), SALESPERSON):
        page = open_page(Place.PLAN, lang="en")

    assert "There is no plan yet" in texts(page)
    assert not page.date_input


def test_the_plan_is_on_one_screen(company: Context, made: Made) -> None:
    plan = given(open_page(Place.PLAN, lang="en"), "plan")

    first, second, third = plan["priorities"]
    assert (first["number"], first["title"]) == ("1", MEETINGS.title)
    assert first["kpi"]["name"] == "Meetings held, per week"
    assert (first["from"], first["to"], first["now"]) == ("14", "22", "no numbers yet")
    assert (second["from"], second["to"]) == ("18%", "10%")
    assert [one["title"] for one in third["actions"]] == [
        made.actions[1].title,
        made.actions[2].title,
    ]
    assert third["actions"][0]["late"] == "4 days late"
    assert [one["progress"] for one in first["actions"]] == [50, 0]
    assert second["progress"] == "actions: 100% done"
    assert [week["name"] for week in plan["weeks"]["rows"]][:2] == ["W42", "W43"]
    assert len(plan["weeks"]["rows"]) == 13
    assert [week["running"] for week in plan["weeks"]["rows"]].index(True) == 5
    assert {one["person"]: one["said"] for one in plan["load"]["rows"]} == {
        ZOE: "2 open actions",
        LUC: "2 open actions, 1 of them late",
    }
    assert company.today() == TODAY


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [Place.PLAN, Place.PERSONAL])
def test_the_pages_open_in_every_language(place: Place, language: str) -> None:
    personal(session.current(), ZOE, starts_on=TODAY)
    hold(session.current(), now(session.current(), ZOE), "Help", "Agreed")

    page = open_page(place, lang=language, person=ZOE)

    assert not page.exception
    assert not page.error
    assert board_of(page)["priorities"]


def test_more_than_five_open_actions_in_a_week_are_said_in_words(company: Context) -> None:
    plan = adopted(company, MEETINGS)
    add_person(company, Details(ZOE))
    for number in range(6):
        gestures.add_under(
            "en",
            plan,
            NewAction(plan.priorities[0].priority_id, f"Call {number}", ZOE, TODAY, None),
        )

    (load,) = board_of(open_page(Place.PLAN, lang="en"))["load"]["rows"]
    assert load["heavy"] == ["6 in the week of Nov 16: more than 5 rarely get done"]


def test_the_plan_of_a_day_gone_by_stands_in_the_address_and_cannot_be_changed(
    made: Made,
) -> None:
    page = open_page(Place.PLAN, lang="en", on="2026-10-14")

    assert "The plan as it was in the evening of Oct 14, 2026" in texts(page)
    plan = board_of(page)
    assert (plan["changes"], plan["form"]) == (False, None)
    assert [one["done"] for one in plan["priorities"][1]["actions"]] == [False]
    assert "Close the plan" not in buttons(page)
    assert len(made.actions) == 5
    for nonsense in ("2026-13-45", "yesterday", "2030-01-01"):
        later = open_page(Place.PLAN, lang="en", on=nonsense, plan="x")
        assert board_of(later)["changes"]


def test_versions_say_who_changed_what_and_why(company: Context, made: Made) -> None:
    gestures.set_dates("en", made.plan, made.plan.starts_on, date(2027, 1, 15), "The fair is late")

    said = texts(open_page(Place.PLAN, lang="en"))

    assert "November 16, 2026" in said or "Nov 16, 2026" in said
    assert "Dates changed (Louise Gagnon): The fair is late" in said.replace("\\", "")
    # an action of the plan that was given another date keeps its reason there too
    assert f"{made.actions[2].title} — Moved from" in said
    assert ": Le graphiste est absent" in said
    assert company.today() == TODAY


def test_the_history_of_a_plan_calls_an_action_what_it_was_called_then_and_tells_its_renames(
    company: Context, made: Made
) -> None:
    before = made.actions[2]
    rename(company, before.action_id, version_of(company, before.action_id), "Reprint the folder")
    new = version_of(company, before.action_id)
    move(company, before.action_id, new, date(2026, 12, 1), "The printer is late")

    said = [line for line in texts(open_page(Place.PLAN, lang="en")).splitlines() if "—" in line]

    assert [line.partition(" — ")[2].partition(" (")[0] for line in said[:3]] == [
        "Reprint the folder — Moved from Nov 20, 2026 to Dec 1, 2026: The printer is late",
        f"Renamed from “{before.title}” to “Reprint the folder”",
        f"{before.title} — Moved from Nov 5, 2026 to Nov 20, 2026: Le graphiste est absent",
    ]


def version_of(context: Context, number: int) -> int:
    (version,) = (one.version for one in list_actions(context) if one.action_id == number)
    return version


def test_the_history_of_a_plan_begins_with_its_adoption_and_names_what_it_became(
    company: Context, made: Made
) -> None:
    number = made.plan.standing[2].priority_id
    gestures.take_out("en", made.plan, number, "A customer left")

    said = [line for line in texts(open_page(Place.PLAN, lang="en")).splitlines() if "—" in line]

    why = "Le graphiste est absent"
    after = " · ".join(one.title for one in made.plan.standing[:2])
    whole = " · ".join(one.title for one in made.plan.standing)
    assert [line.partition(" — ")[2] for line in said] == [
        f"Priorities changed (Louise Gagnon): A customer left → {after}",
        f"{made.actions[2].title} — Moved from Nov 5, 2026 to Nov 20, 2026: {why}",
        f"Adopted → {whole}",
        "Drafted",
    ]
    assert company.today() == TODAY


def test_a_salesperson_sees_the_plan_with_their_own_actions_and_changes_nothing_of_it(
    company: Context, made: Made
) -> None:
    with showing(company, SALESPERSON):
        page = open_page(Place.PLAN, lang="en")

    plan = board_of(page)
    listed = [one["title"] for line in plan["priorities"] for one in line["actions"]]
    assert listed == [made.actions[3].title, made.actions[4].title, made.actions[0].title]
    assert [line["edit"] for line in plan["priorities"]] == [False, False, False]
    assert [one["person"] for one in plan["load"]["rows"]] == [ZOE]
    assert not {"Change the dates", "Close the plan", "Prepare the next plan"} & buttons(page)


def test_a_draft_of_the_company_is_for_those_who_prepare_it(company: Context) -> None:
    drafted(company, MEETINGS)

    assert board_of(open_page(Place.PLAN, lang="en"))["priorities"]
    with showing(company, SALESPERSON):
        assert "There is no plan yet" in texts(open_page(Place.PLAN, lang="en"))


def test_an_action_that_was_given_up_stays_in_the_plan_as_such(
    company: Context, made: Made
) -> None:
    late = made.actions[1]
    drop(company, late.action_id, late.version, "No use")

    actions = board_of(open_page(Place.PLAN, lang="en"))["priorities"][2]["actions"]
    assert [(one["title"], one["gone"], one["late"]) for one in actions] == [
        (made.actions[2].title, None, None),
        (late.title, "given up on Nov 16", None),
    ]


def test_individual_plans_are_for_the_person_and_for_managers(company: Context) -> None:
    personal(company, ZOE, starts_on=TODAY)
    personal(company, LUC, starts_on=TODAY)

    for visitor, people in ((OWNER, {ZOE, LUC}), (MANAGER, {ZOE, LUC}), (SALESPERSON, {ZOE})):
        with showing(company, visitor):
            assert set(data.plan.whose()) == people
            page = open_page(Place.PERSONAL, lang="en", person=ZOE)
            assert board_of(page)["priorities"]
            assert "Hôtel du Lac (A), École des Cèdres (B)" in texts(page)
    with showing(company, COLLEAGUE):
        # the address asks for somebody else's, and shows their own
        assert data.plan.whose() == (LUC,)
        for read in (
            lambda: data.plan.board(Wanted(ZOE)),
            lambda: data.plan.plans(ZOE),
            lambda: data.plan.one_to_ones(ZOE),
        ):
            with pytest.raises(AccessRefused):
                read()


def test_another_persons_plan_is_not_shown_by_its_number(company: Context) -> None:
    other = personal(company, LUC, starts_on=TODAY)
    adopted(company, MEETINGS)

    with showing(company, SALESPERSON):
        assert data.plan.board(Wanted(None, other.plan_id)) is None
        assert data.plan.board(Wanted(ZOE, other.plan_id)) is None
    with showing(company, OWNER):
        assert data.plan.board(Wanted(ZOE, other.plan_id)) is None


def test_the_page_leads_to_closed_plans_and_those_stay_as_they_are(
    company: Context, made: Made
) -> None:
    close(company, made.plan.plan_id, made.plan.version)
    second = adopted(company, MEETINGS)

    page = open_page(Place.PLAN, lang="en")
    (former,) = (one for one in page.button if "closed" in one.label)
    former.click().run()

    assert page.query_params["plan"] in (str(made.plan.plan_id), [str(made.plan.plan_id)])
    assert "closed" in texts(page)
    assert not {"Change the dates", "Close the plan", "Add a priority"} & buttons(page)
    assert second.plan_id != made.plan.plan_id


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand in for what Streamlit keeps of one tab."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def told(tab: dict[str, Any]) -> str:
    """Return the first problem that waits to be shown."""
    _, problems = tab["refusals"]
    return str(problems[0].what)


@pytest.mark.usefixtures("company")
def test_values_are_read_as_people_type_them(refusals: dict[str, Any]) -> None:
    gestures.draft("en", None, None, None)
    plan = now(session.current())

    added = TypedPriority("Keep appointments", "no_show_rate", "18 %", "10%")
    assert gestures.set_priority("en", plan, added, None, "")
    (one,) = now(session.current()).standing
    assert (one.from_value, one.to_value) == (0.18, 0.1)
    wrong = TypedPriority("Sell", "sales_won", "many", "100000")
    assert not gestures.set_priority("en", now(session.current()), wrong, None, "")
    assert told(refusals) == "'many' is not a number."


@pytest.mark.usefixtures("refusals")
def test_a_fourth_priority_and_a_missing_reason_are_refused_on_the_page(
    company: Context, made: Made, refusals: dict[str, Any]
) -> None:
    fourth = TypedPriority("More", "win_rate", "", "30%")

    assert not gestures.set_priority("en", made.plan, fourth, None, "Because")
    assert told(refusals) == "The plan has its three priorities already."
    number = made.plan.standing[0].priority_id
    assert not gestures.take_out("en", made.plan, number, "")
    assert told(refusals) == "The reason is missing."
    assert now(company) == made.plan


@pytest.mark.usefixtures("refusals")
def test_what_goes_on_is_drafted_as_the_next_plan(company: Context, made: Made) -> None:
    first, last = made.plan.standing[0], made.actions[3]

    assert gestures.carry_over("en", made.plan, [first.priority_id], [last.action_id])

    draft = now(company)
    assert (draft.status, draft.carried_from) == (PlanStatus.DRAFT, made.plan.plan_id)
    assert sum(one.carried_from == last.action_id for one in list_actions(company)) == 1


@pytest.mark.usefixtures("refusals")
def test_a_salesperson_prepares_their_plan_and_a_manager_adopts_it(company: Context) -> None:
    typed = TypedTerms("Hôtel du Lac; A\nÉcole", "A; 2", "30 minutes", "A; 35 %", {}, "A car")
    with showing(company, SALESPERSON):
        assert gestures.draft("en", ZOE, TODAY, TODAY + timedelta(days=89))
        plan = now(company, ZOE)
        added = TypedPriority("Meet", "meetings_held", "", "8")
        assert gestures.set_priority("en", plan, added, None, "")
        assert gestures.set_terms("en", now(company, ZOE), typed, "")
        assert not gestures.adopt("en", now(company, ZOE))
        assert not gestures.draft("en", LUC, None, None)
        assert not gestures.draft("en", None, None, None)
    with showing(company, MANAGER):
        assert gestures.adopt("en", now(company, ZOE))
    with showing(company, SALESPERSON):
        assert not gestures.set_terms("en", now(company, ZOE), typed, "Because")
        assert gestures.hold_one_to_one("en", now(company, ZOE), "A coach", "")
    with showing(company, COLLEAGUE):
        assert not gestures.hold_one_to_one("en", now(company, ZOE), "Mine", "")

    terms = now(company, ZOE).terms
    assert terms is not None
    assert [one.name for one in terms.accounts] == ["Hôtel du Lac", "École"]
    assert terms.effort[0].percent == 35
    assert [one.help_asked for one in list_one_to_ones(company, ZOE)] == ["A coach"]


@pytest.mark.usefixtures("refusals")
def test_a_page_that_still_shows_the_draft_does_not_open_the_adopted_plan(
    company: Context,
) -> None:
    stale = drafted(company, MEETINGS, person=ZOE)
    with showing(company, MANAGER):
        gestures.adopt("en", stale)
    with showing(company, SALESPERSON):
        number = stale.priorities[0].priority_id
        assert not gestures.take_out("en", stale, number, "Because")

    assert now(company, ZOE).standing


@pytest.mark.usefixtures("refusals")
def test_progress_of_a_colleagues_action_is_refused(company: Context, made: Made) -> None:
    lines = {one.action_id: one for one in data.commitments.actions()}
    mine, theirs = lines[made.actions[3].action_id], lines[made.actions[1].action_id]
    with showing(company, SALESPERSON):
        gestures.set_progress("en", mine, 80)
        gestures.set_progress("en", theirs, 80)

    progress = {one.action_id: one.progress for one in list_actions(company)}
    assert (progress[mine.action_id], progress[theirs.action_id]) == (80, 0)


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2026, 12, 25), "Nobody works on Dec 25, 2026. The next working day is Dec 28, 2026."),
        (date(2026, 11, 13), "Nov 13, 2026 is in the past. The next working day is Nov 17, 2026."),
    ],
)
def test_a_date_that_makes_one_wonder_is_asked_about_before_it_is_written(
    company: Context, made: Made, refusals: dict[str, Any], due_on: date, said: str
) -> None:
    new = NewAction(made.plan.priorities[0].priority_id, "Call", ZOE, due_on, None)

    assert not gestures.add_under("en", made.plan, new)
    _form, (problem,) = refusals["refusals"]
    assert render(problem, "en").startswith(said)
    assert all(one.due_on != due_on for one in list_actions(company))
    assert gestures.add_under("en", made.plan, new)
    assert refusals["done"] == "The action is in the plan."
    assert any(one.due_on == due_on for one in list_actions(company))


def test_an_action_due_after_the_plan_ends_is_taken_and_that_is_said(
    made: Made, refusals: dict[str, Any]
) -> None:
    later = next_working_day(made.plan.ends_on, working_days("CA", "QC"))
    new = NewAction(made.plan.priorities[0].priority_id, "Call", ZOE, later, None)

    assert gestures.add_under("en", made.plan, new)
    assert "after the plan ends" in refusals["done"]


def test_the_list_of_actions_says_which_were_given_up(company: Context, made: Made) -> None:
    late = made.actions[1]
    drop(company, late.action_id, late.version, "No use")

    def listed(status: str) -> dict[str, str]:
        page = open_page(Place.ACTIONS, lang="en", status=status)
        return {one["title"]: one["facts"] for one in given(page, "actions")["actions"]}

    assert late.title not in listed("open")
    assert late.title not in listed("late")
    assert listed("all")[late.title].endswith("given up on Nov 16")


def test_what_was_done_long_ago_is_folded_away(made: Made) -> None:
    (_, second, _) = board_of(open_page(Place.PLAN, lang="en"))["priorities"]

    (reminders,) = second["actions"]
    assert (reminders["title"], reminders["former"]) == (made.actions[0].title, True)
    assert second["former"] == "1 action done or given up before"
