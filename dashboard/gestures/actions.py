"""What people do with actions."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.action_form import Changes, Typed, as_shown
from dashboard.components.commitments import NewAction
from dashboard.components.conflict import attempt_seen
from dashboard.components.messages import attempt, say
from dashboard.gestures.named import named, responsible
from dashboard.gestures.twice import ask_about_day
from dashboard.rhythm import actions, course
from dashboard.rhythm.action import one_line
from dashboard.rhythm.review import ActionLine
from dashboard.rhythm.rewriting import Fields, rewrite
from dashboard.rhythm.strangers import Stranger
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Unit
from pipelines.kpis.target_values import parse_change_value
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
        try:
            owner = responsible(new.owner)
        except Stranger:
            if session.visitor().may(Capability.EDIT_PEOPLE):
                st.session_state[_STRANGER] = new
            raise
        ask_about_day(new.due_on, new.title)
        actions.add_action(session.current(), new.title, owner, new.due_on, new.kpi, deal=new.deal)

    unlisted = listed_until is not None and new.due_on is not None and new.due_on >= listed_until
    done = (
        msg(
            "The action is added. It is due later than this list goes: "
            "you will find it on the Actions page."
        )
        if unlisted
        else msg("The action is on the list.")
    )
    return attempt(language, work, done)


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
    """Return what the dialog of an action does."""
    return Changes(
        allowed=session.visitor().may(Capability.ASSIGN_ACTIONS),
        save=lambda action, typed: _save(language, action, typed),
        history=lambda action: actions.history(session.current(), action.action_id),
        decision=_decision,
    )


def _decision(action: ActionLine) -> str | None:
    if action.decision_id is not None:
        return str(action.decision_id)
    return data.decisions.of_action(action.action_id)


def _save(language: Language, action: ActionLine, typed: Typed) -> bool:
    """Write all that somebody changed in the form of an action; tell whether it was accepted."""
    before = as_shown(action, language)
    only_said = replace(typed, reason="", comment="") == before and not typed.reason.strip()

    def work(version: int) -> None:
        context = session.current()
        if only_said:
            session.require_own(action.owner)
            if typed.comment.strip():
                course.comment(context, action.action_id, typed.comment)
            return
        session.require(Capability.ASSIGN_ACTIONS)
        # asked about the date as it was seen only, and not before there is a reason for it
        if typed.due_on != before.due_on and typed.reason.strip() and version == action.version:
            ask_about_day(typed.due_on, action.action_id)
        seen = _fields(before, action.effect, action.owner)
        effect = action.effect
        if typed.effect != before.effect:
            effect = _effect(context, typed)
        owner = action.owner if typed.owner == action.owner else named(typed.owner)
        rewrite(
            context,
            action.action_id,
            version,
            seen,
            _fields(typed, effect, owner),
            reason=typed.reason,
            comment=typed.comment,
        )

    accepted = attempt_seen(language, action.version, work, msg("Saved."))
    if accepted and typed.dropped and not before.dropped:
        say(render(msg("The action is given up; its history says why."), language))
    return accepted


def _fields(typed: Typed, effect: float | None, owner: str) -> Fields:
    return Fields(
        typed.title,
        owner,
        typed.due_on,
        typed.kpi,
        typed.priority_id,
        effect,
        typed.lag_weeks,
        dropped=typed.dropped,
    )


def _effect(context: Context, typed: Typed) -> float | None:
    """Read what an action should bring, in the unit of its KPI.

    Raises:
        Refused: It is no number, or may be meant in two ways.
    """
    known = catalogue(context).get(typed.kpi or "")
    unit = known.unit if known else Unit.COUNT
    return parse_change_value(typed.effect, unit) if typed.effect.strip() else None
