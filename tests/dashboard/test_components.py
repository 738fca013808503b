"""What components make of what they are given: finished text, nothing computed."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import charts, theme
from dashboard.components.action_list import Status, listed
from dashboard.components.commitments import line as action_line
from dashboard.components.commitments import proposed_day
from dashboard.components.messages import plain
from dashboard.components.scorecard import line
from pipelines.analysis.judgement import JudgedSeries, Limits, Signal, Verdict
from pipelines.errors import msg
from pipelines.kpis.definition import Kind, Unit
from pipelines.kpis.values import Series
from pipelines.periods import Grain
from tests.builders.reviews import CALENDAR, TODAY, action, judged, kpi, row, unavailable, week

RATE = kpi("win_rate", "Win rate", Unit.PERCENT, Kind.OUTPUT)


def test_a_row_of_the_scorecard_is_finished_text() -> None:
    shown = line(
        row(
            RATE,
            [0.3, None, 0.25],
            0.33,
            Verdict.FIND_THE_CAUSE,
            Signal.OUTSIDE,
            favourable=False,
            parts=(3, 12),
            limits=Limits(0.1, 0.3, 0.5, 0.2),
        ),
        "en",
    )

    assert (shown["value"], shown["parts"]) == ("25%", "3 of 12")
    assert (shown["target"], shown["gap"]) == ("33%", "−8 pts")
    assert (shown["verdict"], shown["tone"]) == ("Find the cause", "alert")
    assert shown["responsible"] == "Zoé Côté"
    assert shown["href"] == "./kpi?kpi=win_rate&lang=en"


def test_the_small_chart_draws_gaps_limits_target_and_signals() -> None:
    trend = line(
        row(
            RATE,
            [0.3, None, 0.25],
            0.33,
            Verdict.FIND_THE_CAUSE,
            Signal.OUTSIDE,
            favourable=False,
            limits=Limits(0.1, 0.3, 0.5, 0.2),
        ),
        "en",
    )["trend"]

    assert trend["values"] == [0.3, None, 0.25]
    assert trend["aims"] == [0.33, 0.33, 0.33]
    assert trend["band"] == [0.1, 0.5]
    assert trend["signals"] == [None, None, "adverse"]
    assert trend["description"] == "From 30% to 25%; lowest 25%, highest 30%."


def test_an_unavailable_kpi_says_why_and_shows_no_number() -> None:
    shown = line(unavailable(RATE, msg("The files hold nothing that it counts.")), "en")

    assert (shown["value"], shown["target"], shown["gap"]) == ("–", "–", "–")
    assert shown["verdict"] == "Unavailable"
    assert shown["sentence"] == "The files hold nothing that it counts."
    assert shown["tone"] == "quiet"


def test_a_late_action_says_so_in_words() -> None:
    late = action_line(action(1, "Call", due_on=date(2026, 11, 18)), TODAY, "fr")

    assert (late["late"], late["done"]) == ("3 jours de retard", False)


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        (date(2026, 11, 16), date(2026, 11, 20)),
        (date(2026, 11, 19), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 11, 22), date(2026, 11, 27)),
    ],
)
def test_a_new_action_is_proposed_for_the_friday_ahead(today: date, friday: date) -> None:
    assert proposed_day(today) == friday


def test_actions_are_listed_open_ones_by_date_then_done_ones_newest_first() -> None:
    first, second = action(1, "First", due_on=date(2026, 11, 2)), action(2, "Second")
    old = action(3, "Old", done_on=date(2026, 10, 1))
    new = action(4, "New", owner="Zoé Côté", done_on=date(2026, 11, 1))
    actions = (first, second, old, new)

    assert listed(actions, Status.OPEN, None) == (first, second)
    assert listed(actions, Status.LATE, None) == (first,)
    assert listed(actions, Status.DONE, None) == (new, old)
    assert listed(actions, Status.ALL, "Zoé Côté") == (new,)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 20, [0, 5, 10, 15, 20]),  # 20 / 5 = 4, the next round step is 5
        (0.28, 0.36, [0.28, 0.3, 0.32, 0.34, 0.36]),
        (3, 3, [3.0, 3.2, 3.4, 3.6, 3.8, 4.0]),
    ],
)
def test_axes_are_marked_at_round_numbers(low: float, high: float, expected: list[float]) -> None:
    assert charts.ticks(low, high) == pytest.approx(expected)


def test_a_chart_speaks_the_readers_language() -> None:
    points = row(
        RATE,
        [0.3, 0.31, 0.25],
        0.33,
        Verdict.FIND_THE_CAUSE,
        Signal.OUTSIDE,
        favourable=False,
        parts=(3, 12),
    ).trend
    judged = JudgedSeries(
        Series(RATE, Grain.WEEK, tuple(point.point for point in points)),
        Limits(0.1, 0.3, 0.5, 0.2),
        points,
    )

    figure = charts.kpi_chart(judged, CALENDAR, "fr", theme.LIGHT)

    assert figure["layout"]["xaxis"]["ticktext"] == ["S44", "S45", "S46"]
    assert "20\N{NO-BREAK SPACE}%" in figure["layout"]["yaxis"]["ticktext"]
    (values,) = (trace for trace in figure["data"] if "hovertext" in trace)
    assert "(3 sur 12)" in values["hovertext"][-1]
    assert "Trouver la cause" in values["hovertext"][-1]
    names = [trace["name"] for trace in figure["data"] if "name" in trace]
    assert "Signal défavorable" in names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("50 000 $ et 3 $", r"50 000 \$ et 3 \$"),  # two of them would be a formula
        ("*urgent* [x](y)", r"\*urgent\* \[x\](y)"),
        (":red[x] at 16:45", r"\:red\[x\] at 16\:45"),
        ("rendez-vous", "rendez-vous"),
        ("owner@example.com", "owner\N{WORD JOINER}@example.com"),  # would be a link
        ("&lt;b&gt; R&D", r"\&lt;b\&gt; R&D"),  # would be < and >
        # would be a picture, an arrow and a dash
        (":material/skull:", ":\N{WORD JOINER}material/skull:"),
        ("a -> b -- c", "a -\N{WORD JOINER}> b -\N{WORD JOINER}- c"),
        ("invoice\u202efdp.exe\x07", "invoicefdp.exe "),
    ],
)
def test_what_people_typed_is_no_markup(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_the_running_week_is_a_hollow_point_apart_from_the_line() -> None:
    finished = row(kpi(), [20, 22, 21], 22, until=week("2026-W46")).trend
    running = judged(week("2026-W47"), 3, 22, Verdict.PARTIAL)
    running = replace(running, point=replace(running.point, partial=True))
    series = Series(kpi(), Grain.WEEK, tuple(point.point for point in (*finished, running)))

    chart = charts.kpi_chart(
        JudgedSeries(series, None, (*finished, running)), CALENDAR, "fr_CA", theme.LIGHT
    )

    by_name = {trace["name"]: trace for trace in chart["data"] if "name" in trace}
    line_of_weeks = by_name["Meetings held"]
    assert line_of_weeks["y"] == [20, 22, 21, None]
    apart = by_name["Période en cours, inachevée"]
    assert (apart["mode"], apart["x"], apart["y"]) == ("markers", [3], [3])
    assert apart["marker"]["color"] == theme.LIGHT.paper  # hollow
    assert "En cours" in apart["hovertext"][0]
