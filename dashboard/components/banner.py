"""What every page says while something is wrong with the disk."""

import streamlit as st

from dashboard.text import Language, text
from pipelines.store import State


def state_banner(state: State, language: Language) -> None:
    """Say on every page when nothing can be saved; nothing while all is well."""
    if state == "read_only":
        st.warning(
            text(
                "The disk is full or failing: reading works, nothing can be saved. "
                "As soon as there is room again, Cap 90 goes on by itself.",
                language,
            )
        )
    elif state == "reopening":
        st.warning(text("The database is being opened again; wait a moment.", language))
