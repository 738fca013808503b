from datetime import date, timedelta

import pytest

from dashboard import charts
from dashboard.chart_changes import Change, limits_around, marking, place_of
from dashboard.theme import LIGHT
from pipelines.analysis.judgement import Aim, Limits
from pipelines.analysis.verdict import judge
from pipelines.kpis.values import Point, Series
from pipelines.periods import Calendar, Grain, Period
from tests.builders.warehouse import SHIPPED

MONDAY = date(2026, 9, 7)
WEEKS = [
    Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 7), Grain.WEEK) for n in range(10)
]
BEFORE, AFTER = Limits(4, 10, 16, 7), Limits(14, 20, 26, 7)


def change(start: int = 4, lag: int = 2) -> Change:
    first = MONDAY + timedelta(weeks=start)
    return Change(first, first + timedelta(weeks=lag), BEFORE, AFTER)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2026-09-07", -0.5),  # the first week is drawn around 0
        ("2026-09-14", 0.5),
        ("2026-09-21", 1.5),
        ("2026-01-01", -0.5),
        ("2027-01-01", 9.5),
    ],
)
def test_a_day_lies_where_its_week_is_drawn(day: str, place: float) -> None:
    assert place_of(date.fromisoformat(day), WEEKS) == place


def test_limits_before_end_at_the_start_and_limits_after_begin_when_the_effect_shows() -> None:
    drawn = limits_around(change(), WEEKS, "en", LIGHT)

    assert [(one["x"], one["y"][0]) for one in drawn] == [
        ([-0.5, 3.5], 4),
        ([-0.5, 3.5], 16),
        ([-0.5, 3.5], 10),
        ([5.5, 9.5], 14),
        ([5.5, 9.5], 26),
        ([5.5, 9.5], 20),
    ]
    assert [one["name"] for one in drawn if "name" in one] == ["Natural limits"]


def test_each_band_says_which_time_it_is_of() -> None:
    _, *names = marking(change(), WEEKS, "fr_CA", LIGHT)["annotations"]

    # 5 October is four weeks after 7 September
    assert [(one["text"], one["x"], one["y"], one["xanchor"]) for one in names] == [
        ("avant l’essai", -0.5, 16, "left"),
        ("depuis l’essai du 5 oct.", 9.5, 26, "right"),
    ]


def test_a_band_that_is_not_drawn_bears_no_name() -> None:
    (only,) = marking(change(start=-8), WEEKS, "en", LIGHT)["annotations"]

    assert only["text"] == "since the experiment of Jul 13"


def test_limits_of_a_time_that_is_not_drawn_are_left_out() -> None:
    long_ago = limits_around(change(start=-8), WEEKS, "en", LIGHT)
    ahead = limits_around(change(start=9, lag=4), WEEKS, "en", LIGHT)

    assert {one["y"][0] for one in long_ago} == {14, 26, 20}
    assert {one["y"][0] for one in ahead} == {4, 16, 10}
    assert "shapes" not in marking(change(start=-8), WEEKS, "en", LIGHT)


def test_the_line_says_that_an_experiment_began() -> None:
    note, *_ = marking(change(), WEEKS, "fr", LIGHT)["annotations"]

    assert (note["text"], note["xanchor"], note["x"]) == ("Essai", "left", 3.5)


def test_near_the_right_edge_the_word_stands_left_of_its_line() -> None:
    note, *_ = marking(change(start=8), WEEKS, "en", LIGHT)["annotations"]

    assert note["xanchor"] == "right"


def test_the_axis_reaches_both_limits_and_those_of_the_verdict_are_lines_of_their_own() -> None:
    points = tuple(Point(week, 10.0 + place % 2) for place, week in enumerate(WEEKS))
    series = Series(SHIPPED["meetings_held"], Grain.WEEK, points)
    judged = judge(series, [None] * len(points), Limits(8, 10.5, 13, 3))

    figure = charts.kpi_chart(judged, Calendar(), "en", LIGHT, change())

    assert figure["layout"]["yaxis"]["range"][1] > 26
    assert figure["layout"]["shapes"][0]["x0"] == 3.5
    dotted = [one for one in figure["data"] if one.get("line", {}).get("dash") == "dot"]
    assert [(one["y"], one["x"]) for one in dotted] == [
        ([8, 8], [-0.5, 9.5]),
        ([13, 13], [-0.5, 9.5]),
    ]
    assert [one["name"] for one in dotted if "name" in one] == ["Limits of the verdict"]


def test_a_dashed_line_means_nothing_on_a_chart() -> None:
    points = tuple(Point(week, 10.0 + place % 2) for place, week in enumerate(WEEKS))
    series = Series(SHIPPED["meetings_held"], Grain.WEEK, points)
    judged = judge(series, [Aim(11)] * len(points), Limits(8, 10.5, 13, 3))

    lines = [one["line"] for one in charts.kpi_chart(judged, Calendar(), "en", LIGHT)["data"]]

    # the target solid in its colour, the average thin and grey, limits a band without edges
    assert not any("dash" in line for line in lines)
    assert {"color": LIGHT.target, "width": 2} in lines
    assert {"color": LIGHT.faint, "width": 1} in lines
