"""The day it is, and how to fix it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipelines import clock
from pipelines.errors import Refused


def test_a_fixed_day_is_the_day_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2018-01-08")

    assert clock.today("America/Montreal") == date(2018, 1, 8)
    assert clock.today("Pacific/Auckland") == date(2018, 1, 8)


def test_what_is_not_a_day_is_refused_by_the_name_of_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CAP90_TODAY", "08/01/2018")

    with pytest.raises(Refused) as refusal:
        clock.today("America/Montreal")

    assert str(refusal.value).startswith("CAP90_TODAY: '08/01/2018' is not a date.")


def test_without_a_fixed_day_it_is_the_companys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAP90_TODAY", raising=False)

    here, there = clock.today("Pacific/Kiritimati"), clock.today("Pacific/Pago_Pago")

    assert here - there in {timedelta(1), timedelta(2)}  # 25 hours apart


def test_moments_are_utc_and_go_into_the_database_as_they_are() -> None:
    before = datetime.now(UTC).replace(tzinfo=None)

    assert before <= clock.now() <= before + timedelta(minutes=5)


def test_a_steady_clock_goes_on_when_the_computers_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, ticks = [datetime(2026, 11, 17, 14, 0)], [100.0]  # noqa: DTZ001 - as ``clock.now``
    monkeypatch.setattr(clock, "now", lambda: shown[0])
    monkeypatch.setattr("pipelines.clock.time.monotonic", lambda: ticks[0])
    steady = clock.Steady()
    began = steady.now("meeting")

    shown[0], ticks[0] = shown[0] + timedelta(minutes=5), 400.0
    after_five = steady.now("meeting")
    shown[0], ticks[0] = shown[0] - timedelta(hours=1), 460.0  # a minute passed as well
    after_six = steady.now("meeting")

    assert after_five - began == timedelta(minutes=5)
    assert after_six - began == timedelta(minutes=6)
    assert steady.now("another one") == shown[0]


def test_a_steady_clock_of_a_new_process_begins_where_the_last_one_wrote_something_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, ticks = [datetime(2026, 11, 17, 13, 0)], [0.0]  # noqa: DTZ001 - as ``clock.now``
    monkeypatch.setattr(clock, "now", lambda: shown[0])
    monkeypatch.setattr("pipelines.clock.time.monotonic", lambda: ticks[0])
    written = datetime(2026, 11, 17, 14, 0)  # noqa: DTZ001 - as ``clock.now``
    steady = clock.Steady()

    assert steady.now("meeting", written) == written
    ticks[0] = 30.0
    assert steady.now("meeting", written) == written + timedelta(seconds=30)


def test_a_steady_clock_follows_the_computers_clock_when_it_goes_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # a computer that sleeps does not tick
    shown, ticks = [datetime(2026, 11, 17, 14, 0)], [0.0]  # noqa: DTZ001 - as ``clock.now``
    monkeypatch.setattr(clock, "now", lambda: shown[0])
    monkeypatch.setattr("pipelines.clock.time.monotonic", lambda: ticks[0])
    steady = clock.Steady()
    steady.now("meeting")

    shown[0] += timedelta(hours=2)

    assert steady.now("meeting") == shown[0]


def test_a_told_moment_holds_for_the_block_and_for_nobody_else() -> None:
    told = datetime(2026, 9, 1, 13, 1, 20)  # noqa: DTZ001 - moments are UTC without a zone

    with clock.told(told), ThreadPoolExecutor(max_workers=1) as pool:
        with clock.told(told + timedelta(minutes=5)):
            assert clock.now() == told + timedelta(minutes=5)
        assert clock.now() == told
        elsewhere = pool.submit(clock.now).result(timeout=60)

    assert elsewhere > told + timedelta(days=30)
    assert clock.now() > told + timedelta(days=30)


def test_nine_in_montreal_is_one_or_two_in_utc() -> None:
    assert clock.in_utc(date(2026, 9, 1), time(9), "America/Montreal").hour == 13
    assert clock.in_utc(date(2026, 12, 1), time(9), "America/Montreal").hour == 14
