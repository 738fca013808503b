"""A login session as it is kept in memory, read from its row."""

from dataclasses import dataclass

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor


@dataclass
class Living:
    """A session that has not ended; moments in seconds of the steady clock."""

    token_hash: str
    session_id: str
    account_id: int
    started_at: float
    seen_at: float
    address: str
    user_agent: str
    visitor: Visitor
    written_at: float = 0.0


def living(row: tuple[object, ...]) -> Living:
    """Return the session of a row of ``sessions/living.sql``."""
    (token_hash, session_id, account_id, started_at, seen_at, address, user_agent, *who) = row
    name, role, person_id, language = who
    visitor = Visitor(
        name=str(name),
        role=Role(str(role)),
        account_id=_number(account_id),
        person_id=_number(person_id),
        language=None if language is None else str(language),
        session_id=str(session_id),
    )
    return Living(
        str(token_hash),
        str(session_id),
        _number(account_id) or 0,
        float(str(started_at)),
        float(str(seen_at)),
        str(address),
        str(user_agent),
        visitor,
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
