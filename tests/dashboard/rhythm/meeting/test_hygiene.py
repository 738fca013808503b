import pytest

from dashboard.rhythm.meeting.hygiene import Hygiene, SectionTime, elsewhere, overrunning
from dashboard.rhythm.meeting.model import Item, Topic

TEAM = [f"Person {number}" for number in range(1, 11)]


def agenda(**minutes: int) -> list[SectionTime]:
    """Return sections of six planned minutes each that took so many."""
    return [
        SectionTime(place, Topic(topic), None, 6, taken * 60)
        for place, (topic, taken) in enumerate(minutes.items(), 1)
    ]


def item(*concerns: str, closed: bool = False) -> Item:
    return Item(1, 1, "Fair", None, None, "Zoé", None, closed, concerns, 1)


def test_a_section_that_took_longer_three_times_in_a_row_is_pointed_out() -> None:
    history = [
        agenda(scoreboard=9, commitments=7),
        agenda(scoreboard=7, commitments=5),
        agenda(scoreboard=8, commitments=9),
    ]

    (found,) = overrunning(history)

    assert (found.topic, found.seconds, found.over_by) == (Topic.SCOREBOARD, 540, 180)


def test_twice_is_not_enough_and_what_was_before_the_last_three_does_not_count() -> None:
    assert overrunning([agenda(scoreboard=9), agenda(scoreboard=9)]) == ()
    assert overrunning([agenda(scoreboard=5), *[agenda(scoreboard=9)] * 3]) == ()


def test_a_section_that_stood_elsewhere_is_the_same_and_exactly_in_time_is_in_time() -> None:
    history = [
        agenda(wins=1, scoreboard=7),
        agenda(scoreboard=7, wins=1),
        agenda(wins=1, scoreboard=7),
    ]

    assert [one.topic for one in overrunning(history)] == [Topic.SCOREBOARD]
    assert overrunning([agenda(scoreboard=6)] * 3) == ()


@pytest.mark.parametrize(("concerned", "proposed"), [(6, True), (7, False), (10, False), (1, True)])
def test_a_point_that_concerns_less_than_seventy_percent_belongs_elsewhere(
    concerned: int, *, proposed: bool
) -> None:
    assert bool(elsewhere([item(*TEAM[:concerned])], TEAM)) is proposed


def test_only_those_who_are_invited_count() -> None:
    assert elsewhere([item(*TEAM[:6], "Somebody else", "Another one")], TEAM)


def test_closed_points_and_those_without_names_are_left_alone() -> None:
    assert elsewhere([item(), item(TEAM[0], closed=True)], TEAM) == ()
    assert elsewhere([item(TEAM[0])], []) == ()


@pytest.mark.parametrize(
    ("brought", "numbers_only"),
    [((0, 0, 0), True), ((1, 1, 1), False), ((0, 1, 1), False), ((0, 0, 1), False)],
)
def test_a_meeting_that_brought_nothing_was_a_numbers_meeting(
    brought: tuple[int, int, int], *, numbers_only: bool
) -> None:
    assert Hygiene(*brought).numbers_meeting is numbers_only
