from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.rhythm.effect.gauge import MeetingEffect, Reading, gauge
from dashboard.rhythm.effect.words import gauge_sentence
from dashboard.text import LANGUAGES, Language

MONDAY = date(2026, 10, 19)


def meetings(
    count: int = 4,
    *,
    rating: float | None = 9.0,
    due: int = 4,
    on_time: int = 4,
    decisions: int = 1,
    signals: int = 1,
) -> list[MeetingEffect]:
    return [
        MeetingEffect(MONDAY + timedelta(weeks=n), rating, due, on_time, decisions, signals)
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_gauge_says_nothing_before_four_meetings(count: int) -> None:
    found = gauge(meetings(count))

    assert found.reading is Reading.NOT_YET
    assert gauge_sentence(found, "en").startswith(f"Not yet: {count} of 4 meetings.")


@pytest.mark.parametrize(
    ("effects", "reading"),
    [
        (meetings(), Reading.EARNED),
        (meetings(on_time=1, signals=0), Reading.ILLUSION),
        (meetings(on_time=1, signals=0, decisions=5), Reading.ILLUSION),  # decided, and not done
        (meetings(due=0, on_time=0, signals=0), Reading.ILLUSION),  # nothing promised at all
        (meetings(on_time=3, signals=0), Reading.PARTLY),  # 12 of 16 are three quarters
        (meetings(on_time=2), Reading.PARTLY),
        (meetings(rating=7.5), Reading.EARNED),
        (meetings(rating=7.4), Reading.UNSUNG),
        (meetings(rating=4.0, on_time=0, signals=0), Reading.NEITHER),
        (meetings(rating=None), Reading.NO_RATINGS),
    ],
)
def test_satisfaction_is_read_beside_effect(effects: list[MeetingEffect], reading: Reading) -> None:
    assert gauge(effects).reading is reading


def test_the_numbers_are_added_over_the_meetings() -> None:
    found = gauge(
        [
            *meetings(3, rating=8.0, due=3, on_time=2, decisions=2, signals=0),
            MeetingEffect(MONDAY + timedelta(weeks=3), None, 1, 1, 0, 2),
        ]
    )

    assert (found.rating, found.due, found.on_time) == (8.0, 10, 7)
    assert (found.decisions, found.signals) == (6, 2)
    assert (found.keeps, found.decides, found.moves) == (False, True, True)


def test_only_the_newest_quarter_of_meetings_counts() -> None:
    found = gauge([*meetings(20, rating=1.0), *meetings(13, rating=9.0)])

    assert (len(found.meetings), found.rating) == (13, 9.0)


@pytest.mark.parametrize(
    ("on_time", "signals", "said"),
    [
        (
            26,
            0,
            (
                "Satisfaction is high (7.7/10), but only 79% of commitments were kept and no KPI "
                "began to move during these meetings."
            ),
        ),
        (
            26,
            2,
            (
                "Satisfaction is high (7.7/10) and KPIs move in the right direction, but only 79% "
                "of commitments were kept; the goal is 90%."
            ),
        ),
        (
            31,
            0,
            (
                "Satisfaction is high (7.7/10) and 94% of commitments were kept, but no KPI began "
                "to move during these meetings. Check whether they are the right commitments."
            ),
        ),
        (
            31,
            2,
            (
                "Satisfaction (7.7/10) and effect go together: 94% of commitments were kept, and "
                "KPIs move in the right direction."
            ),
        ),
        (
            10,
            0,
            (
                "Satisfaction is high (7.7/10), and nothing changes: only 30% of commitments were "
                "kept, and no KPI began to move. These meetings please more than they help."
            ),
        ),
    ],
)
def test_commitments_are_not_said_to_be_kept_below_the_goal(
    on_time: int, signals: int, said: str
) -> None:
    first, *rest = meetings(4, rating=7.7, due=0, on_time=0, signals=0)
    found = gauge([replace(first, due=33, on_time=on_time, signals=signals), *rest])

    assert gauge_sentence(found, "en") == said


def test_a_middling_rating_is_not_said_to_be_dislike() -> None:
    found = gauge(meetings(4, rating=7.3))

    assert gauge_sentence(found, "fr_CA").startswith(
        "Les rencontres ont un effet; leur note reste sous 7,5/10."
    )
    assert "rating stays below 7.5/10" in gauge_sentence(found, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_is_said_in_words(language: Language) -> None:
    readings = [
        meetings(3),
        meetings(rating=None),
        meetings(),
        meetings(on_time=3, signals=0),
        meetings(on_time=1),
        meetings(on_time=1, signals=0),
        meetings(due=0, on_time=0),
        meetings(due=0, on_time=0, signals=0),
        meetings(rating=4.0),
        meetings(rating=4.0, on_time=0, signals=0),
    ]

    assert len({gauge_sentence(gauge(one), language) for one in readings}) == len(readings)
