"""Wishes to move an action: granted or declined in one click, with a word if somebody has one."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.rhythm.action import MAX_REASON
from dashboard.rhythm.requests import Open
from dashboard.text import Language, text, text_plural

_panel = st.components.v2.component(
    "cap90_requests",
    html='<div class="requests"></div>',
    css=asset("requests.css"),
    js=asset("requests.js"),
)


def move_requests(
    key: str,
    waiting: Sequence[Open],
    language: Language,
    *,
    answer: Callable[[Open, bool, str], bool],
) -> None:
    """Show what waits for an answer; nothing where nothing does.

    Args:
        key: Unique on the page.
        answer: Called with a request, whether it is granted, and what is said about it, before
            anything is drawn again.
    """
    if not waiting:
        return
    by_number = {one.request.request_id: one for one in waiting}

    def answered() -> None:
        said = st.session_state[key]["answer"] or {}
        one = by_number.get(int(said.get("id") or 0))
        # what the person saw: a request that was changed meanwhile is another one
        if one and one.request.version == said.get("version"):
            answer(one, bool(said.get("granted")), str(said.get("said") or ""))

    _panel(
        key=key,
        data=given(
            {
                "heading": text_plural(
                    "{count} wish for another date",
                    "{count} wishes for another date",
                    len(waiting),
                    language,
                ),
                "grant": text("Grant", language),
                "decline": text("Decline", language),
                "said": text("A word about it (optional)", language),
                "longest": MAX_REASON,
                "requests": [_line(one, language) for one in waiting],
            }
        ),
        on_answer_change=answered,
    )


def _line(one: Open, language: Language) -> dict[str, object]:
    request, action = one.request, one.action
    return {
        "id": request.request_id,
        "version": request.version,
        "title": action.title,
        "wish": text(
            "{name} asks to move it from {before} to {after}",
            language,
            name=request.asked_by,
            before=shown.short_day(action.due_on, language),
            after=shown.short_day(request.due_on, language),
        ),
        "reason": request.reason,
    }
