from datetime import date

import pytest

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import add_action, complete, move
from dashboard.rhythm.meeting import agenda, blockers, closing, noting, preparing, running
from dashboard.rhythm.meeting.escalating import escalate
from dashboard.rhythm.meeting.escalation import in_words, late_again, off_target
from dashboard.rhythm.meeting.model import Kind, Topic
from dashboard.text import LANGUAGES, render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.kpis.targets import TargetRequest, set_target
from tests.builders.meetings import TEAM, ZOE, company, planned, seen, started, steering
from tests.builders.reviews import kpi, row, week
from tests.builders.warehouse import add, invoice

TUESDAYS = [date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 1)]


def action(number: int, due: date, done: date | None = None) -> Action:
    return Action(number, f"Action {number}", "Zoé Côté", due, None, date(2026, 10, 1), done, 1)


def held(context: Context, day: date) -> Context:
    """Hold a meeting on a day without doing anything in it."""
    then = context.on(day)
    number = preparing.plan_meeting(then, day=day, invited=TEAM).meeting_id
    running.start(then, number)
    closing.close(then, number)
    return then


def reasons(context: Context, number: int) -> list[tuple[str, str]]:
    return [
        (one.title, render(in_words(one.reason), "en"))
        for one in seen(context, number).items
        if one.reason is not None
    ]


@pytest.mark.parametrize(("run", "raised"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_kpi_speaks_up_after_three_weeks_off_target(run: int, *, raised: bool) -> None:
    rows = [row(kpi(), [5, 3], 5, run=run, responsible="Marc Roy")]

    found = off_target(rows)

    assert bool(found) is raised
    if found:
        assert (found[0].kpi, found[0].concerns) == ("meetings_held", ("Marc Roy",))


def test_an_action_speaks_up_when_two_meetings_running_find_it_late() -> None:
    late = [action(1, date(2026, 11, 9)), action(2, date(2026, 11, 12)), action(3, TUESDAYS[0])]

    found = late_again(late, TUESDAYS[0], [frozenset({1}), frozenset({1, 2})])

    # 1 was late twice before; 2 not last time; 3 is due today
    assert [(one.action.action_id, one.reason) for one in found if one.action] == [(1, "late 3")]


def test_what_is_done_or_has_another_date_is_late_no_more() -> None:
    done = action(1, date(2026, 11, 9), done=date(2026, 11, 16))
    moved = action(2, date(2026, 11, 30))

    assert late_again([done, moved], TUESDAYS[0], [frozenset({1, 2})]) == ()


def test_three_weeks_below_five_deals_put_the_kpi_on_the_agenda_once() -> None:
    # five deals a week are aimed at; weeks 44, 45 and 46 brought four
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    number = planned(context)
    running.start(context, number)

    assert escalate(context, number) == 0
    assert reasons(context, number) == [("Deals won", "Off target for 3 weeks running")]
    (item,) = seen(context, number).items
    assert (item.kpi, item.raised_by, item.concerns) == ("deals_won", None, ("Marc Roy",))
    topics = {one.position: one.topic for one in seen(context, number).sections}
    assert topics[item.section] is Topic.SCOREBOARD


def test_two_weeks_below_are_not_enough() -> None:
    context = steering([5, 5, 5, 5, 5, 5, 4, 4])

    assert reasons(context, planned(context)) == []


def test_what_was_said_when_a_meeting_was_planned_is_counted_anew_when_it_starts() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    number = planned(context)
    assert len(reasons(context, number)) == 1

    # the target for these weeks was a mistake: four is enough
    set_target(
        context,
        TargetRequest(key="deals_won", value=4, per=week().grain, valid_from=date(2026, 1, 2)),
    )
    running.start(context, number)

    assert reasons(context, number) == []


def test_a_kpi_that_is_a_blocker_already_does_not_speak_up_again() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    number = planned(context)
    blockers.make_blocker(context, number, item_id=seen(context, number).items[0].item_id)

    closing_day = started_and_closed(context, number)
    following = preparing.plan_meeting(closing_day, day=TUESDAYS[1]).meeting_id

    assert reasons(closing_day, following) == []


def started_and_closed(context: Context, number: int) -> Context:
    running.start(context, number)
    closing.close(context, number)
    return context


def test_a_point_on_which_somebody_wrote_stays() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    number = planned(context)
    (item,) = seen(context, number).items
    noting.save_note(context, number, f"item {item.item_id}", "Marc asks the three lost ones", 0)
    set_target(
        context,
        TargetRequest(key="deals_won", value=4, per=week().grain, valid_from=date(2026, 1, 2)),
    )

    running.start(context, number)

    assert len(reasons(context, number)) == 1


def test_an_action_late_at_two_meetings_is_on_the_agenda_of_the_second() -> None:
    context = company(today="2026-11-02")
    late = add_action(context, "Call Érable", "Zoé Côté", date(2026, 11, 13))
    add_action(context, "Write to Luc", "Zoé Côté", date(2026, 11, 20))

    held(context, TUESDAYS[0])
    second = context.on(TUESDAYS[1])
    number = preparing.plan_meeting(second, day=TUESDAYS[1]).meeting_id
    running.start(second, number)

    # late by Friday 13: on the 17th for the first time, on the 24th for the second
    assert reasons(second, number) == [("Call Érable", "Late at 2 meetings running")]
    (item,) = seen(second, number).items
    assert (item.action_id, item.concerns) == (late.action_id, ("Zoé Côté",))
    closing.close(second, number)
    third = context.on(TUESDAYS[2])
    following = preparing.plan_meeting(third, day=TUESDAYS[2]).meeting_id
    running.start(third, following)
    assert reasons(third, following) == [
        ("Call Érable", "Late at 3 meetings running"),
        ("Write to Luc", "Late at 2 meetings running"),
    ]


def test_ticking_off_or_moving_in_time_keeps_an_action_off_the_agenda() -> None:
    context = company(today="2026-11-02")
    done = add_action(context, "Call Érable", "Zoé Côté", date(2026, 11, 13))
    moved = add_action(context, "Write to Luc", "Zoé Côté", date(2026, 11, 13))
    later = held(context, TUESDAYS[0])
    complete(later, done.action_id, 1)
    move(later, moved.action_id, 1, date(2026, 11, 30), "He is away")

    second = context.on(TUESDAYS[1])
    number = preparing.plan_meeting(second, day=TUESDAYS[1]).meeting_id

    assert reasons(second, number) == []


def test_monthly_and_quarterly_meetings_are_not_told() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])

    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id

    assert escalate(context, number) == 0
    assert seen(context, number).items == ()


