"""What is planted in the sample company comes out of its quarterly review, in words."""

import pytest

from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.quarter.model import Item, QuarterReview
from dashboard.rhythm.quarter.reading import quarter_review
from dashboard.text import render
from tests.builders.sample import sample_context


@pytest.fixture(scope="module")
def review() -> QuarterReview:
    return quarter_review(sample_context())


def french(item: Item) -> str:
    return "\n".join(render(fact.said, "fr_CA") for fact in item.facts)


def test_one_change_made_the_no_shows_fall(review: QuarterReview) -> None:
    (reminders,) = (
        one
        for one in review.work
        if one.work and one.work.experiment and one.work.kpi == "no_show_rate"
    )

    assert reminders.work is not None
    effect = reminders.work.effect
    assert effect is not None, reminders.work.unjudged
    assert effect.finding is Finding.RIGHT
    # a fifth before, a twentieth since
    assert effect.before == pytest.approx(0.207, abs=0.02)
    assert effect.after == pytest.approx(0.048, abs=0.02)
    assert effect.high is not None
    assert effect.high < 0
    assert "semaines avec un signal dans le bon sens" in french(reminders)


def test_the_kpi_itself_left_its_limits(review: QuarterReview) -> None:
    item = review.item("kpi no_show_rate")

    assert item is not None
    assert item.kpi is not None
    assert item.kpi.good_signals > item.kpi.bad_signals
    assert item.kpi.limits_before is not None
    assert item.kpi.limits_after is not None
    assert item.kpi.limits_after.centre < item.kpi.limits_before.centre - 0.05


def test_the_margin_erodes(review: QuarterReview) -> None:
    item = review.item("kpi gross_margin_rate")

    assert item is not None
    assert item.kpi is not None
    assert item.kpi.on_target is False
    assert item.kpi.bad_signals >= 6
    assert item.kpi.last_year is not None
    assert item.kpi.value is not None
    assert item.kpi.value < item.kpi.last_year - 0.01


def test_the_weekly_meeting_is_told_with_what_it_brought(review: QuarterReview) -> None:
    item = review.item("ritual weekly")

    assert item is not None
    assert item.ritual is not None
    assert item.ritual.held > 0
    assert item.ritual.due is not None
    assert "l’objectif est de 90" in french(item)
