"""A plan of 90 days: drafted, adopted, changed for a reason, and shown as it was on any day."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete, move
from dashboard.rhythm.plan.model import ChangeKind, NewPriority, Plan, PlanStatus
from dashboard.rhythm.plan.plans import (
    adopt,
    close,
    draft,
    set_dates,
    set_terms,
)
from dashboard.rhythm.plan.priorities import reorder, set_priority, take_out
from dashboard.rhythm.plan.reading import list_plans, plan_numbered, plan_on, planned_people
from dashboard.rhythm.plan.terms import PersonalTerms
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import changes_after
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person
from tests.builders.plans import MEETINGS, NO_SHOWS, SALES, TERMS, adopted, drafted, personal
from tests.builders.warehouse import warehouse_with

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 13)
WIN_RATE = NewPriority("Gagner plus souvent", "win_rate", 0.2, 0.3)


def company(today: str = "2026-11-13") -> Context:
    return warehouse_with(today=today, country="CA", province="QC")


def of(context: Context, name: str, *, margins: bool = True) -> Context:
    """Return a company in the hands of somebody who sees their own only."""
    return context.by(Actor(name, None, Scope(frozenset({name}), margins)))


def now(context: Context) -> Plan:
    found = plan_on(context)
    assert found is not None
    return found.plan


def test_a_draft_begins_on_the_next_working_day_and_lasts_90_days() -> None:
    plan = draft(company())  # a Friday

    # 16 November and 89 days: 14 left in November, 31, 31, and 13 of February
    assert (plan.starts_on, plan.ends_on) == (MONDAY, date(2027, 2, 13))
    assert (plan.status, plan.version, plan.priorities) == (PlanStatus.DRAFT, 1, ())


def test_the_next_draft_begins_after_the_plan_that_holds() -> None:
    context = company()
    adopted(context, MEETINGS)

    # it ends on Saturday 13 February
    assert draft(context).starts_on == date(2027, 2, 15)


def test_a_plan_begins_on_a_working_day_and_the_next_one_is_proposed() -> None:
    context = company("2026-12-20")
    with pytest.raises(Refused, match="Begin on 2026-12-28"):
        draft(context, starts_on=date(2026, 12, 25))
    with pytest.raises(Refused, match="Begin on 2026-11-23"):
        draft(context, starts_on=date(2026, 11, 21))


@pytest.mark.parametrize("ends_on", [date(2026, 12, 12), date(2027, 5, 18), date(2026, 11, 1)])
def test_a_plan_of_less_than_28_or_more_than_183_days_is_none(ends_on: date) -> None:
    context = company()
    with pytest.raises(Refused, match="between 28 and 183 days"):
        draft(context, starts_on=MONDAY, ends_on=ends_on)
    assert list_plans(context) == ()


@pytest.mark.parametrize("ends_on", [date(2026, 12, 13), date(2027, 5, 17)])
def test_28_and_183_days_are_fine(ends_on: date) -> None:
    assert draft(company(), starts_on=MONDAY, ends_on=ends_on).ends_on == ends_on


def test_there_is_one_draft_at_a_time_and_one_for_each_person() -> None:
    context = company()
    draft(context)
    draft(context, person="Zoé")
    with pytest.raises(Refused, match="a draft already"):
        draft(context)
    with pytest.raises(Refused, match="a draft already"):
        draft(context, person=" Zoé ")
    assert planned_people(context) == ("Zoé",)


def test_three_priorities_are_kept_in_their_order_and_the_fourth_is_refused_saying_why() -> None:
    context = company()
    plan = drafted(context, MEETINGS, NO_SHOWS, SALES)

    assert [(one.position, one.title, one.kpi) for one in plan.standing] == [
        (1, MEETINGS.title, "meetings_held"),
        (2, NO_SHOWS.title, "no_show_rate"),
        (3, SALES.title, "sales_won"),
    ]
    with pytest.raises(Refused, match="With a fourth, none of them is one"):
        set_priority(context, plan.plan_id, plan.version, WIN_RATE)
    assert now(context) == plan


def test_a_priority_that_is_taken_out_makes_room_and_stays_in_the_history() -> None:
    context = company()
    plan = drafted(context, MEETINGS, NO_SHOWS, SALES)
    first = plan.priorities[0].priority_id

    plan = take_out(context, plan.plan_id, plan.version, first)
    assert [(one.position, one.kpi) for one in plan.standing] == [
        (1, "no_show_rate"),
        (2, "sales_won"),
    ]
    plan = set_priority(context, plan.plan_id, plan.version, WIN_RATE)
    assert [one.kpi for one in plan.standing] == ["no_show_rate", "sales_won", "win_rate"]
    gone = plan.priorities[-1]
    assert (gone.priority_id, gone.dropped_on) == (first, FRIDAY)
    assert now(context) == plan
    with pytest.raises(Refused, match="no priority"):
        take_out(context, plan.plan_id, plan.version, first)


def test_a_priority_is_replaced_and_the_order_changes() -> None:
    context = company()
    plan = drafted(context, MEETINGS, NO_SHOWS, SALES)
    one, two, three = (one.priority_id for one in plan.standing)

    plan = reorder(context, plan.plan_id, plan.version, [three, one, two])
    plan = set_priority(context, plan.plan_id, plan.version, WIN_RATE, priority_id=one)

    assert [(p.priority_id, p.kpi) for p in plan.standing] == [
        (three, "sales_won"),
        (one, "win_rate"),
        (two, "no_show_rate"),
    ]
    assert [p.position for p in plan.standing] == [1, 2, 3]
    for order in ([one, two], [one, two, two], [one, two, three, 99]):
        with pytest.raises(Refused, match="each priority once"):
            reorder(context, plan.plan_id, plan.version, order)


def test_all_that_is_wrong_with_a_priority_is_said_at_once() -> None:
    context = company()
    plan = draft(context)

    with pytest.raises(Refused) as error:
        set_priority(context, plan.plan_id, 1, NewPriority(" \n", "win_rat", None, None))
    assert [str(one.what) for one in error.value.problems] == [
        "The priority has no title.",
        "There is no KPI 'win_rat'.",
        "The value to reach is missing.",
    ]
    with pytest.raises(Refused, match="has no KPI"):
        set_priority(context, plan.plan_id, 1, NewPriority("x", None, None, 1))
    with pytest.raises(Refused, match="too long: 100000 characters"):
        set_priority(context, plan.plan_id, 1, NewPriority("x" * 100_000, "win_rate", 0, 1))
    with pytest.raises(Refused, match="are numbers"):
        set_priority(context, plan.plan_id, 1, NewPriority("x", "win_rate", 0, float("inf")))


@pytest.mark.parametrize(
    ("kpi", "start", "end"),
    [("meetings_held", 22, 14), ("meetings_held", 14, 14), ("no_show_rate", 0.1, 0.18)],
)
def test_a_priority_goes_the_way_that_is_good_for_its_kpi(
    kpi: str, start: float, end: float
) -> None:
    context = company()
    draft(context)
    with pytest.raises(Refused, match="is better when it"):
        set_priority(context, 1, 1, NewPriority("x", kpi, start, end))
    # where nobody knows where it stands, nobody can tell
    assert set_priority(context, 1, 1, NewPriority("x", kpi, None, end)).version == 2


def test_a_plan_without_a_priority_is_not_adopted_and_an_adopted_one_holds() -> None:
    context = company()
    plan = draft(context)
    with pytest.raises(Refused, match="no priority yet"):
        adopt(context, plan.plan_id, plan.version)

    plan = set_priority(context, plan.plan_id, plan.version, MEETINGS)
    assert adopt(context, plan.plan_id, plan.version).status is PlanStatus.ADOPTED


def test_two_plans_do_not_hold_on_the_same_day() -> None:
    context = company()
    first = adopted(context, MEETINGS)
    second = drafted(context, SALES, starts_on=date(2027, 2, 8))
    with pytest.raises(Refused, match="still holds"):
        adopt(context, second.plan_id, second.version)

    close(context, first.plan_id, first.version)
    second = adopt(context, second.plan_id, second.version)
    third = drafted(context, SALES, person="Zoé", starts_on=date(2027, 2, 8))
    adopt(context, third.plan_id, third.version)
    assert [one.plan_id for one in list_plans(context)] == [second.plan_id, first.plan_id]


def test_an_adopted_plan_changes_its_scope_and_dates_only_for_a_reason() -> None:
    context = company()
    plan = adopted(context, MEETINGS, NO_SHOWS)
    number, one = plan.plan_id, plan.priorities[0].priority_id
    later = date(2027, 2, 26)

    for reason in ("", " \n"):
        with pytest.raises(Refused, match="reason is missing"):
            set_priority(context, number, plan.version, SALES, reason=reason)
        with pytest.raises(Refused, match="reason is missing"):
            set_priority(context, number, plan.version, SALES, priority_id=one, reason=reason)
        with pytest.raises(Refused, match="reason is missing"):
            take_out(context, number, plan.version, one, reason=reason)
        with pytest.raises(Refused, match="reason is missing"):
            set_dates(context, number, plan.version, MONDAY, later, reason=reason)
    assert now(context) == plan

    plan = set_dates(context, number, plan.version, MONDAY, later, reason="The fair is late")
    plan = set_priority(context, number, plan.version, SALES, reason="A customer left")
    plan = take_out(context, number, plan.version, one, reason="It is done")
    plan = reorder(context, number, plan.version, [p.priority_id for p in plan.standing][::-1])

    found = plan_on(context)
    assert found is not None
    assert [(v.kind, v.reason) for v in found.versions[-4:]] == [
        (ChangeKind.DATES, "The fair is late"),
        (ChangeKind.SCOPE, "A customer left"),
        (ChangeKind.SCOPE, "It is done"),
        (ChangeKind.SCOPE, None),
    ]
    assert [v.version for v in found.versions] == [*range(1, plan.version + 1)]


def test_a_reason_has_an_end() -> None:
    context = company()
    plan = adopted(context, MEETINGS)
    with pytest.raises(Refused, match="too long"):
        set_priority(context, plan.plan_id, plan.version, SALES, reason="x" * 100_000)


def test_a_closed_plan_stays_as_it_was() -> None:
    context = company()
    plan = adopted(context, MEETINGS)
    closed = close(context, plan.plan_id, plan.version)

    with pytest.raises(Refused, match="stays as it was"):
        set_priority(context, plan.plan_id, closed.version, SALES, reason="Because")
    with pytest.raises(Refused, match="stays as it was"):
        adopt(context, plan.plan_id, closed.version)


def test_two_people_who_change_a_plan_are_shown_both_and_nothing_is_lost() -> None:
    context = company()
    plan = drafted(context, MEETINGS)
    set_priority(context.by(Actor("Anne Roy")), plan.plan_id, plan.version, NO_SHOWS)

    with pytest.raises(Conflict) as error:
        set_priority(context, plan.plan_id, plan.version, SALES)
    assert "Anne Roy" in str(error.value)
    assert SALES.title in str(error.value.mine)
    assert NO_SHOWS.title in str(error.value.theirs)
    again = set_priority(context, plan.plan_id, error.value.version, SALES)
    assert [one.title for one in again.standing] == [MEETINGS.title, NO_SHOWS.title, SALES.title]


def test_of_eight_people_who_change_the_same_version_each_is_heard_in_turn() -> None:
    context = company()
    plan = drafted(context, MEETINGS)
    number = plan.priorities[0].priority_id
    told = Counter[bool]()

    def say(person: int) -> None:
        version, title = plan.version, f"Said by {person}"
        new = NewPriority(title, "meetings_held", 14, 22)
        while True:
            try:
                set_priority(context, plan.plan_id, version, new, priority_id=number)
            except Conflict as conflict:
                version = conflict.version
                told[True] += 1
            else:
                return

    with ThreadPoolExecutor(8) as people:
        list(people.map(say, range(8)))

    found = plan_on(context)
    assert found is not None
    titles = [version.plan.priorities[0].title for version in found.versions[2:]]
    assert sorted(titles) == sorted(f"Said by {person}" for person in range(8))
    assert told[True] >= 7
    assert found.plan.version == plan.version + 8


def test_a_change_that_is_there_already_changes_nothing() -> None:
    context = company()
    plan = adopted(context, MEETINGS)
    number, one = plan.plan_id, plan.priorities[0].priority_id

    assert set_dates(context, number, 1, plan.starts_on, plan.ends_on) == plan
    assert set_priority(context, number, 1, MEETINGS, priority_id=one) == plan
    assert reorder(context, number, 1, [one]) == plan
    assert adopt(context, number, 1) == plan


def test_the_plan_of_any_past_day_is_shown_with_its_actions_as_they_were() -> None:
    context = company()
    plan = adopted(context, MEETINGS)
    one = plan.priorities[0].priority_id
    begun = context.on(MONDAY)
    call = add_action(begun, "Call", "Zoé", date(2026, 11, 20), priority_id=one)
    other = add_action(begun, "Outside every plan", "Zoé", date(2026, 11, 20))
    week_later = context.on(date(2026, 11, 23))
    moved = move(week_later, call.action_id, call.version, date(2026, 11, 27), "Ill")
    plan = set_priority(week_later, plan.plan_id, plan.version, SALES, reason="A customer left")
    done = complete(context.on(date(2026, 11, 25)), call.action_id, moved.version)

    assert plan_on(context, date(2026, 11, 12)) is None
    draft_day = plan_on(context, FRIDAY)
    assert draft_day is not None
    assert (draft_day.plan.status, draft_day.actions) == (PlanStatus.ADOPTED, ())
    first_week = plan_on(week_later, date(2026, 11, 20))
    assert first_week is not None
    assert [p.kpi for p in first_week.plan.standing] == ["meetings_held"]
    assert first_week.actions == (call,)
    today = plan_on(week_later)
    assert today is not None
    assert today.plan == plan
    assert today.actions == (done,)
    assert other not in today.actions
    monday = plan_on(week_later, date(2026, 11, 23))
    assert monday is not None
    assert monday.actions == (moved,)


def test_the_plan_that_holds_is_shown_before_the_draft_of_the_next_and_after_it_the_closed() -> (
    None
):
    context = company()
    first = adopted(context, MEETINGS)
    later = context.on(date(2027, 2, 1))
    second = drafted(later, SALES)

    assert now(later).plan_id == first.plan_id
    closed = close(later.on(date(2027, 2, 12)), first.plan_id, first.version)
    assert now(later).plan_id == second.plan_id
    close(later, second.plan_id, second.version)
    assert now(later).plan_id == second.plan_id
    found = plan_numbered(later, first.plan_id)
    assert found is not None
    assert found.plan == closed
    assert plan_numbered(later, 99) is None


def test_a_salesperson_prepares_the_draft_of_their_own_plan_and_no_other() -> None:
    context = company()
    zoe = of(context, "Zoé")
    with pytest.raises(AccessRefused):
        draft(zoe)
    with pytest.raises(AccessRefused):
        draft(zoe, person="Luc")
    plan = draft(zoe, person="Zoé")
    plan = set_priority(zoe, plan.plan_id, plan.version, MEETINGS)
    plan = set_terms(zoe, plan.plan_id, plan.version, TERMS)
    with pytest.raises(AccessRefused, match="not adopt it"):
        adopt(zoe, plan.plan_id, plan.version)

    plan = adopt(context, plan.plan_id, plan.version)
    with pytest.raises(AccessRefused, match="while it is a draft"):
        set_terms(zoe, plan.plan_id, plan.version, PersonalTerms(), reason="Because")
    whole = adopted(context, SALES)
    with pytest.raises(AccessRefused):
        set_priority(zoe, whole.plan_id, whole.version, MEETINGS, reason="Because")


def test_nobody_else_learns_of_a_persons_plan() -> None:
    context = company()
    plan = personal(context, "Zoé", starts_on=MONDAY)
    one = plan.priorities[0].priority_id
    luc = of(context, "Luc")

    assert plan_on(luc, person="Zoé") is None
    assert plan_numbered(luc, plan.plan_id) is None
    assert list_plans(luc, person="Zoé") == ()
    assert planned_people(luc) == ()
    with pytest.raises(Refused, match=f"There is no plan {plan.plan_id}"):
        set_priority(luc, plan.plan_id, plan.version, SALES)
    with pytest.raises(Refused, match="There is no priority"):
        add_action(luc, "Call", "Luc", date(2026, 11, 20), priority_id=one)
    assert add_action(of(context, "Zoé"), "Call", "Zoé", FRIDAY, priority_id=one).priority_id == one


def test_a_margin_in_a_plan_is_not_told_to_who_may_not_see_it() -> None:
    context = company()
    adopted(context, NewPriority("Protect our prices", "gross_margin_rate", 0.28, 0.32))

    (seen,) = now(of(context, "Zoé", margins=False)).standing
    assert (seen.title, seen.kpi, seen.from_value, seen.to_value) == (
        "Protect our prices",
        None,
        None,
        None,
    )


def test_a_person_with_a_new_name_keeps_their_plan_also_in_the_past() -> None:
    context = company()
    luc = add_person(context, Details("Luc"))
    plan = personal(context, "Luc", starts_on=MONDAY)
    change_person(context.on(date(2026, 11, 20)), luc.person_id, 1, Details("Luc Paré"))

    found = plan_on(context, FRIDAY, person="Luc Paré")
    assert found is not None
    assert (found.plan.plan_id, found.plan.person) == (plan.plan_id, "Luc Paré")
    assert planned_people(context) == ("Luc Paré",)


def test_every_change_of_a_plan_is_in_the_journal_with_the_whole_plan() -> None:
    context = company().by(Actor("Anne"))
    plan = adopted(context, MEETINGS)
    set_dates(context, plan.plan_id, plan.version, MONDAY, date(2027, 2, 26), reason="The fair")
    close(context, plan.plan_id, plan.version + 1)

    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    assert [(one.what, one.subject, one.actor) for one in changes] == [
        ("plan.drafted", "plan 1", "Anne"),
        ("plan.scope", "plan 1", "Anne"),
        ("plan.adopted", "plan 1", "Anne"),
        ("plan.dates", "plan 1", "Anne"),
        ("plan.closed", "plan 1", "Anne"),
    ]
    dates = changes[3]
    assert dates.before is not None
    assert dates.after is not None
    assert (dates.before["ends_on"], dates.after["ends_on"]) == ("2027-02-13", "2027-02-26")
    assert dates.after["reason"] == "The fair"


def test_terms_are_for_people_and_come_back_as_they_were_said() -> None:
    context = company()
    plan = draft(context)
    with pytest.raises(Refused, match="Only the plan of a person"):
        set_terms(context, plan.plan_id, plan.version, TERMS)

    own = personal(context, "Zoé", starts_on=MONDAY)
    assert own.terms == TERMS
    (read,) = list_plans(context, person="Zoé")
    assert read == own
    found = plan_on(context, context.today() + timedelta(days=1), person="Zoé")
    assert found is not None
    assert found.plan.terms == TERMS
