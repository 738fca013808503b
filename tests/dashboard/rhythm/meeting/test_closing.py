import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.meeting import (
    agenda,
    blockers,
    closing,
    coming,
    deciding,
    noting,
    preparing,
    running,
    sections,
    voting,
    wins,
)
from dashboard.rhythm.meeting.minutes import Minutes, PointState, Standing, from_json, to_json
from dashboard.rhythm.meeting.model import BlockerStatus, Status, Topic
from dashboard.rhythm.meeting.reading import (
    commitments,
    current_meeting,
    former_meetings,
    meetings,
    minutes,
    timing,
)
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders.meetings import (
    LUC,
    MARC,
    TEAM,
    ZOE,
    clock_at,
    company,
    mark,
    planned,
    seen,
    started,
    steering,
    understood,
)
from tests.builders.warehouse import add, closed

FRIDAY = date(2026, 11, 20)
NEXT_TUESDAY = date(2026, 11, 24)


def whole_meeting(context: Context) -> tuple[int, Minutes]:
    """Hold a meeting in which everything happens."""
    number = started(context)
    mark(context, number, absent=("Luc Paré",))
    wins.add_win(context, number, "Érable signed", "Zoé Côté")
    noting.save_note(context, number, "section 2", "Two quotes lost on price", 0)
    blocker = understood(context, number)
    other = blockers.make_blocker(context, number, title="Prices").blocker_id
    voting.vote(context, number, blocker)
    voting.pick_top_three(context, number)
    deciding.decide(
        context, number, "Price list on Mondays", "Luc Paré", FRIDAY, blocker_id=blocker
    )
    blockers.park(context, number, other, 1, until=NEXT_TUESDAY, forum="Louise and Marc")
    deciding.new_action(context, number, "Call Hydro", "Zoé Côté", FRIDAY)
    closing.rate(context, number, 8, "Short and clear")
    return number, closing.close(context, number)


def test_the_minutes_hold_all_that_happened() -> None:
    context = company()

    number, written = whole_meeting(context)

    assert (written.meeting_id, written.held_on) == (number, date(2026, 11, 17))
    assert written.absent == ("Luc Paré",)
    assert written.present == ("Louise Gagnon", "Marc Roy", "Zoé Côté")
    assert [(one.text, one.person) for one in written.wins] == [("Érable signed", "Zoé Côté")]
    assert [(one.position, one.text) for one in written.notes] == [(2, "Two quotes lost on price")]
    worked, parked = written.blockers
    assert (worked.title, worked.status, worked.rank) == (
        "Quotes go out late",
        BlockerStatus.WORKED,
        1,
    )
    assert worked.facts == "12 of 30 quotes took longer than a week"
    assert worked.tried == "A reminder on Fridays"
    assert worked.problem == "Nobody has the prices of the new range"
    assert worked.decisions == (written.decisions[0].decision_id,)
    assert (parked.status, parked.parked_until, parked.forum) == (
        BlockerStatus.PARKED,
        NEXT_TUESDAY,
        "Louise and Marc",
    )
    (decision,) = written.decisions
    assert (decision.text, decision.owner, decision.due_on) == (
        "Price list on Mondays",
        "Luc Paré",
        FRIDAY,
    )
    assert [(one.title, one.owner) for one in written.actions] == [("Call Hydro", "Zoé Côté")]
    assert [(one.owner, one.title) for one in written.tasks] == [
        ("Luc Paré", "Price list on Mondays"),
        ("Zoé Côté", "Call Hydro"),
    ]
    assert (written.hygiene.worked, written.hygiene.decisions, written.hygiene.actions) == (1, 1, 2)
    assert written.next_on == NEXT_TUESDAY


def test_a_closed_meeting_is_read_as_its_minutes_and_closing_again_returns_them() -> None:
    context = company()
    number, written = whole_meeting(context)

    assert minutes(context, number) == written
    assert closing.close(context.by(MARC), number) == written
    assert seen(context, number).status is Status.CLOSED


