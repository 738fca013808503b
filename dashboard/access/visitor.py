"""Somebody who has said who they are."""

import logging
from dataclasses import dataclass

from dashboard.access.rights import Capability, Role, may, require
from pipelines.actor import Actor, Scope
from pipelines.errors import AccessRefused
from pipelines.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visitor:
    """Somebody who may open pages, or whoever types commands at the company's own computer.

    Attributes:
        name: As the history shows it.
        role: What they are to the company now; read anew for every request.
        account_id: Their account; None for the command line.
        person_id: Which of the people they are; None if they are none of them.
        names: Every name that files use for them, and the one the product shows.
        language: The one they prefer, as ``dashboard.text`` names it; None: the company's.
        session_id: Names the login session without giving access to it; "" without one.
    """

    name: str
    role: Role
    account_id: int | None = None
    person_id: int | None = None
    names: frozenset[str] = frozenset()
    language: str | None = None
    session_id: str = ""

    def may(self, capability: Capability) -> bool:
        """Tell whether they may do something."""
        return may(self.role, capability)

    def require(self, capability: Capability) -> None:
        """Let them pass if they may.

        Raises:
            AccessRefused: They may not.
        """
        try:
            require(self.role, capability)
        except AccessRefused:
            # pages offer nobody what they may not do: somebody tried, or a tab is old
            _log.warning("Account %s was refused: %s.", self.account_id, capability.value)
            raise

    def actor(self, settings: Settings) -> Actor:
        """Return them as the pipelines know them: with the rows they may see."""
        return Actor(self.name, self.person_id, self.scope(settings))

    def scope(self, settings: Settings) -> Scope:
        """Return what they may see, by their role and by what the owner allows salespeople."""
        allowed = settings.salespeople
        selling = self.role is Role.SALESPERSON
        colleagues = self.may(Capability.SEE_COLLEAGUES) or (selling and allowed.colleagues)
        margins = self.may(Capability.SEE_MARGINS) or (selling and allowed.margins)
        ratings = self.may(Capability.RUN_MEETINGS)
        return Scope(None if colleagues else self.names, margins, ratings)
