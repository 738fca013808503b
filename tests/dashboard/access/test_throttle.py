import threading

import pytest

from dashboard.access import links, redeem
from dashboard.access.access import Access
from dashboard.access.login import Denied, Entered, log_in
from dashboard.access.rights import Role
from dashboard.access.store import AccessStore
from tests.builders.access import ELSEWHERE, HOME, OPERATOR, PASSWORD, Clock, somebody

NEW = "tuiles mouillées du matin"
WRONG = "The e-mail address or the password is not right. Check both and try again."


@pytest.fixture
def access(wall: Clock, access: Access) -> Access:
    somebody(access)
    assert wall.passed == 0
    return access


def _guess(access: Access, email: str = "louise@erable.example", address: str = ELSEWHERE) -> str:
    found = log_in(access, email, "guess", address=address)
    assert isinstance(found, Denied)
    return str(found.problem)


def _right(access: Access, address: str = HOME) -> Entered | Denied:
    return log_in(access, "louise@erable.example", PASSWORD, address=address)


def _wait(minutes: int) -> str:
    time = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Too many tries have failed. Try again in {time}."


def test_the_waits_grow_from_a_minute_to_a_quarter_of_an_hour(access: Access, wall: Clock) -> None:
    for _ in range(5):
        assert _guess(access) == WRONG

    for minutes in (1, 2, 4, 8, 15, 15):
        assert _guess(access) == _wait(minutes)
        wall.forward(seconds=minutes * 60 - 1)
        assert _guess(access) == _wait(1)
        wall.forward(seconds=1)
        assert _guess(access) == WRONG


def test_the_right_password_waits_too(access: Access, wall: Clock) -> None:
    for _ in range(5):
        _guess(access)

    found = _right(access, ELSEWHERE)
    assert isinstance(found, Denied)
    assert str(found.problem) == _wait(1)
    wall.forward(minutes=1)
    assert isinstance(_right(access, ELSEWHERE), Entered)


def test_an_address_without_an_account_is_slowed_down_the_same_way(access: Access) -> None:
    for _ in range(5):
        assert _guess(access, "nobody@erable.example") == WRONG

    assert _guess(access, "Nobody@erable.example") == _wait(1)
    assert _guess(access, "somebody.else@erable.example") == WRONG


def test_one_network_address_is_slowed_down_over_all_accounts(access: Access, wall: Clock) -> None:
    for number in range(21):
        assert _guess(access, f"p{number}@erable.example") == WRONG

    assert _guess(access, "p99@erable.example") == _wait(1)
    assert _guess(access, "p99@erable.example", address=HOME) == WRONG
    wall.forward(minutes=1)
    assert _guess(access, "p99@erable.example") == WRONG


def test_neighbours_in_an_ipv6_network_count_as_one(access: Access) -> None:
    for number in range(21):
        _guess(access, f"p{number}@erable.example", address=f"2001:db8:1:2::{number}")

    assert _guess(access, "p99@erable.example", address="2001:db8:1:2:ffff::1") == _wait(1)
    assert _guess(access, "p99@erable.example", address="2001:db8:1:3::1") == WRONG


def test_a_restart_does_not_help(access: Access) -> None:
    for _ in range(5):
        _guess(access)
    access.close()

    again = Access(AccessStore.open(access.store.path), access.settings, access.names)

    assert _guess(again) == _wait(1)
    again.close()


def test_turning_the_clock_does_not_help_for_longer_than_the_wait(
    access: Access, wall: Clock
) -> None:
    for _ in range(5):
        _guess(access)

    wall.turn(days=-30)
    assert _guess(access) == _wait(1)
    wall.forward(minutes=1)

    assert _guess(access) == WRONG


def test_the_owner_comes_in_from_their_usual_address_while_others_guess(
    access: Access, wall: Clock
) -> None:
    assert isinstance(_right(access, HOME), Entered)
    for _ in range(30):
        _guess(access)
        wall.forward(minutes=1)

    assert isinstance(_right(access, HOME), Entered)


def test_guesses_from_the_usual_address_are_slowed_down_as_well(access: Access) -> None:
    assert isinstance(_right(access, HOME), Entered)

    for _ in range(5):
        assert _guess(access, address=HOME) == WRONG
    assert _guess(access, address=HOME) == _wait(1)


def test_nobody_is_locked_out_for_ever(access: Access, wall: Clock) -> None:
    for _ in range(200):
        _guess(access)
        wall.forward(minutes=2)

    wall.forward(minutes=15)

    assert isinstance(_right(access, ELSEWHERE), Entered)


def test_a_reset_link_lets_the_owner_in_at_once(access: Access) -> None:
    for _ in range(8):
        _guess(access)

    token = links.invite(access, OPERATOR, 1)
    redeem.redeem(access, token, password=NEW, address=HOME)

    found = log_in(access, "louise@erable.example", NEW, address="192.0.2.9")
    assert isinstance(found, Entered)


def test_the_right_password_clears_what_failed_before(access: Access) -> None:
    for _ in range(4):
        _guess(access, address=HOME)
    assert isinstance(_right(access, HOME), Entered)

    for _ in range(4):
        assert _guess(access, address=HOME) == WRONG
    assert isinstance(_right(access, HOME), Entered)


def test_an_account_of_ones_own_does_not_clear_ones_network_address(
    access: Access, wall: Clock
) -> None:
    somebody(access, "Mallory X", Role.VIEWER)
    for number in range(20):
        _guess(access, f"p{number}@erable.example")
        assert isinstance(
            log_in(access, "mallory@erable.example", PASSWORD, address=ELSEWHERE), Entered
        )

    assert _guess(access, "p98@erable.example") == WRONG
    assert _guess(access, "p99@erable.example") == _wait(1)
    wall.forward(minutes=1)
    assert isinstance(
        log_in(access, "mallory@erable.example", PASSWORD, address=ELSEWHERE), Entered
    )


def test_a_quiet_day_is_enough_to_be_forgiven(access: Access, wall: Clock) -> None:
    for _ in range(4):
        _guess(access)
    wall.forward(hours=25)

    for _ in range(5):
        assert _guess(access) == WRONG


def test_guessing_at_many_accounts_does_not_fill_the_file(access: Access, wall: Clock) -> None:
    for number in range(100):
        _guess(access, f"p{number}@erable.example", address=f"192.0.2.{number}")
    wall.forward(hours=25)
    _guess(access)

    rows = access.store.read(
        lambda connection: connection.execute("select count(*) from throttle").fetchall()
    )
    assert rows == [(2,)]


def test_what_was_typed_as_an_address_is_not_in_the_file(access: Access) -> None:
    _guess(access, "my-secret-password")

    written = b"".join(
        path.read_bytes() for path in access.store.path.parent.glob("access.sqlite*")
    )
    assert b"my-secret-password" not in written


def test_many_guesses_at_once_are_no_way_around(access: Access) -> None:
    answers: list[str] = []
    start = threading.Barrier(20)

    def guess() -> None:
        start.wait()
        answers.append(_guess(access))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [WRONG] * 5 + [_wait(1)] * 15
