"""What forms have in common: a button under what was refused, and people to choose from."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.components.messages import beside, show_refusal
from dashboard.text import Language


def send_button(
    key: str,
    label: str,
    language: Language,
    send: Callable[[], bool],
    *,
    emptied: Sequence[str] = (),
) -> bool:
    """Show the button of the form it stands in, and above it what was refused.

    Args:
        key: The form's own; the keys of its fields are made of it and their names.
        send: Hands on what was filled in, before the page is drawn again; tells whether it was
            accepted. What was refused stays in the form.
        emptied: Names of the fields that are empty again once it was.

    Returns:
        Whether it was sent just now, and not refused.
    """

    def press() -> None:
        if send():
            for name in emptied:
                st.session_state[f"{key}_{name}"] = ""

    refused = show_refusal(key, language)
    sent = st.form_submit_button(label, on_click=beside(key, press), type="primary")
    return sent and not refused


def people_and(chosen: str | None, people: Sequence[str]) -> list[str]:
    """Return people to choose from, with the one who was chosen before and is none of them."""
    return [chosen, *people] if chosen and chosen not in people else list(people)
