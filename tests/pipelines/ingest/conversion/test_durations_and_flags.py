"""How long something took, and whether it happened."""

import polars as pl
import pytest

from pipelines.ingest.conversion import convert_booleans, convert_minutes


def column(*values: str | None) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("90", 90), ("1:30", 90), ("01:30:29", 90), ("1 h 30", 90), ("1h30min", 90), ("45 min", 45),
     ("2 hours", 120), ("1,5 h", 90), ("90 s", 2), ("0", 0)],
)  # fmt: skip
def test_durations_become_minutes(written: str, minutes: int) -> None:
    found, wrong = convert_minutes(column(written, None, " "))

    assert found.to_list() == [minutes, None, None]
    assert not wrong.any()


def test_a_number_alone_may_count_seconds() -> None:
    assert convert_minutes(column("2450", "30", "29"), "seconds")[0].to_list() == [41, 1, 0]


def test_what_is_no_duration_is_bad() -> None:
    found, wrong = convert_minutes(column("long", "-5", "1:75", "5"))

    assert found.to_list() == [None, None, None, 5]
    assert wrong.to_list() == [True, True, True, False]


def test_yes_and_no_are_read_in_every_language_of_the_headers() -> None:
    found, wrong = convert_booleans(column("TRUE", "Oui", "1", " no ", "Faux", "maybe", None, ""))

    assert found.to_list() == [True, True, True, False, False, None, None, None]
    assert wrong.to_list() == [False, False, False, False, False, True, False, False]
