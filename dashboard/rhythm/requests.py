"""Asking for another date: whoever is responsible asks, whoever assigns actions answers.

Granting moves the action in the same transaction; its history then says who asked, why, and who
granted it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from dashboard.rhythm.action import (
    MAX_REASON,
    Action,
    EventKind,
    one_line,
    reason_problems,
    too_long,
    written_day,
)
from dashboard.rhythm.gesture import Gesture, change_in, not_dropped, read_seen
from pipelines.actor import Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Problem, Refused, msg
from pipelines.journal import What, note
from pipelines.people.names import names_at
from pipelines.sql import statement
from pipelines.store import Cursor


@dataclass(frozen=True)
class MoveRequest:
    """Somebody's wish to move an action.

    Attributes:
        asked_on: The day at the company, as are the other dates.
        due_on: The date asked for.
        answered_by: None: nobody answered yet; so are the three that follow.
        answer: What whoever answered said about it; often nothing.
        version: 1 when asked, one more with every change.
    """

    request_id: int
    action_id: int
    asked_by: str
    asked_on: date
    due_on: date
    reason: str
    answered_by: str | None
    answered_on: date | None
    granted: bool | None
    answer: str | None
    version: int


@dataclass(frozen=True)
class Open:
    """A request that waits for an answer, and the action it is about as it stands."""

    request: MoveRequest
    action: Action


def ask(context: Context, action_id: int, due_on: date | None, reason: str) -> MoveRequest:
    """Ask for another date. While nobody has answered, asking again changes what was asked for.

    Raises:
        Refused: There is no such action for whoever asks, it is done or given up, it is due on
            that day anyway, the day is past, or date or reason are missing: all at once.
    """
    reason = one_line(reason)
    problems = reason_problems(
        reason, msg("Say in a few words why the date should move: whoever decides reads it.")
    )
    if due_on is None:
        problems.append(
            Problem(msg("The date is missing."), hint=msg("Say until when it can be done."))
        )
    elif due_on < context.today():
        problems.append(
            Problem(msg("{day} is in the past.", day=due_on), hint=msg("Choose a day to come."))
        )
    if problems or due_on is None:
        raise Refused(*problems)
    day = due_on

    def write(cursor: Cursor) -> MoveRequest:
        action = _still_open(read_seen(cursor, context.actor.scope, action_id))
        if action.due_on == day:
            raise Refused.of(msg("“{title}” is due on that day.", title=action.title))
        before = _unanswered(_read(cursor, action_id=action_id))
        number = before.request_id if before else _next_id(cursor)
        asked = MoveRequest(
            request_id=number,
            action_id=action_id,
            asked_by=context.actor.name or action.owner,
            asked_on=context.today(),
            due_on=day,
            reason=reason,
            answered_by=None,
            answered_on=None,
            granted=None,
            answer=None,
            version=before.version + 1 if before else 1,
        )
        _put(cursor, context, What.REQUEST_ASKED, action, before=before, after=asked)
        return asked

    return context.store.write(write)


def answer(
    context: Context, request_id: int, version: int, *, granted: bool, said: str = ""
) -> MoveRequest:
    """Grant or decline what somebody asked for.

    Args:
        version: The version of the request that whoever answers saw.
        said: What they want to say about it; may be empty.

    Raises:
        AccessRefused: They may see only their own actions.
        Refused: There is no such request, somebody else answered it or it was changed meanwhile,
            or the action is done or given up.
    """
    if context.actor.scope.people is not None:
        raise AccessRefused.of(
            msg("You may ask for another date, not grant it."),
            hint=msg("Ask a manager to answer."),
        )
    said = one_line(said)
    if problems := too_long(said, MAX_REASON):
        raise Refused(*problems)

    def write(cursor: Cursor) -> MoveRequest:
        request = _one(cursor, request_id)
        _check_seen(request, version)
        action = _still_open(read_seen(cursor, context.actor.scope, request.action_id))
        if granted:
            change_in(context, cursor, action.action_id, action.version, _move(request))
        answered = replace(
            request,
            answered_by=context.actor.name,
            answered_on=context.today(),
            granted=granted,
            answer=said or None,
            version=version + 1,
        )
        what = What.REQUEST_GRANTED if granted else What.REQUEST_DECLINED
        _put(cursor, context, what, action, before=request, after=answered)
        return answered

    return context.store.write(write)


def carry_request_at(context: Context, cursor: Cursor, former: Action, follower: Action) -> None:
    """Let what waits for an answer be about the action that continues another one, if anything does.

    Within a larger transaction: whoever answers then moves the action that goes on.
    """
    before = _unanswered(_read(cursor, action_id=former.action_id))
    if before is not None:
        after = replace(before, action_id=follower.action_id)
        _put(cursor, context, What.REQUEST_CARRIED, follower, before=before, after=after)


def open_requests(context: Context) -> tuple[Open, ...]:
    """Return what waits for an answer, oldest first; for some, only what is about their own actions.

    What was asked about an action that is done by now needs no answer any more.
    """

    def read(cursor: Cursor) -> tuple[Open, ...]:
        found = []
        for request in _read(cursor):
            action = _seen(cursor, context.actor.scope, request)
            if request.granted is None and action is not None and action.is_open:
                found.append(Open(request, action))
        return tuple(found)

    return context.store.read(read)


def latest_requests(context: Context) -> dict[int, MoveRequest]:
    """Return the last request about each action that whoever asks may see, by its number."""

    def read(cursor: Cursor) -> dict[int, MoveRequest]:
        return {
            request.action_id: request
            for request in _read(cursor)
            if _seen(cursor, context.actor.scope, request) is not None
        }

    return context.store.read(read)


def _seen(cursor: Cursor, scope: Scope, request: MoveRequest) -> Action | None:
    try:
        return read_seen(cursor, scope, request.action_id)
    except Refused:
        return None


def _move(request: MoveRequest) -> Gesture:
    return Gesture(
        EventKind.MOVED,
        msg("move it to {due} ({reason})", due=request.due_on, reason=request.reason),
        lambda action: replace(action, due_on=request.due_on),
        lambda action: written_day(action.due_on),
        # the history names whoever grants as the author; whoever asked stands with the reason
        reason=f"{request.reason} ({request.asked_by})",
    )


def _still_open(action: Action) -> Action:
    not_dropped(action)
    if action.done_on is not None:
        raise Refused.of(
            msg("“{title}” is done.", title=action.title),
            hint=msg("What is done needs no other date."),
        )
    return action


def _check_seen(request: MoveRequest, version: int) -> None:
    if request.answered_by is not None or request.granted is not None:
        what = (
            msg("{name} has granted this already.", name=request.answered_by)
            if request.granted
            else msg("{name} has declined this already.", name=request.answered_by)
        )
        raise Refused.of(what)
    if request.version != version:
        raise Refused.of(
            msg(
                "{name} changed the request in the meantime: {day}, “{reason}”.",
                name=request.asked_by,
                day=request.due_on,
                reason=request.reason,
            ),
            hint=msg("Look again and decide."),
        )


def _unanswered(requests: Sequence[MoveRequest]) -> MoveRequest | None:
    return next((one for one in requests if one.granted is None), None)


def _one(cursor: Cursor, request_id: int) -> MoveRequest:
    found = _read(cursor, request_id=request_id)
    if not found:
        raise Refused.of(msg("There is no such request."))
    return found[0]


def _read(
    cursor: Cursor, *, request_id: int | None = None, action_id: int | None = None
) -> tuple[MoveRequest, ...]:
    values: dict[str, Any] = {"request_id": request_id, "action_id": action_id}
    names = names_at(cursor)
    rows = cursor.execute(statement("requests/read"), values).fetchall()
    found = (MoveRequest(*row) for row in rows)
    return tuple(
        replace(
            one,
            asked_by=names.shown(one.asked_by),
            answered_by=names.shown(one.answered_by) if one.answered_by else None,
        )
        for one in found
    )


def _next_id(cursor: Cursor) -> int:
    return int(cursor.execute(statement("requests/next_id")).fetchall()[0][0])


def _put(
    cursor: Cursor,
    context: Context,
    what: What,
    action: Action,
    *,
    before: MoveRequest | None,
    after: MoveRequest,
) -> None:
    cursor.execute(statement("requests/put"), asdict(after))
    note(
        cursor,
        context.actor,
        what,
        f"request {after.request_id}",
        before=_state(before, action) if before else None,
        after=_state(after, action),
    )


def _state(request: MoveRequest, action: Action) -> dict[str, object]:
    kept = asdict(request)
    del kept["request_id"]
    return {"title": action.title, **kept}
