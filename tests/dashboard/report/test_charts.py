import itertools
from dataclasses import replace

import pytest

from dashboard.report.charts import chart, of_row, sparkline
from pipelines.analysis.judgement import Aim, Limits, Signal, Verdict
from pipelines.kpis.definition import Unit
from tests.builders.reviews import CALENDAR, judged, kpi, row, week

BAND = Limits(10, 20, 30, 12)
HEIGHT = 100


def test_a_line_breaks_where_a_week_has_no_value() -> None:
    drawn = sparkline(of_row(row(kpi(), [1, 2, None, 3, 4])), "en")

    assert drawn is not None
    assert [len(piece) for piece in drawn["lines"]] == [2, 2]
    assert len(drawn["points"]) == 4


def test_a_row_without_any_value_has_no_chart() -> None:
    assert sparkline(of_row(row(kpi(), [None, None])), "en") is None
    assert chart(of_row(row(kpi(), [None])), CALENDAR, "en", height=HEIGHT) is None


def test_limits_and_target_lie_where_their_values_would() -> None:
    drawn = chart(of_row(row(kpi(), [10, 20, 30], 25, limits=BAND)), CALENDAR, "en", height=HEIGHT)

    assert drawn is not None
    # the axis runs from 0 to 30
    assert drawn["band"] == pytest.approx([1 / 3, 1])
    assert drawn["centre"] == pytest.approx(2 / 3)
    assert drawn["aims"] == [
        {"start": 0, "end": pytest.approx(1), "y": pytest.approx(25 / 30)},
    ]


def test_a_line_stands_before_the_first_week_that_a_chart_is_about() -> None:
    trend = of_row(row(kpi(), [10, 20, 30, 40]))

    plain, split = (
        chart(one, CALENDAR, "en", height=HEIGHT) for one in (trend, replace(trend, former=1))
    )

    assert plain is not None
    assert split is not None
    assert (plain["begins"], split["begins"]) == (None, 0.25)


def test_a_target_that_changes_makes_a_step_and_a_missing_one_a_gap() -> None:
    one = row(kpi(), [10, 20, 30, 40])
    aims = [20, 20, 30, None]
    trend = tuple(
        judged(point.point.period, point.point.value, aim)
        for point, aim in zip(one.trend, aims, strict=True)
    )

    drawn = chart(of_row(replace(one, trend=trend)), CALENDAR, "en", height=HEIGHT)

    assert drawn is not None
    assert [(stretch["start"], stretch["end"]) for stretch in drawn["aims"]] == [
        (0, 0.5),
        (0.5, 0.75),
    ]


def test_a_range_has_two_target_lines() -> None:
    drawn = chart(of_row(row(kpi(), [10, 20], Aim(12, 18))), CALENDAR, "en", height=HEIGHT)

    assert drawn is not None
    assert len(drawn["aims"]) == 2
    assert [label["label"] for label in drawn["labels"]] == ["target 12", "target 18", "20"]


def test_signals_have_their_own_mark_and_unjudged_points_theirs() -> None:
    bad = row(kpi(), [20, 9], 15, Verdict.FIND_THE_CAUSE, Signal.OUTSIDE, favourable=False)
    good = row(kpi(), [20, 39], 15, Verdict.LEARN, Signal.OUTSIDE, favourable=True)
    few = row(kpi(), [20, 9], 15, Verdict.TOO_FEW)

    kinds = [
        [point["kind"] for point in (sparkline(of_row(one), "en") or {})["points"]]
        for one in (bad, good, few)
    ]
    assert kinds == [["plain", "bad"], ["plain", "good"], ["plain", "unjudged"]]


def test_labels_say_what_the_lines_are_and_do_not_touch() -> None:
    drawn = chart(of_row(row(kpi(), [20, 20], 20, limits=BAND)), CALENDAR, "fr_CA", height=HEIGHT)

    assert drawn is not None
    assert [label["label"] for label in drawn["labels"]] == [
        "limite 30",
        "moyenne 20",
        "limite 10",
        "cible 20",
        "20",
    ]
    places = sorted(label["place"] for label in drawn["labels"])
    assert all(high - low >= 0.0999 for low, high in itertools.pairwise(places))


def test_a_chart_names_its_weeks_and_of_a_long_one_every_second() -> None:
    short = chart(of_row(row(kpi(), [1.0] * 13)), CALENDAR, "fr", height=HEIGHT)
    long = chart(of_row(row(kpi(), [1.0] * 26)), CALENDAR, "fr", height=HEIGHT)

    assert short is not None
    assert long is not None
    assert [name["label"] for name in short["names"]] == [f"S{n}" for n in range(34, 47)]
    assert [name["label"] for name in long["names"]] == [f"S{n}" for n in range(22, 47, 2)]


def test_a_chart_is_told_in_words_to_those_who_cannot_see_it() -> None:
    drawn = sparkline(
        of_row(
            row(
                kpi("rate", "Win rate", Unit.PERCENT),
                [0.25, None, 0.5],
                0.4,
                limits=Limits(0.1, 0.3, 0.5, 1),
            )
        ),
        "en",
    )

    assert drawn is not None
    assert drawn["alt"] == (
        "Win rate by week, oldest first: 25%; 50%. "
        "Natural limits from 10% to 50%, average 30%. Target 40%."
    )


def test_limits_of_counts_are_written_with_one_decimal() -> None:
    drawn = chart(
        of_row(row(kpi(), [20, 21], limits=Limits(7.8849, 20.39, 32.89, 15))),
        CALENDAR,
        "en",
        height=HEIGHT,
    )

    assert drawn is not None
    assert [label["label"] for label in drawn["labels"]][:3] == [
        "limit 32.9",
        "average 20.4",
        "limit 7.9",
    ]


def test_the_newest_week_is_the_last_point() -> None:
    drawn = chart(
        of_row(row(kpi(), [1, 2, 3], until=week("2026-W40"))), CALENDAR, "en", height=HEIGHT
    )

    assert drawn is not None
    assert drawn["names"][-1]["label"] == "W40"
    assert drawn["points"][-1]["y"] == 1
