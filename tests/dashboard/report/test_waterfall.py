"""Amounts that add up, drawn as bars."""

from decimal import Decimal

import pytest

from dashboard.report.sheet import Bar
from dashboard.report.waterfall import Step, waterfall


def _bars(*amounts: int, more_is_better: bool = True) -> tuple[Bar, ...]:
    steps = [Step(str(amount), Decimal(amount)) for amount in amounts]
    drawn = waterfall(steps, "Gap", "in words", written=str, more_is_better=more_is_better)
    return drawn.bars


def test_each_bar_begins_where_the_one_before_it_ends() -> None:
    bars = _bars(-40, -20, 10)

    # from 0 down to -60 and up to -50: nothing lies at the right, -60 at the left
    places = [place for bar in bars[:3] for place in (bar.start, bar.end)]
    assert places == pytest.approx([1.0, 1 / 3, 1 / 3, 0.0, 0.0, 1 / 6])


def test_the_last_bar_is_the_sum_from_nothing() -> None:
    total = _bars(-40, -20, 10)[-1]

    assert total.total
    assert total.amount == "-50"
    assert [total.start, total.end] == pytest.approx([1.0, 1 / 6])


def test_what_helps_is_good_and_what_does_not_is_an_alert() -> None:
    assert [bar.tone for bar in _bars(5, -5, 0)] == ["good", "alert", "plain", "plain"]
    assert [bar.tone for bar in _bars(5, -5, more_is_better=False)] == ["alert", "good", "plain"]


def test_what_is_written_as_nothing_has_no_bar() -> None:
    steps = [Step(f"{amount}", Decimal(amount)) for amount in ("5", "-0.4", "-5")]

    drawn = waterfall(steps, "Gap", "in words", written=lambda amount: f"{abs(amount):.0f}")

    assert [bar.amount for bar in drawn.bars] == ["5", "0", "5", "0"]
    assert [bar.start == bar.end for bar in drawn.bars] == [False, True, False, True]
    assert drawn.bars[1].tone == "plain"


def test_no_step_at_all_is_a_sum_of_nothing() -> None:
    (total,) = _bars()

    assert (total.amount, total.start, total.end) == ("0", 0.0, 0.0)


def test_steps_on_both_sides_of_nothing_stay_within_the_width() -> None:
    places = [place for bar in _bars(30, -70, 90) for place in (bar.start, bar.end)]

    assert min(places) == 0.0
    assert max(places) == 1.0
