from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar as File

from dashboard.report.calendar_file import Dates, Due, calendar_file
from dashboard.rhythm.series import occurrences
from pipelines.periods import Calendar
from pipelines.settings import MeetingDay, Meetings
from pipelines.workdays import working_days

BEGUN = Meetings(first_on=date(2026, 1, 6))
FRANCE = working_days("FR", None)
DATES = Dates(
    calendar_id="f00d",
    company="Atelier; Érable, inc.",
    timezone="America/Montreal",
    due=[Due(12, "Appeler Dupont", date(2026, 11, 20), 3)],
    meetings=occurrences(
        BEGUN, Calendar(), working_days("CA", "QC"), date(2026, 10, 26), date(2026, 11, 14)
    ),
    version=4,
    made_at=datetime(2026, 11, 16, 12, 0),  # noqa: DTZ001 - UTC without a zone, as everywhere
)


def read(dates: Dates) -> tuple[Any, dict[str, Any]]:
    content = calendar_file(dates, Calendar(), "fr")
    file = File.from_ical(content)
    return file, {str(event["uid"]): event for event in file.walk("VEVENT")}


def test_a_due_date_is_a_whole_day_and_leaves_it_free() -> None:
    _, events = read(DATES)

    event = events["action-12@3bfca3dabb40c459.cap90"]
    assert str(event["summary"]) == "Appeler Dupont"
    assert event.decoded("dtstart") == date(2026, 11, 20)
    assert event.decoded("dtend") == date(2026, 11, 21)
    assert str(event["transp"]) == "TRANSPARENT"


def test_meetings_keep_their_hour_when_the_clocks_change() -> None:
    # in Montréal summer time ends on 1 November 2026: nine o'clock is 13:00 UTC before, 14:00 after
    _, events = read(DATES)

    starts = {
        name.partition("@")[0]: event.decoded("dtstart").astimezone(UTC)
        for name, event in events.items()
        if name.startswith("weekly")
    }
    assert starts == {
        "weekly-2026-W44": datetime(2026, 10, 27, 13, tzinfo=UTC),
        "weekly-2026-W45": datetime(2026, 11, 3, 14, tzinfo=UTC),
        "weekly-2026-W46": datetime(2026, 11, 10, 14, tzinfo=UTC),
    }
    monthly = events["monthly-2026-11@f00d.cap90"]
    assert monthly.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 3, 14, 30, tzinfo=UTC)
    assert monthly.decoded("dtend").astimezone(UTC) == datetime(2026, 11, 3, 15, 30, tzinfo=UTC)


def test_the_file_explains_the_time_zone_it_uses() -> None:
    file, _ = read(DATES)

    (zone,) = file.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "America/Montreal"
    assert zone.walk("DAYLIGHT")


def test_an_event_keeps_its_name_and_its_sequence_grows_when_it_moves() -> None:
    moved = replace(
        DATES,
        due=[Due(12, "Appeler Dupont", date(2026, 11, 27), 4)],
        meetings=occurrences(
            Meetings(first_on=date(2026, 1, 6), weekday=MeetingDay.THURSDAY),
            *(Calendar(), FRANCE, date(2026, 10, 26), date(2026, 11, 14)),
        ),
        version=5,
    )
    _, before = read(DATES)
    _, after = read(moved)

    assert set(before) == set(after)
    for name in before:
        assert int(after[name]["sequence"]) > int(before[name]["sequence"])
        assert after[name].decoded("dtstart") != before[name].decoded("dtstart")


def test_a_meeting_that_a_holiday_moved_says_so() -> None:
    # 14 July 2026 is a Tuesday
    moved = replace(
        DATES,
        meetings=occurrences(BEGUN, Calendar(), FRANCE, date(2026, 7, 13), date(2026, 7, 18)),
    )
    _, events = read(moved)

    weekly = events["weekly-2026-W29@f00d.cap90"]
    assert weekly.decoded("dtstart").date() == date(2026, 7, 15)
    assert "14 juillet 2026" in str(weekly["description"])


def test_no_title_breaks_out_of_its_event() -> None:
    title = "a; b, c \\ d: “é” 🎯 ATTACH:http://evil.example " + "x" * 200
    _, events = read(replace(DATES, due=[Due(1, title + "\u202e", date(2026, 11, 20), 1)]))

    assert str(events["action-1@3bfca3dabb40c459.cap90"]["summary"]) == title
    content = calendar_file(
        replace(DATES, due=[Due(1, title, DATES.due[0].due_on, 1)]), Calendar(), "fr"
    )
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not [line for line in lines if line.startswith(b"ATTACH")]
    assert b"X-WR-CALNAME:Cap 90\\, Atelier\\; \xc3\x89rable\\, inc." in lines


def test_a_company_without_a_first_meeting_has_due_dates_only() -> None:
    file, events = read(replace(DATES, meetings=[]))

    assert list(events) == ["action-12@3bfca3dabb40c459.cap90"]
    assert not file.walk("VTIMEZONE")
