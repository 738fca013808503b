"""Who may log in: user add, user list, user disable, user reset."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dashboard.commands.console import Console, opened
from dashboard.commands.line import handed
from dashboard.commands.options import DEFAULT_FOLDER, AsJson, Folder
from pipelines.errors import Refused, did_you_mean, msg

if TYPE_CHECKING:
    from dashboard.access.access import Access
    from dashboard.access.accounts import Account
    from pipelines.context import Context

user = typer.Typer(help="Who may log in.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address they log in with.")]
#: Where the pages are, if nobody has opened them yet.
_USUAL_ADDRESS = "http://localhost:8590"


@user.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(metavar="NAME", help="As the history shows it.")],
    role: Annotated[
        Literal["owner", "manager", "salesperson", "viewer"],
        typer.Option(help="What they are to the company."),
    ],
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who they are in the files, if they are.")
    ] = None,
    lang: Annotated[
        Literal["en", "fr", "fr-CA"] | None,
        typer.Option(help="The language they prefer; else the company's."),
    ] = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Add an account, and print the link that lets its owner in for the first time."""
    with _access(workspace) as (context, access, talk):
        from dashboard import session
        from dashboard.access import links
        from dashboard.access.accounts import add_account
        from dashboard.access.rights import Role
        from dashboard.text import language_of

        account = add_account(
            access,
            session.visitor(),
            email=email,
            name=name,
            role=Role(role),
            person_id=_person(context, person) if person else None,
            language=language_of(lang) if lang else None,
        )
        link = _link(context, links.invite(access, session.visitor(), account.account_id))
        talk.say(msg("The account of {name} is ready.", name=account.name))
        talk.say(msg("Send them this link; it works once, for 7 days:"))
        talk.print(link)


@user.command("list")
def list_users(as_json: AsJson = False, workspace: Folder = DEFAULT_FOLDER) -> None:
    """List the accounts."""
    with _access(workspace, as_json=as_json) as (context, access, talk):
        from dashboard import session
        from dashboard.access.accounts import list_accounts
        from dashboard.access.rights import Capability
        from dashboard.access.words import named_role, named_state

        session.require(Capability.MANAGE_ACCOUNTS)
        accounts = list_accounts(access)
        people = _people(context)
        talk.document([_document(one, people) for one in accounts])
        if not accounts:
            talk.say(msg("There is no account yet."))
            return
        headings = [
            msg("Name"),
            msg("E-mail"),
            msg("Role"),
            msg("State"),
            msg("Person"),
            msg("Second factor"),
        ]
        rows = [
            [
                one.name,
                one.email,
                talk.phrase(named_role(one.role)),
                talk.phrase(named_state(one.state)),
                people.get(one.person_id, "") if one.person_id else "",
                talk.phrase(msg("yes") if one.second_factor else msg("no")),
            ]
            for one in accounts
        ]
        talk.table(headings, rows)


@user.command("disable")
def disable(email: Email, workspace: Folder = DEFAULT_FOLDER) -> None:
    """Let somebody in no longer; what they did stays."""
    with _access(workspace) as (_, access, talk):
        from dashboard import session
        from dashboard.access.accounts import disable as close

        account = _account(access, email)
        close(access, session.visitor(), account.account_id, account.version)
        talk.say(
            msg("{name} cannot log in any more, and is logged out everywhere.", name=account.name)
        )


@user.command("reset")
def reset(
    email: Email,
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="Ask for codes no longer.")
    ] = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Print a link with which somebody chooses a new password."""
    with _access(workspace) as (context, access, talk):
        from dashboard import session
        from dashboard.access import links, second_factor
        from dashboard.access.accounts import State

        account = _account(access, email)
        link = _link(context, links.invite(access, session.visitor(), account.account_id))
        if without_second_factor:
            second_factor.remove(access, session.visitor(), account.account_id)
            talk.say(msg("The account of {name} asks for no codes any more.", name=account.name))
        if account.state is State.INVITED:
            talk.say(msg("Send them this link; it works once, for 7 days:"))
        else:
            talk.say(msg("Send them this link; it works once, for an hour:"))
        talk.print(link)


@contextmanager
def _access(folder: Path, *, as_json: bool = False) -> Iterator[tuple[Context, Access, Console]]:
    """Open a workspace and its accounts, or use those of the app this command was handed to."""
    with opened(folder, as_json=as_json) as (context, talk):
        if handed.get():
            from dashboard import session

            yield context, session.access(), talk
        else:
            from dashboard.access.access import Access

            with Access.open(context.workspace) as access:
                yield context, access, talk


def _account(access: Access, email: str) -> Account:
    from dashboard.access.accounts import find_account, list_accounts, told_apart

    account = find_account(access, email)
    if account is None:
        known = [one.email for one in list_accounts(access)]
        raise Refused.of(
            msg("There is no account for {email}.", email=email),
            hint=did_you_mean(told_apart(email), known) or msg("See: cap90 user list"),
        )
    return account


def _link(context: Context, token: str) -> str:
    from dashboard.access import links
    from dashboard.jobs import running

    app = running.read(context.workspace.root)
    return f"{app.address.rstrip('/') if app else _USUAL_ADDRESS}{links.path_of(token)}"


def _people(context: Context) -> dict[int, str]:
    from pipelines.people.register import list_people

    return {person.person_id: person.name for person in list_people(context)}


def _person(context: Context, name: str) -> int:
    from pipelines.people.names import read_names

    numbers = {shown: number for number, shown in _people(context).items()}
    shown = read_names(context.store).shown(name)
    if shown not in numbers:
        raise Refused.of(
            msg("Nobody of the people is called '{name}'.", name=name),
            hint=did_you_mean(name, list(numbers)) or msg("Leave --person out to say it later."),
        )
    return numbers[shown]


def _document(account: Account, people: dict[int, str]) -> dict[str, Any]:
    return {
        "account_id": account.account_id,
        "name": account.name,
        "email": account.email,
        "role": account.role.value,
        "state": account.state.value,
        "person": people.get(account.person_id) if account.person_id else None,
        "language": account.language,
        "second_factor": account.second_factor,
    }
