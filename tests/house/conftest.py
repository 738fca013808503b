"""What the rules of the house look at."""

from pathlib import Path

import pytest

_IGNORED = {".git", ".venv", "__pycache__", "dist", "node_modules", "uv.lock"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the tree."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def files(root: Path) -> list[Path]:
    """Every file of the product, without what tools leave behind."""
    tops = [
        *(root / name for name in ("dashboard", "pipelines", "kpi_definitions", "sample_data")),
        *(root / name for name in ("tests", ".ci")),
    ]
    found = [path for path in root.iterdir() if path.is_file() and path.name not in _IGNORED]
    for top in tops:
        found += [
            path
            for path in top.rglob("*")
            if path.is_file() and not _IGNORED.intersection(path.parts)
        ]
    return sorted(found)
