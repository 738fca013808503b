"""The dialogs of a plan: its priorities, its dates, its end, and what goes on after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.components import plan_words as words
from dashboard.components.messages import plain, show_outcome, was_refused
from dashboard.rhythm.action import MAX_REASON, MAX_TITLE
from dashboard.rhythm.plan.board import Board, PriorityLine
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Better, Definition, Unit


@dataclass(frozen=True)
class TypedPriority:
    """A priority as somebody filled it in; values are still text."""

    title: str
    kpi: str | None
    from_value: str
    to_value: str


@dataclass(frozen=True)
class PlanGestures:
    """What the dialogs do; each tells whether it was accepted.

    Attributes:
        set_priority: What was typed, the number of the priority it changes (None: a new one), and
            the reason.
        take_out: The number of a priority, and the reason.
        up: The number of a priority.
        set_dates: First day, last day, reason.
        close: With a reason, or "".
        carry_over: The numbers of priorities and actions that go on.
        start: Where a priority on a KPI would start from.
    """

    set_priority: Callable[[TypedPriority, int | None, str], bool]
    take_out: Callable[[int, str], bool]
    up: Callable[[int], bool]
    set_dates: Callable[[date | None, date | None, str], bool]
    adopt: Callable[[], bool]
    close: Callable[[str], bool]
    carry_over: Callable[[Sequence[int], Sequence[int]], bool]
    start: Callable[[str], float | None]


def priority_dialog(
    line: PriorityLine | None,
    plan: Plan,
    definitions: Sequence[Definition],
    language: Language,
    gestures: PlanGestures,
) -> None:
    """Open the form of a priority; None: of a new one."""
    name = text("Change a priority", language) if line else text("Add a priority", language)

    @st.dialog(name, width="medium")
    def dialog() -> None:
        known = {one.key: one for one in definitions}
        number = line.priority.priority_id if line else None
        former = line.kpi.key if line and line.kpi else None
        # outside the form: where it starts from and how it is typed depend on the KPI
        key = st.selectbox(
            text("Which KPI shows that it works", language),
            list(known),
            index=list(known).index(former) if former in known else None,
            format_func=lambda one: words.kpi_name(known[one], language),
            placeholder=text("Choose", language),
            key="priority_kpi",
        )
        kpi = known.get(key or "")
        with st.form("priority", border=False):
            title = st.text_input(
                text("What should be different at the end", language),
                value=line.priority.title if line else "",
                max_chars=MAX_TITLE,
            )
            typed = _values(line if key == former else None, kpi, language, gestures.start)
            reason = _reason(plan, language)
            if st.form_submit_button(text("Save", language), type="primary"):
                new = TypedPriority(title, key, *typed)
                _settle(language, accepted=gestures.set_priority(new, number, reason))
            if line and number is not None:
                _other_ways(line, number, reason, language, gestures)

    dialog()


def dates_dialog(plan: Plan, language: Language, gestures: PlanGestures) -> None:
    """Open the form of a plan's dates."""

    @st.dialog(text("Change the dates", language))
    def dialog() -> None:
        with st.form("plan_dates", border=False):
            with st.container(horizontal=True, gap="small"):
                first = st.date_input(
                    text("First day", language),
                    value=plan.starts_on,
                    format=shown.date_field(language),
                )
                last = st.date_input(
                    text("Last day", language),
                    value=plan.ends_on,
                    format=shown.date_field(language),
                )
            reason = _reason(plan, language)
            if st.form_submit_button(text("Save", language), type="primary"):
                _settle(language, accepted=gestures.set_dates(first, last, reason))

    dialog()


def close_dialog(language: Language, gestures: PlanGestures) -> None:
    """Open what is asked before a plan is closed."""

    @st.dialog(text("Close the plan", language))
    def dialog() -> None:
        st.markdown(
            plain(
                text(
                    "A closed plan stays as it is. Its open actions stay with their owners; what "
                    "should go on belongs to the next plan first.",
                    language,
                )
            )
        )
        with st.form("close_plan", border=False):
            reason = st.text_input(
                text("Why, if there is something to say", language), max_chars=MAX_REASON
            )
            if st.form_submit_button(text("Close the plan", language), type="primary"):
                _settle(language, accepted=gestures.close(reason))

    dialog()


