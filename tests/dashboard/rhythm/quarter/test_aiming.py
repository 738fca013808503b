"""From when the targets of the next quarter hold, and what becomes of those set before."""

from dataclasses import replace
from datetime import date

from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.aiming import first_day
from dashboard.rhythm.quarter.draft import DraftTarget, NextQuarter
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.target_words import around, changing, moved, whole
from dashboard.text import render
from pipelines.context import Context
from pipelines.errors import msg
from pipelines.kpis.choice import choose
from pipelines.kpis.definition import Unit
from pipelines.kpis.target import in_force
from pipelines.kpis.targets import (
    TargetRequest,
    list_targets,
    set_target,
    take_back_target_at,
)
from pipelines.periods import Grain, Period
from tests.builders.meetings import FIVE
from tests.builders.quarters import (
    WON,
    aimed,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)
from tests.builders.warehouse import meeting

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)
#: The Monday of the week that 8 October lies in.
THIS_WEEK, DECEMBER = date(2026, 10, 5), date(2026, 12, 1)


def reviewed() -> tuple[Context, int]:
    """Return a company with a plan and a target, and the number of its running review."""
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    return context, review_meeting(context)


def aiming_at(context: Context, number: int, value: float) -> NextQuarter:
    """Return the draft with another target for the deals won."""
    found = draft(context, number)
    aims = tuple(
        replace(one, value=value) if one.key == "deals_won" else one for one in found.draft.targets
    )
    change_draft(context, number, found.version, replace(found.draft, targets=aims))
    return draft(context, number)


def test_where_less_is_better_the_draft_has_a_ceiling_and_adopting_it_sets_nothing_anew() -> None:
    context = quarter_company(WON, meeting("2026-07-07", "no_show"))
    choose(context.on(date(2026, 1, 6)), [*FIVE.items(), ("no_show_rate", None)])
    set_target(context, TargetRequest("no_show_rate", 0.1, date(2026, 1, 1)))
    plan_of_the_quarter(context)
    number = review_meeting(context)

    (target,) = adopt(context, number, 0).draft.targets

    assert (target.at_most, target.stays) == (True, True)
    assert render(whole(target, Unit.PERCENT, None), "fr_CA") == "≤ 10 %".replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    assert [one.value for one in list_targets(context, "no_show_rate")] == [0.1]
    lower = replace(target, value=0.08)
    assert (
        render(moved(lower.former, lower, Unit.PERCENT, None), "en").replace(
            "\N{NO-BREAK SPACE}", " "
        )
        == "≤ 10% → ≤ 8%"
    )


def test_targets_say_on_which_day_they_change_and_why_on_that_one() -> None:
    context, number = reviewed()
    october = draft(context, number).draft

    assert render(changing(october) or msg(""), "en") == (
        "Targets change on Oct 5, 2026, the first day of the week: a week is not split between two."
    )
    assert render(changing(replace(october, aims_from=Q4.start)) or msg(""), "en") == (
        "Targets change on Oct 1, 2026, the first day of the quarter."
    )


def test_targets_that_change_hold_from_the_running_week_on_and_finished_weeks_keep_theirs() -> None:
    context, number = reviewed()

    found = aiming_at(context, number, 12)
    adopted = adopt(context, number, found.version)

    old, new = list_targets(context, "deals_won")
    assert (old.value, old.valid_from) == (10, date(2026, 1, 1))
    assert (new.value, new.valid_from, new.per) == (12, THIS_WEEK, Grain.WEEK)
    assert new.reason == "Decided in the quarterly review for Q4 2026"
    for said in (found.draft, adopted.draft):
        assert said.aims_from == THIS_WEEK
        assert (said.targets[0].stays, said.targets[0].valid_from) == (False, THIS_WEEK)


def test_what_changes_with_a_quarter_that_lies_ahead_waits_for_its_first_day() -> None:
    calendar = quarter_company().calendar

    assert first_day(Q4, date(2026, 9, 24), calendar) == date(2026, 10, 1)
    # in the week that the quarter begins in, too: its Monday is not of the quarter
    assert first_day(Q4, date(2026, 10, 2), calendar) == date(2026, 10, 1)
    assert first_day(Q4, date(2026, 11, 17), calendar) == date(2026, 11, 16)


def later_target(context: Context) -> None:
    """Decide that it is to be nine deals a week from December on."""
    set_target(
        context, TargetRequest("deals_won", 9, DECEMBER, per=Grain.WEEK, reason="Gap review")
    )


def held_on(context: Context, *days: date) -> list[float | None]:
    found = [in_force(list_targets(context, "deals_won"), day) for day in days]
    return [one.value if one else None for one in found]


def test_a_target_that_was_decided_for_later_is_said_and_stays_with_one_that_stays() -> None:
    context, number = reviewed()
    later_target(context)

    (aim,) = draft(context, number).draft.targets
    adopted = adopt(context, number, 0)

    said = whole(aim, Unit.COUNT, None)
    assert said.en == "10 per week, then 9 per week from Dec 1, 2026 on"
    assert said.fr == (
        "10 par semaine, puis 9 par semaine à partir du 1er décembre 2026".replace(" ", " ")
    )
    assert adopted.draft.targets == (aim,)
    assert len(list_targets(context, "deals_won")) == 2
    assert held_on(context, THIS_WEEK, DECEMBER) == [10, 9]


