from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from dashboard.access import accounts, login, passwords, redeem
from dashboard.access.access import Access
from dashboard.access.login import Denied, Entered, log_in, log_out
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, Refused
from tests.builders.access import ELSEWHERE, HOME, OPERATOR, PASSWORD, somebody, visitor

WRONG = "The e-mail address or the password is not right. Check both and try again."


def _try(access: Access, email: str, password: str, address: str = HOME) -> Entered | Denied:
    return log_in(access, email, password, address=address)


def _refusal(found: Entered | Denied) -> str:
    assert isinstance(found, Denied)
    return str(found.problem)


def _entries(access: Access) -> list[tuple[str | None, str, str, object]]:
    return [(one.actor, one.what, one.subject, one.after) for one in access.audit.entries()]


def test_the_right_password_lets_somebody_in(access: Access) -> None:
    marie = somebody(access, "Marie Roy", Role.MANAGER)

    found = _try(access, "marie@erable.example", PASSWORD)

    assert isinstance(found, Entered)
    assert found.account == marie
    seen = access.sessions.find(found.token, active=True)
    assert seen is not None
    assert (seen.name, seen.role) == ("Marie Roy", Role.MANAGER)


@pytest.mark.parametrize("email", ["MARIE@Erable.example", "  marie@erable.example\n"])
def test_the_address_may_be_written_in_any_case(access: Access, email: str) -> None:
    somebody(access, "Marie Roy", Role.MANAGER)

    assert isinstance(_try(access, email, PASSWORD), Entered)


def test_who_guesses_learns_nothing_from_the_answer(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    invited = accounts.add_account(
        access, OPERATOR, email="anne@erable.example", name="Anne Cyr", role=Role.VIEWER
    )
    assert invited.state == "invited"

    answers = {
        _refusal(_try(access, "louise@erable.example", "not her password")),
        _refusal(_try(access, "nobody@erable.example", PASSWORD)),
        _refusal(_try(access, "marie@erable.example", PASSWORD)),
        _refusal(_try(access, "anne@erable.example", PASSWORD)),
        _refusal(_try(access, "", "")),
        _refusal(_try(access, "\ud800\0", "\ud800\0")),
    }

    assert answers == {WRONG}


def test_who_guesses_learns_nothing_from_the_time(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    verified: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        verified.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    writes: list[int] = []
    for email in ("louise@erable.example", "nobody@erable.example", "marie@erable.example"):
        before = len(_entries(access))
        _try(access, email, "not the password")
        writes.append(len(_entries(access)) - before)

    assert len(verified) == 3
    assert len({kept.rsplit("$", 2)[0] for kept in verified}) == 1  # the same parameters
    assert writes == [1, 1, 1]


def test_logins_failures_and_logouts_are_in_the_audit_trail(access: Access) -> None:
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    before = len(_entries(access))

    _try(access, "marie@erable.example", "not her password")
    _try(access, "my secret password typed here", "x")
    found = _try(access, "marie@erable.example", PASSWORD, ELSEWHERE)
    assert isinstance(found, Entered)
    log_out(access, found.token)

    subject = f"account {marie.account_id}"
    new = list(reversed(_entries(access)))[before:]
    assert new == [
        (None, "login.failed", subject, {"wrong": "password", "address": HOME}),
        (None, "login.failed", "account ?", {"wrong": "password", "address": HOME}),
        ("Marie Roy", "login.done", subject, {"how": "password", "address": ELSEWHERE}),
        ("Marie Roy", "login.left", subject, None),
    ]
    assert access.audit.verify() is None


def test_who_logged_out_is_out(access: Access) -> None:
    somebody(access)
    found = _try(access, "louise@erable.example", PASSWORD)
    assert isinstance(found, Entered)

    log_out(access, found.token)
    log_out(access, found.token)
    log_out(access, "nonsense")

    assert access.sessions.find(found.token, active=True) is None


def test_a_password_kept_with_old_parameters_is_kept_anew(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    louise = somebody(access)
    stronger = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", stronger)

    def kept() -> str:
        return access.store.read(
            lambda connection: login.kept_password(connection, louise.account_id) or ""
        )

    assert stronger.check_needs_rehash(kept())
    _try(access, "louise@erable.example", "not her password")
    assert stronger.check_needs_rehash(kept())
    _try(access, "louise@erable.example", PASSWORD)
    assert not stronger.check_needs_rehash(kept())
    assert isinstance(_try(access, "louise@erable.example", PASSWORD), Entered)


def test_nobody_is_let_in_whose_account_was_disabled_a_moment_ago(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    accounts.disable(access, OPERATOR, marie.account_id, marie.version)

    with pytest.raises(AccessRefused):
        login.admit(access, marie.account_id, "password", HOME)


def test_a_new_password_counts_at_once_and_ends_the_other_sessions(access: Access) -> None:
    somebody(access)
    here, there = (_try(access, "louise@erable.example", PASSWORD) for _ in range(2))
    assert isinstance(here, Entered)
    assert isinstance(there, Entered)
    her = access.sessions.find(here.token, active=True)
    assert her is not None

    redeem.change_password(access, her, PASSWORD, "tuiles mouillées du matin", address=HOME)

    assert access.sessions.find(here.token, active=True)
    assert access.sessions.find(there.token, active=True) is None
    assert _refusal(_try(access, "louise@erable.example", PASSWORD)) == WRONG
    again = _try(access, "louise@erable.example", "tuiles mouillées du matin")
    assert isinstance(again, Entered)


def test_a_new_password_takes_the_old_one_and_has_to_be_good(access: Access) -> None:
    her = visitor(somebody(access))

    with pytest.raises(Refused, match="The password is not right"):
        redeem.change_password(access, her, "not hers at all", "tuiles du matin", address=HOME)
    with pytest.raises(Refused, match="too short"):
        redeem.change_password(access, her, PASSWORD, "tuiles", address=HOME)
    with pytest.raises(Refused, match="made of a name"):
        redeem.change_password(access, her, PASSWORD, "louise gagnon 75", address=HOME)
    assert isinstance(_try(access, "louise@erable.example", PASSWORD), Entered)


def test_the_command_line_has_no_password_to_confirm(access: Access) -> None:
    with pytest.raises(AccessRefused):
        login.confirm_password(access, OPERATOR, PASSWORD, HOME)
    somebody(access)
    her = Visitor("Louise Gagnon", Role.OWNER, 1)
    login.confirm_password(access, replace(her), PASSWORD, HOME)
