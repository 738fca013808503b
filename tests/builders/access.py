"""A company whose people log in, and a clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard.access import accounts, links, passwords, redeem, steady
from dashboard.access.access import Access
from dashboard.access.accounts import Account
from dashboard.access.login import Entered
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from pipelines import clock, workspace
from pipelines.settings import Settings

#: Somebody at the company's own computer.
OPERATOR = Visitor("louise", Role.OWNER)
PASSWORD = "girafe lampe canard velours"  # noqa: S105 - nobody's
HOME = "203.0.113.7"
ELSEWHERE = "198.51.100.23"


class Clock:
    """The wall clock and what really passes, apart from each other."""

    def __init__(self, at: datetime) -> None:
        self.wall = at
        self.passed = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.passed

    def forward(self, **time: float) -> None:
        """Let time pass."""
        self.wall += timedelta(**time)
        self.passed += timedelta(**time).total_seconds()

    def turn(self, **time: float) -> None:
        """Set the wall clock: forward, or back with negative values."""
        self.wall += timedelta(**time)

    def timestamp(self) -> float:
        return self.wall.replace(tzinfo=UTC).timestamp()


def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Have the product look at a clock of the test's own."""
    made = Clock(datetime(2026, 11, 16, 8, 30))  # noqa: DTZ001 - UTC without a zone, as everywhere
    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(steady, "monotonic", made.monotonic)
    return made


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep passwords cheaply: a test makes dozens of them."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)


@contextmanager
def company(folder: Path, settings: Settings | None = None) -> Iterator[Access]:
    """Open the accounts of a new company."""
    made = workspace.create(folder / "company", settings or Settings(company="Atelier Érable"))
    with Access.open(made) as access:
        yield access


def somebody(
    access: Access,
    name: str = "Louise Gagnon",
    role: Role = Role.OWNER,
    *,
    email: str | None = None,
    person_id: int | None = None,
    password: str = PASSWORD,
) -> Account:
    """Return the account of somebody who has chosen a password; they are not logged in."""
    address = email or f"{name.partition(' ')[0].lower()}@erable.example"
    added = accounts.add_account(
        access, OPERATOR, email=address, name=name, role=role, person_id=person_id
    )
    token = links.invite(access, OPERATOR, added.account_id)
    entered = redeem.redeem(access, token, password=password, address="127.0.0.1")
    assert isinstance(entered, Entered)
    access.sessions.end(entered.token)
    return accounts.get_account(access, added.account_id)


def visitor(account: Account) -> Visitor:
    """Return somebody as a page knows them."""
    return Visitor(account.name, account.role, account.account_id, account.person_id)
