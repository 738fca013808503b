"""Every action there is: filtered, ticked, changed, each with its history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from dashboard import format as shown
from dashboard.components.commitments import Around, NewAction, commitments
from dashboard.components.messages import guarded, plain
from dashboard.rhythm import words
from dashboard.rhythm.action import ActionEvent
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition

#: Done actions pile up over the years; the newest are enough on a page.
MOST_SHOWN = 100


class Status(StrEnum):
    """Which actions are listed."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    ALL = "all"


@dataclass(frozen=True)
class Changes:
    """What a click in the dialog does; each writes an event and may refuse.

    Attributes:
        allowed: Whether whoever looks may change anything; the history they may read.
    """

    allowed: bool
    assign: Callable[[ActionLine, str], None]
    move: Callable[[ActionLine, date | None, str], None]
    rename: Callable[[ActionLine, str], None]
    link: Callable[[ActionLine, str | None], None]
    history: Callable[[ActionLine], Sequence[ActionEvent]]


def filters(
    status: Status,
    person: str | None,
    people: Sequence[str],
    language: Language,
    *,
    show: Callable[[Status, str | None], None],
) -> None:
    """Show what is listed, and let somebody list something else."""
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
        with_changes=True,
    )
    if len(actions) > MOST_SHOWN:
        more = len(actions) - MOST_SHOWN
        st.caption(text_plural("{count} more action", "{count} more actions", more, language))
    if opened:
        open_action(opened, around, language, changes)


def open_action(
    action: ActionLine,
    around: Around,
    language: Language,
    changes: Changes,
    more: Callable[[ActionLine], None] | None = None,
) -> None:
    """Open the dialog of an action: what can be changed about it, and its history.

    Args:
        more: Shows what else there is to say about it, before the history.
    """

    # the title of a dialog is fixed when it is defined, and it is in the reader's language
    @st.dialog(text("Change an action", language), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(action.title)}**")
        if changes.allowed:
            _dialog_forms(action, around.people, around.kpis, language, changes)
        if more:
            more(action)
        st.subheader(text("History", language), anchor=False)
        known = {kpi.key: kpi for kpi in around.kpis}
        for event in changes.history(action):
            day = shown.day(event.happened_on, language)
            by = f" ({event.author})" if event.author else ""
            what = render(words.event_sentence(event, known), language)
            st.markdown(plain(f"{day} — {what}{by}"))

    dialog()


def _dialog_forms(
    action: ActionLine,
    people: Sequence[str],
    kpis: Sequence[Definition],
    language: Language,
    changes: Changes,
) -> None:
    with st.form("move", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            due_on = st.date_input(
                text("By when", language),
                value=action.due_on,
                format=shown.date_field(language),
                width=140,
            )
            reason = st.text_input(text("Reason for moving it", language), width=280)
            moved = st.form_submit_button(text("Move", language))
        if moved:
            _done(language, lambda: changes.move(action, due_on, reason))
    with (
        st.form("assign", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        names = [*people] if action.owner in people else [action.owner, *people]
        owner = st.selectbox(
            text("Who", language),
            names,
            index=names.index(action.owner),
            accept_new_options=True,
            width=280,
        )
        if st.form_submit_button(text("Assign", language)):
            _done(language, lambda: changes.assign(action, owner or ""))
    with (
        st.form("rename", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        title = st.text_input(text("What will be done", language), value=action.title, width=420)
        if st.form_submit_button(text("Rename", language)):
            _done(language, lambda: changes.rename(action, title))
    with (
        st.form("link", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        keys = [kpi.key for kpi in kpis]
        names_of = {kpi.key: render(kpi.name, language) for kpi in kpis}
        linked = action.kpi.key if action.kpi else None
        kpi = st.selectbox(
            text("For which KPI", language),
            keys,
            index=keys.index(linked) if linked in keys else None,
            format_func=lambda key: names_of[key],
            placeholder=text("None", language),
            width=280,
        )
        if st.form_submit_button(text("Link", language)):
            _done(language, lambda: changes.link(action, kpi))


def _done(language: Language, change: Callable[[], None]) -> None:
    """Do it and close the dialog; a refusal is shown in the dialog, which stays open."""
    with guarded(language):
        change()
        st.rerun()


def _status_name(status: Status, language: Language) -> str:
    match status:
        case Status.OPEN:
            return text("Open actions", language)
        case Status.LATE:
            return text("Late actions", language)
        case Status.DONE:
            return text("Done actions", language)
        case Status.ALL:
            return text("All actions", language)
