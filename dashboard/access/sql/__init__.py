"""Named statements on ``access.sqlite``, one file each."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Return the text of ``<name>.sql`` (``audit/insert``), with its header comments."""
    return files("dashboard.access.sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
