"""Series, targets and limits come together as pages, reports and commands show them."""

from datetime import date, timedelta

import pytest

from pipelines.analysis.judgement import Signal, Verdict
from pipelines.errors import Refused
from pipelines.kpis.assess import assess, assess_each
from pipelines.kpis.locks import lock_limits
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders.warehouse import closed, warehouse_with, weekly

_BASELINE = [43, 40, 37, 33, 30, 33, 34, 35, 29, 33, 31, 39]
_AFTER = [35, 37, 33, 32, 27, 29, 31, 22, 25, 30, 24, 19]
_MONDAY = date(2026, 1, 5)


def monday(number: int) -> date:
    return _MONDAY + timedelta(days=7 * number)


def test_limits_come_from_every_finished_week_and_not_from_the_running_one() -> None:
    rows = weekly("2026-01-05", [*_BASELINE, 400])

    (judged,) = assess(warehouse_with(*rows, today=monday(12)), ["deals_won"], Grain.WEEK)

    assert judged.limits is not None
    assert judged.limits.upper == pytest.approx(43.9, abs=0.05)
    assert judged.limits.lower == pytest.approx(25.6, abs=0.05)
    assert judged.points[-1].verdict is Verdict.PARTIAL


def test_locked_limits_judge_what_came_after_the_baseline() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE + _AFTER), today=monday(24))
    locked = lock_limits(warehouse, "deals_won", monday(0), monday(12), "Before the new team")

    (judged,) = assess(warehouse, ["deals_won"], Grain.WEEK)

    assert judged.limits == locked
    assert judged.limits.locked_on == monday(24)
    run, window, outside = Signal.RUN_OF_EIGHT, Signal.THREE_OF_FOUR, Signal.OUTSIDE
    assert [point.signal for point in judged.points[12:24]] == [
        None, None, run, run, window, window, run, outside, outside, window, outside, outside,
    ]  # fmt: skip
    assert judged.points[23].favourable is False


def test_the_newest_lock_counts_and_only_for_its_own_grain() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE + _AFTER), today=monday(24))
    lock_limits(warehouse, "deals_won", monday(0), monday(12), "First")
    second = lock_limits(warehouse, "deals_won", monday(12), monday(24), "Second")

    (weeks,) = assess(warehouse, ["deals_won"], Grain.WEEK)
    (months,) = assess(warehouse, ["deals_won"], Grain.MONTH)

    assert weeks.limits == second
    assert months.limits is None  # five finished months


def test_a_report_on_a_week_before_the_baseline_goes_by_its_own_data() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE + _AFTER), today=monday(24))
    lock_limits(warehouse, "deals_won", monday(12), monday(24), "Second")

    (then,) = assess(warehouse, ["deals_won"], Grain.WEEK, as_of=monday(12))

    assert then.limits is not None
    assert then.limits.locked_on is None
    assert then.limits.centre == pytest.approx(34.75)


@pytest.mark.parametrize("weeks", [5, 0])
def test_a_baseline_of_five_weeks_is_refused(weeks: int) -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE), today=monday(12))

    with pytest.raises(Refused, match=f"There are {weeks} finished"):
        lock_limits(warehouse, "deals_won", monday(0), monday(weeks), "x")


def test_a_baseline_that_ends_before_it_starts_is_refused_as_that() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE), today=monday(12))

    with pytest.raises(Refused, match="would end before it starts"):
        lock_limits(warehouse, "deals_won", monday(12), monday(0), "x")


def test_a_running_week_is_no_part_of_a_baseline() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE[:6]), today=monday(5))

    with pytest.raises(Refused, match="There are 5 finished"):
        lock_limits(warehouse, "deals_won", monday(0), monday(12), "x")


def test_a_baseline_of_zeros_only_is_refused_with_the_reason() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", [3, *[0] * 20, 4, 5]))

    with pytest.raises(Refused, match="Every value in these days is zero"):
        lock_limits(warehouse, "deals_won", date(2026, 1, 12), date(2026, 5, 4), "x")


