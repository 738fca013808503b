"""An empty page says what to do next, to whoever may do it, and whom to ask to everybody else."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.access.visitor import Visitor
from dashboard.components.messages import plain
from dashboard.navigation import Place, allowed, go
from dashboard.text import Language, listed, render, text
from pipelines.errors import Message


def next_step(
    what: Message,
    step: Message,
    place: Place,
    visitor: Visitor,
    language: Language,
    *,
    whom: Callable[[], Sequence[str]],
) -> None:
    """Show why there is nothing, and the way on.

    Args:
        what: Why there is nothing to see.
        step: What to do about it, as a button says it.
        place: The page to do it on.
        whom: Returns who can do it, for somebody who may not.
    """
    st.markdown(plain(render(what, language)))
    if allowed(place, visitor):
        if st.button(render(step, language), key=f"next_{place.value}", type="primary"):
            go(place, language)
        return
    names = list(whom())
    st.markdown(
        plain(
            text("Ask {names}: they can do it.", language, names=listed(names, language))
            if names
            else text("Ask the owner of the company: they can do it.", language)
        )
    )
