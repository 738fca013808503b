"""What the dialog of an action says and does about its part in a plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components import plan_words as words
from dashboard.components.messages import plain, show_outcome, was_refused
from dashboard.rhythm.action import MAX_COMMENT, MAX_LAG_WEEKS, MAX_REASON, Comment
from dashboard.rhythm.plan.model import Priority
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, text
from pipelines.kpis.definition import Unit


@dataclass(frozen=True)
class CourseGestures:
    """What is done with the course of an action; each tells whether it was accepted.

    Attributes:
        allowed: Whether whoever looks may do more than comment.
        place: Under which priority.
        expect: The effect as it was typed, and the weeks until it shows.
        drop: With the reason.
    """

    allowed: bool
    place: Callable[[ActionLine, int | None], bool]
    expect: Callable[[ActionLine, str, int | None], bool]
    drop: Callable[[ActionLine, str], bool]
    take_up: Callable[[ActionLine], bool]
    comment: Callable[[ActionLine, str], bool]
    comments: Callable[[ActionLine], Sequence[Comment]]


def course_forms(
    action: ActionLine,
    priorities: Sequence[Priority],
    timezone: str,
    language: Language,
    gestures: CourseGestures,
) -> None:
    """Show what an action serves and should bring, how it is given up, and what was said of it."""
    if gestures.allowed:
        if priorities:
            _place(action, priorities, language, gestures)
        _expect(action, language, gestures)
        _drop(action, language, gestures)
    st.subheader(text("Comments", language), anchor=False)
    for one in gestures.comments(action):
        when = shown.moment(one.written_at, timezone, language)
        by = f"{one.author}, " if one.author else ""
        st.caption(plain(f"{by}{when}"))
        st.text(one.text)
    with st.form("comment_action", border=False, clear_on_submit=False):
        said = st.text_area(
            text("What others should know", language), max_chars=MAX_COMMENT, height=80
        )
        if st.form_submit_button(text("Comment", language)):
            _settle(language, accepted=gestures.comment(action, said))


def _place(
    action: ActionLine,
    priorities: Sequence[Priority],
    language: Language,
    gestures: CourseGestures,
) -> None:
    titles = {one.priority_id: one.title for one in priorities}
    numbers = list(titles)
    with (
        st.form("place_action", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        chosen = st.selectbox(
            text("For which priority of the plan", language),
            numbers,
            index=numbers.index(action.priority_id) if action.priority_id in titles else None,
            format_func=lambda number: titles[number],
            placeholder=text("None", language),
            width=420,
        )
        if st.form_submit_button(text("Put it there", language)):
            _settle(language, accepted=gestures.place(action, chosen))


def _expect(action: ActionLine, language: Language, gestures: CourseGestures) -> None:
    unit = action.kpi.unit if action.kpi else Unit.COUNT
    with (
        st.form("expect_of_action", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        effect = st.text_input(
            text("Expected change of the KPI", language),
            value=words.as_typed(action.effect, unit, language),
            width=220,
        )
        lag = st.number_input(
            text("After how many weeks", language),
            min_value=0,
            max_value=MAX_LAG_WEEKS,
            value=action.lag_weeks,
            width=190,
        )
        if st.form_submit_button(text("Expect this", language)):
            weeks = None if lag is None else int(lag)
            _settle(language, accepted=gestures.expect(action, effect, weeks))


def _drop(action: ActionLine, language: Language, gestures: CourseGestures) -> None:
    if action.done_on is not None:
        return
    with (
        st.form("drop_action", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        if action.dropped_on is not None:
            if st.form_submit_button(text("Take it up again", language)):
                _settle(language, accepted=gestures.take_up(action))
            return
        reason = st.text_input(
            text("Reason for giving it up", language), max_chars=MAX_REASON, width=420
        )
        if st.form_submit_button(text("Give it up", language)):
            _settle(language, accepted=gestures.drop(action, reason))


def _settle(language: Language, *, accepted: bool) -> None:
    """Close the dialog; a refusal is shown in it, and it stays open."""
    if accepted or not was_refused():
        st.rerun()
    show_outcome(language)
