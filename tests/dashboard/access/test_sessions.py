import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.login import log_out
from dashboard.access.rights import Role
from dashboard.access.store import AccessStore, Connection
from pipelines.errors import StoreError, msg
from pipelines.settings import Login, Settings
from tests.builders.access import HOME, OPERATOR, Clock, company, somebody, visitor

#: The limits these tests are written for: 30 minutes, 12 hours.
_LIMITS = Settings(company="Atelier Érable", login=Login(idle_minutes=30, absolute_hours=12))


@pytest.fixture
def access(wall: Clock, access: Access) -> Access:
    assert access.settings().login == _LIMITS.login
    assert wall.passed == 0
    return access


def _reopened(access: Access) -> Access:
    """Return the accounts as a new process finds them."""
    access.close()
    store = AccessStore.open(access.store.path)
    return Access(store, access.settings, access.names)


def test_a_token_leads_to_whoever_logged_in(access: Access) -> None:
    marie = somebody(access, "Marie Roy", Role.SALESPERSON, person_id=4)

    token = access.sessions.start(marie.account_id, HOME, "Firefox")

    found = access.sessions.find(token, active=True)
    assert found is not None
    assert (found.name, found.role) == ("Marie Roy", Role.SALESPERSON)
    assert (found.account_id, found.person_id) == (marie.account_id, 4)
    assert found.session_id
    assert found.session_id not in token


@pytest.mark.parametrize("token", ["", "nonsense", "é" * 40, "x" * 5000, "\ud800"])
def test_what_is_no_token_leads_to_nobody(access: Access, token: str) -> None:
    somebody(access)

    assert access.sessions.find(token, active=True) is None


def test_a_token_is_never_written_to_the_disk(access: Access) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    access.sessions.find(token, active=True)

    written = b"".join(
        path.read_bytes() for path in access.store.path.parent.glob("access.sqlite*")
    )
    assert b"login_sessions" in written
    assert token.encode() not in written


def test_every_login_has_a_token_and_a_name_of_its_own(access: Access) -> None:
    louise = somebody(access)

    tokens = {access.sessions.start(louise.account_id, HOME) for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) >= 43 for token in tokens)  # 32 random bytes
    assert len({one.session_id for one in access.sessions.listing(louise.account_id)}) == 20


def test_a_session_ends_after_half_an_hour_without_a_sign_of_life(
    access: Access, wall: Clock
) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)

    wall.forward(minutes=29, seconds=59)
    assert access.sessions.find(token, active=False)
    wall.forward(seconds=1)
    assert access.sessions.find(token, active=False) is None


def test_doing_something_renews_the_half_hour_and_looking_on_does_not(
    access: Access, wall: Clock
) -> None:
    louise = somebody(access)
    working, watching = (access.sessions.start(louise.account_id, HOME) for _ in range(2))

    for _ in range(3):
        wall.forward(minutes=20)
        access.sessions.find(working, active=True)
        access.sessions.find(watching, active=False)

    assert access.sessions.find(working, active=False)
    assert access.sessions.find(watching, active=False) is None


def test_a_session_ends_after_twelve_hours_however_busy(access: Access, wall: Clock) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)

    for _ in range(71):
        wall.forward(minutes=10)
        assert access.sessions.find(token, active=True)
    wall.forward(minutes=10)
    assert access.sessions.find(token, active=True) is None


def test_the_owner_may_set_other_limits(tmp_path: Path, wall: Clock) -> None:
    limits = Settings(login=Login(idle_minutes=5, absolute_hours=1))
    with company(tmp_path, limits) as access:
        account = accounts.add_account(
            access, OPERATOR, email="a@b.example", name="Anne", role=Role.OWNER
        )
        accounts.enable(access, OPERATOR, account.account_id, account.version)
        access.store.write(
            lambda connection: connection.execute("update accounts set state = 'active'")
        )
        token = access.sessions.start(account.account_id, HOME)

        wall.forward(minutes=4)
        assert access.sessions.find(token, active=True)
        wall.forward(minutes=5)
        assert access.sessions.find(token, active=True) is None


