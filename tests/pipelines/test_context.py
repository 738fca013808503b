from datetime import date

import pytest

from pipelines.context import Context
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.workspace import Workspace


@pytest.fixture
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    workspace = Workspace(tmp_path_factory.mktemp("company"), Settings())
    return Context(workspace, Store.in_memory(), {})


def test_the_clock_says_which_day_it_is(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2026-11-16")

    assert context.today() == date(2026, 11, 16)


def test_work_for_another_day_is_done_on_that_day_with_the_same_store(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2026-11-16")

    earlier = context.on(date(2026, 10, 12))

    assert earlier.today() == date(2026, 10, 12)
    assert earlier.store is context.store
    assert context.today() == date(2026, 11, 16)