def test_a_lock_needs_a_reason_and_a_kpi_with_numbers() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE), today=monday(12))

    with pytest.raises(Refused, match="need a reason"):
        lock_limits(warehouse, "deals_won", monday(0), monday(12), " ")
    with pytest.raises(Refused, match="no numbers yet"):
        lock_limits(warehouse, "gross_margin", monday(0), monday(12), "x")
    with pytest.raises(Refused, match="Did you mean 'deals_won'"):
        lock_limits(warehouse, "deals_wom", monday(0), monday(12), "x")


def test_each_week_is_compared_with_the_target_it_had() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE), today=monday(12))
    set_target(warehouse, TargetRequest("deals_won", 33, monday(0), per=Grain.WEEK))
    set_target(warehouse, TargetRequest("deals_won", 35, monday(6), per=Grain.WEEK))

    (judged,) = assess(warehouse, ["deals_won"], Grain.WEEK)

    assert [point.aim and point.aim.value for point in judged.points[4:8]] == [33, 33, 35, 35]
    assert [point.gap for point in judged.points[4:8]] == [-3, 0, -1, 0]
    assert [point.verdict for point in judged.points[4:8]] == [
        Verdict.CHANGE_THE_SYSTEM,
        Verdict.QUIET,
        Verdict.CHANGE_THE_SYSTEM,
        Verdict.QUIET,
    ]


def test_owners_are_compared_with_their_own_targets_and_limits() -> None:
    rows = [
        closed(str(monday(number)), "won", owner=owner)
        for number, value in enumerate(_BASELINE)
        for owner in ("Ana", *["Bob"] * (value - 28))
    ]
    warehouse = warehouse_with(*rows, today=monday(12))
    set_target(warehouse, TargetRequest("deals_won", 2, monday(0), per=Grain.WEEK, owner="Ana"))
    set_target(warehouse, TargetRequest("deals_won", 30, monday(0), per=Grain.WEEK))

    ana, bob = assess(warehouse, ["deals_won"], Grain.WEEK, by="owner")

    assert [point.gap for point in ana.points[:2]] == [-1, -1]
    assert [point.gap for point in bob.points[:2]] == [None, None]
    assert ana.limits is not None
    assert (ana.limits.centre, ana.limits.upper) == (1, 1)


def test_with_five_weeks_everything_is_shown_and_nothing_judged() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE[:5]), today=monday(5))

    (judged,) = assess(warehouse, ["deals_won"], Grain.WEEK)

    assert judged.limits is None
    assert {point.verdict for point in judged.points[:5]} == {Verdict.TOO_FEW}


def test_an_unavailable_kpi_stays_so() -> None:
    (judged,) = assess(warehouse_with(), ["deals_won"], Grain.WEEK)

    assert judged.points == ()
    assert judged.series.unavailable is not None


def test_several_weeks_judged_at_once_are_each_judged_by_what_was_known_then() -> None:
    warehouse = warehouse_with(*weekly("2026-01-05", _BASELINE + _AFTER), today=monday(24))
    set_target(warehouse, TargetRequest("deals_won", 30, monday(0), per=Grain.WEEK))
    lock_limits(warehouse, "deals_won", monday(2), monday(14), "Before the new team")
    weeks = [warehouse.calendar.period(Grain.WEEK, monday(number)) for number in (23, 13, 12, 4)]

    at_once = assess_each(warehouse, ["deals_won"], weeks)

    assert list(at_once) == weeks
    for week in weeks:
        (alone,) = assess(warehouse, ["deals_won"], Grain.WEEK, as_of=week.end)
        (judged,) = at_once[week]
        assert judged.points == alone.points[:-1]  # the last one had only just begun
        assert judged.limits == alone.limits


def test_segments_are_judged_by_their_own_targets() -> None:
    rows = [closed("2026-01-06", "won", segment=name) for name in ("A", "A", "B")]
    warehouse = warehouse_with(*rows, closed("2026-01-07", "won"), today=monday(2))
    for segment, value in ((None, 4), ("A", 3)):
        set_target(
            warehouse,
            TargetRequest("deals_won", value, _MONDAY, per=Grain.WEEK, segment=segment),
        )

    judged = assess(warehouse, ["deals_won"], Grain.WEEK, by="segment")

    # A won two where it aimed at three; B and what names no segment have no target of their own
    assert {one.series.group: one.points[0].gap for one in judged} == {
        "A": -1,
        "B": None,
        None: None,
    }
