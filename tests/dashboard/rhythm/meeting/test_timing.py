from datetime import datetime, timedelta

from dashboard.rhythm.meeting.model import EventKind, MeetingEvent, Section, Topic
from dashboard.rhythm.meeting.timing import Timing, timing_of

START = datetime(2026, 11, 17, 14, 0)  # noqa: DTZ001 - moments are kept in UTC and without a zone
AGENDA = (
    Section(1, Topic.WINS, None, 2),
    Section(2, Topic.SCOREBOARD, None, 6),
    Section(3, Topic.COMMITMENTS, None, 6),
)
STARTED, ENTERED, PAUSED = EventKind.STARTED, EventKind.ENTERED, EventKind.PAUSED
RESUMED, SUSPENDED, CLOSED = EventKind.RESUMED, EventKind.SUSPENDED, EventKind.CLOSED


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def timing(*events: tuple[float, EventKind, int | None], now: float) -> Timing:
    """Return the timing of events, each with its minute on the clock."""
    return timing_of(
        [
            MeetingEvent(number, after(minute), kind, section, None)
            for number, (minute, kind, section) in enumerate(events, 1)
        ],
        AGENDA,
        after(now),
    )


def test_before_it_starts_a_meeting_has_taken_no_time() -> None:
    nothing = timing(now=10)

    assert (nothing.seconds, nothing.total) == ({}, 0)
    assert (nothing.current, nothing.running, nothing.over_by) == (None, False, 0)


def test_each_section_takes_from_entering_it_to_entering_the_next() -> None:
    # two minutes of wins, seven of numbers, half a minute of commitments so far
    found = timing((0, STARTED, 1), (2, ENTERED, 2), (9, ENTERED, 3), now=9.5)

    assert found.seconds == {1: 120, 2: 420, 3: 30}
    assert (found.total, found.current, found.running) == (570, 3, True)


def test_going_back_to_a_section_goes_on_counting_there() -> None:
    found = timing((0, STARTED, 1), (2, ENTERED, 2), (5, ENTERED, 1), now=6)

    assert found.seconds == {1: 180, 2: 180}


def test_it_says_by_how_much_section_and_meeting_are_over() -> None:
    # the numbers were to take six minutes and take eight; in all 14 are planned
    assert timing((0, STARTED, 2), now=8).over_by == 120
    assert timing((0, STARTED, 2), now=8).total_over_by == 0
    assert timing((0, STARTED, 2), now=15).total_over_by == 60


def test_a_break_does_not_count() -> None:
    found = timing((0, STARTED, 1), (1, PAUSED, None), (11, RESUMED, None), now=12)

    assert (found.total, found.running) == (120, True)


def test_during_a_break_the_clock_stands_and_the_section_is_known() -> None:
    found = timing((0, STARTED, 1), (1, PAUSED, None), now=50)

    assert (found.total, found.current, found.running) == (60, 1, False)


def test_going_to_another_section_in_a_break_does_not_end_the_break() -> None:
    found = timing((0, STARTED, 1), (1, PAUSED, None), (5, ENTERED, 2), now=30)

    assert (found.seconds, found.current, found.running) == ({1: 60}, 2, False)


def test_a_meeting_that_goes_on_the_next_day_counts_both_parts_only() -> None:
    day = 24 * 60
    found = timing((0, STARTED, 1), (4, SUSPENDED, None), (day, RESUMED, None), now=day + 3)

    assert (found.total, found.current) == (7 * 60, 1)


def test_a_closed_meeting_takes_no_more_time() -> None:
    found = timing((0, STARTED, 1), (3, CLOSED, None), now=90)

    assert (found.total, found.current, found.running) == (180, None, False)


def test_a_clock_set_back_takes_away_nothing_and_gives_nothing_negative() -> None:
    # ten minutes are counted; then the clock goes back an hour, and two minutes later it is 9:52
    found = timing((0, STARTED, 1), (10, ENTERED, 2), (-50, ENTERED, 3), now=-48)

    assert found.seconds == {1: 600, 2: 0, 3: 120}
    assert found.total == 720


def test_now_before_the_last_event_takes_away_nothing() -> None:
    found = timing((0, STARTED, 1), (10, ENTERED, 2), now=-30)

    assert found.seconds == {1: 600, 2: 0}


def test_the_same_events_tell_the_same_time_whoever_counts_them() -> None:
    events = ((0.0, STARTED, 1), (2.0, ENTERED, 2), (3.0, PAUSED, None), (4.0, RESUMED, None))

    assert timing(*events, now=7) == timing(*events, now=7)
    assert timing(*events, now=7).total == 6 * 60
