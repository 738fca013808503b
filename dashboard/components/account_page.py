"""One's own login: name, language, password, second factor, and where one is logged in."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard import format as shown
from dashboard.access.accounts import Account
from dashboard.access.second_factor import Proposal
from dashboard.access.sessions import LoginSession
from dashboard.components.browsers import browser_name
from dashboard.components.menu import LANGUAGE_NAMES, role_name
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.text import LANGUAGES, Language, text


def no_account(name: str, language: Language) -> None:
    """Say that whoever is looking has no account of their own."""
    st.caption(
        plain(
            text(
                "{name} works here without an account: there is no password to change.",
                language,
                name=name,
            )
        )
    )


def about(
    account: Account,
    language: Language,
    *,
    rename: Callable[[str], None],
    speak: Callable[[Language | None], None],
) -> None:
    """Show who one is, and let one change one's name and language."""
    st.caption(plain(f"{account.email} · {role_name(account.role, language)}"))

    def named() -> None:
        rename(st.session_state["own_name"])

    def spoken() -> None:
        speak(st.session_state["own_language"])

    with (
        st.form("own_name_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(text("Name", language), value=account.name, key="own_name", width=280)
        st.form_submit_button(text("Save the name", language), on_click=beside("name", named))
    show_refusal("name", language)
    languages: list[Language] = list(LANGUAGES)
    st.selectbox(
        text("Language", language),
        languages,
        index=next(
            (number for number, one in enumerate(languages) if one == account.language), None
        ),
        format_func=lambda one: LANGUAGE_NAMES[one],
        placeholder=text("The company's", language),
        key="own_language",
        on_change=spoken,
        width=280,
    )


def password_form(language: Language, *, change: Callable[[str, str, str], bool]) -> None:
    """Show the form that changes one's own password.

    Args:
        change: Called with the old one, and with the new one twice.
    """
    st.subheader(text("Password", language), anchor=False)
    fields = ("old_password", "new_password", "new_password_again")

    def submit() -> None:
        old, new, again = (st.session_state[field] for field in fields)
        change(old, new, again)
        for field in fields:  # never kept longer than needed
            st.session_state[field] = ""

    with st.form("password", border=False):
        labels = (
            text("Password until now", language),
            text("New password", language),
            text("New password, once more", language),
        )
        completion = ("current-password", "new-password", "new-password")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for field, label, kind in zip(fields, labels, completion, strict=True):
                st.text_input(label, type="password", key=field, autocomplete=kind, width=240)
        show_refusal("password", language)
        st.form_submit_button(
            text("Change the password", language), on_click=beside("password", submit)
        )
    st.caption(text("Twelve characters or more. Your other login sessions end with it.", language))


def second_factor(
    account: Account,
    proposal: Proposal | None,
    codes_left: int,
    language: Language,
    *,
    propose: Callable[[str], None],
    confirm: Callable[[str], None],
    renew: Callable[[str, str], None],
    remove: Callable[[str, str], None],
) -> None:
    """Show whether logging in also takes a code, and the way to change that.

    Args:
        proposal: What was begun and waits for its first code.
        propose: Called with one's password.
        confirm: Called with a code.
        renew: Called with one's password and a code; so is ``remove``.
    """
    st.subheader(text("Second factor", language), anchor=False)
    if account.second_factor:
        st.markdown(
            plain(
                text(
                    "Logging in also takes a code from your telephone. "
                    "Recovery codes left: {count}.",
                    language,
                    count=codes_left,
                )
            )
        )
        _with_proof(
            language,
            "factor_on",
            ("password", "code"),
            [
                (text("Make new recovery codes", language), renew),
                (text("Switch it off", language), remove),
            ],
        )
    elif proposal:
        _confirm(proposal, language, confirm)
    else:
        st.caption(
            text(
                "A code from an app on your telephone, beside the password: "
                "whoever finds the password out still does not get in.",
                language,
            )
        )
        button = (text("Set it up", language), propose)
        _with_proof(language, "factor_off", ("password",), [button])


def _with_proof(
    language: Language,
    key: str,
    asked: Sequence[str],
    buttons: Sequence[tuple[str, Callable[..., None]]],
) -> None:
    """Show buttons that are called with what proves who presses them.

    Args:
        asked: ``password``, ``code``.
    """
    with (
        st.form(key, border=False, enter_to_submit=len(buttons) == 1),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        for what in asked:
            if what == "password":
                _password_field(f"{key}_password", language)
            else:
                _code_field(f"{key}_code", language)
        for label, work in buttons:
            done = _proved([f"{key}_{what}" for what in asked], work)
            st.form_submit_button(label, on_click=beside(key, done))
    show_refusal(key, language)


def _proved(fields: Sequence[str], work: Callable[..., None]) -> Callable[[], None]:
    """Return what calls ``work`` with what stands in some fields, and empties them."""

    def done() -> None:
        typed = [st.session_state[field] for field in fields]
        for field in fields:  # never kept longer than needed
            st.session_state[field] = ""
        work(*typed)

    return done


def _password_field(key: str, language: Language, *, note: str | None = None) -> None:
    label = text("Your password", language)
    st.text_input(
        label, type="password", key=key, autocomplete="current-password", width=240, help=note
    )


def _code_field(key: str, language: Language) -> None:
    st.text_input(text("Code", language), key=key, autocomplete="one-time-code", width=140)


def _confirm(proposal: Proposal, language: Language, confirm: Callable[[str], None]) -> None:
    st.markdown(
        plain(
            text(
                "1. Take this picture with the app on your telephone, or type the key. "
                "2. Type the code that the app shows.",
                language,
            )
        )
    )
    picture = b64encode(proposal.svg.encode()).decode()
    label = text("QR code for the app on your telephone", language)
    st.html(
        f'<img alt="{label}" width="220" height="220" src="data:image/svg+xml;base64,{picture}">'
    )
    st.code(proposal.secret, language=None)

    with (
        st.form("factor_confirm", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        _code_field("factor_code", language)
        done = _proved(["factor_code"], confirm)
        st.form_submit_button(
            text("Switch it on", language), on_click=beside("factor", done), type="primary"
        )
    show_refusal("factor", language)


def recovery_codes(codes: Sequence[str], language: Language) -> None:
    """Show recovery codes: they can be read here once."""
    with st.container(border=True):
        st.markdown(
            plain(
                text(
                    "Print these codes or write them down: each lets you in once if your "
                    "telephone is gone. They are not shown again.",
                    language,
                )
            )
        )
        st.code("\n".join(codes), language=None)


def session_list(
    sessions: Sequence[LoginSession],
    own: str,
    timezone: str,
    language: Language,
    *,
    end: Callable[[LoginSession, str], None],
    end_all: Callable[[str], None],
) -> None:
    """Show where one is logged in.

    Args:
        own: The public id of the session that is looking.
        end: Called with a session and one's password.
        end_all: Called with one's password.
    """
    st.subheader(text("Where you are logged in", language), anchor=False)
    field = "sessions_password"
    # the key that ends a line must not end a session
    with st.form("sessions", border=False, enter_to_submit=False):
        for one in sessions:
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"at_{one.session_id}"
            ):
                st.markdown(plain(_described(one, own, timezone, language)), width="stretch")
                st.form_submit_button(
                    text("End", language),
                    key=f"end_{one.session_id}",
                    on_click=beside("sessions", _proved([field], partial(end, one))),
                    disabled=one.session_id == own,
                )
        show_refusal("sessions", language)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            note = text("Leave it empty if you never chose a password here.", language)
            _password_field(field, language, note=note)
            st.form_submit_button(
                text("Log out everywhere", language),
                key="end_all",
                on_click=beside("sessions", _proved([field], end_all)),
            )


def _described(one: LoginSession, own: str, timezone: str, language: Language) -> str:
    since = text(
        "since {moment}", language, moment=shown.moment(one.started_at, timezone, language)
    )
    what = browser_name(one.user_agent) or text("a browser", language)
    words = [what, one.address, since]
    if one.session_id == own:
        words.insert(0, text("This session", language))
    return " · ".join(word for word in words if word)
