"""The sample company has no passwords: whoever opens it on this computer is its owner.

So that somebody can see what each role sees, there is an account for each, and a switch.
"""

from dataclasses import dataclass
from typing import Self

from starlette.requests import HTTPConnection

from dashboard import demo_marker
from dashboard.access.access import Access
from dashboard.access.rights import Role
from dashboard.access.sample import sample_accounts
from dashboard.gate.doorstep import is_loopback
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.people.register import list_people
from pipelines.sample import OWNER, PEOPLE

_NAMES = {
    Role.OWNER: OWNER,
    Role.MANAGER: PEOPLE[1],
    Role.SALESPERSON: PEOPLE[0],
    Role.VIEWER: "Hélène Tremblay",
}
#: The one that this process shows, which serves one workspace.
_shown: list["Demonstration"] = []


@dataclass(frozen=True)
class Demonstration:
    """The accounts of the sample company, by role."""

    access: Access
    accounts: dict[Role, int]

    @classmethod
    def of(cls, access: Access, context: Context) -> Self:
        """Prepare the demonstration of a workspace.

        Raises:
            Refused: It is not the sample company: nobody is let in there without a password.
            StoreError: The accounts cannot be written.
        """
        if demo_marker.read(context.workspace.root) is None:
            raise Refused.of(
                msg("This is not the sample company: everybody has to log in here."),
                where=str(context.workspace.root),
                hint=msg("Open it with: cap90 run"),
            )
        people = {person.name: person.person_id for person in list_people(context)}
        return cls(access, sample_accounts(access, _NAMES, people))

    def show(self) -> None:
        """Offer the roles in the menu of this process's pages."""
        _shown[:] = [self]

    def become(self, role: Role, request: HTTPConnection) -> str | None:
        """Begin a login session in a role; return its token, None for another computer."""
        client = request.client
        if client is None or not is_loopback(client.host):
            return None
        agent = request.headers.get("user-agent", "")
        return self.access.sessions.start(self.accounts[role], client.host, agent)


def roles() -> tuple[Role, ...]:
    """Return the roles that somebody may try out; none where it is not the demonstration."""
    return tuple(_shown[0].accounts) if _shown else ()


def hide() -> None:
    """Offer them no longer."""
    _shown.clear()
