"""A table whose first rows are shown, and the others on demand."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components.table import Cell, Column, table
from dashboard.text import Language, text

#: Rows that a page shows at once.
_SHOWN = 8


def long_table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str,
    language: Language,
) -> None:
    """Show a table that may have more rows than anybody wants to see at once.

    Args:
        key: Unique on its page.
        caption: How many rows there are.
    """
    table(key, title, columns, rows[:_SHOWN], caption=caption)
    if len(rows) > _SHOWN:
        with st.expander(text("The others", language)):
            table(f"{key}_rest", title, columns, rows[_SHOWN:])
