"""A statement gets a limited time, and the store lives on."""

import pytest

from pipelines.kpis.run import TooSlow, fetch
from pipelines.store import DatabaseError, Store

_ENDLESS = "select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = -1"


def test_a_statement_that_takes_too_long_is_stopped() -> None:
    store = Store.in_memory()

    with pytest.raises(TooSlow):
        fetch(store, _ENDLESS, {}, seconds=0.05)

    assert fetch(store, "select $n + 1", {"n": 1}) == [(2,)]


def test_a_statement_that_cannot_run_is_told_apart() -> None:
    with pytest.raises(DatabaseError):
        fetch(Store.in_memory(), "select nothing from nowhere", {})
