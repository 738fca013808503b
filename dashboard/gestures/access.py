"""What a click does on the pages about accounts and the audit trail."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import restoring, session
from dashboard.access import accounts, links, login, redeem, second_factor
from dashboard.access.accounts import Account
from dashboard.access.entry import Entry
from dashboard.access.rights import Role
from dashboard.access.second_factor import Proposal
from dashboard.access.sessions import LoginSession
from dashboard.components.account_forms import AccountChanges, NewAccount
from dashboard.components.conflict import attempt_seen, keep_conflict
from dashboard.components.messages import attempt, say
from dashboard.mail.message import compose
from dashboard.mail.sending import send
from dashboard.restoring import Former, Hands
from dashboard.state import choose_language, origin
from dashboard.text import Language, language_of, render, text
from pipelines.errors import Conflict, Message, Refused, msg

#: A link that was made for somebody, to be shown once; so are recovery codes.
_LINK = "account_link"
_CODES = "recovery_codes"
#: A second factor that waits for its first code.
_PROPOSAL = "second_factor_proposal"


def add_account(language: Language, new: NewAccount) -> bool:
    """Add an account and make its invitation link; tell whether it was accepted."""

    def work() -> None:
        by = session.visitor()
        account = accounts.add_account(
            session.access(),
            by,
            email=new.email,
            name=new.name,
            role=new.role,
            person_id=new.person_id,
        )
        _hand_over(account, language)

    return attempt(language, work)


def account_changes(language: Language) -> AccountChanges:  # noqa: C901 - a small function a button
    """Return what clicks on an account do."""

    def seen(account: Account, work: Callable[[int], object], done: Message | None = None) -> None:
        attempt_seen(language, account.version, work, done or msg("Saved."))

    def role(account: Account, wanted: Role) -> None:
        change = partial(_changed, accounts.change_role, account.account_id, wanted)
        seen(account, change)

    def person(account: Account, wanted: int | None) -> None:
        seen(account, partial(_changed, accounts.link_person, account.account_id, wanted))

    def disable(account: Account) -> None:
        done = msg("{name} can no longer log in, and is logged out everywhere.", name=account.name)
        seen(account, partial(_switched, accounts.disable, account.account_id), done)

    def enable(account: Account) -> None:
        seen(account, partial(_switched, accounts.enable, account.account_id))

    def link(account: Account) -> None:
        attempt(language, lambda: _hand_over(account, language))

    def end_sessions(account: Account) -> None:
        def work() -> None:
            accounts.end_sessions(session.access(), session.visitor(), account.account_id)

        attempt(language, work, msg("{name} is logged out everywhere.", name=account.name))

    def remove_second_factor(account: Account) -> None:
        def work() -> None:
            second_factor.remove(session.access(), session.visitor(), account.account_id)

        attempt(language, work, msg("Logging in takes the password alone again."))

    return AccountChanges(role, person, disable, enable, link, end_sessions, remove_second_factor)


def _changed(change: Callable[..., object], account_id: int, wanted: object, version: int) -> None:
    change(session.access(), session.visitor(), account_id, wanted, version)


def _switched(change: Callable[..., object], account_id: int, version: int) -> None:
    change(session.access(), session.visitor(), account_id, version)


def _hand_over(account: Account, language: Language) -> None:
    """Make a one-use link for somebody: mailed where there is a mail server, else to be copied."""
    token = links.invite(session.access(), session.visitor(), account.account_id)
    address = origin() + links.path_of(token)
    # kept until it is known to be on its way: whoever made it can always hand it over
    st.session_state[_LINK] = account.name, address
    context = session.served()
    settings = context.workspace.settings
    if not settings.mail.host:
        return
    reader = language_of(account.language or settings.locale)
    letter = compose(
        settings.mail.sender,
        settings.company,
        [account.email],
        text("Your access to Cap 90", reader),
        text(
            "Hello {name},\n\nopen this link to choose your password. It works once.\n\n{address}",
            reader,
            name=account.name,
            address=address,
        ),
    )
    send(settings.mail, letter, context.workspace.outbox)
    del st.session_state[_LINK]
    say(text("The link is on its way to {email}.", language, email=account.email))


def made_link() -> tuple[str, str] | None:
    """Return for whom a link was just made, and the link; once."""
    found: tuple[str, str] | None = st.session_state.pop(_LINK, None)
    return found


def rename_self(language: Language, account: Account, name: str) -> None:
    """Change one's own name."""
    change = partial(_changed, accounts.rename, account.account_id, name)
    attempt_seen(language, account.version, change, msg("Saved."))


