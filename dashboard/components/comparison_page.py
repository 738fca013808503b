"""Which two quarters are compared."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.report.comparison_sheet import quarter_name
from dashboard.text import Language, text
from pipelines.periods import Calendar, Period


def quarter_choice(
    quarters: Sequence[Period],
    chosen: tuple[Period, Period],
    calendar: Calendar,
    language: Language,
    *,
    show: Callable[[Period, Period], None],
) -> None:
    """Let somebody choose two quarters.

    Args:
        quarters: Finished ones, newest first; at least two.
        chosen: The earlier one first.
        show: Called with two different ones, before the page is drawn again.
    """
    st.session_state["quarter_first"], st.session_state["quarter_second"] = chosen

    def changed(kept: str, other: str) -> None:
        state = st.session_state
        if state[kept] == state[other]:  # the one that was not touched gives way
            before = chosen[0] if state[kept] == chosen[1] else chosen[1]
            state[other] = before
        show(state["quarter_first"], state["quarter_second"])

    later, earlier = "quarter_second", "quarter_first"
    fields = (
        (later, earlier, text("Quarter", language)),
        (earlier, later, text("Against", language)),
    )
    with st.container(horizontal=True, gap="medium"):
        for key, other, label in fields:
            st.selectbox(
                label,
                quarters,
                format_func=lambda one: quarter_name(one, calendar, language),
                key=key,
                on_change=changed,
                args=(key, other),
                width=300,
            )
