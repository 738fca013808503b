"""A list of meetings, each with what was said in it, and the way to open it."""

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from dashboard.components.assets import asset, given
from dashboard.scripts import loader

_shelf = st.components.v2.component(
    "cap90_shelf", html='<div class="shelf"></div>', css=asset("shelf.css"), js=loader()
)


def shelf(
    key: str,
    label: str,
    meetings: Iterable[dict[str, Any]],
    show: Callable[[int | None], None] | None = None,
) -> None:
    """Show meetings.

    Args:
        key: Unique on the page.
        label: What they are, for those who cannot see where they stand.
        meetings: What ``shelf.js`` shows of each.
        show: Called with the meeting somebody opens, before the page is drawn again; None: each
            has an address on another page.
    """
    shown = list(meetings)
    known = {one["id"] for one in shown}

    def opened() -> None:
        chosen = st.session_state[key]["open"]
        if show is not None and isinstance(chosen, int) and chosen in known:
            show(chosen)

    _shelf(key=key, data=given({"label": label, "meetings": shown}), on_open_change=opened)
