"""The day it is, and how to fix it."""

from datetime import UTC, date, datetime, timedelta

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
