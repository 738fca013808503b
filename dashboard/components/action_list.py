"""Every action there is: filtered, ticked, changed, each with its history."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

import streamlit as st

from dashboard.components.action_form import Changes, open_action
from dashboard.components.commitments import Around, NewAction, commitments
from dashboard.components.requests import MoveRequests
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, text, text_plural

#: Fewer people leave nothing to choose.
_A_CHOICE = 2
#: Done actions pile up over the years; the newest are enough on a page.
MOST_SHOWN = 100


class Status(StrEnum):
    """Which actions are listed."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    ALL = "all"


def filters(
    status: Status,
    person: str | None,
    people: Sequence[str],
    language: Language,
    *,
    show: Callable[[Status, str | None], None],
) -> None:
    """Show what is listed, and let somebody list something else.

    Args:
        people: Whose actions may be listed; one alone leaves nothing to choose.
    """
    st.session_state["status_shown"] = status
    st.session_state["person_shown"] = person if person in people else None

    def changed() -> None:
        show(st.session_state["status_shown"], st.session_state["person_shown"])

    with st.container(horizontal=True, gap="medium"):
        st.segmented_control(
            text("Show", language),
            list(Status),
            format_func=lambda known: _status_name(known, language),
            key="status_shown",
            required=True,
            on_change=changed,
        )
        if len(people) < _A_CHOICE:
            return
        st.selectbox(
            text("Person", language),
            people,
            index=None,
            placeholder=text("Everybody", language),
            key="person_shown",
            on_change=changed,
            width=240,
        )


def listed(
    actions: Sequence[ActionLine], status: Status, person: str | None
) -> tuple[ActionLine, ...]:
    """Return the actions that the filters let through: open ones by date, then done ones, newest first."""
    mine = [action for action in actions if person is None or action.owner == person]
    still_open = [action for action in mine if action.is_open]
    dropped = [action for action in mine if action.dropped_on is not None]
    done = sorted(
        (action for action in mine if action.done_on is not None),
        key=lambda action: (action.done_on or date.min, action.action_id),
        reverse=True,
    )
    match status:
        case Status.OPEN:
            return tuple(still_open)
        case Status.LATE:
            return tuple(action for action in still_open if action.late)
        case Status.DONE:
            return tuple(done)
        case Status.ALL:
            return (*still_open, *done, *dropped)


def action_list(
    actions: Sequence[ActionLine],
    around: Around,
    language: Language,
    *,
    tick: Callable[[ActionLine, bool], None],
    add: Callable[[NewAction], bool],
    changes: Changes,
    stranger: NewAction | None = None,
    adopt: Callable[[NewAction], bool] | None = None,
    waiting: MoveRequests | None = None,
) -> None:
    """Show actions, each with its box and the way to change it; see ``commitments``."""
    opened = commitments(
        "all_actions",
        text_plural("{count} action", "{count} actions", len(actions), language),
        actions[:MOST_SHOWN],
        around,
        language,
        tick=tick,
        add=add,
        stranger=stranger,
        adopt=adopt,
        waiting=waiting,
        with_changes=True,
        edits=changes.allowed,
    )
    if len(actions) > MOST_SHOWN:
        more = len(actions) - MOST_SHOWN
        st.caption(text_plural("{count} more action", "{count} more actions", more, language))
    if opened:
        open_action(opened, around, language, changes)


def _status_name(status: Status, language: Language) -> str:
    match status:
        case Status.OPEN:
            return text("Open", language)
        case Status.LATE:
            return text("Late", language)
        case Status.DONE:
            return text("Done", language)
        case Status.ALL:
            return text("All", language)
