"""What is decided about a gap, or was wanted, on one line. Pure."""

from datetime import date

from dashboard.rhythm.gap_review.decision import (
    GapDecision,
    NewTarget,
    Response,
    response_name,
)
from dashboard.rhythm.quarter.draft import LaterTarget
from dashboard.rhythm.quarter.target_words import aimed
from pipelines.errors import Message, msg
from pipelines.kpis.definition import Unit


def in_words(decision: GapDecision, unit: Unit, currency: str) -> Message:
    """Return a decision.

    Args:
        unit: Of its KPI; ``currency`` is that of the company.
    """
    action, target = decision.action, decision.target
    match decision.response:
        case Response.ACT if action:
            return acting_words(action.title, action.owner, action.due_on)
        case Response.ADJUST if target:
            return adjusting_words(target, decision.reason, unit, currency)
        case Response.ACCEPT:
            return accepting_words(decision.reason)
        case _:  # what it did is not there any more
            return response_name(decision.response)


def acting_words(title: str, owner: str, due_on: date) -> Message:
    """Return that somebody acts."""
    return msg("act: {title} ({owner}, {day})", title=title, owner=owner, day=due_on)


def adjusting_words(
    target: NewTarget | LaterTarget, reason: str | None, unit: Unit, currency: str | None
) -> Message:
    """Return that the target is adjusted, and to what."""
    return msg(
        "new target {target} from {day} on: {reason}",
        target=aimed(target, unit, currency, in_words=True),
        day=target.valid_from,
        reason=reason,
    )


def accepting_words(reason: str | None) -> Message:
    """Return that the gap is accepted."""
    return msg("accept the gap: {reason}", reason=reason)
