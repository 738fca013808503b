"""A plan on one screen: weeks, load and the way behind, worked out on paper."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from dashboard.rhythm.action import Action
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.rhythm.plan.overview import (
    load,
    progress,
    recent_value,
    share_of_way,
    timeline,
    weeks_of,
)
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

MONDAY = date(2026, 11, 16)
CALENDAR = Calendar()
PLAN = Plan(1, None, MONDAY, date(2027, 2, 13), PlanStatus.ADOPTED, None, None, (), 1)


def action(number: int, due_on: str, owner: str = "Zoé", **values: object) -> Action:
    day = date.fromisoformat(due_on)
    plain = Action(number, f"Action {number}", owner, day, None, MONDAY, None, 1)
    return Action(**{**vars(plain), **values})


def points(*values: float | None, parts: Sequence[tuple[float, float]] = ()) -> list[Point]:
    weeks = [
        Period(MONDAY + timedelta(weeks=n), MONDAY + timedelta(weeks=n + 1), Grain.WEEK)
        for n in range(len(values))
    ]
    of = [*parts, *([(None, None)] * (len(values) - len(parts)))]
    return [
        Point(week, value, numerator=part[0], denominator=part[1])
        for week, value, part in zip(weeks, values, of, strict=True)
    ]


def test_90_days_from_a_monday_are_thirteen_weeks() -> None:
    weeks = weeks_of(PLAN, CALENDAR)

    assert len(weeks) == 13
    assert (weeks[0].start, weeks[-1].end) == (MONDAY, date(2027, 2, 15))


def test_each_week_has_what_is_due_done_and_late_in_it() -> None:
    actions = [
        action(1, "2026-11-20", done_on=date(2026, 11, 19)),
        action(2, "2026-11-20"),
        action(3, "2026-11-24"),
        action(4, "2026-11-25", dropped_on=MONDAY),
        action(5, "2026-11-22"),  # a Sunday still belongs to the week before
        action(6, "2026-11-02"),  # late since before the plan began
        action(7, "2027-02-17"),  # two days after the plan
        action(8, "2027-03-30"),
    ]

    weeks = timeline(PLAN, actions, CALENDAR, date(2026, 11, 23))

    def numbers(week: int) -> list[list[int]]:
        row = weeks[week]
        return [[one.action_id for one in part] for part in (row.due, row.done, row.late)]

    assert numbers(0) == [[], [1], [2, 5, 6]]
    assert numbers(1) == [[3], [], []]
    assert numbers(12) == [[], [], []]
    assert numbers(13) == [[7], [], []]  # no week of the plan, and still its own
    assert numbers(-1) == [[8], [], []]
    assert len(weeks) == 15
    assert [row.running for row in weeks].index(True) == 1


def test_the_load_counts_open_actions_by_the_week_they_are_due_in_and_late_ones_now() -> None:
    today = date(2026, 11, 25)
    actions = [
        *(action(n, "2026-12-03") for n in range(6)),
        action(10, "2026-11-10"),
        action(11, "2026-11-27"),
        action(12, "2026-11-27", done_on=MONDAY),
        action(13, "2026-11-27", dropped_on=MONDAY),
        action(14, "2026-12-04", owner="Luc"),
    ]

    zoe, luc = load(actions, CALENDAR, today)

    assert (zoe.person, dict(zoe.counts)) == (
        "Zoé",
        {date(2026, 11, 23): 2, date(2026, 11, 30): 6},
    )
    assert zoe.heavy == (date(2026, 11, 30),)
    assert (zoe.total, zoe.late) == (8, 1)
    assert (luc.person, luc.heavy) == ("Luc", ())
    assert (luc.total, luc.late) == (1, 0)
    assert load([], CALENDAR, today) == ()


def test_whoever_has_most_open_actions_comes_first_and_names_by_the_alphabet() -> None:
    # Zoé's two are in two weeks, Marc's one and Étienne's one in one
    actions = [
        action(1, "2026-12-03"),
        action(2, "2026-12-10"),
        action(3, "2026-12-03", owner="Marc"),
        action(4, "2026-12-03", owner="Étienne"),
    ]

    found = load(actions, CALENDAR, date(2026, 11, 25))

    assert [one.person for one in found] == ["Zoé", "Étienne", "Marc"]


@pytest.mark.parametrize(
    ("way", "share"),
    [
        ((14, 16, 22), 0.25),
        ((0.18, 0.14, 0.1), 0.5),
        ((14, 24, 22), 1.25),
        ((14, 12, 22), -0.25),
        ((None, 16, 22), None),
        ((14, None, 22), None),
        ((22, 16, 22), None),
    ],
)
def test_the_share_of_the_way_is_counted_from_where_it_began(
    way: tuple[float | None, float | None, float], share: float | None
) -> None:
    found = share_of_way(*way)

    assert found == (None if share is None else pytest.approx(share))


def test_a_flow_stands_at_the_mean_of_its_last_four_finished_weeks() -> None:
    assert recent_value(points(100, 10, 20, 30, 60), adds_up=True) == 30
    assert recent_value(points(10, None, 20), adds_up=True) == 15
    assert recent_value(points(None), adds_up=True) is None
    assert recent_value([], adds_up=True) is None


def test_a_rate_is_computed_from_its_parts_and_not_averaged() -> None:
    # one of one and nothing of nine: 1 of 10, though the mean of the weeks is 50 %
    found = recent_value(points(1, 0, parts=[(1, 1), (0, 9)]), adds_up=False)

    assert found == pytest.approx(0.1)


def test_of_a_median_the_newest_value_counts() -> None:
    assert recent_value(points(40, 50, 60), adds_up=False) == 60


def test_a_running_week_says_nothing_yet() -> None:
    (known,) = points(10)
    running = Point(Period(MONDAY, MONDAY + timedelta(weeks=1), Grain.WEEK), 0, partial=True)

    assert recent_value([known, running], adds_up=True) == 10


def test_progress_is_the_mean_of_what_is_still_meant_to_be_done() -> None:
    actions = [
        action(1, "2026-11-20", done_on=MONDAY),
        action(2, "2026-11-20", estimate=50),
        action(3, "2026-11-20"),
        action(4, "2026-11-20", dropped_on=MONDAY),
    ]

    assert progress(actions) == 50
    assert progress(actions[3:]) is None