def test_several_who_close_it_at_once_get_the_same_minutes_and_one_next_meeting() -> None:
    context = company()
    number = started(context)
    agenda.add_item(context, number, "The fair")

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: closing.close(context, number), range(4)))

    assert written == [minutes(context, number)] * 4
    assert len(meetings(context)) == 2
    following = current_meeting(context)
    assert following is not None
    assert [one.title for one in following.items] == ["The fair"]


def test_the_minutes_say_how_long_each_section_took(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = clock_at(monkeypatch)
    context = company()
    number = started(context)
    for length in (3, 6, 5, 14):
        hands.go(minutes=length)
        running.next_section(context, number)
    hands.go(minutes=4)

    written = closing.close(context, number)

    assert [round(one.seconds, -1) for one in written.sections] == [180, 360, 300, 840, 240]
    assert [round(one.over_by, -1) for one in written.sections] == [60, 0, 0, 120, 0]
    # 3 + 6 + 5 + 14 + 4 of 30 planned minutes
    assert round(written.seconds, -1) == 32 * 60
    assert written.planned_minutes == 30
    (line, _) = sorted(meetings(context), key=lambda one: one.held_on)
    assert line.minutes_taken == pytest.approx(32, abs=0.1)
    assert line.in_time is False


def test_numbers_in_minutes_stay_as_they_were_seen_when_the_data_change() -> None:
    context = steering([5, 5, 5, 5, 5, 5, 5, 4])
    number = started(context)
    written = closing.close(context, number)
    seen_then = {one.key: one for one in written.scoreboard}
    assert (seen_then["deals_won"].value, seen_then["deals_won"].target) == (4, 5)
    assert (seen_then["deals_won"].gap, seen_then["deals_won"].on_target) == (-1, False)
    assert seen_then["deals_won"].responsible == "Marc Roy"
    # one of the five deals that were closed in week 46 was lost: 4 of 5
    assert (seen_then["win_rate"].numerator, seen_then["win_rate"].denominator) == (4, 5)

    # a deal of that week comes in late, and the target is said to have been another
    add(context, closed("2026-11-11", "won", 100.0))
    set_target(
        context,
        TargetRequest(key="deals_won", value=9, per=Grain.WEEK, valid_from=date(2026, 1, 2)),
    )

    assert minutes(context, number) == written
    assert closing.close(context, number) == written


def test_minutes_are_kept_as_text_and_read_again_without_loss() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    _, written = whole_meeting(context)

    assert from_json(to_json(written)) == written
    assert json.loads(to_json(written))["held_on"] == "2026-11-17"


def test_a_closed_meeting_refuses_every_change() -> None:
    context = company()
    number = started(context)
    blocker = understood(context, number)
    item = agenda.add_item(context, number, "Fair")
    win = wins.add_win(context, number, "Érable signed")
    decision = deciding.decide(context, number, "No rebates", "Zoé Côté", FRIDAY)
    written = closing.close(context, number)

    for gesture in (
        lambda: running.start(context, number),
        lambda: running.enter(context, number, 1),
        lambda: running.next_section(context, number),
        lambda: running.pause(context, number),
        lambda: running.resume(context, number),
        lambda: running.suspend(context, number),
        lambda: running.mark(context, number, "Zoé Côté", 1, present=True),
        lambda: preparing.change_meeting(context, number, chair="Marc Roy"),
        lambda: preparing.invite(context, number, ["Anne"]),
        lambda: preparing.uninvite(context, number, "Zoé Côté"),
        lambda: sections.add_section(context, number, "More", 5),
        lambda: sections.change_section(context, number, 1, None, 5),
        lambda: agenda.add_item(context, number, "Late"),
        lambda: agenda.change_item(context, number, item.item_id, 1, title="Late"),
        lambda: agenda.close_item(context, number, item.item_id, 1),
        lambda: noting.save_note(context, number, "section 1", "Late", 0),
        lambda: noting.save_note(context, number, f"blocker {blocker} facts", "Late", 1),
        lambda: wins.add_win(context, number, "Late"),
        lambda: wins.change_win(context, number, win.win_id, 1, text="Late"),
        lambda: wins.keep_as_practice(context, number, win.win_id),
        lambda: blockers.make_blocker(context, number, title="Late"),
        lambda: blockers.park(context, number, blocker, 1, until=NEXT_TUESDAY, forum="Late"),
        lambda: voting.vote(context, number, blocker),
        lambda: voting.pick_top_three(context, number),
        lambda: deciding.decide(context, number, "Late", "Zoé Côté", FRIDAY),
        lambda: deciding.new_action(context, number, "Late", "Zoé Côté", FRIDAY),
        lambda: deciding.reword_decision(context, number, decision.decision_id, 1, "Late"),
        lambda: closing.rate(context, number, 3),
    ):
        with pytest.raises(Refused, match="is closed"):
            gesture()

    assert minutes(context, number) == written
    assert seen(context, number).notes == seen(context, number).notes


def test_a_meeting_that_has_not_started_has_nothing_to_close() -> None:
    context = company()
    number = planned(context)

    with pytest.raises(Refused, match="has not started"):
        closing.close(context, number)
    with pytest.raises(Refused, match="no minutes yet"):
        minutes(context, number)


def test_open_points_and_blockers_go_on_to_the_next_meeting_by_themselves() -> None:
    context = company()
    number = started(context)
    agenda.add_item(context, number, "The fair", section=2, concerns=["Zoé Côté"])
    settled = agenda.add_item(context, number, "Holidays")
    agenda.close_item(context, number, settled.item_id, 1)
    blocker = blockers.make_blocker(context, number, title="Prices").blocker_id
    noting.save_note(context, number, f"blocker {blocker} facts", "12 of 30", 0)
    voting.pick_top_three(context, number)

    written = closing.close(context, number)
    following = current_meeting(context)

    assert following is not None
    assert [(one.title, one.section, one.concerns) for one in following.items] == [
        ("The fair", 2, ("Zoé Côté",))
    ]
    (found,) = following.blockers
    assert (found.title, found.facts, found.rank, found.votes) == ("Prices", "12 of 30", None, 0)
    assert [(one.title, one.carried) for one in written.points] == [
        ("The fair", True),
        ("Holidays", False),
    ]


def test_the_minutes_say_what_became_of_every_point() -> None:
    context = company()
    number = started(context)
    for title in ("Left over", "Settled", "In the way"):
        agenda.add_item(context, number, title)
    left, settled, way = (one.item_id for one in seen(context, number).items)
    agenda.close_item(context, number, settled, 1)
    blockers.make_blocker(context, number, item_id=way)

    points = closing.close(context, number).points

    assert {one.item_id: one.became for one in points} == {
        left: PointState.CARRIED,
        settled: PointState.SETTLED,
        way: PointState.BLOCKER,
    }


def test_a_meeting_that_is_planned_already_takes_the_open_points() -> None:
    context = company()
    number = planned(context)
    later = preparing.plan_meeting(context, day=date(2026, 11, 26)).meeting_id
    running.start(context, number)
    agenda.add_item(context, number, "The fair")
    written = closing.close(context, number)

    assert written.next_on == date(2026, 11, 26)
    assert [one.title for one in seen(context, later).items] == ["The fair"]
    assert len(meetings(context)) == 2


def test_what_was_promised_is_late_due_or_done() -> None:
    context = company(today="2026-11-10")
    held = planned(context)
    running.start(context, held)
    closing.close(context, held)
    late = add_action(context, "Late", "Zoé Côté", date(2026, 11, 16))
    due = add_action(context, "Due today", "Luc Paré", date(2026, 11, 17))
    done = add_action(context, "Done", "Luc Paré", date(2026, 11, 13))
    add_action(context, "Due later", "Luc Paré", date(2026, 11, 18))
    complete(context.on(date(2026, 11, 12)), done.action_id, 1)
    week_later = context.on(date(2026, 11, 17))
    number = preparing.plan_meeting(week_later).meeting_id
    running.start(week_later, number)

    found = commitments(week_later, seen(week_later, number))

    assert [(one.action.action_id, one.standing) for one in found] == [
        (late.action_id, Standing.LATE),
        (due.action_id, Standing.OPEN),
        (done.action_id, Standing.DONE),
    ]
    written = closing.close(week_later, number)
    assert [(one.title, one.standing) for one in written.commitments] == [
        ("Late", Standing.LATE),
        ("Due today", Standing.OPEN),
        ("Done", Standing.DONE),
    ]


def test_what_one_meeting_saw_done_the_next_one_does_not_see_again() -> None:
    context = company()
    done = add_action(context, "Done on the day", "Luc Paré", date(2026, 11, 17))
    complete(context, done.action_id, 1)
    number = started(context)
    first = closing.close(context, number)
    week_later = context.on(NEXT_TUESDAY)
    following = preparing.plan_meeting(week_later).meeting_id

    assert [one.title for one in first.commitments] == ["Done on the day"]
    assert commitments(week_later, seen(week_later, following)) == ()


def test_the_read_back_says_who_does_what_by_when() -> None:
    context = company()
    add_action(context, "Old promise", "Zoé Côté", date(2026, 12, 1))
    add_action(context, "Of somebody absent", "Luc Paré", date(2026, 12, 1))
    number = started(context)
    mark(context, number, absent=("Luc Paré",))
    deciding.decide(context, number, "Price list on Mondays", "Luc Paré", FRIDAY)
    deciding.new_action(context, number, "Call Hydro", "Zoé Côté", FRIDAY)

    found = [
        (one.action.owner, one.action.title, one.new) for one in closing.read_back(context, number)
    ]

    assert found == [
        ("Luc Paré", "Price list on Mondays", True),
        ("Luc Paré", "Of somebody absent", False),
        ("Zoé Côté", "Call Hydro", True),
        ("Zoé Côté", "Old promise", False),
    ]


def test_what_an_absent_person_has_open_stands_in_the_minutes_by_the_alphabet() -> None:
    context = company()
    add_action(context, "Price list", "Étienne Roy", date(2026, 12, 1))
    add_action(context, "Quote 1042", "Zoé Côté", date(2026, 12, 2))
    add_action(context, "Fair", "Luc Paré", date(2026, 12, 3))
    number = preparing.plan_meeting(context, invited=(*TEAM, "Étienne Roy")).meeting_id
    running.start(context, number)
    mark(context, number, absent=("Étienne Roy",))

    written = closing.close(context, number)

    assert [(one.owner, one.title, one.new) for one in written.tasks] == [
        ("Étienne Roy", "Price list", False),
        ("Luc Paré", "Fair", False),
        ("Zoé Côté", "Quote 1042", False),
    ]
    assert written.absent == ("Étienne Roy",)
    assert [one.name for one in written.attendance] == [
        "Étienne Roy",
        "Louise Gagnon",
        "Luc Paré",
        "Marc Roy",
        "Zoé Côté",
    ]


def test_tuesdays_meeting_held_on_monday_is_not_held_again_on_tuesday() -> None:
    context = company(today="2026-11-16")
    number = started(context)

    written = closing.close(context, number)

    assert (written.held_on, written.next_on) == (date(2026, 11, 16), NEXT_TUESDAY)
    following = current_meeting(context)
    assert following is not None
    assert following.held_on == NEXT_TUESDAY
    assert coming.next_day(context) == NEXT_TUESDAY


def test_nobody_reads_a_rating_before_everybody_who_is_there_has_rated() -> None:
    context = company()
    number = started(context)
    mark(context, number, absent=("Luc Paré", "Marc Roy"))

    closing.rate(context.by(ZOE), number, 6, "Too long")
    early = seen(context, number).ratings
    assert (early.given_by, early.scores, early.own) == (("Zoé Côté",), (), None)
    assert seen(context.by(ZOE), number).ratings.own == 6
    closing.rate(context, number, 9)

    complete_now = seen(context, number).ratings
    assert complete_now.scores == (("Louise Gagnon", 9, None), ("Zoé Côté", 6, "Too long"))
    assert seen(context.by(ZOE), number).ratings.scores == ()
    assert seen(context.by(ZOE), number).ratings.own == 6


def test_after_closing_ratings_are_read_by_those_who_may_and_by_nobody_else() -> None:
    context = company()
    number = started(context)
    mark(context, number)
    closing.rate(context.by(ZOE), number, 6, "Too long")
    written = closing.close(context, number)

    assert seen(context, number).ratings.scores == (("Zoé Côté", 6, "Too long"),)
    assert seen(context.by(LUC), number).ratings.scores == ()
    # one rating: its mean would be what Zoé gave
    assert (written.rating.count, written.rating.mean) == (1, None)
    assert "Too long" not in to_json(written)
    assert meetings(context.by(LUC))[-1].rating is None
    assert meetings(context)[-1].rating is None


def test_of_three_ratings_the_minutes_say_the_mean() -> None:
    context = company()
    number = started(context)
    for person, score in ((ZOE, 6), (LUC, 7), (MARC, 9)):
        closing.rate(context.by(person), number, score)
    closing.rate(context.by(MARC), number, 8)  # on second thoughts

    assert closing.close(context, number).rating.mean == 7


@pytest.mark.parametrize("score", [0, 11, -1])
def test_a_rating_goes_from_one_to_ten(score: int) -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="no rating"):
        closing.rate(context, number, score)


