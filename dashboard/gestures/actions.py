"""What people do with actions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.action_list import Changes
from dashboard.components.commitments import NewAction
from dashboard.components.conflict import attempt_seen, keep_conflict
from dashboard.components.messages import attempt, say
from dashboard.rhythm import actions
from dashboard.rhythm.action import one_line
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import Conflict, msg


def _require_own(owner: str) -> None:
    """Let somebody pass for an action of their own, or because they assign everybody's.

    Raises:
        AccessRefused: It is neither.
    """
    visitor = session.visitor()
    visitor.require(Capability.DO_ACTIONS)
    if owner not in visitor.names:
        visitor.require(Capability.ASSIGN_ACTIONS)


def tick(language: Language, action: ActionLine, done: bool) -> None:  # noqa: FBT001 - the state of a box
    """Tick an action off, or take it back."""
    change = actions.complete if done else actions.reopen

    def work(version: int) -> None:
        _require_own(action.owner)
        change(session.current(), action.action_id, version)

    attempt_seen(language, action.version, work)


def add_action(language: Language, new: NewAction, listed_until: date | None = None) -> bool:
    """Add an action; tell whether it was accepted.

    Args:
        listed_until: The first day that the list on the page leaves out; None if it has them all.
    """

    def work() -> None:
        _require_own(one_line(new.owner))
        actions.add_action(session.current(), new.title, new.owner, new.due_on, new.kpi)

    unlisted = listed_until is not None and new.due_on is not None and new.due_on >= listed_until
    return attempt(
        language,
        work,
        msg(
            "The action is added. It is due later than this list goes: "
            "you will find it on the Actions page."
        )
        if unlisted
        else msg("The action is on the list."),
    )


def changes(language: Language) -> Changes:
    """Return what the dialog of an action does. It shows refusals itself."""

    def told(wish: Callable[[Context, ActionLine], object], action: ActionLine) -> None:
        def work(version: int) -> None:
            session.require(Capability.ASSIGN_ACTIONS)
            wish(session.current(), replace(action, version=version))

        saved = msg("Saved.")
        try:
            work(action.version)
        except Conflict as conflict:  # the dialog makes room for both texts
            keep_conflict(conflict, work, saved)
        else:
            say(render(saved, language))

    return Changes(
        assign=lambda action, owner: told(
            lambda context, seen: actions.assign(context, seen.action_id, seen.version, owner),
            action,
        ),
        move=lambda action, due_on, reason: told(
            lambda context, seen: actions.move(
                context, seen.action_id, seen.version, due_on, reason
            ),
            action,
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
