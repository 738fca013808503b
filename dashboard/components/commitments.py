"""What people agreed to do: each action with one box to tick, and the form that adds one.

One light component for both: the page opens without the browser fetching a widget for each field,
and dates are picked with the reader's own calendar, on a telephone too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components import action_line, requests
from dashboard.components.assets import asset, given
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.rhythm.action import MAX_NAME, MAX_TITLE
from dashboard.rhythm.one_line import Known
from dashboard.rhythm.review import ActionLine
from dashboard.scripts import loader
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition

_panel = st.components.v2.component(
    "cap90_actions",
    html=(
        '<div class="actions"><div class="list"></div><div class="beside">'
        '<div class="requests"></div><div class="add"></div></div></div>'
    ),
    css=asset("actions.css") + asset("requests.css"),
    js=loader(),
)

#: An action is a step of a week, unless somebody says otherwise: it is due at its last working day.
_FRIDAY = 4
_WEEK = 7
#: Counts what was added, so that the form empties itself when something was.
_ADDED = "actions_added"


@dataclass(frozen=True)
class NewAction:
    """What somebody filled in; whoever adds it checks it.

    Attributes:
        deal: The one that it is about, as ``Deal.key``; None: none in particular.
    """

    title: str
    owner: str
    due_on: date | None
    kpi: str | None
    deal: str | None = None


@dataclass(frozen=True)
class Around:
    """What actions are shown and added among.

    Attributes:
        today: The day they are looked at from.
        people: Known names; another one can be typed.
        kpis: What an action may be meant to move.
        known: What an action typed in one line is understood with; None: there are only fields.
    """

    today: date
    people: Sequence[str]
    kpis: Sequence[Definition]
    known: Known | None = None


def commitments(
    key: str,
    heading: str,
    actions: Sequence[ActionLine],
    around: Around,
    language: Language,
    *,
    tick: Callable[[ActionLine, bool], None],
    add: Callable[[NewAction], bool],
    stranger: NewAction | None = None,
    adopt: Callable[[NewAction], bool] | None = None,
    waiting: requests.MoveRequests | None = None,
    with_changes: bool = False,
    edits: bool = True,
) -> ActionLine | None:
    """Show actions, and the form that adds one.

    Args:
        key: Unique on the page.
        actions: In the order they are shown.
        tick: Called with an action and whether it is done now, before anything is drawn again.
        add: Called with what was filled in, before anything is drawn again; tells whether it
            was accepted. What was refused stays in the form.
        stranger: What was refused because nobody known bears its owner's name, to be confirmed.
        adopt: Called with it to add the owner as a new person, and the action.
        waiting: Wishes to move actions that whoever looks may grant or decline.
        with_changes: Whether there is a button beside each action that opens it.
        edits: Whether what it opens can be changed, or only read.

    Returns:
        The action that somebody has just opened, else None.
    """
    by_number = {action.action_id: action for action in actions}

    def ticked() -> None:
        box = st.session_state[key]["tick"]
        if box and box["id"] in by_number:
            # what the person saw, though the list may be newer by now
            tick(replace(by_number[box["id"]], version=box["version"]), bool(box["done"]))

    def filled() -> None:
        new = st.session_state[key]["add"]
        if new and add(_filled(new)):
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            action_line.forget(key)

    def adopted(new: NewAction) -> None:
        if adopt and adopt(new):
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            action_line.forget(key)

    result = _panel(
        key=key,
        data=given(
            {
                "heading": heading,
                "empty": text("No action to show.", language),
                "change": _opens(language, edits=edits) if with_changes else None,
                "actions": [
                    line(action, around.today, language, with_kpi=with_changes)
                    for action in actions
                ],
                "requests": requests.part(waiting, language) if waiting else None,
                "form": _form(around, language),
                "understood": action_line.answer(key, language),
            }
        ),
        on_tick_change=ticked,
        on_add_change=beside(key, filled),
        on_understand_change=_understanding(key, around, language),
        on_answer_change=_answering(key, waiting),
        on_change_change=_noted,
    )
    show_refusal(key, language)  # the form is the panel's last part
    if stranger and adopt:
        st.button(
            text("Add {name} as a new person", language, name=plain(stranger.owner)),
            key=f"{key}_adopt",
            on_click=beside(key, adopted),
            args=(stranger,),
        )
    pressed = result.change
    return by_number.get(pressed["id"]) if pressed else None


def line(
    action: ActionLine, today: date, language: Language, *, with_kpi: bool = False
) -> dict[str, object]:
    """Return an action as the list shows it."""
    facts = [action.owner, shown.short_day(action.due_on, language)]
    if with_kpi and action.kpi:
        facts.append(render(action.kpi.name, language))
    if action.dropped_on:
        day = shown.short_day(action.dropped_on, language)
        facts.append(text("given up on {day}", language, day=day))
    late = text_plural(
        "{count} day late", "{count} days late", (today - action.due_on).days, language
    )
    return {
        "id": action.action_id,
        "version": action.version,
        "title": action.title,
        "done": action.done_on is not None,
        "late": late if action.late else None,
        "facts": " · ".join(facts),
    }


def proposed_day(today: date) -> date:
    """Return the Friday ahead; on a Friday the next one, since the week is over."""
    return today + timedelta(days=(_FRIDAY - today.weekday()) % _WEEK or _WEEK)


def _understanding(key: str, around: Around, language: Language) -> Callable[[], None]:
    def typed() -> None:
        line = st.session_state[key]["understand"]
        if line and around.known:
            action_line.take(key, line, around.known, language)

    return typed


def _answering(key: str, waiting: requests.MoveRequests | None) -> Callable[[], None]:
    def answered() -> None:
        said = st.session_state[key]["answer"]
        if said and waiting:
            requests.take(waiting, said)

    return answered


def _form(around: Around, language: Language) -> dict[str, Any]:
    return {
        "heading": text("Add an action", language),
        "line": action_line.texts(language) if around.known else None,
        "title": text("What will be done", language),
        "owner": text("Who", language),
        "due": text("By when", language),
        "kpi": text("For which KPI", language),
        "none": text("None", language),
        "add": text("Add", language),
        "longest": {"title": MAX_TITLE, "owner": MAX_NAME},
        "people": list(around.people),
        "kpis": [{"key": kpi.key, "name": render(kpi.name, language)} for kpi in around.kpis],
        "proposed": proposed_day(around.today).isoformat(),
        "added": st.session_state.get(_ADDED, 0),
    }


def _filled(new: dict[str, Any]) -> NewAction:
    """Read what the browser sent, trusting none of it."""
    try:
        due_on = date.fromisoformat(str(new.get("due")))
    except ValueError:
        due_on = None
    return NewAction(
        title=str(new.get("title") or ""),
        owner=str(new.get("owner") or ""),
        due_on=due_on,
        kpi=str(new["kpi"]) if new.get("kpi") else None,
    )


def _noted() -> None:
    """Do nothing: the rerun that follows reads the result."""


def _opens(language: Language, *, edits: bool) -> str:
    return text("Change", language) if edits else text("History", language)