def test_turning_the_clock_back_does_not_revive_a_session(access: Access, wall: Clock) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    wall.forward(minutes=31)
    assert access.sessions.find(token, active=True) is None

    wall.turn(hours=-1)

    assert access.sessions.find(token, active=True) is None


def test_turning_the_clock_back_gives_no_session_more_time(access: Access, wall: Clock) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    wall.forward(minutes=20)
    access.sessions.find(token, active=False)

    wall.turn(days=-2)
    wall.forward(minutes=9)
    assert access.sessions.find(token, active=False)
    wall.forward(minutes=1)

    assert access.sessions.find(token, active=False) is None


def test_turning_the_clock_back_logs_nobody_out(access: Access, wall: Clock) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)

    wall.turn(days=-365)

    assert access.sessions.find(token, active=True)


def test_turning_the_clock_back_over_a_restart_does_not_help_either(
    access: Access, wall: Clock
) -> None:
    louise = somebody(access)
    token = access.sessions.start(louise.account_id, HOME)
    wall.forward(minutes=29)
    access.sessions.start(louise.account_id, HOME)  # something is written at that moment
    wall.turn(days=-1)

    again = _reopened(access)
    wall.forward(minutes=1)

    assert again.sessions.find(token, active=True) is None
    again.close()


def test_sessions_survive_a_restart_with_their_idle_time(access: Access, wall: Clock) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    wall.forward(minutes=25)
    access.sessions.find(token, active=True)

    again = _reopened(access)
    wall.forward(minutes=25)
    assert again.sessions.find(token, active=False)
    wall.forward(minutes=5)
    assert again.sessions.find(token, active=False) is None
    again.close()


