"""What people call roles and states of accounts."""

from dashboard.access.rights import Role
from pipelines.errors import Message, msg

_ROLES: dict[Role, Message] = {
    Role.OWNER: msg("Company owner"),
    Role.MANAGER: msg("Manager"),
    Role.SALESPERSON: msg("Salesperson"),
    Role.VIEWER: msg("Viewer"),
}
#: By the value of ``account.State``.
_STATES: dict[str, Message] = {
    "invited": msg("invited"),
    "active": msg("active"),
    "disabled": msg("disabled"),
}


def named_role(role: Role) -> Message:
    """Return what people call a role."""
    return _ROLES[role]


def named_state(state: str) -> Message:
    """Return what people call a state of an account."""
    return _STATES[state]
