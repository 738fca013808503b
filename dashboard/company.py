"""What the company says about itself, changed by somebody who may.

Nobody overwrites what they have not seen: a change says which settings it was made from, and what
somebody else changed since is shown beside it.
"""

import threading
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from dashboard import session
from dashboard.access.accounts import State, get_account, list_accounts
from dashboard.access.rights import Capability, Role, may
from dashboard.components.settings_words import named, shown
from dashboard.mail import Sent, compose, send
from dashboard.rhythm.meeting.coming import next_occurrence
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import Occurrence
from dashboard.text import Language, text
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Problem, Refused, WorkspaceError, msg
from pipelines.files import write_whole
from pipelines.journal import What, note
from pipelines.settings import (
    FILE_NAME,
    FirstStep,
    Logo,
    Settings,
    checked_logo,
    load,
    read_logo,
    save,
    settings_from,
)
from pipelines.store import Cursor

#: What takes more than the right to change settings, by the first part of the key.
_NEEDS = {
    "salespeople": Capability.MANAGE_ACCOUNTS,
    "login": Capability.MANAGE_ACCOUNTS,
    "retention": Capability.KEEP_BACKUPS,
}
#: The settings are read, compared and written by one person at a time.
_changing = threading.Lock()


def settings() -> Settings:
    """Return the settings as the file says them now; somebody may have edited it.

    Raises:
        WorkspaceError: They are broken.
    """
    return load(session.current().workspace.root / FILE_NAME)


def flat(of: Settings) -> dict[str, Any]:
    """Return settings by dotted key, such as ``mail.host``; values as JSON has them."""
    found: dict[str, Any] = {}
    for key, value in of.model_dump(mode="json").items():
        if isinstance(value, dict):
            found |= {f"{key}.{inner}": deep for inner, deep in value.items()}
        else:
            found[key] = value
    return found


def coming_meetings() -> tuple[Occurrence, ...]:
    """Return the next meeting of each kind; none before a first one is set."""
    context = session.current()
    days = (next_occurrence(context, kind) for kind in Kind)
    return tuple(one for one in days if one is not None)


def change(seen: Settings, wanted: Mapping[str, Any]) -> Settings:
    """Change settings; pages, jobs and reports follow at once.

    Args:
        seen: The settings that somebody had before their eyes.
        wanted: By dotted key; equal ones are left alone.

    Returns:
        The settings as they are now.

    Raises:
        AccessRefused: Whoever is looking may not change one of them.
        Conflict: Somebody else changed the same ones in the meantime; nothing was written.
        WorkspaceError: A value is impossible, or the file cannot be written.
    """
    before = flat(seen)
    asked = {key: value for key, value in wanted.items() if value != before[key]}
    _require(asked)
    with _changing:
        now = settings()
        then = flat(now)
        _refuse_conflict(asked, before, then)
        fresh = {key: value for key, value in asked.items() if value != then[key]}
        if not fresh:
            return now
        made = _checked(now, fresh)
        written = flat(made)
        _write(made, {key: then[key] for key in fresh}, {key: written[key] for key in fresh})
    return made


def change_logo(seen: Settings, content: bytes | None) -> None:
    """Show another logo on every page and report, or none.

    Args:
        content: The file as it was sent; None for no logo.

    Raises:
        AccessRefused, Conflict, WorkspaceError: See ``change``.
        Refused: It is not a picture that can be shown safely.
    """
    session.require(Capability.EDIT_SETTINGS)
    logo = None if content is None else checked_logo(content)
    with _changing:
        now = settings()
        wanted = {"logo": logo and logo.file_name}
        _refuse_conflict(wanted, flat(seen), flat(now))
        root = session.current().workspace.root
        before = read_logo(root, now.logo)
        if logo is not None:
            _put(root / logo.file_name, logo)
        made = now.model_copy(update=wanted)
        _write(
            made,
            {"logo": now.logo, "logo_picture": _print_of(before)},
            {"logo": made.logo, "logo_picture": _print_of(logo)},
        )


def logo() -> Logo | None:
    """Return the company's logo."""
    workspace = session.served().workspace
    return read_logo(workspace.root, workspace.settings.logo)


def logo_uri() -> str | None:
    """Return the company's logo as an address that nothing is fetched from."""
    found = logo()
    return None if found is None else found.data_uri


def skip(step: FirstStep) -> None:
    """Leave one of the first steps out."""
    now = settings()
    change(now, {"first_steps.skipped": [*now.first_steps.skipped, step.value]})


def people_checked() -> None:
    """Keep that somebody looked over the list of people."""
    change(settings(), {"first_steps.people_checked": True})


