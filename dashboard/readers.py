"""Whom letters about a meeting go to: their address, their language, what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import session
from dashboard.access.accounts import State, list_accounts, visitor_of
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.mail import is_address
from dashboard.text import Language, language_of
from pipelines.people.register import list_people


@dataclass(frozen=True)
class Reader:
    """Somebody who is invited.

    Attributes:
        address: None: nobody knows one that a letter can go to.
        visitor: What they may see; without an account, what a salesperson may.
    """

    name: str
    address: str | None
    visitor: Visitor
    language: Language


def readers(names: Sequence[str]) -> tuple[Reader, ...]:
    """Return people with the address they are reached at and what they may see."""
    context, access = session.served(), session.access()
    settings = context.workspace.settings
    usual = language_of(settings.locale)
    people = {one.name: one for one in list_people(context)}
    accounts = [one for one in list_accounts(access) if one.state is not State.DISABLED]

    def reader(name: str) -> Reader:
        person = people.get(name)
        account = next(
            (
                one
                for one in accounts
                if (person and one.person_id == person.person_id) or one.name == name
            ),
            None,
        )
        known = visitor_of(access, account.account_id) if account else None
        visitor = known or Visitor(
            name, Role.SALESPERSON, person_id=person.person_id if person else None
        )
        # it is under this name that they were invited
        visitor = replace(visitor, names=visitor.names | {name})
        known_ones = (person and person.email, account and account.email)
        address = next((one for one in known_ones if one and is_address(one)), None)
        if person and not person.active:
            address = None  # whoever has left reads no figures any more
        language = language_of(visitor.language) if visitor.language else usual
        return Reader(name, address, visitor, language)

    return tuple(map(reader, names))
