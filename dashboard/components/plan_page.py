"""The frame of a plan's page: which plan, what can be done with it, and how it came to be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import streamlit as st

from dashboard import format as shown
from dashboard.components import plan_words as words
from dashboard.components.action_form import Changes, Course, open_action
from dashboard.components.commitments import Around
from dashboard.components.messages import plain
from dashboard.components.plan_board import May, NewAction, plan_board
from dashboard.components.plan_forms import (
    PlanGestures,
    carry_dialog,
    close_dialog,
    dates_dialog,
    priority_dialog,
)
from dashboard.rhythm.action import Comment
from dashboard.rhythm.plan.board import Board
from dashboard.rhythm.plan.model import MOST_PRIORITIES, Plan, PlanStatus
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, text
from pipelines.periods import Calendar

#: From here on a plan is about to end, and the next one is to be thought of.
_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Hands:
    """What can be done on the page of a plan.

    Attributes:
        edit: Whether whoever looks may change the plan.
        decide: Whether they may adopt and close it, and draft the next one.
        add: Whether they may add actions.
        changes: What the dialog of an action does.
        comments: What was said about an action, oldest first.
    """

    edit: bool
    decide: bool
    add: bool
    plan: PlanGestures
    changes: Changes
    comments: Callable[[ActionLine], Sequence[Comment]]
    tick: Callable[[ActionLine, bool], None]
    progress: Callable[[ActionLine, int], None]
    add_action: Callable[[NewAction], bool]


@dataclass(frozen=True)
class PlanPlace:
    """Where a plan is shown.

    Attributes:
        plans: All of the company or person, the newest first.
        timezone: The company's.
        show_plan: Shows another plan; None: the one that holds.
        show_day: Shows the plan as it was on a day; None: as it is.
    """

    plans: Sequence[Plan]
    around: Around
    calendar: Calendar
    timezone: str
    show_plan: Callable[[int | None], None]
    show_day: Callable[[date | None], None]


def plan_part(
    board: Board,
    place: PlanPlace,
    language: Language,
    hands: Hands,
    *,
    more: Callable[[], None] | None = None,
) -> None:
    """Show a plan with everything that can be done with it.

    Args:
        more: Shows what else belongs to it, before its history.
    """
    plan_heading(board, language, back=lambda: place.show_day(None))
    plan_steps(board, place, language, hands)
    opened = plan_board(
        board,
        place.around,
        place.calendar,
        language,
        May(
            edit=hands.edit and board.plan.status is not PlanStatus.CLOSED,
            add=hands.add,
            assign=hands.changes.allowed,
        ),
        tick=hands.tick,
        progress=hands.progress,
        add=hands.add_action,
    )
    if more:
        more()
    plan_history(board, place, language)
    plan_ways(board, place, language, hands)
    if opened.priority:
        priority_dialog(opened.priority, board.plan, place.around.kpis, language, hands.plan)
    elif opened.action:
        open_action(
            opened.action,
            place.around,
            language,
            hands.changes,
            Course(board.plan.standing, place.timezone, hands.comments),
        )


def plan_heading(board: Board, language: Language, *, back: Callable[[], None]) -> None:
    """Say which plan this is, and of which day.

    Args:
        back: Goes back to today.
    """
    st.markdown(plain(words.heading(board, language)))
    if board.past:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(
                plain(
                    text(
                        "The plan as it was in the evening of {day}.",
                        language,
                        day=board.seen_from,
                    )
                )
            )
            st.button(text("Back to today", language), key="plan_today", on_click=back)


def plan_steps(board: Board, place: PlanPlace, language: Language, hands: Hands) -> None:
    """Show the next step of a plan, where there is one: it is drafted, or about to end."""
    plan = board.plan
    if board.past or plan.status is PlanStatus.CLOSED:
        return
    draft = plan.status is PlanStatus.DRAFT
    with st.container(horizontal=True, gap="small"):
        if draft and hands.decide and plan.standing:
            st.button(
                text("Adopt the plan", language),
                key="plan_adopt",
                type="primary",
                on_click=_only_do,
                args=(hands.plan.adopt,),
            )
        if hands.edit and len(plan.standing) < MOST_PRIORITIES:
            kind: Literal["primary", "secondary"] = "secondary" if plan.standing else "primary"
            name = text("Add a priority", language)
            if st.button(name, key="plan_add_priority", type=kind):
                priority_dialog(None, plan, place.around.kpis, language, hands.plan)
        if _ends_soon(board) and _may_follow(board, place, hands):
            _next_plan(board, language, hands, "plan_carry_now")
    if draft and not plan.standing:
        st.markdown(
            plain(
                text(
                    "Name up to three priorities: what should be different in 90 days, and which "
                    "KPI will show it. Then put actions under them.",
                    language,
                )
            )
        )


def plan_ways(board: Board, place: PlanPlace, language: Language, hands: Hands) -> None:
    """Show what is rarely done with a plan: other dates, its end, and what goes on after it."""
    if board.past or board.plan.status is PlanStatus.CLOSED:
        return
    with st.container(horizontal=True, gap="small"):
        # once the plan is about to end, its next step says so above
        if _may_follow(board, place, hands) and not _ends_soon(board):
            _next_plan(board, language, hands, "plan_carry")
        if hands.edit and st.button(text("Change the dates", language), key="plan_dates"):
            dates_dialog(board.plan, language, hands.plan)
        if hands.decide and st.button(text("Close the plan", language), key="plan_close"):
            close_dialog(language, hands.plan)


def _ends_soon(board: Board) -> bool:
    return board.plan.ends_on - board.seen_from <= _SOON


def _may_follow(board: Board, place: PlanPlace, hands: Hands) -> bool:
    """Tell whether the next plan may be drafted: there is no draft of it yet."""
    drafted = any(one.status is PlanStatus.DRAFT for one in place.plans)
    return hands.decide and board.plan.status is PlanStatus.ADOPTED and not drafted


def _next_plan(board: Board, language: Language, hands: Hands, key: str) -> None:
    if st.button(text("Prepare the next plan", language), key=key):
        carry_dialog(board, language, hands.plan)


def plan_history(board: Board, place: PlanPlace, language: Language) -> None:
    """Show the versions of a plan, and the ways to a day gone by and to other plans."""
    today = place.around.today
    with st.expander(text("Versions and former plans", language)):
        st.markdown("\n".join(f"- {plain(one)}" for one in words.history(board, language)))
        others = [one for one in place.plans if one.plan_id != board.plan.plan_id]
        first = min(version.happened_on for version in board.versions)
        # another day is another field: what it shows is what the page shows
        key = f"plan_on_{board.seen_from.isoformat()}"

        def day_chosen() -> None:
            place.show_day(st.session_state[key])

        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            st.date_input(
                text("Show the plan as it was on", language),
                value=board.seen_from if board.past else None,
                min_value=min(first, today, board.seen_from),
                max_value=today,
                format=shown.date_field(language),
                key=key,
                on_change=day_chosen,
                width=240,
            )
            for one in others:
                st.button(
                    plain(words.plan_name(one, language)),
                    key=f"plan_{one.plan_id}",
                    on_click=place.show_plan,
                    args=(one.plan_id,),
                )


def no_plan(why: str) -> None:
    """Say why there is nothing, and what a plan is for."""
    st.markdown(plain(why))


def begin_plan(
    dates: tuple[date, date], language: Language, draft: Callable[[date | None, date | None], bool]
) -> None:
    """Show the form that begins a plan.

    Args:
        dates: First and last day to propose.
    """

    def begun() -> None:
        draft(st.session_state["plan_first_day"], st.session_state["plan_last_day"])

    with (
        st.form("begin_plan", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.date_input(
            text("First day", language),
            value=dates[0],
            format=shown.date_field(language),
            key="plan_first_day",
            width=160,
        )
        st.date_input(
            text("Last day", language),
            value=dates[1],
            format=shown.date_field(language),
            key="plan_last_day",
            width=160,
        )
        st.form_submit_button(text("Draft the plan", language), type="primary", on_click=begun)


def _only_do(work: Callable[[], object]) -> None:
    work()
