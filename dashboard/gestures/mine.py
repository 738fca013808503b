"""What people do with their own commitments and numbers."""

from datetime import date

import streamlit as st

from dashboard import session
from dashboard.access import feeds
from dashboard.access.rights import Capability
from dashboard.components.conflict import attempt_seen
from dashboard.components.entry_page import NewEntry
from dashboard.components.messages import attempt
from dashboard.components.mine import Wishes
from dashboard.gestures.actions import tick
from dashboard.gestures.twice import ask_about_day, ask_before_replacing
from dashboard.rhythm import actions, course, requests
from dashboard.rhythm.requests import Open
from dashboard.rhythm.review import ActionLine
from dashboard.state import origin
from dashboard.text import Language
from pipelines.errors import msg
from pipelines.kpis.choice import chosen
from pipelines.kpis.entries import add_entry, check_entry

#: An address that was just made, to be shown once: it is kept nowhere.
_ADDRESS = "calendar_address"


def wishes(language: Language) -> Wishes:
    """Return what clicks on the page do."""
    return Wishes(
        tick=lambda action, done: tick(language, action, done),
        comment=lambda action, said: comment(language, action, said),
        move=lambda action, due_on, reason: move_or_ask(language, action, due_on, reason),
        type_number=lambda new: type_number(language, new),
    )


def comment(language: Language, action: ActionLine, said: str) -> bool:
    """Say something about an action; tell whether it was accepted."""

    def work() -> None:
        session.require_own(action.owner)
        course.comment(session.current(), action.action_id, said)

    return attempt(language, work, msg("The comment is there for everybody to read."))


def move_or_ask(language: Language, action: ActionLine, due_on: date | None, reason: str) -> bool:
    """Move an action, or ask for it; tell whether it was accepted."""
    if not session.visitor().may(Capability.ASSIGN_ACTIONS):
        return ask_to_move(language, action, due_on, reason)

    def work(version: int) -> None:
        session.require(Capability.ASSIGN_ACTIONS)
        if due_on != action.due_on:
            ask_about_day(due_on, action.action_id)
        actions.move(session.current(), action.action_id, version, due_on, reason)

    return attempt_seen(language, action.version, work, msg("The action is moved."))


def ask_to_move(language: Language, action: ActionLine, due_on: date | None, reason: str) -> bool:
    """Ask for another date; tell whether it was accepted."""

    def work() -> None:
        session.require_own(action.owner)
        if due_on and due_on >= session.current().today():  # else it is refused in any case
            ask_about_day(due_on, action.action_id)
        requests.ask(session.current(), action.action_id, due_on, reason)

    return attempt(language, work, msg("You asked for another date; a manager will answer."))


def answer_request(language: Language, asked: Open, granted: bool, said: str) -> bool:  # noqa: FBT001 - the button pressed
    """Grant or decline another date; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.ASSIGN_ACTIONS)
        request = asked.request
        requests.answer(
            session.current(), request.request_id, request.version, granted=granted, said=said
        )

    done = msg("The action is moved.") if granted else msg("The date stays as it is.")
    return attempt(language, work, done)


def type_number(language: Language, new: NewEntry) -> bool:
    """Keep a number that whoever types it is responsible for; tell whether it was accepted."""

    def work() -> None:
        _require_responsible(new.kpi.key)
        row = new.row()
        check_entry(session.current(), row)
        ask_before_replacing(row, language)
        add_entry(session.current(), row)

    return attempt(language, work, msg("The number is kept."))


def make_calendar_address(language: Language) -> None:
    """Make a new address for one's own calendar; the one before ends."""

    def work() -> None:
        token = feeds.make(session.access(), session.visitor())
        st.session_state[_ADDRESS] = origin() + feeds.path_of(token)

    attempt(language, work)


def end_calendar_address(language: Language) -> None:
    """Let the address of one's own calendar show nothing any more."""

    def work() -> None:
        feeds.end(session.access(), session.visitor())

    attempt(language, work, msg("The address shows nothing any more."))


def made_calendar_address() -> str | None:
    """Return the address that was just made; once."""
    found: str | None = st.session_state.pop(_ADDRESS, None)
    return found


def _require_responsible(key: str) -> None:
    """Let somebody pass who is responsible for a KPI, or types everybody's numbers.

    Raises:
        AccessRefused: They do neither.
    """
    visitor = session.visitor()
    visitor.require(Capability.DO_ACTIONS)
    own = (one.key for one in chosen(session.current()) if one.responsible in visitor.names)
    if key not in own:
        visitor.require(Capability.TYPE_NUMBERS)
