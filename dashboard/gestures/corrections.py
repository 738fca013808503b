"""What people take back or put right while a meeting goes on: a slip is no decision."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.gestures import asking
from dashboard.gestures.said import Said
from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting import blockers
from dashboard.rhythm.meeting.model import Status
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.rewriting import Fields, rewrite
from dashboard.text import language_of, render
from pipelines.context import Context
from pipelines.errors import Refused, msg


def _drop_blocker(context: Context, meeting_id: int, said: Said) -> None:
    """Strike a blocker off that is none: whoever raised it may, and whoever leads meetings."""
    blocker_id, version = said.number("blocker"), said.number("version")
    raised = {one.blocker_id: one.raised_by for one in read_meeting(context, meeting_id).blockers}
    if raised.get(blocker_id) not in session.visitor().names:
        session.require(Capability.RUN_MEETINGS)
    blockers.strike_off(context, meeting_id, blocker_id, version)


def _change_agreed(context: Context, meeting_id: int, said: Said) -> None:
    """Give something that this meeting agreed on another owner or another day."""
    session.require(Capability.ASSIGN_ACTIONS)
    number, version = said.number("action"), said.number("version")
    now = _given_out(context, meeting_id, number)
    seen = _fields(now)
    due = asking.due_day(said) if said.day("due") != seen.due_on else seen.due_on
    owner = asking.person(context, meeting_id, said, "owner")
    settings = context.workspace.settings
    why = render(msg("Corrected in the meeting that agreed on it"), language_of(settings.locale))
    rewrite(
        context,
        number,
        version,
        seen,
        replace(seen, owner=owner, due_on=due),
        reason=why if due != seen.due_on else "",
    )


def _given_out(context: Context, meeting_id: int, number: int) -> Action:
    meeting = read_meeting(context, meeting_id)
    found = [one for one in list_actions(context) if one.action_id == number]
    if number not in meeting.actions or not found or meeting.status is Status.CLOSED:
        raise Refused.of(
            msg("This meeting did not agree on that."),
            hint=msg("Change it on the Actions page."),
        )
    return found[0]


def _fields(action: Action) -> Fields:
    return Fields(
        title=action.title,
        owner=action.owner,
        due_on=action.due_on,
        kpi=action.kpi,
        priority_id=action.priority_id,
        effect=action.effect,
        lag_weeks=action.lag_weeks,
        dropped=action.dropped_on is not None,
    )


#: For everybody who takes part; each asks for more where it takes more.
CORRECTING: Mapping[str, Callable[[Context, int, Said], None]] = {
    "drop_blocker": _drop_blocker,
    "change_agreed": _change_agreed,
}
