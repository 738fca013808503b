"""The address that a calendar program reads one's own dates from."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.text import Language, text


def calendar_address(
    made_at: datetime | None,
    fresh: str | None,
    timezone: str,
    language: Language,
    *,
    make: Callable[[], None],
    end: Callable[[], None],
) -> None:
    """Show whether there is an address, and the way to make and to end one.

    Args:
        made_at: When the one that counts was made, in UTC; None: there is none.
        fresh: An address that was just made; it can be shown this once.
    """
    st.subheader(text("My dates in my calendar", language), anchor=False)
    st.caption(
        text(
            "Your calendar (Outlook, Google, iPhone) can subscribe to an address with your due "
            "dates and the meetings. Whoever knows the address reads their titles and dates, and "
            "nothing else: keep it to yourself.",
            language,
        )
    )
    if fresh:
        with st.container(border=True):
            st.markdown(
                plain(
                    text(
                        "Copy this address into your calendar, under “subscribe” or “from the "
                        "internet”. It is not shown again.",
                        language,
                    )
                )
            )
            st.code(fresh, language=None, wrap_lines=True)
    if made_at is None:
        st.button(text("Make an address", language), key="calendar_make", on_click=make)
        return
    when = shown.moment(made_at, timezone, language)
    st.markdown(plain(text("There is an address since {moment}.", language, moment=when)))
    with st.container(horizontal=True, gap="small"):
        st.button(text("Make another, end this one", language), key="calendar_make", on_click=make)
        st.button(text("End it", language), key="calendar_end", on_click=end)
