"""What the pages about accounts and the audit trail show. Nothing of it is kept: it is the truth."""

import csv
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Self
from zoneinfo import ZoneInfo

from dashboard import session
from dashboard.access import accounts as all_accounts
from dashboard.access import feeds, second_factor
from dashboard.access.accounts import Account
from dashboard.access.entry import Entry, Head
from dashboard.access.rights import Capability
from dashboard.access.sessions import LoginSession
from dashboard.access.wanted import Wanted
from dashboard.components import audit_words as words
from dashboard.components.audit_words import Around
from dashboard.format import moment
from dashboard.spreadsheets import harmless
from dashboard.text import Language, text
from pipelines.kpis.catalogue import catalogue
from pipelines.people.register import list_people

#: How many entries stand on a page.
PAGE = 25


@dataclass(frozen=True)
class Search:
    """Which entries somebody looks for, as a page asks for it; days are the company's."""

    actor: str | None = None
    what: str | None = None
    subject: str | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""

    def as_parameters(self) -> dict[str, str]:
        """Return it as the link to a file says it; what is not looked for is left out."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in {None, ""} or (name == "actor" and value == "")
        }

    @classmethod
    def of_parameters(cls, said: Mapping[str, str]) -> Self:
        """Return what a link says."""
        first, last = said.get("first"), said.get("last")
        return cls(
            actor=said.get("actor"),
            what=said.get("what"),
            subject=said.get("subject"),
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            words=said.get("words", ""),
        )


@dataclass(frozen=True)
class Trail:
    """A page of the audit trail.

    Attributes:
        found: How many entries the search lets through in all.
        older: Whether there are more behind these.
    """

    entries: tuple[Entry, ...]
    found: int
    older: bool


@dataclass(frozen=True)
class Chain:
    """Whether anybody tampered with the trail.

    Attributes:
        count: How many entries there are.
        broken: The first one that was tampered with; None: none was.
    """

    count: int
    broken: int | None


_lock = threading.Lock()
_verified: dict[int, tuple[Head, int | None]] = {}


def around(language: Language) -> Around:
    """Return what the words of entries depend on."""
    context = session.current()
    settings = context.workspace.settings
    return Around(
        language, settings.timezone, settings.currency, catalogue(context), people_by_number()
    )


def trail(search: Search, below: int | None = None) -> Trail:
    """Return a page of the audit trail, newest first, with everything that was done until now.

    Raises:
        AccessRefused: They may not read it.
    """
    session.require(Capability.READ_AUDIT)
    audit = session.access().audit
    audit.take_over(session.served())
    wanted = _wanted(search)
    found = audit.entries(wanted, below=below, limit=PAGE + 1)
    return Trail(found[:PAGE], audit.count(wanted), len(found) > PAGE)


def actors() -> tuple[str, ...]:
    """Return everybody who ever changed something."""
    session.require(Capability.READ_AUDIT)
    return session.access().audit.actors()


def kinds() -> tuple[str, ...]:
    """Return every kind of change there was."""
    session.require(Capability.READ_AUDIT)
    return session.access().audit.kinds()


def chain() -> Chain:
    """Return whether anybody tampered with the trail, as far as it itself can tell."""
    session.require(Capability.READ_AUDIT)
    audit = session.access().audit
    head = audit.head()
    with _lock:
        known = _verified.get(id(audit))
        if known is None or known[0] != head:
            known = head, audit.verify()
            _verified.clear()  # one company a process
            _verified[id(audit)] = known
    return Chain(audit.count(), known[1])


def audit_csv(search: Search, language: Language) -> bytes:
    """Return what a search finds as a table for spreadsheets, oldest first.

    Raises:
        AccessRefused: They may not read it.
    """
    session.require(Capability.READ_AUDIT)
    audit = session.access().audit
    audit.take_over(session.served())
    said, wanted = around(language), _wanted(search)
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(
        [
            text("Number", language),
            text("When", language),
            text("Moment (UTC)", language),
            text("By whom", language),
            text("What", language),
            text("Change", language),
            text("Key of the thing", language),
            text("Seal", language),
        ]
    )
    for entry in reversed(audit.entries(wanted, limit=-1)):
        cells = (
            str(entry.number),
            words.when(entry, said),
            entry.at.isoformat(timespec="seconds"),
            words.who(entry, said),
            words.sentence(entry, said),
            words.change_sentence(entry, said, short=False),
            entry.subject,
            entry.hash,
        )
        rows.writerow([harmless(cell) for cell in cells])
    return table.getvalue().encode("utf-8-sig")  # spreadsheets tell UTF-8 by its mark


def accounts() -> tuple[Account, ...]:
    """Return every account, by name.

    Raises:
        AccessRefused: They may not manage accounts.
    """
    session.require(Capability.MANAGE_ACCOUNTS)
    return all_accounts.list_accounts(session.access())


def last_logins(language: Language) -> Mapping[int, str]:
    """Return when each account was last logged in, by its number, as far as is remembered."""
    session.require(Capability.MANAGE_ACCOUNTS)
    timezone = session.served().workspace.settings.timezone
    found = all_accounts.last_logins(session.access())
    return {number: moment(at, timezone, language) for number, at in found.items()}


def own_account() -> Account | None:
    """Return the account of whoever is looking; None for somebody without one."""
    account_id = session.visitor().account_id
    if account_id is None:
        return None
    return all_accounts.get_account(session.access(), account_id)


def own_sessions() -> tuple[LoginSession, ...]:
    """Return where whoever is looking is logged in, the latest first."""
    account_id = session.visitor().account_id
    if account_id is None:
        return ()
    found = session.access().sessions.listing(account_id)
    return tuple(sorted(found, key=lambda one: one.started_at, reverse=True))


def recovery_codes_left() -> int:
    """Return how many recovery codes whoever is looking can still use."""
    account_id = session.visitor().account_id
    return (
        0 if account_id is None else second_factor.recovery_codes_left(session.access(), account_id)
    )


def people_by_number() -> dict[int, str]:
    """Return the names of the people, by their number."""
    return {person.person_id: person.name for person in list_people(session.current())}


def timezone() -> str:
    """Return the company's time zone."""
    return session.served().workspace.settings.timezone


def _wanted(search: Search) -> Wanted:
    return Wanted(
        actor=search.actor,
        what=search.what,
        subject=search.subject,
        since=_begin(search.first) if search.first else None,
        until=_begin(search.last + timedelta(days=1)) if search.last else None,
        words=search.words.strip() or None,
    )


def _begin(day: date) -> datetime:
    """Return the moment in UTC at which a day begins at the company."""
    there = datetime.combine(day, time(), ZoneInfo(timezone()))
    return there.astimezone(UTC).replace(tzinfo=None)


def calendar_made_at() -> datetime | None:
    """Return when the address of one's own calendar was made, in UTC; None: there is none."""
    account_id = session.visitor().account_id
    return None if account_id is None else feeds.made_at(session.access(), account_id)