def take_up(step: FirstStep) -> None:
    """Do one of the first steps after all."""
    now = settings()
    left = [one.value for one in now.first_steps.skipped if one is not step]
    change(now, {"first_steps.skipped": left})


def own_address() -> str | None:
    """Return the e-mail address of whoever is looking; None if none is known."""
    account = session.visitor().account_id
    return None if account is None else get_account(session.access(), account).email


def whom_to_ask() -> tuple[str, ...]:
    """Return who may set the company up, by name: for those who may not."""
    may_settle = {role for role in Role if may(role, Capability.EDIT_SETTINGS)}
    accounts = list_accounts(session.access())
    return tuple(
        account.name
        for account in accounts
        if account.state is State.ACTIVE and account.role in may_settle
    )


def send_test(language: Language) -> Sent:
    """Send a letter to whoever is looking, to see whether the mail server takes it.

    Raises:
        AccessRefused: They may not change the settings.
        Refused: Their address is not known.
        MailRefused: Why it could not be sent.
    """
    session.require(Capability.EDIT_SETTINGS)
    current = session.current().workspace
    address = own_address()
    if address is None:
        raise Refused.of(
            msg("Your login has no e-mail address to send to."),
            hint=msg("Log in with an account of your own and try again."),
        )
    company = current.settings.company
    letter = compose(
        current.settings.mail.sender,
        company,
        [address],
        text("Cap 90: a test message", language),
        text(
            "This message comes from Cap 90 at {company}. If you can read it, the mail server is "
            "set up.",
            language,
            company=company,
        )
        + "\n",
    )
    return send(current.settings.mail, letter, current.outbox)


def _require(asked: Mapping[str, Any]) -> None:
    session.require(Capability.EDIT_SETTINGS)
    for key in asked:
        if needed := _NEEDS.get(key.partition(".")[0]):
            session.require(needed)


def _refuse_conflict(
    asked: Mapping[str, Any], before: Mapping[str, Any], then: Mapping[str, Any]
) -> None:
    if all(then[key] in (before[key], value) for key, value in asked.items()):
        return
    # all that was wanted is shown, also what nobody else touched: none of it was written
    said = [key for key in asked if not key.startswith("first_steps.")] or list(asked)
    what = msg("Somebody changed these settings in the meantime; nothing of yours was written.")
    raise Conflict(
        Problem(what, hint=msg("Look again and decide.")),
        mine=_listed(said, asked),
        theirs=_listed(said, then),
        version=1,
    )


def _listed(keys: Sequence[str], values: Mapping[str, Any]) -> Message:
    said = [
        msg("{setting}: {value}", setting=named(key), value=shown(key, values[key])) for key in keys
    ]
    return _joined(said)


def _joined(said: Sequence[Message]) -> Message:
    first, *rest = said
    return msg("{first}; {second}", first=first, second=_joined(rest)) if rest else first


def _checked(now: Settings, fresh: Mapping[str, Any]) -> Settings:
    """Return settings with changes; problems name them as the page does."""
    values = now.model_dump(mode="json")
    for key, value in fresh.items():
        table, _, inner = key.rpartition(".")
        (values[table] if table else values)[inner] = value
    try:
        return settings_from(values)
    except WorkspaceError as error:
        raise WorkspaceError(*map(_as_on_the_page, error.problems)) from error


def _as_on_the_page(problem: Problem) -> Problem:
    key = problem.where.strip("[]")
    hint = msg("Write the name in 120 characters at most.") if key == "company" else problem.hint
    what = msg("{setting}: {problem}", setting=named(key), problem=problem.what)
    return Problem(what, hint=hint)


def _write(made: Settings, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    context: Context = session.current()

    def work(cursor: Cursor) -> None:
        note(cursor, context.actor, What.SETTINGS_CHANGED, "settings", before=before, after=after)
        # last: should it fail, nothing is noted
        save(context.workspace.root / FILE_NAME, made)

    context.store.write(work)
    session.reload()


def _put(path: Any, logo: Logo) -> None:
    try:
        write_whole(path, logo.content)
    except OSError as error:
        raise WorkspaceError.of(
            msg("The logo could not be written."),
            where=str(path),
            hint=msg("Check that there is room on the disk and that you may write there."),
        ) from error


def _print_of(logo: Logo | None) -> str | None:
    """Return what tells two pictures of one name apart."""
    return None if logo is None else sha256(logo.content).hexdigest()[:12]


def message_of(sent: Sent, address: str) -> Message:
    """Return what became of a test letter."""
    if sent.file is None:
        return msg("The test message is on its way to {address}.", address=address)
    return msg(
        "No mail server is set up: the message was written into the file {file}.",
        file=f"outbox/{sent.file.name}",
    )
