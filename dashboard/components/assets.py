"""What our own components are made of: style sheets, scripts, and data in the form they take it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pipelines.visible import visible


@cache
def asset(name: str) -> str:
    """Return the text of a file of this package."""
    return files("dashboard.components").joinpath(name).read_text(encoding="utf-8")


def given(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return data as our scripts take it: ``const [data] = component.data``.

    In a mapping, Streamlit would look at every value for tables, and import pandas for it, which
    takes longer than anything else on the Monday page.
    """
    return [{key: _shown(value) for key, value in data.items()}]


def _shown(value: Any) -> Any:
    """Return a value with all its texts as they may be shown."""
    match value:
        case str():
            return visible(value)
        case Mapping():
            return {key: _shown(one) for key, one in value.items()}
        case list() | tuple():
            return [_shown(one) for one in value]
        case _:
            return value
