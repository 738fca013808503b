"""Find what the package carries, in a checkout and in an installed wheel alike."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """Return the path of ``kpi_definitions`` or ``sample_data``.

    In a wheel they lie under ``pipelines/_data``; in a checkout beside ``pipelines``.
    """
    packaged = _HERE / "_data" / folder
    return packaged if packaged.is_dir() else _HERE.parent / folder
