"""Whose reviews somebody reads."""

from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from pipelines.context import Context


def reads_all() -> bool:
    """Tell whether somebody reads all reviews: whoever takes part in none, such as an adviser.

    Raises:
        AccessRefused: They read none.
    """
    session.require(Capability.SEE_REVIEWS)
    visitor = session.visitor()
    return visitor.may(Capability.SEE_COLLEAGUES) or not visitor.may(Capability.TAKE_PART)


def for_reading() -> Context:
    """Return the workspace with every review in it that whoever looks may read.

    What of a review they may see is another question: see ``as_seen`` of each.

    Raises:
        AccessRefused: They read none.
    """
    context = session.current()
    if not reads_all():
        return context
    actor = context.actor
    return context.by(replace(actor, scope=replace(actor.scope, people=None)))
