"""What is read beforehand is not read again when somebody asks."""

from datetime import date

import pytest

from pipelines import work
from pipelines.context import Context
from pipelines.landing.beforehand import make_ready
from pipelines.landing.landing import landing
from pipelines.landing.track_record import track_record
from tests.builders.history import every_monday, rows_of
from tests.builders.warehouse import warehouse_with

TODAY = date(2026, 11, 16)
#: One deal created each week from 8 January 2024 on.
WEEKS = 150


def mondays() -> Context:
    return warehouse_with(*rows_of(every_monday(date(2024, 1, 8), WEEKS), TODAY), today=TODAY)


def refuse(*_: object, **__: object) -> object:
    raise AssertionError("it is worked out again")


def test_a_landing_and_its_track_record_are_at_hand_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = landing(mondays(), "sales_won"), track_record(mondays(), "sales_won")
    context = mondays()

    assert make_ready(context, fewest=WEEKS)

    monkeypatch.setattr("pipelines.landing.foreseen.forecast", refuse)
    monkeypatch.setattr("pipelines.landing.track_record.forecast", refuse)
    assert (landing(context, "sales_won"), track_record(context, "sales_won")) == expected


def test_few_deals_are_left_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.landing.beforehand.landings", refuse)

    assert not make_ready(mondays(), fewest=WEEKS + 1)


def test_it_stops_when_somebody_wants_it_to() -> None:
    stopped = work.Work()
    stopped.stop()

    with work.doing(stopped), pytest.raises(work.Stopped):
        make_ready(mondays(), fewest=1)
