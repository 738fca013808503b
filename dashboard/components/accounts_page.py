"""Who may log in, as what; and what each role may do."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import format as shown
from dashboard.access.accounts import Account, State
from dashboard.access.rights import RIGHTS, Capability, Role, named
from dashboard.access.words import named_state
from dashboard.components.menu import role_name
from dashboard.components.messages import plain
from dashboard.components.table import Column, table
from dashboard.text import Language, render, text


def account_table(
    accounts: Sequence[Account],
    last_logins: Mapping[int, str],
    people: Mapping[int, str],
    language: Language,
) -> None:
    """Show every account."""
    if not accounts:
        st.caption(text("There is no account yet.", language))
        return
    table(
        "accounts",
        text("Accounts", language),
        (
            Column(text("Name", language)),
            Column(text("E-mail address", language)),
            Column(text("Role", language), "close"),
            Column(text("Person", language)),
            Column(text("State", language), "close"),
            Column(text("Last login", language), "close"),
            Column(text("Second factor", language), "close"),
        ),
        [
            (
                account.name,
                account.email,
                role_name(account.role, language),
                _linked(account, people, language),
                render(named_state(account.state), language),
                last_logins.get(account.account_id, shown.NOTHING),
                text("yes", language) if account.second_factor else text("no", language),
            )
            for account in accounts
        ],
    )


def _linked(account: Account, people: Mapping[int, str], language: Language) -> str:
    """Return who an account is among the people; a salesperson who is nobody sees nothing of theirs."""
    if account.person_id is not None and account.person_id in people:
        return people[account.person_id]
    if account.role is Role.SALESPERSON and account.state is not State.DISABLED:
        return text("nobody: sees no rows of their own", language)
    return shown.NOTHING


def one_use_link(name: str, address: str, language: Language) -> None:
    """Show a link that was made for somebody: it can be read here once."""
    with st.container(border=True):
        st.markdown(plain(text("Give this link to {name}. It works once.", language, name=name)))
        st.code(address, language=None, wrap_lines=True)
        st.caption(text("It is not shown again; a new one can be made at any time.", language))


def rights_table(language: Language) -> None:
    """Show what each role may do."""
    table(
        "rights",
        text("What each role may do", language),
        (
            Column(text("What", language)),
            *(Column(role_name(role, language), "close") for role in Role),
        ),
        [
            (
                _sentence(render(named(capability), language)),
                *(
                    text("yes", language) if capability in RIGHTS[role] else shown.NOTHING
                    for role in Role
                ),
            )
            for capability in Capability
        ],
        caption=text(
            "What salespeople may see beyond this is set on the page about the company.", language
        ),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
