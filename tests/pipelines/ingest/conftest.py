from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.context import Context
from tests.builders.imports import workspace


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    """An empty workspace on 20 March 2026."""
    monkeypatch.setenv("CAP90_TODAY", "2026-03-20")
    with workspace(tmp_path) as context:
        yield context
