import pytest

from dashboard.rhythm.meeting.model import Kind, Topic
from dashboard.rhythm.meeting.usual import usual_sections


def test_the_weekly_meeting_takes_thirty_minutes_in_five_sections() -> None:
    found = usual_sections(Kind.WEEKLY, 30)

    assert [(one.position, one.topic, one.minutes) for one in found] == [
        (1, Topic.WINS, 2),
        (2, Topic.SCOREBOARD, 6),
        (3, Topic.COMMITMENTS, 6),
        (4, Topic.BLOCKERS, 12),
        (5, Topic.CLOSE, 4),
    ]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("minutes", [10, 29, 45, 60, 90, 150, 240])
def test_an_agenda_is_as_long_as_the_meeting_and_every_section_has_a_minute(
    kind: Kind, minutes: int
) -> None:
    lengths = [section.minutes for section in usual_sections(kind, minutes)]

    assert sum(lengths) == minutes
    assert min(lengths) >= 1


def test_the_monthly_review_takes_an_hour_and_the_quarterly_two_and_a_half() -> None:
    assert [one.minutes for one in usual_sections(Kind.MONTHLY, 60)] == [30, 10, 15, 5]
    assert [one.minutes for one in usual_sections(Kind.QUARTERLY, 150)] == [10, 60, 30, 40, 10]
