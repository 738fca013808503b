"""Names that come with a gesture: each is asked about before it makes a person."""

from collections.abc import Collection

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.rhythm.strangers import Stranger, person_named


def named(written: str | None, also: Collection[str] = ()) -> str:
    """Return whom a name means, "" for none.

    Args:
        also: See ``person_named``.

    Raises:
        Unclear: It means several people; Stranger: nobody.
    """
    return person_named(session.current(), written or "", also)


def responsible(written: str | None) -> str:
    """Return who is to do something: whoever asks, or anybody if they give out actions.

    Raises:
        AccessRefused: They may not give out actions, and it is somebody else.
        Unclear: As for ``named``.
    """
    session.require(Capability.DO_ACTIONS)
    try:
        owner = named(written)
    except Stranger:
        session.require(Capability.ASSIGN_ACTIONS)  # who may not is told so, whatever the name
        raise
    session.require_own(owner)
    return owner