def test_a_target_that_changes_takes_the_place_of_one_that_was_decided_for_later() -> None:
    context, number = reviewed()
    later_target(context)

    found = aiming_at(context, number, 12)
    adopt(context, number, found.version)

    said = whole(found.draft.targets[0], Unit.COUNT, None)
    assert said.en == (
        "12 per week, from Oct 5, 2026 on, in place of 9 per week from Dec 1, 2026 on"
    )
    assert held_on(context, date(2026, 10, 4), THIS_WEEK, DECEMBER) == [10, 12, 12]


def test_a_target_that_waits_for_its_first_day_goes_on_waiting() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    later_target(context)
    number = review_meeting(context)

    (aim,) = draft(context, number).draft.targets
    adopt(context, number, 0)

    assert len(list_targets(context, "deals_won")) == 1
    assert held_on(context, THIS_WEEK, DECEMBER) == [None, 9]
    (said,) = around(aim, Unit.COUNT, None)
    assert render(said, "en") == "unchanged (from Dec 1, 2026 on)"


def test_a_target_that_holds_already_is_said_to_be_unchanged_since_its_first_day() -> None:
    context, number = reviewed()

    (aim,) = draft(context, number).draft.targets

    (said,) = around(aim, Unit.COUNT, None)
    assert render(said, "en") == "unchanged since Jan 1, 2026"
    assert not aim.is_another


def test_a_target_that_changes_is_said_after_the_one_that_it_follows() -> None:
    context, number = reviewed()

    (aim,) = aiming_at(context, number, 12).draft.targets

    assert aim.is_another
    assert moved(aim.former, aim, Unit.COUNT, None).en == "10 → 12 per week"
    monthly = replace(aim, per=Grain.MONTH)
    assert moved(aim.former, monthly, Unit.COUNT, None).en == "10 per week → 12 per month"
    assert moved(None, aim, Unit.COUNT, None).en == "12 per week"


def test_a_target_that_was_taken_back_is_not_drafted_again() -> None:
    context, number = reviewed()
    wrong = set_target(context, TargetRequest("deals_won", 3, THIS_WEEK, per=Grain.WEEK))
    context.store.write(lambda cursor: take_back_target_at(context, cursor, wrong.target_id))

    assert [one.value for one in draft(context, number).draft.targets] == [10]


def test_a_target_that_holds_already_is_not_set_again() -> None:
    context, number = reviewed()

    adopt(context, number, 0)

    assert len(list_targets(context, "deals_won")) == 1


def test_a_target_that_ended_with_the_quarter_is_set_again() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    set_target(
        context,
        TargetRequest(
            key="win_rate",
            value=0.9,
            valid_from=date(2026, 7, 1),
            valid_to=date(2026, 10, 1),
        ),
    )
    number = review_meeting(context)

    (aim,) = adopt(context, number, 0).draft.targets

    assert [(one.value, one.valid_from) for one in list_targets(context, "win_rate")] == [
        (0.9, date(2026, 7, 1)),
        (0.9, THIS_WEEK),
    ]
    # the same is aimed at
    assert (aim.stays, aim.is_another) == (False, False)


def test_an_exception_that_ends_within_the_quarter_gives_way_to_what_it_was_one_from() -> None:
    context, number = reviewed()
    set_target(
        context,
        TargetRequest("deals_won", 6, THIS_WEEK, per=Grain.WEEK, valid_to=date(2026, 11, 2)),
    )

    (aim,) = draft(context, number).draft.targets
    adopt(context, number, 0)

    assert whole(aim, Unit.COUNT, None).en == "6 per week, then 10 per week from Nov 2, 2026 on"
    assert len(list_targets(context, "deals_won")) == 2


def test_a_target_that_ends_within_the_quarter_is_prolonged() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    set_target(
        context, TargetRequest("win_rate", 0.9, date(2026, 7, 1), valid_to=date(2026, 11, 2))
    )
    number = review_meeting(context)

    adopt(context, number, 0)

    assert [(one.value, one.valid_from) for one in list_targets(context, "win_rate")] == [
        (0.9, date(2026, 7, 1)),
        (0.9, date(2026, 11, 2)),
    ]


def test_a_target_that_was_adopted_before_anybody_looked_up_its_past_is_no_change() -> None:
    assert not DraftTarget("deals_won", 10, None, at_most=False, per=Grain.WEEK).is_another


def test_a_target_that_stays_says_what_it_was_before_it_was_changed() -> None:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    set_target(context, TargetRequest("deals_won", 12, date(2026, 7, 1), per=Grain.WEEK))
    number = review_meeting(context)

    (aim,) = draft(context, number).draft.targets

    (said,) = around(aim, Unit.COUNT, None)
    assert render(said, "en") == "since Jul 1, 2026 (10 before)"
    assert render(said, "fr_CA") == "depuis le 1er juillet 2026 (10 avant)"
