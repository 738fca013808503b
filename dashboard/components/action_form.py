"""The dialog of an action: one form for all that can be changed, and its history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.components import plan_words
from dashboard.components.commitments import Around
from dashboard.components.decision_page import decision_address
from dashboard.components.files import page_links
from dashboard.components.messages import plain, show_outcome, was_refused
from dashboard.rhythm import words
from dashboard.rhythm.action import (
    MAX_COMMENT,
    MAX_LAG_WEEKS,
    MAX_REASON,
    MAX_TITLE,
    ActionEvent,
    Comment,
)
from dashboard.rhythm.plan.model import Priority
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Definition, Unit


@dataclass(frozen=True)
class Typed:
    """An action as somebody left it in the form, changed or not.

    Attributes:
        reason: Why the date moves, or why it is given up.
        effect: As it was typed; "" for nothing.
        comment: "" for nothing.
    """

    title: str
    owner: str
    due_on: date | None
    kpi: str | None
    priority_id: int | None
    effect: str
    lag_weeks: int | None
    dropped: bool
    reason: str
    comment: str


@dataclass(frozen=True)
class Changes:
    """What the dialog does.

    Attributes:
        allowed: Whether whoever looks may change anything; the history they may read.
        save: Writes all that changed, or nothing; tells whether it was accepted.
        decision: The one that an action carries out, as ``Decided.subject``; None: none.
    """

    allowed: bool
    save: Callable[[ActionLine, Typed], bool]
    history: Callable[[ActionLine], Sequence[ActionEvent]]
    decision: Callable[[ActionLine], str | None]


@dataclass(frozen=True)
class Course:
    """What the page of a plan shows of an action beside.

    Attributes:
        priorities: Those of the plan.
        timezone: The company's.
        comments: What was said about it, oldest first.
    """

    priorities: Sequence[Priority]
    timezone: str
    comments: Callable[[ActionLine], Sequence[Comment]]


def as_shown(action: ActionLine, language: Language) -> Typed:
    """Return what the form shows of an action before anybody typed in it."""
    return Typed(
        action.title,
        action.owner,
        action.due_on,
        action.kpi.key if action.kpi else None,
        action.priority_id,
        plan_words.as_typed(action.effect, _unit(action), language),
        action.lag_weeks,
        dropped=action.dropped_on is not None,
        reason="",
        comment="",
    )


def open_action(
    action: ActionLine,
    around: Around,
    language: Language,
    changes: Changes,
    course: Course | None = None,
) -> None:
    """Open the dialog of an action.

    Args:
        course: None: only what every action has.
    """

    # the title of a dialog is fixed when it is defined, and it is in the reader's language
    @st.dialog(
        text("Change an action", language) if changes.allowed else text("Action", language),
        width="medium",
    )
    def dialog() -> None:
        if not changes.allowed:
            st.markdown(f"**{plain(action.title)}**")
        if changes.allowed or course:
            _form(action, around, language, changes, course)
        decision = changes.decision(action)
        if decision is not None:
            life = decision_address(decision, language)
            page_links("decision", [(text("The decision that it carries out", language), life)])
        st.subheader(text("History", language), anchor=False)
        known = {kpi.key: kpi for kpi in around.kpis}
        for event in changes.history(action):
            day = shown.day(event.happened_on, language)
            by = f" ({event.author})" if event.author else ""
            what = render(words.event_sentence(event, known), language)
            st.markdown(plain(f"{day} — {what}{by}"))

    dialog()


def _form(
    action: ActionLine,
    around: Around,
    language: Language,
    changes: Changes,
    course: Course | None,
) -> None:
    typed = as_shown(action, language)
    with st.form("change_action", border=False):
        if changes.allowed:
            typed = _fields(typed, action, around, language, in_plan=course is not None)
        if changes.allowed and course:
            typed = _course_fields(typed, action, course, language)
        if course:
            typed = _comment_field(typed, action, course, language)
        if st.form_submit_button(text("Save", language), type="primary"):
            _settle(language, accepted=changes.save(action, typed))


def _fields(
    was: Typed, action: ActionLine, around: Around, language: Language, *, in_plan: bool
) -> Typed:
    title = st.text_input(text("What will be done", language), was.title, max_chars=MAX_TITLE)
    who, when = st.columns([2, 1], gap="small")
    names = [*around.people] if was.owner in around.people else [was.owner, *around.people]
    owner = who.selectbox(
        text("Who", language), names, index=names.index(was.owner), accept_new_options=True
    )
    due_on = when.date_input(
        text("By when", language), value=was.due_on, format=shown.date_field(language)
    )
    reason = st.text_input(
        text("Reason, if the date moves or it is given up", language)
        if in_plan and action.is_open
        else text("Reason, if the date moves", language),
        max_chars=MAX_REASON,
    )
    return Typed(
        title,
        owner or "",
        due_on,
        _kpi(was.kpi, around.kpis, language),
        was.priority_id,
        was.effect,
        was.lag_weeks,
        was.dropped,
        reason,
        was.comment,
    )


def _kpi(was: str | None, kpis: Sequence[Definition], language: Language) -> str | None:
    names = {kpi.key: render(kpi.name, language) for kpi in kpis}
    if was is not None:
        names.setdefault(was, was)  # what is not on offer any more stays until somebody changes it
    keys = list(names)
    chosen: str | None = st.selectbox(
        text("For which KPI", language),
        keys,
        index=keys.index(was) if was else None,
        format_func=lambda key: names[key],
        placeholder=text("None", language),
    )
    return chosen


def _course_fields(was: Typed, action: ActionLine, course: Course, language: Language) -> Typed:
    titles = {one.priority_id: one.title for one in course.priorities}
    numbers = list(titles)
    chosen = was.priority_id
    if numbers:
        chosen = st.selectbox(
            text("For which priority of the plan", language),
            numbers,
            index=numbers.index(was.priority_id) if was.priority_id in titles else None,
            format_func=lambda number: titles[number],
            placeholder=text("None", language),
        )
        if chosen is None and was.priority_id not in titles:
            chosen = was.priority_id  # it stands in another plan, and nobody took it out of there
    change, weeks = st.columns(2, gap="small")
    effect = change.text_input(text("Expected change of the KPI", language), was.effect)
    lag = weeks.number_input(
        text("After how many weeks", language),
        min_value=0,
        max_value=MAX_LAG_WEEKS,
        value=was.lag_weeks,
    )
    dropped = was.dropped
    if action.done_on is None:
        dropped = st.checkbox(text("Give this action up", language), value=was.dropped)
    return replace(
        was,
        priority_id=chosen,
        effect=effect,
        lag_weeks=None if lag is None else int(lag),
        dropped=dropped,
    )


def _comment_field(was: Typed, action: ActionLine, course: Course, language: Language) -> Typed:
    said = course.comments(action)
    if said:
        st.subheader(text("Comments", language), anchor=False)
    for one in said:
        when = shown.moment(one.written_at, course.timezone, language)
        by = f"{one.author}, " if one.author else ""
        st.caption(plain(f"{by}{when}"))
        st.text(one.text)
    comment = st.text_area(
        text("What others should know", language), max_chars=MAX_COMMENT, height=80
    )
    return replace(was, comment=comment)


def _unit(action: ActionLine) -> Unit:
    return action.kpi.unit if action.kpi else Unit.COUNT


def _settle(language: Language, *, accepted: bool) -> None:
    """Close the dialog; a refusal is shown at the button, and everything typed stays."""
    if accepted or not was_refused():
        st.rerun()
    show_outcome(language)
