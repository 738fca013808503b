from dataclasses import replace

import pytest

from dashboard.rhythm.meeting.model import Kind, Section, Topic
from dashboard.rhythm.meeting.usual import is_outdated, usual_sections


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
    assert [one.minutes for one in usual_sections(Kind.MONTHLY, 60)] == [10, 35, 10, 5]
    quarterly = [one.minutes for one in usual_sections(Kind.QUARTERLY, 150)]
    assert quarterly == [10, 45, 40, 20, 25, 10]


def test_an_agenda_of_an_earlier_version_that_nobody_changed_is_outdated() -> None:
    topics = (Topic.SCOREBOARD, Topic.COMMITMENTS, Topic.BLOCKERS, Topic.CLOSE)
    former = [Section(place, topic, None, 15) for place, topic in enumerate(topics, 1)]

    assert is_outdated(Kind.MONTHLY, former)
    assert not is_outdated(Kind.WEEKLY, former)
    assert not is_outdated(Kind.MONTHLY, former[:3])
    assert not is_outdated(Kind.MONTHLY, [*former[:3], replace(former[3], title="Farewell")])
    assert not any(is_outdated(kind, usual_sections(kind, 60)) for kind in Kind)
