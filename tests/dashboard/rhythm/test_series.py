from collections.abc import Container
from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import Occurrence, as_held, next_meeting, occurrences
from pipelines.periods import Calendar, Grain, Weekday
from pipelines.settings import MeetingDay, Meetings
from pipelines.workdays import working_days

QUEBEC = working_days("CA", "QC")
FRANCE = working_days("FR", None)
BEGUN = Meetings(first_on=date(2026, 1, 6))
CALENDAR = Calendar()


def held(
    start: date,
    end: date,
    *,
    meetings: Meetings = BEGUN,
    calendar: Calendar = CALENDAR,
    working: Container[date] = QUEBEC,
    kind: Kind | None = None,
) -> list[Occurrence]:
    found = occurrences(meetings, calendar, working, start, end)
    return [one for one in found if kind in {None, one.kind}]


def days(found: list[Occurrence]) -> list[str]:
    return [one.held_on.isoformat() for one in found]


def test_the_weekly_meeting_is_on_tuesdays_at_nine_for_half_an_hour() -> None:
    found = held(date(2026, 11, 1), date(2026, 12, 1), kind=Kind.WEEKLY)

    assert days(found) == ["2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24"]
    assert {(one.starts_at, one.minutes, one.moved) for one in found} == {(time(9), 30, False)}


def test_a_monthly_review_is_in_the_first_full_week_and_follows_the_weekly_meeting() -> None:
    # November 2026 begins on a Sunday: its first full week is the one from Monday the 2nd;
    # October on a Thursday: from the 5th
    found = held(date(2026, 10, 1), date(2026, 12, 1), kind=Kind.MONTHLY)

    assert days(found) == ["2026-10-06", "2026-11-03"]
    assert {(one.starts_at, one.minutes) for one in found} == {(time(9, 30), 60)}
    # and the weekly meetings of these days are held too
    weekly = held(date(2026, 10, 1), date(2026, 12, 1), kind=Kind.WEEKLY)
    assert {"2026-10-06", "2026-11-03"} <= set(days(weekly))


def test_a_quarterly_review_is_in_the_second_full_week_of_the_companys_quarter() -> None:
    # full weeks of the quarter from 1 October 2026: 5 October, 12 October
    (found,) = held(date(2026, 10, 1), date(2026, 12, 31), kind=Kind.QUARTERLY)
    assert (found.held_on, found.starts_at, found.minutes) == (date(2026, 10, 13), time(9, 30), 150)

    fiscal = Calendar(fiscal_year_start=2)  # quarters from February, May, August, November
    (other,) = held(date(2026, 11, 1), date(2026, 12, 31), kind=Kind.QUARTERLY, calendar=fiscal)
    assert other.held_on == date(2026, 11, 10)


def test_a_meeting_on_a_holiday_is_held_on_the_next_working_day() -> None:
    # 14 July is a Tuesday in 2026, and a holiday in France
    (bastille,) = held(date(2026, 7, 13), date(2026, 7, 18), working=FRANCE, kind=Kind.WEEKLY)
    assert (bastille.planned_on, bastille.held_on) == (date(2026, 7, 14), date(2026, 7, 15))
    assert bastille.moved
    (quebec,) = held(date(2026, 7, 13), date(2026, 7, 18), kind=Kind.WEEKLY)
    assert quebec.held_on == date(2026, 7, 14)


def test_a_meeting_on_a_friday_before_a_long_weekend_moves_into_the_next_week() -> None:
    fridays = Meetings(first_on=date(2026, 1, 9), weekday=MeetingDay.FRIDAY)
    # 25 December 2026 is a Friday; 28 December a working day in Québec
    found = held(date(2026, 12, 21), date(2027, 1, 9), meetings=fridays, kind=Kind.WEEKLY)

    # and 1 January 2027 is a Friday as well
    assert days(found) == ["2026-12-28", "2027-01-04", "2027-01-08"]


def test_the_first_meeting_is_on_the_day_that_was_chosen_and_none_before() -> None:
    from_thursday = Meetings(first_on=date(2026, 11, 19))

    found = held(date(2026, 11, 1), date(2026, 12, 4), meetings=from_thursday, kind=Kind.WEEKLY)

    assert days(found) == ["2026-11-19", "2026-11-24", "2026-12-01"]
    assert held(date(2026, 11, 1), date(2026, 12, 4), meetings=Meetings()) == []


def test_a_week_that_begins_on_sunday_has_its_meeting_on_the_same_tuesday() -> None:
    sunday = Calendar(week_start=Weekday.SUNDAY)
    found = held(date(2026, 11, 15), date(2026, 11, 22), calendar=sunday, kind=Kind.WEEKLY)
    assert days(found) == ["2026-11-17"]


