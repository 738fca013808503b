"""Who is named on the pages: the people of the company, and who may log in."""

from collections.abc import Iterable

from dashboard import session
from dashboard.access.accounts import State, list_accounts
from dashboard.access.rights import Capability, Role, may
from dashboard.kept import remembered
from dashboard.rhythm.actions import list_actions
from dashboard.text import alphabetical
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import owners
from pipelines.people.matching import Proposal
from pipelines.people.names import read_names
from pipelines.people.person import Person
from pipelines.people.register import list_people, names_of, proposals


@remembered
def names() -> tuple[str, ...]:
    """Return everybody whose name is known, in alphabetical order; for some, only themselves.

    Somebody who left is among them for as long as an action or a KPI is theirs.
    """
    context = session.current()
    left = {person.name for person in list_people(context) if not person.active}
    named = {choice.responsible for choice in chosen(context)}
    named |= {action.owner for action in list_actions(context)}
    named |= set(owners(context)) - left
    seen = (name for name in named if name and context.actor.scope.sees(name))
    return tuple(sorted(seen, key=alphabetical))


@remembered
def persons() -> tuple[Person, ...]:
    """Return the people of the company, those who left at the end."""
    found = list_people(session.current())
    return tuple(sorted(found, key=lambda one: (not one.active, alphabetical(one.name))))


@remembered
def at_work() -> tuple[str, ...]:
    """Return everybody who works here, by name."""
    found = [person.name for person in list_people(session.current()) if person.active]
    return tuple(sorted(found, key=alphabetical))


def logins() -> dict[int, Role]:
    """Return who may log in, as what, by the number of the person."""
    return {
        account.person_id: account.role
        for account in list_accounts(session.access())
        if account.person_id is not None and account.state is not State.DISABLED
    }


def with_account(names: Iterable[str]) -> frozenset[str]:
    """Return those of some people who may log in and take part in meetings."""
    store = session.served().store
    known, shown = set(), read_names(store)
    for account in list_accounts(session.access()):
        if account.state is State.DISABLED or not may(account.role, Capability.TAKE_PART):
            continue
        known.add(shown.shown(account.name))
        if account.person_id is not None:
            known |= names_of(store, account.person_id)
    return frozenset(name for name in names if name in known)


@remembered
def same_people() -> tuple[Proposal, ...]:
    """Return the people who may be one."""
    return proposals(session.current())
