"""A plan on one screen: its priorities with their actions, its weeks, and who carries what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components import plan_words as words
from dashboard.components.assets import asset, given
from dashboard.components.commitments import Around, line, proposed_day
from dashboard.navigation import Place, address
from dashboard.rhythm.action import MAX_NAME, MAX_TITLE, WHOLE
from dashboard.rhythm.plan.board import Board, PriorityLine
from dashboard.rhythm.plan.overview import PlanWeek
from dashboard.rhythm.review import ActionLine
from dashboard.scripts import loader
from dashboard.text import Language, text
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar

_panel = st.components.v2.component(
    "cap90_plan",
    html='<div class="plan"></div>',
    css=asset("plan.css"),
    js=loader(),
)

#: Counts what was added, so that the forms empty themselves when something was.
_ADDED = "plan_added"
#: What was done since then is still spoken of.
_RECENT = timedelta(days=7)


@dataclass(frozen=True)
class NewAction:
    """What somebody filled in under a priority; whoever adds it checks it."""

    priority_id: int
    title: str
    owner: str
    due_on: date | None
    kpi: str | None


@dataclass(frozen=True)
class May:
    """What whoever looks may do here.

    Attributes:
        edit: Change priorities.
        add: Add actions.
        assign: Change actions, rather than only comment on them.
    """

    edit: bool
    add: bool
    assign: bool


@dataclass(frozen=True)
class Opened:
    """What somebody has just asked to see or to change: one of the two."""

    action: ActionLine | None = None
    priority: PriorityLine | None = None


def plan_board(
    board: Board,
    around: Around,
    calendar: Calendar,
    language: Language,
    may: May,
    *,
    tick: Callable[[ActionLine, bool], None],
    progress: Callable[[ActionLine, int], None],
    add: Callable[[NewAction], bool],
) -> Opened:
    """Show a plan.

    Args:
        tick: Called with an action and whether it is done now, before anything is drawn again.
        progress: Called with an action and how far it is, in percent.
        add: Called with what was filled in; tells whether it was accepted.
    """
    by_number = {action.action_id: action for action in board.actions}
    by_priority = {one.priority.priority_id: one for one in board.priorities}

    def sent(trigger: str) -> tuple[ActionLine, dict[str, Any]] | None:
        said = st.session_state["plan_board"][trigger]
        if not isinstance(said, dict) or said.get("id") not in by_number:
            return None
        # what the person saw, though the plan may be newer by now
        return replace(by_number[said["id"]], version=int(said.get("version") or 0)), said

    def ticked() -> None:
        if found := sent("tick"):
            tick(found[0], bool(found[1].get("done")))

    def progressed() -> None:
        if found := sent("progress"):
            progress(found[0], _whole(found[1].get("percent")))

    def filled() -> None:
        said = st.session_state["plan_board"]["add"]
        number = said.get("priority") if isinstance(said, dict) else None
        under = by_priority.get(number) if isinstance(number, int) else None
        if under is not None and add(_filled(under, said)):
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1

    changes = not board.past
    result = _panel(
        key="plan_board",
        data=given(
            {
                "priorities": [
                    _priority(one, number, board, language, may.edit and changes)
                    for number, one in enumerate(board.priorities, start=1)
                ],
                "others": {
                    "heading": text("Actions of priorities that were taken out", language),
                    "actions": _actions(board.others, board, language),
                }
                if board.others
                else None,
                "weeks": _weeks(board.weeks, calendar, language) if board.actions else None,
                "load": _load(board, language),
                "texts": _texts(board, may, language),
                "changes": changes,
                "form": _form(around, language) if may.add and changes else None,
            }
        ),
        on_tick_change=ticked,
        on_progress_change=progressed,
        on_add_change=filled,
        on_open_change=_noted,
        on_edit_change=_noted,
    )
    opened, edited = result.open, result.edit
    return Opened(
        by_number.get(opened["id"]) if isinstance(opened, dict) else None,
        by_priority.get(edited["id"]) if isinstance(edited, dict) else None,
    )


def _priority(
    one: PriorityLine,
    number: int,
    board: Board,
    language: Language,
    edit: bool,  # noqa: FBT001 - drawn once, in this order
) -> dict[str, Any]:
    return {
        "id": one.priority.priority_id,
        "number": str(number),
        "title": one.priority.title,
        "kpi": one.kpi
        and {
            "name": words.kpi_name(one.kpi, language),
            "href": address(Place.KPI, language, kpi=one.kpi.key),
        },
        "from": words.value(one.priority.from_value, one, language),
        "to": words.value(one.priority.to_value, one, language),
        "now": words.now(one, language),
        "share": one.share,
        "way": words.way(one, language),
        "former": words.former(
            sum(_is_former(action, board.seen_from) for action in one.actions), language
        ),
        "progress": words.done(one.progress, language, own=board.own),
        "edit": edit,
        "actions": _actions(one.actions, board, language),
    }


def _actions(
    actions: Sequence[ActionLine], board: Board, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            **line(action, board.seen_from, language),
            "progress": action.progress,
            "effect": words.effect(action, board.currency, language),
            "gone": words.gone(action, board.carried, language),
            "open": action.is_open,
            "former": _is_former(action, board.seen_from),
        }
        for action in actions
    ]


def _is_former(action: ActionLine, today: date) -> bool:
    """Tell whether an action is a thing of the past: what was done just now stays in sight."""
    if action.is_open:
        return False
    return action.done_on is None or today - action.done_on > _RECENT


def _weeks(weeks: Sequence[PlanWeek], calendar: Calendar, language: Language) -> dict[str, Any]:
    return {
        "heading": text("Week by week", language),
        "rows": [
            {
                "name": shown.period_name(one.week, calendar, language),
                "day": shown.short_day(one.week.start, language),
                "running": one.running,
                "marks": [
                    *("late" for _ in one.late),
                    *("done" for _ in one.done),
                    *("due" for _ in one.due),
                ],
                "said": words.week_said(one, calendar, language),
            }
            for one in weeks
        ],
        "legend": [
            {"kind": "done", "name": text("done", language)},
            {"kind": "late", "name": text("late", language)},
            {"kind": "due", "name": text("still to be done", language)},
        ],
    }


def _load(board: Board, language: Language) -> dict[str, Any]:
    return {
        "heading": words.load_heading(board.plan, language),
        "rows": [
            {
                "person": one.person,
                "said": words.load_said(one, language),
                "heavy": [words.heavy_said(one, day, language) for day in one.heavy],
            }
            for one in board.load
        ],
        "none": text("Nobody has an open action.", language),
    }


def _texts(board: Board, may: May, language: Language) -> dict[str, str]:
    return {
        "change": text("Change", language),
        "open": text("Change", language) if may.assign else text("Comment", language),
        "progress": text("Progress", language),
        # what follows the number while the finger moves it
        "percent": shown.value(0, Unit.PERCENT, language).removeprefix("0"),
        "none": text("No action of yours.", language)
        if board.own
        else text("No action yet.", language),
        "add": text("Add an action", language),
    }


def _form(around: Around, language: Language) -> dict[str, Any]:
    return {
        "title": text("What will be done", language),
        "owner": text("Who", language),
        "due": text("By when", language),
        "add": text("Add", language),
        "longest": {"title": MAX_TITLE, "owner": MAX_NAME},
        "people": list(around.people),
        "proposed": proposed_day(around.today).isoformat(),
        "added": st.session_state.get(_ADDED, 0),
    }


def _filled(under: PriorityLine, new: dict[str, Any]) -> NewAction:
    """Read what the browser sent, trusting none of it."""
    try:
        due_on = date.fromisoformat(str(new.get("due")))
    except ValueError:
        due_on = None
    return NewAction(
        priority_id=under.priority.priority_id,
        title=str(new.get("title") or ""),
        owner=str(new.get("owner") or ""),
        due_on=due_on,
        kpi=under.kpi.key if under.kpi else None,
    )


def _whole(sent: object) -> int:
    """Return a percentage that the browser sent; one that is none is refused later."""
    return round(sent) if isinstance(sent, int | float) and 0 <= sent <= WHOLE else -1


def _noted() -> None:
    """Do nothing: the rerun that follows reads the result."""