def test_the_next_meeting_comes_after_the_day_asked_about() -> None:
    tuesday = date(2026, 11, 17)

    after = next_meeting(BEGUN, CALENDAR, QUEBEC, tuesday)
    quarterly = next_meeting(BEGUN, CALENDAR, QUEBEC, tuesday, Kind.QUARTERLY)

    assert after is not None
    assert after.held_on == date(2026, 11, 24)
    assert quarterly is not None
    # full weeks of the quarter from 1 January 2027, a Friday: 4 January, 11 January
    assert quarterly.held_on == date(2027, 1, 12)
    assert next_meeting(Meetings(), CALENDAR, QUEBEC, tuesday) is None


@given(
    start=st.dates(date(2026, 1, 1), date(2032, 1, 1)),
    weekday=st.sampled_from(MeetingDay),
    week=st.integers(1, 3),
    quarter_week=st.integers(1, 12),
    calendar=st.builds(Calendar, st.sampled_from(Weekday), st.integers(1, 12)),
)
def test_no_week_month_or_quarter_is_ever_without_its_meeting(
    start: date, weekday: MeetingDay, week: int, quarter_week: int, calendar: Calendar
) -> None:
    meetings = Meetings(
        first_on=date(2025, 1, 7), weekday=weekday, monthly_week=week, quarterly_week=quarter_week
    )
    end = start + timedelta(days=400)

    found = occurrences(meetings, calendar, QUEBEC, start, end)

    assert all(one.held_on in QUEBEC and start <= one.held_on < end for one in found)
    assert all(one.planned_on in one.period for one in found)
    for kind, grain in (
        (Kind.WEEKLY, Grain.WEEK),
        (Kind.MONTHLY, Grain.MONTH),
        (Kind.QUARTERLY, Grain.QUARTER),
    ):
        periods = [one.period for one in found if one.kind is kind]
        assert all(second == calendar.next(first) for first, second in pairwise(periods))
        whole = [
            one
            for one in calendar.periods(grain, start + timedelta(days=15), end)
            if one.end <= end - timedelta(days=15)
        ]
        assert set(whole) <= set(periods)
    # nobody sits in two meetings at once
    for first, second in pairwise(found):
        if first.held_on == second.held_on:
            began = first.starts_at.hour * 60 + first.starts_at.minute
            begins = second.starts_at.hour * 60 + second.starts_at.minute
            assert begins == began + first.minutes


def next_after(day: date, *held_on: date, kind: Kind = Kind.WEEKLY) -> date:
    found = next_meeting(BEGUN, CALENDAR, QUEBEC, day, kind, held=held_on)
    assert found is not None
    return found.held_on


def test_a_meeting_takes_the_date_of_its_week_on_whatever_day_it_was_held() -> None:
    monday, thursday = date(2026, 11, 16), date(2026, 11, 19)

    assert next_after(monday) == date(2026, 11, 17)
    assert next_after(monday, monday) == date(2026, 11, 24)
    assert next_after(monday, date(2026, 11, 12)) == date(2026, 11, 17)  # the week before
    assert next_after(thursday, thursday) == date(2026, 11, 24)


def test_a_monthly_review_held_early_is_that_of_its_month() -> None:
    # by the rule on 3 November and 8 December: December 2026 begins on a Tuesday
    early = date(2026, 11, 2)

    assert next_after(early, early, kind=Kind.MONTHLY) == date(2026, 12, 8)


def test_a_meeting_that_a_break_moved_into_the_next_week_takes_nothing_from_that_week() -> None:
    # Friday 1 January 2027 is a holiday: that week's meeting is on Monday the 4th
    fridays = Meetings(first_on=date(2026, 1, 9), weekday=MeetingDay.FRIDAY)
    monday = date(2027, 1, 4)
    assert days(held(date(2026, 12, 29), date(2027, 1, 9), meetings=fridays, kind=Kind.WEEKLY)) == [
        "2027-01-04",
        "2027-01-08",
    ]

    found = next_meeting(fridays, CALENDAR, QUEBEC, monday, held=[monday])

    assert found is not None
    assert found.held_on == date(2027, 1, 8)


def test_a_calendar_shows_a_meeting_on_the_day_it_was_held() -> None:
    found = held(date(2026, 11, 9), date(2026, 11, 29), kind=Kind.WEEKLY)

    shown = as_held(found, {Kind.WEEKLY: [date(2026, 11, 10), date(2026, 11, 16)]})

    assert days(list(shown)) == ["2026-11-10", "2026-11-16", "2026-11-24"]
