"""What the tests about accounts share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.access.access import Access
from tests.builders.access import Clock, company, hash_quickly, set_clock


@pytest.fixture
def access(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Access]:
    if "wall" in request.fixturenames:  # before anything looks at the clock
        request.getfixturevalue("wall")
    hash_quickly(monkeypatch)
    with company(tmp_path) as opened:
        yield opened


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still until the test moves it."""
    return set_clock(monkeypatch)
