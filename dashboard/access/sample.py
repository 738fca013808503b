"""The accounts of the sample company: one a role, without a way in of their own."""

from collections.abc import Mapping

from dashboard.access.access import Access
from dashboard.access.accounts import State, account_of_email, insert_account
from dashboard.access.rights import Role
from dashboard.access.store import Connection


def sample_accounts(
    access: Access, names: Mapping[Role, str], people: Mapping[str, int]
) -> dict[Role, int]:
    """Return the accounts of the sample company, made at the first call.

    Args:
        names: What whoever has a role is called.
        people: The people of the workspace, by name; whoever is among them is that person.
    """

    def write(connection: Connection) -> dict[Role, int]:
        return {role: _account(connection, role, name, people) for role, name in names.items()}

    return access.store.write(write)


def _account(connection: Connection, role: Role, name: str, people: Mapping[str, int]) -> int:
    email = f"{role.value}@example.com"
    if known := account_of_email(connection, email):
        return known.account_id
    values = {
        "email": email,
        "name": name,
        "role": role,
        "person_id": people.get(name),
        "language": None,
        "state": State.ACTIVE,
    }
    return insert_account(connection, None, values).account_id
