"""A table of finished texts: numbers are written as the reader's language writes them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from dashboard.components.assets import asset, given
from dashboard.scripts import loader

_table = st.components.v2.component(
    "cap90_table",
    html='<div class="table"></div>',
    css=asset("table.css"),
    js=loader(),
)


Style = Literal["words", "number", "close"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        style: ``number`` stands at the end of its column, ``close`` never breaks the line.
    """

    label: str
    style: Style = "words"


@dataclass(frozen=True)
class Lead:
    """A line of a cell that leads somewhere."""

    text: str
    href: str


Cell = str | tuple[Lead, ...]


def table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str | None = None,
    narrow: bool = False,
) -> None:
    """Show a table.

    Args:
        key: Unique on its page.
        title: What it holds, for those who cannot see where it stands.
        rows: As many cells each as there are columns.
        narrow: Its cells are so short that it stays a table on a telephone, where others become
            lists.
    """
    _table(
        key=key,
        data=given(
            {
                "title": title,
                "caption": caption,
                "narrow": narrow,
                "columns": [{"label": column.label, "style": column.style} for column in columns],
                "rows": [[_cell(cell) for cell in row] for row in rows],
            }
        ),
    )


def _cell(cell: Cell) -> str | list[dict[str, str]]:
    return cell if isinstance(cell, str) else [asdict(lead) for lead in cell]
