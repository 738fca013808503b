"""The quarter that the sample company comes with, checked against what the script tells by hand."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard.demo import build_demo
from dashboard.demo_marker import state
from dashboard.rhythm.action import Action, EventKind
from dashboard.rhythm.actions import history, list_actions
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.effect.discipline import Mark, Point
from dashboard.rhythm.effect.gauge import MeetingEffect
from dashboard.rhythm.effect.reading import read_discipline, read_gauge
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.improve.experiments import trials
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.improve.practices import list_practices
from dashboard.rhythm.meeting.hygiene import overrunning
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Status, Topic
from dashboard.rhythm.meeting.reading import (
    MeetingLine,
    current_meeting,
    former_meetings,
    meetings,
    minutes,
)
from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.pacts import list_events, list_pacts
from dashboard.rhythm.plan.model import ChangeKind, PlanStatus
from dashboard.rhythm.plan.one_to_ones import list_one_to_ones
from dashboard.rhythm.plan.reading import list_plans, plan_on
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.quarter.freezing import read_frozen_quarter
from dashboard.rhythm.requests import open_requests
from pipelines.context import Context, open_context
from pipelines.journal import changes_after
from pipelines.kpis.targets import list_targets
from pipelines.sample import OWNER, PEOPLE
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_context, sample_workspace

ZOE, MARC_ANDRE, _, ETIENNE, FRANCOIS = PEOPLE
#: Tuesdays, the last one in the week before Monday 16 November 2026.
TUESDAYS = [date(2026, 8, 25) + timedelta(weeks=week) for week in range(12)]
#: In the first full week of the month, and in the second of the quarter.
GAP_REVIEWS = [
    date(2026, 6, 2),
    date(2026, 7, 7),
    date(2026, 8, 4),
    date(2026, 9, 8),
    date(2026, 10, 6),
    date(2026, 11, 3),
]
QUARTER_REVIEWS = [date(2026, 7, 14), date(2026, 10, 13)]
MONTREAL = ZoneInfo("America/Montreal")


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())


def closed_of(context: Context, kind: Kind) -> list[MeetingLine]:
    found = [line for line in meetings(context) if line.status is Status.CLOSED]
    return sorted((line for line in found if line.kind is kind), key=lambda line: line.held_on)


@cache
def closed() -> list[MeetingLine]:
    return closed_of(sample_context(), Kind.WEEKLY)


@cache
def all_minutes() -> list[Minutes]:
    return [minutes(sample_context(), line.meeting_id) for line in closed()]


def of(number: int) -> Minutes:
    """Return the minutes of the first, the second … meeting."""
    return all_minutes()[number - 1]


# the meetings


def test_twelve_meetings_were_held_on_tuesdays() -> None:
    assert [line.held_on for line in closed()] == TUESDAYS


def test_one_meeting_took_forty_one_minutes_and_the_others_half_an_hour_or_less() -> None:
    taken = [line.minutes_taken for line in closed()]

    assert taken[0] == 41
    assert all(each is not None and 25 <= each <= 30 for each in taken[1:])


def test_the_minutes_carry_the_moments_of_their_day() -> None:
    for day, one in zip(TUESDAYS, all_minutes(), strict=True):
        assert one.started_at is not None
        began = one.started_at.replace(tzinfo=UTC).astimezone(MONTREAL)
        assert (began.date(), began.hour, began.minute) == (day, 9, 1)


def test_a_meeting_that_was_broken_off_went_on_in_the_afternoon() -> None:
    ninth = of(9)

    assert ninth.closed_at.replace(tzinfo=UTC).astimezone(MONTREAL).hour == 13
    assert ninth.seconds == 29 * 60


def test_one_meeting_was_of_numbers_only() -> None:
    assert [line.numbers_meeting for line in closed()].count(True) == 1
    assert closed()[6].numbers_meeting


def test_the_reviews_were_held_in_their_weeks_and_in_time() -> None:
    months = closed_of(sample_context(), Kind.MONTHLY)
    quarters = closed_of(sample_context(), Kind.QUARTERLY)

    assert [line.held_on for line in months] == GAP_REVIEWS
    assert [line.held_on for line in quarters] == QUARTER_REVIEWS
    # the first of the month took longer than its hour
    assert [line.in_time for line in months] == [False, True, True, True, True, True]
    assert all(line.in_time for line in quarters)


def test_two_meetings_pleased_everybody_and_decided_nothing() -> None:
    pleased = [line for line in closed() if line.rating is not None and line.rating > 9]

    assert [line.held_on for line in pleased] == [TUESDAYS[2], TUESDAYS[6]]
    assert [line.decisions for line in pleased] == [0, 0]


def test_zoe_was_absent_in_the_week_she_was_ill() -> None:
    absent = {one.name for one in of(12).attendance if one.present is False}

    assert absent == {ZOE}


def test_every_decision_comes_from_a_blocker_that_was_worked_facts_first() -> None:
    blockers = [one for each in all_minutes() for one in each.blockers]
    decided = [one for one in blockers if one.decisions]

    # one a meeting, two in the fourth, none in the third and the seventh
    assert len(decided) == sum(line.decisions for line in closed()) == 11
    assert all(one.facts and one.tried and one.problem for one in decided)


def test_blockers_were_parked_and_came_back() -> None:
    parked = {
        number: [one.title for one in of(number).blockers if one.status is BlockerStatus.PARKED]
        for number in (2, 6, 9)
    }

    assert {number: len(titles) for number, titles in parked.items()} == {2: 1, 6: 1, 9: 1}
    assert parked[2] == [one.title for one in of(5).blockers if one.decisions]
    assert set(parked[6]) <= {one.title for one in of(9).blockers if one.decisions}


def test_the_one_that_was_late_twice_put_itself_on_the_agenda() -> None:
    raised = [one for one in of(4).points if one.reason and one.reason.startswith("late")]

    assert [one.title for one in raised] == [
        "Mesurer le temps entre la visite et l’envoi de la soumission"
    ]


def test_the_blockers_took_too_long_three_times_in_a_row() -> None:
    following = current_meeting(sample_context())
    assert following is not None
    former = former_meetings(sample_context(), following.meeting_id)

    assert [one.topic for one in overrunning([one.sections for one in former])] == [Topic.BLOCKERS]


def test_the_meeting_of_tomorrow_is_prepared() -> None:
    following = current_meeting(sample_context())

    assert following is not None
    assert (following.held_on, following.status) == (date(2026, 11, 17), Status.PLANNED)
    assert {one.name for one in following.attendees} == {*PEOPLE, OWNER}
    assert len([one for one in following.items if one.raised_by]) == 2
    assert [one.kpi for one in following.items if not one.raised_by] == ["gross_margin_rate"]
    assert [one.title for one in following.blockers] == [
        "École des Cèdres\N{NO-BREAK SPACE}: 286\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$ qui n’avancent plus"
    ]


# what was promised


def actions() -> tuple[Action, ...]:
    return list_actions(sample_context())


#: What the meetings gave out, and how much of it was kept on its day, as the script tells it.
GIVEN_OUT = (3, 3, 3, 3, 4, 2, 0, 3, 3, 3, 3, 5)
KEPT = (3, 1, 2, 2, 3, 2, 0, 2, 3, 3, 3)


def test_the_meetings_gave_out_what_the_script_tells() -> None:
    assert tuple(line.actions for line in closed()) == GIVEN_OUT


def test_four_of_five_promises_were_kept_and_more_of_them_as_time_went_on() -> None:
    # what went from plan to plan is the same promise
    follower = {one.carried_from: one for one in actions()}
    kept = [
        sum(
            one.done_on is not None and one.done_on <= one.due_on
            for each in actions()
            if each.action_id in given_out
            for one in (follower.get(each.action_id, each),)
        )
        for given_out in (
            {task.action_id for task in each.tasks if task.new} for each in all_minutes()
        )
    ]

    assert tuple(kept[:-1]) == KEPT
    assert sum(KEPT) / sum(GIVEN_OUT[:-1]) == pytest.approx(0.8)
    assert sum(KEPT[:4]) / 12 < sum(KEPT[4:7]) / 6 < sum(KEPT[7:]) / 12


def test_the_gauge_counts_what_the_script_tells() -> None:
    gauge = read_gauge(sample_context())

    # the promises of eleven meetings, one of the plan's own, two of the gap reviews' and three of the
    # second quarterly review's, all kept
    assert (gauge.on_time, gauge.due) == (sum(KEPT) + 6, sum(GIVEN_OUT[:-1]) + 6)
    assert len(gauge.meetings) == 12
    third: MeetingEffect = gauge.meetings[2]
    assert (third.on_time, third.due, third.decisions) == (1, 3, 0)


def test_the_checklist_has_something_met_missed_and_due() -> None:
    lines = {line.point: line for line in read_discipline(sample_context()).lines}

    assert (lines[Point.HELD].part, lines[Point.HELD].whole) == (12, 12)
    assert (lines[Point.IN_TIME].part, lines[Point.IN_TIME].whole) == (11, 12)
    # those of the meetings, the plan's own and the reviews'; what fell due since the last meeting (the
    # school's, missed, and one kept) waits for the next
    assert (lines[Point.KEPT].part, lines[Point.KEPT].whole) == (30, 36)
    gauge = read_gauge(sample_context())
    assert (gauge.on_time, gauge.due) == (30, 36)
    # meetings held began to rise in the weeks of 31 August and 21 September, as their pages said
    assert {one.held_on for one in gauge.meetings if one.signals} == {
        date(2026, 8, 25),
        date(2026, 9, 15),
    }
    assert (lines[Point.MONTHLY].mark, lines[Point.MONTHLY].day) == (Mark.MET, GAP_REVIEWS[-1])
    assert (lines[Point.QUARTERLY].mark, lines[Point.QUARTERLY].day) == (
        Mark.MET,
        QUARTER_REVIEWS[-1],
    )


def test_somebody_asks_for_another_date() -> None:
    (waiting,) = open_requests(sample_context())

    assert waiting.request.asked_by == waiting.action.owner == FRANCOIS
    assert waiting.request.due_on > waiting.action.due_on


# plans


def test_the_plan_of_the_quarter_goes_on_from_the_one_before() -> None:
    plan, former = list_plans(sample_context())

    assert (plan.status, former.status) == (PlanStatus.ADOPTED, PlanStatus.CLOSED)
    assert plan.carried_from == former.plan_id
    assert plan.starts_on == date(2026, 10, 1)
    assert len(plan.standing) == 3
    assert [one.carried_from is not None for one in plan.standing] == [True, True, False]


def test_the_plan_ends_a_week_earlier_and_says_why() -> None:
    plan = plan_on(sample_context(), TODAY)
    assert plan is not None
    (change,) = (one for one in plan.versions if one.kind is ChangeKind.DATES)

    assert change.plan.ends_on == date(2026, 12, 24)
    assert change.reason


def test_what_was_open_went_from_plan_to_plan() -> None:
    carried = [
        (one, other)
        for one in actions()
        for other in actions()
        if one.carried_from == other.action_id
    ]

    assert {former.title for _, former in carried} == {
        "Faire un premier rendez-vous à deux avec chaque vendeur",
        "Faire relire la clause d’indexation par le comptable",
        "Sortir la marge par segment du mois d’octobre",
    }
    for follower, former in carried:
        assert former.dropped_on == QUARTER_REVIEWS[-1]
        assert follower.done_on is not None
        kinds = [event.kind for event in history(sample_context(), former.action_id)]
        assert kinds[-1] is EventKind.CARRIED


@pytest.mark.parametrize("person", [ZOE, ETIENNE])
def test_two_salespeople_have_a_plan_of_their_own_and_talked_about_it(person: str) -> None:
    plan = plan_on(sample_context(), TODAY, person=person)
    (talk,) = list_one_to_ones(sample_context(), person)

    assert plan is not None
    assert plan.plan.status is PlanStatus.ADOPTED
    assert plan.plan.terms is not None
    assert plan.plan.terms.accounts
    assert {gap.kpi for gap in talk.gaps} == {one.kpi for one in plan.plan.terms.activity}
    assert talk.help_asked


def test_what_people_agreed_to_is_their_target_and_all_of_it_is_the_companys() -> None:
    targets = {
        one.owner: one.value for one in list_targets(sample_context()) if one.key == "meetings_held"
    }
    plans = {one: plan_on(sample_context(), TODAY, person=one) for one in (ZOE, ETIENNE)}
    agreed = {
        person: one.per_week
        for person, plan in plans.items()
        if plan and plan.plan.terms
        for one in plan.plan.terms.activity
        if one.kpi == "meetings_held"
    }

    assert agreed == {ZOE: 9, ETIENNE: 4}
    assert {person: targets[person] for person in agreed} == agreed
    assert sum(value for owner, value in targets.items() if owner) == targets[None] == 22


# what is tried out


def test_the_reminders_became_a_good_practice_and_another_experiment_runs() -> None:
    running, ended = trials(sample_context())

    assert running.experiment.ended_on is None
    assert ended.experiment.outcome is Outcome.GENERALISE
    assert ended.judgement is not None
    assert ended.judgement.finding is Finding.RIGHT
    assert ended.experiment.starts_on == date(2026, 8, 3)
    assert not running.beside


def test_three_good_practices_are_kept_two_of_them_from_wins() -> None:
    origins = [one.origin.partition(" ")[0] for one in list_practices(sample_context())]

    assert sorted(origins) == ["experiment", "win", "win"]


def test_one_pact_held_and_was_kept_and_one_waits() -> None:
    (event,) = list_events(sample_context())
    held, waits = list_pacts(sample_context())

    # the last two weeks of the third quarter begin on 17 September
    assert (event.fired_on, event.kept) == (date(2026, 9, 17), True)
    assert event.pact_id == held.pact_id
    assert waits.ended_on is None


# the telling itself


def test_the_story_is_written_down_in_the_order_it_happened_in() -> None:
    found = sample_context().store.read(lambda cursor: changes_after(cursor, 0, limit=5000))
    told = [one.at for one in found if one.what.partition(".")[0] in {"meeting", "plan", "pact"}]

    assert len(told) > 50
    assert told == sorted(told)


def test_what_fires_when_the_company_is_opened_is_nobodys_change(tmp_path: Path) -> None:
    with open_context(sample_workspace(tmp_path)) as context:
        before = state(context)
        # three weeks later the year ends, which one of the pacts is about
        assert check_pacts(context.on(date(2026, 12, 21)))

        assert state(context) == before


#: Christmas and New Year's Day are Tuesdays then: the meetings are held the day after.
MOVED = {date(2030, 1, 6): {date(2029, 12, 26), date(2030, 1, 2)}}


@pytest.fixture(
    scope="module",
    params=[
        date(2026, 11, 20),  # a Friday: this week's meeting was held
        date(2027, 1, 4),  # the first working day of a quarter
        date(2026, 12, 31),  # its last day
        date(2027, 1, 1),  # a holiday: nobody has worked in the quarter yet
        date(2030, 1, 6),  # a Sunday after a New Year's Day that was a Tuesday
    ],
    ids=str,
)
def other_day(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Context]:
    day: date = request.param
    folder = tmp_path_factory.mktemp(str(day))
    with open_context(build_demo(folder / "cap90-demo", day)) as context:
        yield context.on(day)


def test_the_story_can_be_told_on_any_day(other_day: Context) -> None:
    today = other_day.today()
    held = closed_of(other_day, Kind.WEEKLY)
    months, quarters = (closed_of(other_day, kind) for kind in (Kind.MONTHLY, Kind.QUARTERLY))
    following = current_meeting(other_day)
    open_ones = [one for one in list_actions(other_day) if one.is_open]
    plans = list_plans(other_day)

    assert len(held) == 12
    assert tuple(line.actions for line in held) == GIVEN_OUT
    assert all(line.held_on < today for line in held)
    assert 4 <= len(months) <= 7
    assert len(quarters) == 2
    assert all(line.held_on <= today for line in (*months, *quarters))
    assert MOVED.get(today, set()) <= {line.held_on for line in held}
    assert following is not None
    assert today <= following.held_on <= today + timedelta(days=8)
    # a quarterly review of these days gave what was late a new day
    late = int(max(line.held_on for line in quarters) + timedelta(weeks=1) <= today)
    assert len(weekly_review(other_day).late) == late
    assert len([one for one in open_ones if one.due_on < today]) == late
    assert [one.status for one in plans] == [PlanStatus.ADOPTED, PlanStatus.CLOSED]
    assert plans[0].starts_on <= today + timedelta(days=5)
    assert [one.experiment.outcome for one in trials(other_day)] == [None, Outcome.GENERALISE]
    assert list_events(other_day)[0].kept
    for line in quarters:
        assert read_frozen_quarter(other_day, line.meeting_id).kpis
        assert draft(other_day, line.meeting_id).adopted
    waiting = [one for one in meetings(other_day) if one.status is not Status.CLOSED]
    assert sorted(one.kind for one in waiting) == sorted(Kind)
    assert all(one.held_on >= today for one in waiting)