def carry_dialog(board: Board, language: Language, gestures: PlanGestures) -> None:
    """Open the choice of what goes on in the next plan."""

    @st.dialog(text("Prepare the next plan", language), width="medium")
    def dialog() -> None:
        st.markdown(
            plain(
                text(
                    "Choose what goes on. A priority starts anew from where its KPI is; an action "
                    "keeps its owner and its date.",
                    language,
                )
            )
        )
        with st.form("carry_over", border=False):
            priorities: list[int] = []
            actions: list[int] = []
            for line in board.priorities:
                number = line.priority.priority_id
                title = plain(line.priority.title)
                if st.checkbox(f"**{title}**", key=f"carry_priority_{number}"):
                    priorities.append(number)
                    way = words.way(line, language)
                    if way:
                        st.caption(plain(way))
                actions += _going_on(line)
            if st.form_submit_button(text("Draft the next plan", language), type="primary"):
                _settle(language, accepted=gestures.carry_over(priorities, actions))

    dialog()


def _going_on(line: PriorityLine) -> list[int]:
    """Show the open actions under a priority; return those that were ticked."""
    found = []
    for action in line.actions:
        if not action.is_open:
            continue
        # a little room in front sets them apart from their priority, on a telephone too
        with st.container(horizontal=True, wrap=False, gap=None):
            st.space(22)
            label = plain(f"{action.title} — {action.owner}")
            if st.checkbox(label, key=f"carry_{action.action_id}", width="stretch", wrap=True):
                found.append(action.action_id)
    return found


def _values(
    line: PriorityLine | None,
    kpi: Definition | None,
    language: Language,
    start: Callable[[str], float | None],
) -> tuple[str, str]:
    """Show the fields of the two values; return what stands in them."""
    unit = kpi.unit if kpi else Unit.COUNT
    if line:
        known = (line.priority.from_value, line.priority.to_value)
    else:
        known = (start(kpi.key) if kpi else None, None)
    key = kpi.key if kpi else ""
    with st.container(horizontal=True, gap="small"):
        first = st.text_input(
            text("Starts from", language),
            value=words.as_typed(known[0], unit, language),
            key=f"priority_from_{key}",
        )
        last = st.text_input(
            text("Value to reach", language),
            value=words.as_typed(known[1], unit, language),
            key=f"priority_to_{key}",
        )
    if kpi:
        st.caption(plain(_about_values(kpi, language, proposed=line is None and bool(first))))
    return first, last


def _about_values(kpi: Definition, language: Language, *, proposed: bool) -> str:
    better = (
        text("It is better when it grows.", language)
        if kpi.better is Better.UP
        else text("It is better when it shrinks.", language)
    )
    said = [render(kpi.question, language), better]
    if proposed:
        said.append(text("The first value is where it stands now.", language))
    return " ".join(one for one in said if one)


def _other_ways(
    line: PriorityLine, number: int, reason: str, language: Language, gestures: PlanGestures
) -> None:
    with st.container(horizontal=True, gap="small"):
        if line.priority.position > 1 and st.form_submit_button(text("Move up", language)):
            _settle(language, accepted=gestures.up(number))
        if st.form_submit_button(text("Take it out", language)):
            _settle(language, accepted=gestures.take_out(number, reason))


def _reason(plan: Plan, language: Language) -> str:
    """Show the field of the reason where one is asked for; return what stands in it."""
    if plan.status is not PlanStatus.ADOPTED:
        return ""
    return st.text_input(
        text("Why it changes", language),
        placeholder=text("An adopted plan changes only for a reason; it is kept", language),
        max_chars=MAX_REASON,
    )


def _settle(language: Language, *, accepted: bool) -> None:
    """Close the dialog; a refusal is shown in it, and it stays open."""
    if accepted or not was_refused():
        st.rerun()
    show_outcome(language)