def test_a_sign_of_life_is_written_once_a_minute_at_most(
    access: Access, wall: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    access.sessions.find(token, active=True)
    writes: list[object] = []
    write = access.store.write

    def counted(work: Callable[[Connection], object]) -> object:
        writes.append(work)
        return write(work)

    monkeypatch.setattr(access.store, "write", counted)

    for _ in range(180):
        wall.forward(seconds=1)
        access.sessions.find(token, active=True)

    assert len(writes) == 3


def test_a_full_disk_logs_nobody_out_and_still_lets_them_log_out(
    access: Access, wall: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = access.sessions.start(somebody(access).account_id, HOME)
    wall.forward(minutes=2)

    def full(_work: object) -> None:
        raise StoreError.of(msg("The disk is full."))

    with monkeypatch.context() as disk:
        disk.setattr(access.store, "write", full)
        assert access.sessions.find(token, active=True)
        log_out(access, token)
        assert access.sessions.find(token, active=True) is None

    access.sessions.sweep()  # there is room again: it is written down
    again = _reopened(access)
    assert again.sessions.find(token, active=True) is None
    again.close()


def test_logging_out_ends_this_session_only(access: Access) -> None:
    louise = somebody(access)
    here, there = (access.sessions.start(louise.account_id, HOME) for _ in range(2))

    access.sessions.end(here)

    assert access.sessions.find(here, active=True) is None
    assert access.sessions.find(there, active=True)


def test_somebody_ends_all_their_other_sessions(access: Access) -> None:
    louise, marie = somebody(access), somebody(access, "Marie Roy", Role.VIEWER)
    here, there = (access.sessions.start(louise.account_id, HOME) for _ in range(2))
    hers = access.sessions.start(marie.account_id, HOME)
    this = access.sessions.find(here, active=True)
    assert this is not None

    access.sessions.end_all(louise.account_id, but=this.session_id)

    assert access.sessions.find(here, active=True)
    assert access.sessions.find(there, active=True) is None
    assert access.sessions.find(hers, active=True)


def test_nobody_ends_the_session_of_another_account_by_its_name(access: Access) -> None:
    louise, marie = somebody(access), somebody(access, "Marie Roy", Role.VIEWER)
    token = access.sessions.start(louise.account_id, HOME)
    (session,) = access.sessions.listing(louise.account_id)

    access.sessions.end_one(session.session_id, marie.account_id)
    assert access.sessions.find(token, active=True)
    access.sessions.end_one(session.session_id, louise.account_id)
    assert access.sessions.find(token, active=True) is None


def test_somebody_sees_where_they_are_logged_in(access: Access, wall: Clock) -> None:
    louise = somebody(access)
    access.sessions.start(louise.account_id, HOME, "Firefox")
    wall.forward(minutes=1)
    access.sessions.start(louise.account_id, "2001:db8::1", "Safari")

    seen = access.sessions.listing(louise.account_id)

    assert [(one.address, one.user_agent) for one in seen] == [
        (HOME, "Firefox"),
        ("2001:db8::1", "Safari"),
    ]
    assert seen[1].started_at == wall.now()


def test_a_new_role_counts_at_the_very_next_look(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    token = access.sessions.start(marie.account_id, HOME)
    assert access.sessions.find(token, active=True)

    accounts.change_role(access, OPERATOR, marie.account_id, Role.VIEWER, marie.version)

    found = access.sessions.find(token, active=True)
    assert found is not None
    assert found.role is Role.VIEWER


def test_a_new_role_counts_at_the_very_next_look_if_another_process_gave_it(
    access: Access,
) -> None:
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    token = access.sessions.start(marie.account_id, HOME)
    assert access.sessions.find(token, active=True)

    with sqlite3.connect(access.store.path) as other:
        other.execute("update accounts set role = 'viewer'")
    other.close()

    found = access.sessions.find(token, active=True)
    assert found is not None
    assert found.role is Role.VIEWER


def test_a_disabled_account_is_out_at_the_very_next_look(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    token = access.sessions.start(marie.account_id, HOME)
    assert access.sessions.find(token, active=True)

    closed = accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    assert access.sessions.find(token, active=True) is None

    accounts.enable(access, OPERATOR, marie.account_id, closed.version)
    assert access.sessions.find(token, active=True) is None


def test_whoever_listens_hears_of_every_end(access: Access, wall: Clock) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.MANAGER)
    tokens = [access.sessions.start(marie.account_id, HOME) for _ in range(5)]
    found = [access.sessions.find(token, active=True) for token in tokens]
    names = [one.session_id for one in found if one is not None]
    heard: list[str] = []
    stop = access.sessions.on_end(heard.append)

    access.sessions.end(tokens[0])
    assert heard == names[:1]
    access.sessions.end_one(names[1], marie.account_id)
    assert heard == names[:2]
    wall.forward(minutes=29)
    access.sessions.find(tokens[3], active=True)
    access.sessions.find(tokens[4], active=True)
    wall.forward(minutes=1)
    access.sessions.sweep()
    assert heard == names[:3]
    accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    assert sorted(heard) == sorted(names)

    stop()
    louise = somebody(access, "Anne Cyr", Role.VIEWER)
    access.sessions.end(access.sessions.start(louise.account_id, HOME))
    assert sorted(heard) == sorted(names)


def test_names_are_asked_for_at_every_look(tmp_path: Path) -> None:
    known = {4: frozenset({"Marie Roy"})}
    with company(tmp_path) as opened:
        access = Access(opened.store, opened.settings, known.__getitem__)
        marie = somebody(access, "Marie Roy", Role.SALESPERSON, person_id=4)
        token = access.sessions.start(marie.account_id, HOME)
        known[4] = frozenset({"Marie Roy", "mroy"})

        found = access.sessions.find(token, active=True)

    assert found is not None
    assert found.names == {"Marie Roy", "mroy"}
    assert visitor(marie).session_id == ""


def test_many_threads_ask_at_once_and_each_gets_its_own(access: Access) -> None:
    people = [somebody(access, f"Person{number} X") for number in range(4)]
    tokens = {
        access.sessions.start(one.account_id, HOME): one.account_id
        for one in people
        for _ in range(5)
    }
    wrong: list[object] = []
    start = threading.Barrier(20)

    def ask(token: str, account_id: int) -> None:
        start.wait()
        for number in range(200):
            found = access.sessions.find(token, active=True)
            if found is None or found.account_id != account_id:
                wrong.append((number, found))
            if number == 100:
                access.sessions.end(access.sessions.start(account_id, HOME))

    threads = [threading.Thread(target=ask, args=pair) for pair in tokens.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert sum(len(access.sessions.listing(one.account_id)) for one in people) == 20