def speak(language: Language, account: Account, wanted: Language | None) -> None:
    """Choose one's own language; None for the company's."""
    change = partial(_changed, accounts.change_language, account.account_id, wanted)
    if attempt_seen(language, account.version, change) and wanted:
        choose_language(wanted)


def change_password(language: Language, old: str, new: str, again: str) -> bool:
    """Change one's own password; tell whether it was accepted."""

    def work() -> None:
        if new != again:
            raise Refused.of(
                msg("The new password is not the same both times."), hint=msg("Type it again.")
            )
        redeem.change_password(session.access(), session.visitor(), old, new, address=_address())

    return attempt(
        language, work, msg("The password is changed; your other login sessions have ended.")
    )


def proposal() -> Proposal | None:
    """Return the second factor that waits for its first code."""
    found: Proposal | None = st.session_state.get(_PROPOSAL)
    return found


def propose_factor(language: Language, password: str) -> None:
    """Begin to set up a second factor."""

    def work() -> None:
        _confirm(password)
        st.session_state[_PROPOSAL] = second_factor.propose(session.access(), session.visitor())

    attempt(language, work)


def confirm_factor(language: Language, code: str) -> None:
    """Switch the second factor on with its first code."""

    def work() -> None:
        codes = second_factor.confirm(session.access(), session.visitor(), code)
        st.session_state[_CODES] = codes
        st.session_state.pop(_PROPOSAL, None)

    attempt(language, work, msg("From now on, logging in also takes a code."))


def renew_codes(language: Language, password: str, code: str) -> None:
    """Make new recovery codes."""

    def work() -> None:
        _confirm(password, code)
        st.session_state[_CODES] = second_factor.renew_recovery_codes(
            session.access(), session.visitor()
        )

    attempt(language, work)


def remove_factor(language: Language, password: str, code: str) -> None:
    """Switch one's own second factor off."""

    def work() -> None:
        _confirm(password, code)
        by = session.visitor()
        second_factor.remove(session.access(), by, by.account_id or 0)

    attempt(language, work, msg("Logging in takes the password alone again."))


def made_codes() -> tuple[str, ...]:
    """Return recovery codes that were just made; once."""
    found: tuple[str, ...] = st.session_state.pop(_CODES, ())
    return found


def end_session(language: Language, one: LoginSession, password: str) -> None:
    """End one of one's own login sessions."""

    def work() -> None:
        account_id = session.visitor().account_id
        if account_id is not None:
            _confirm_if_any(account_id, password)
            session.access().sessions.end_one(one.session_id, account_id)

    attempt(language, work, msg("That login session has ended."))


def log_out_everywhere(language: Language, password: str) -> None:
    """End every login session of one's own, this one too."""

    def work() -> None:
        account_id = session.visitor().account_id
        if account_id is not None:
            _confirm_if_any(account_id, password)
            session.access().sessions.end_all(account_id)

    attempt(language, work)


def can_restore(entry: Entry) -> bool:
    """Tell whether what stood there before an entry can be restored."""
    return restoring.hindrance(entry) is None


def look(entry: Entry) -> Former:
    """Return what restoring an entry would change, as it is at this moment."""
    return restoring.look(_hands(), entry)


def restore(language: Language, entry: Entry, seen: Former, reason: str) -> None:
    """Restore what stood there before an entry. Refusals are the dialog's to show."""
    done = render(msg("The former value is back."), language)

    def work(version: int | None) -> None:
        former = seen if version is None else restoring.Former(seen.now, seen.then, version)
        restoring.restore(_hands(), entry, former, reason)

    try:
        work(None)
    except Conflict as conflict:
        keep_conflict(conflict, work, msg("The former value is back."))
    else:
        say(done)


def _hands() -> Hands:
    return Hands(session.current(), session.access(), session.visitor())


def _confirm(password: str, code: str | None = None) -> None:
    login.confirm_password(session.access(), session.visitor(), password, _address(), code)


def _confirm_if_any(account_id: int, password: str) -> None:
    """Ask for the password of whoever has one; the others log in with a provider."""
    if login.has_password(session.access(), account_id):
        _confirm(password)


def _address() -> str:
    """Return the network address that whoever is looking logged in from."""
    visitor = session.visitor()
    found = session.access().sessions.listing(visitor.account_id or 0)
    return next((one.address for one in found if one.session_id == visitor.session_id), "")
