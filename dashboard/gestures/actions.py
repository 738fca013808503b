"""What people do with actions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import plan_data, session
from dashboard.access.rights import Capability
from dashboard.components.action_list import Changes
from dashboard.components.commitments import NewAction
from dashboard.components.conflict import attempt_seen, keep_conflict
from dashboard.components.messages import attempt, say
from dashboard.rhythm import actions
from dashboard.rhythm.action import one_line
from dashboard.rhythm.review import ActionLine
from dashboard.rhythm.strangers import Stranger, refuse_stranger
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import Conflict, msg
from pipelines.people.person import Details
from pipelines.people.register import add_person

_STRANGER = "stranger"


def tick(language: Language, action: ActionLine, done: bool) -> None:  # noqa: FBT001 - the state of a box
    """Tick an action off, or take it back."""
    change = actions.complete if done else actions.reopen

    def work(version: int) -> None:
        session.require_own(action.owner)
        change(session.current(), action.action_id, version)

    attempt_seen(language, action.version, work)


def add_action(language: Language, new: NewAction, listed_until: date | None = None) -> bool:
    """Add an action; tell whether it was accepted.

    Args:
        listed_until: The first day that the list on the page leaves out; None if it has them all.
    """

    def work() -> None:
        st.session_state.pop(_STRANGER, None)
        session.require_own(one_line(new.owner))
        context = session.current()
        try:
            refuse_stranger(context, new.owner)
        except Stranger:
            if session.visitor().may(Capability.EDIT_PEOPLE):
                st.session_state[_STRANGER] = new
            raise
        actions.add_action(context, new.title, new.owner, new.due_on, new.kpi)

    unlisted = listed_until is not None and new.due_on is not None and new.due_on >= listed_until
    done = (
        msg(
            "The action is added. It is due later than this list goes: "
            "you will find it on the Actions page."
        )
        if unlisted
        else msg("The action is on the list.")
    )
    accepted = attempt(language, work)
    if accepted:
        say(render(plan_data.noticed(done, new.due_on), language))
    return accepted


def stranger() -> NewAction | None:
    """Return the action that was refused for a name nobody bears, where somebody may add people."""
    found: NewAction | None = st.session_state.get(_STRANGER)
    return found


def adopt(language: Language, new: NewAction, listed_until: date | None = None) -> bool:
    """Add an action's owner as a new person, and the action; see ``add_action``."""

    def work() -> None:
        session.require(Capability.EDIT_PEOPLE)
        add_person(session.current(), Details(one_line(new.owner)))

    return attempt(language, work) and add_action(language, new, listed_until)


def changes(language: Language) -> Changes:
    """Return what the dialog of an action does. It shows refusals itself."""

    def told(
        wish: Callable[[Context, ActionLine], object],
        action: ActionLine,
        due_on: date | None = None,
    ) -> None:
        def work(version: int) -> None:
            session.require(Capability.ASSIGN_ACTIONS)
            wish(session.current(), replace(action, version=version))

        saved = msg("Saved.")
        try:
            work(action.version)
        except Conflict as conflict:  # the dialog makes room for both texts
            keep_conflict(conflict, work, saved)
        else:
            say(render(plan_data.noticed(saved, due_on), language))

    def assign(context: Context, seen: ActionLine, owner: str) -> object:
        refuse_stranger(context, owner)
        return actions.assign(context, seen.action_id, seen.version, owner)

    return Changes(
        assign=lambda action, owner: told(
            lambda context, seen: assign(context, seen, owner), action
        ),
        move=lambda action, due_on, reason: told(
            lambda context, seen: actions.move(
                context, seen.action_id, seen.version, due_on, reason
            ),
            action,
            due_on,
        ),
        rename=lambda action, title: told(
            lambda context, seen: actions.rename(context, seen.action_id, seen.version, title),
            action,
        ),
        link=lambda action, kpi: told(
            lambda context, seen: actions.link(context, seen.action_id, seen.version, kpi), action
        ),
        allowed=session.visitor().may(Capability.ASSIGN_ACTIONS),
        history=lambda action: actions.history(session.current(), action.action_id),
    )