def test_a_meeting_without_a_blocker_a_decision_and_an_action_was_a_numbers_meeting() -> None:
    context = company()
    number = started(context)
    wins.add_win(context, number, "Érable signed")

    assert closing.close(context, number).hygiene.numbers_meeting
    assert meetings(context)[-1].numbers_meeting is True


def test_margins_in_minutes_are_only_for_those_who_may_see_them() -> None:
    context = company()
    number = started(context)
    blockers.make_blocker(context, number, kpi="gross_margin_rate")
    closing.close(context, number)

    assert minutes(context, number).blockers[0].kpi is not None
    assert minutes(context.by(ZOE), number).blockers[0].kpi is None


def test_a_salesperson_reads_the_minutes_without_who_answers_for_what() -> None:
    context = steering([5, 5, 5, 5, 5, 5, 5, 4])
    number = started(context)
    closing.close(context, number)

    found = {one.key: one.responsible for one in minutes(context.by(LUC), number).scoreboard}

    assert found["win_rate"] == "Luc Paré"
    assert found["deals_won"] is None


def test_former_meetings_are_told_newest_first() -> None:
    context = company(today="2026-11-03")
    days = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]
    for day in days:
        then = context.on(day)
        number = preparing.plan_meeting(then, day=day, invited=TEAM).meeting_id
        running.start(then, number)
        closing.close(then, number)
    upcoming = current_meeting(context.on(days[-1]))

    assert upcoming is not None
    found = former_meetings(context, upcoming.meeting_id, most=2)
    assert [one.held_on for one in found] == [days[2], days[1]]


def test_a_closed_meeting_keeps_its_clock_and_its_blockers() -> None:
    context = company()
    number, written = whole_meeting(context)

    found = seen(context, number)

    assert timing(context, found).total == written.seconds
    assert timing(context, found).running is False
    assert {one.title for one in found.blockers} == {"Quotes go out late", "Prices"}
    assert found.sections[0].topic is Topic.WINS


def test_whoever_closes_the_meeting_decides_not_what_the_minutes_hold() -> None:
    context = company()
    number = started(context)
    blockers.make_blocker(context, number, kpi="gross_margin_rate")
    narrow = Actor("Marc Roy", None, Scope(None, margins=False))

    closing.close(context.by(narrow), number)

    assert minutes(context, number).blockers[0].kpi is not None
