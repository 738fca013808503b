"""Named SQL statements, one file each."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Return the text of ``<name>.sql`` (``actions/insert``), with its header comments."""
    return files("pipelines.sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