def test_whoever_may_not_see_margins_does_not_learn_from_the_agenda_how_they_stand() -> None:
    context = company()
    number = planned(context)
    nobody = context.by(Actor())
    with_margins = agenda.add_item(context, number, "Gross margin falls", kpi="gross_margin_rate")
    context.store.write(
        lambda cursor: cursor.execute(
            "update agenda_items set raised_by = null, reason = 'off_target 4'"
        ).fetchall()
    )

    assert [one.item_id for one in seen(nobody, number).items] == [with_margins.item_id]
    assert seen(context.by(ZOE), number).items == ()


def test_a_point_of_somebody_about_margins_is_read_without_the_kpi() -> None:
    context = company()
    number = planned(context)
    agenda.add_item(context, number, "Prices of the new range", kpi="gross_margin_rate")

    (item,) = seen(context.by(ZOE), number).items

    assert (item.title, item.kpi) == ("Prices of the new range", None)


def test_a_salesperson_who_opens_the_agenda_escalates_for_everybody() -> None:
    context = steering([5, 5, 5, 5, 5, 5, 4, 4])
    number = planned(context)
    set_target(
        context,
        TargetRequest(key="deals_won", value=6, per=week().grain, valid_from=date(2026, 1, 2)),
    )
    seller = Actor("Zoé Côté", None, Scope(frozenset({"Zoé Côté"}), margins=False))

    assert escalate(context.by(seller), number) == 1
    assert seen(context, number).items[0].concerns == ("Marc Roy",)


@pytest.mark.parametrize("reason", ["off_target 3", "late 2", "off_target 1", "", "new_rule 4"])
def test_every_reason_is_said_in_every_language(reason: str) -> None:
    said = [render(in_words(reason), language) for language in LANGUAGES]

    assert all(said)
    assert said[0] != said[1]


def test_rows_of_a_started_meeting_are_only_added() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    number = started(context)
    add(context, invoice("2026-11-10", 10.0))
    set_target(
        context,
        TargetRequest(key="deals_won", value=4, per=week().grain, valid_from=date(2026, 1, 2)),
    )

    assert escalate(context, number) == 0
    assert len(reasons(context, number)) == 1
