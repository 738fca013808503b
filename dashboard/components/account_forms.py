"""The forms that add an account and change one."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from dashboard.access.accounts import Account, State
from dashboard.access.rights import Role
from dashboard.components.menu import role_name
from dashboard.components.messages import attempt, beside, show_refusal
from dashboard.text import Language, alphabetical, text
from pipelines.errors import Refused, msg
from pipelines.folding import folded


@dataclass(frozen=True)
class NewAccount:
    """An account as somebody filled it in."""

    name: str
    email: str
    role: Role
    person_id: int | None


@dataclass(frozen=True)
class AccountChanges:
    """What a click on an account does."""

    role: Callable[[Account, Role], None]
    person: Callable[[Account, int | None], None]
    disable: Callable[[Account], None]
    enable: Callable[[Account], None]
    link: Callable[[Account], None]
    end_sessions: Callable[[Account], None]
    remove_second_factor: Callable[[Account], None]


def add_form(
    people: Mapping[int, str],
    taken: Sequence[int | None],
    language: Language,
    *,
    add: Callable[[NewAccount], bool],
) -> None:
    """Show the form that adds an account.

    Args:
        taken: The people who have one already.
        add: Called with what was filled in; what was refused stays in the form.
    """
    free = [number for number in _by_name(people) if number not in taken]

    def submit() -> None:
        state = st.session_state
        if same := _proposed(state, free, people):
            state["account_person"] = same
            attempt(language, partial(_say_proposed, people[same]))
            return
        new = NewAccount(
            state["account_name"],
            state["account_email"],
            state["account_role"],
            state["account_person"],
        )
        if add(new):
            state["account_name"] = state["account_email"] = ""

    with st.form("account", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(text("Name", language), key="account_name", width=220)
            st.text_input(text("E-mail address", language), key="account_email", width=260)
            st.selectbox(
                text("Role", language),
                list(Role),
                index=list(Role).index(Role.SALESPERSON),
                format_func=lambda role: role_name(role, language),
                key="account_role",
                width=180,
            )
            st.selectbox(
                text("Person", language),
                free,
                index=None,
                format_func=lambda number: people[number],
                placeholder=text("No person", language),
                key="account_person",
                width=220,
            )
        show_refusal("account", language)
        st.form_submit_button(
            text("Add the account", language), on_click=beside("account", submit), type="primary"
        )
    st.caption(
        text(
            "A salesperson sees the rows of the person they are linked to, "
            "under every name that the files use for them.",
            language,
        )
    )


def _proposed(
    state: MutableMapping[str | int, Any], free: Sequence[int], people: Mapping[int, str]
) -> int | None:
    """Return the person whom a salesperson's account may be for; said once for every name."""
    name = folded(str(state["account_name"]).strip())
    if state["account_role"] is not Role.SALESPERSON or state["account_person"] is not None:
        return None
    if state.get("account_proposed") == name:
        return None  # whoever clears the field again means nobody
    state["account_proposed"] = name
    return next((number for number in free if folded(people[number]) == name), None)


def _say_proposed(name: str) -> None:
    raise Refused.of(
        msg("{name} is among the people, and is chosen under Person now.", name=name),
        hint=msg("Press the button again, or choose somebody else first."),
    )


def change_forms(
    accounts: Sequence[Account],
    people: Mapping[int, str],
    language: Language,
    *,
    changes: AccountChanges,
) -> None:
    """Let somebody pick an account and change it."""
    known = {account.account_id: account for account in accounts}
    number = st.selectbox(
        text("Account", language),
        list(known),
        index=None,
        format_func=lambda account_id: f"{known[account_id].name} ({known[account_id].email})",
        placeholder=text("Choose an account", language),
        key="account_changed",
        width=420,
    )
    if number is None:
        return
    account = known[number]
    # a changed account is shown anew: what a field held before does not come back over it
    key = f"{account.account_id}_{account.version}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        role = st.selectbox(
            text("Role", language),
            list(Role),
            index=list(Role).index(account.role),
            format_func=lambda one: role_name(one, language),
            key=f"role_{key}",
            width=180,
        )
        st.button(
            text("Change the role", language),
            key=f"change_role_{key}",
            on_click=beside("change", changes.role),
            args=(account, role),
            disabled=role is account.role,
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        numbers = _by_name(people)
        person = st.selectbox(
            text("Person", language),
            numbers,
            index=next((at for at, one in enumerate(numbers) if one == account.person_id), None),
            format_func=lambda one: people[one],
            placeholder=text("No person", language),
            key=f"person_{key}",
            width=260,
        )
        st.button(
            text("Link to this person", language),
            key=f"change_person_{key}",
            on_click=beside("change", changes.person),
            args=(account, person),
            disabled=person == account.person_id,
        )
    show_refusal("change", language)
    with st.container(horizontal=True, gap="small"):
        _buttons(account, key, language, changes)


def _buttons(account: Account, key: str, language: Language, changes: AccountChanges) -> None:
    if account.state is State.DISABLED:
        st.button(
            text("Enable", language),
            key=f"enable_{key}",
            on_click=beside("change", changes.enable),
            args=(account,),
        )
        return
    waits = account.state is State.INVITED
    st.button(
        text("Make an invitation link", language) if waits else text("Make a reset link", language),
        key=f"link_{key}",
        on_click=beside("change", changes.link),
        args=(account,),
    )
    if not waits:
        st.button(
            text("End their sessions", language),
            key=f"end_{key}",
            on_click=beside("change", changes.end_sessions),
            args=(account,),
        )
    if account.second_factor:
        st.button(
            text("Remove the second factor", language),
            key=f"factor_{key}",
            on_click=beside("change", changes.remove_second_factor),
            args=(account,),
        )
    st.button(
        text("Disable", language),
        key=f"disable_{key}",
        on_click=beside("change", changes.disable),
        args=(account,),
    )


def _by_name(people: Mapping[int, str]) -> list[int]:
    return sorted(people, key=lambda number: alphabetical(people[number]))
