import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.report.plot import Scale, across, round_scale, spread, tight_scale

VALUES = st.lists(
    st.floats(-1e9, 1e9, allow_subnormal=False).filter(lambda value: not 0 < abs(value) < 1e-6),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([9, 31], (0, 10, 20, 30, 40)),
        ([0.11, 0.45], (0, 0.2, 0.4, 0.6)),
        ([136_000, 164_000], (130_000, 140_000, 150_000, 160_000, 170_000)),
        ([-12, 8], (-15, -10, -5, 0, 5, 10)),
    ],
)
def test_an_axis_has_a_few_round_numbers_around_the_values(
    values: list[float], ticks: tuple[float, ...]
) -> None:
    assert round_scale(values).ticks == pytest.approx(ticks)


def test_things_that_are_counted_have_no_half_steps() -> None:
    assert round_scale([0, 1], whole=True).ticks == (0, 1)
    assert round_scale([2, 3], whole=True).ticks == (2, 3)


def test_weeks_that_are_all_alike_lie_in_the_middle() -> None:
    assert tight_scale([7, 7, 7]).at(7) == 0.5
    assert tight_scale([0, 0]).at(0) == 0.5


def test_no_value_at_all_still_has_an_axis() -> None:
    assert round_scale([]).ticks[0] < round_scale([]).ticks[-1]


@given(VALUES, st.booleans())
def test_every_value_lies_on_the_axis(values: list[float], whole: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    scale = round_scale(values, whole=whole)

    assert all(-1e-6 <= scale.at(value) <= 1 + 1e-6 for value in values)
    assert 2 <= len(scale.ticks) <= 9


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([0.9, 0.1, 0.5], least=0.1) == (0.9, 0.1, 0.5)


def test_two_labels_at_one_height_part_evenly() -> None:
    assert spread([0.5, 0.5], least=0.1) == pytest.approx((0.45, 0.55))


def test_labels_at_the_edge_stay_inside() -> None:
    assert spread([1.0, 1.0, 1.0], least=0.1) == pytest.approx((0.8, 0.9, 1.0))


@given(st.lists(st.floats(0, 1), max_size=6))
def test_labels_never_touch_never_leave_the_chart_and_keep_their_order(places: list[float]) -> None:
    least = 0.125

    moved = spread(places, least=least)

    ranked = sorted(moved)
    assert all(0 <= place <= 1 for place in ranked)
    assert all(high - low >= least - 1e-6 for low, high in itertools.pairwise(ranked))
    for (one, one_moved), (other, other_moved) in zip(
        sorted(zip(places, moved, strict=True)),
        sorted(zip(places, moved, strict=True))[1:],
        strict=False,
    ):
        assert one == other or one_moved < other_moved


def test_points_share_the_width_evenly() -> None:
    assert across(4) == (0.125, 0.375, 0.625, 0.875)


def test_a_scale_counts_from_its_foot() -> None:
    assert Scale(10, 30).at(15) == 0.25
