import threading

import pytest

from dashboard.access import accounts, links
from dashboard.access.access import Access
from dashboard.access.accounts import State
from dashboard.access.links import Kind
from dashboard.access.login import Entered, log_in
from dashboard.access.redeem import redeem
from dashboard.access.rights import Role
from dashboard.access.store import AccessStore
from pipelines.errors import AccessRefused, Refused
from tests.builders.access import HOME, OPERATOR, PASSWORD, Clock, somebody

NEW = "tuiles mouillées du matin"


@pytest.fixture
def access(wall: Clock, access: Access) -> Access:
    assert wall.passed == 0
    return access


def _setup(access: Access) -> str:
    token = links.setup(access)
    assert token is not None
    return token


def _invited(access: Access) -> str:
    marie = accounts.add_account(
        access, OPERATOR, email="marie@erable.example", name="Marie Roy", role=Role.MANAGER
    )
    return links.invite(access, OPERATOR, marie.account_id)


def _first(access: Access, token: str) -> Entered:
    found = redeem(
        access,
        token,
        name="Louise Gagnon",
        email="louise@erable.example",
        password=PASSWORD,
        address=HOME,
    )
    assert isinstance(found, Entered)
    return found


def _refusal(access: Access, token: str) -> str:
    with pytest.raises(AccessRefused) as looked:
        links.look_up(access, token)
    with pytest.raises(AccessRefused) as used:
        redeem(access, token, password=PASSWORD, name="A", email="a@b.c", address=HOME)
    assert str(looked.value) == str(used.value)
    return str(looked.value)


def test_the_setup_link_makes_the_first_owner_and_lets_them_in(access: Access) -> None:
    assert links.needs_setup(access)

    entered = _first(access, _setup(access))

    seen = access.sessions.find(entered.token, active=True)
    assert seen is not None
    assert (seen.name, seen.role) == ("Louise Gagnon", Role.OWNER)
    assert not links.needs_setup(access)
    assert isinstance(log_in(access, "louise@erable.example", PASSWORD, address=HOME), Entered)


def test_there_is_no_setup_link_once_there_is_an_owner(access: Access) -> None:
    other = _setup(access)
    _first(access, token := _setup(access))

    assert links.setup(access) is None
    assert "newer one" in _refusal(access, other)
    assert "used already" in _refusal(access, token)


def test_an_invited_owner_is_an_owner_for_the_setup_link(access: Access) -> None:
    token = _setup(access)
    accounts.add_account(access, OPERATOR, email="l@b.c", name="Louise", role=Role.OWNER)

    assert links.setup(access) is None
    assert "there is an owner" in _refusal(access, token)


def test_a_newer_setup_link_replaces_the_one_before(access: Access) -> None:
    first, second = _setup(access), _setup(access)

    assert _refusal(access, first) == (
        "This link does not count any more: there is a newer one."
        " Start Cap 90 again: it prints a new one."
    )
    assert links.look_up(access, second).kind is Kind.SETUP


def test_the_setup_link_is_good_for_a_day(access: Access, wall: Clock) -> None:
    token = _setup(access)
    wall.forward(hours=23, minutes=59)
    assert links.look_up(access, token).account is None
    wall.forward(minutes=1)

    assert _refusal(access, token) == (
        "This link is too old. Start Cap 90 again: it prints a new one."
    )


def test_the_first_owner_needs_a_name_an_address_and_a_good_password(access: Access) -> None:
    token = _setup(access)

    with pytest.raises(Refused, match="needs a name and an e-mail address"):
        redeem(access, token, password=PASSWORD, address=HOME)
    with pytest.raises(Refused, match="not an e-mail address"):
        redeem(access, token, password=PASSWORD, name="Louise", email="louise", address=HOME)
    for password, why in (("Atelier-Erable-1", "made of a name"), ("x", "too short")):
        with pytest.raises(Refused, match=why):
            redeem(access, token, password=password, name="Louise", email="l@b.c", address=HOME)
    assert accounts.list_accounts(access) == ()
    _first(access, token)


def test_an_invitation_lets_somebody_choose_a_password_and_their_name(access: Access) -> None:
    token = _invited(access)
    link = links.look_up(access, token)
    assert link.account is not None
    assert (link.kind, link.account.name) == (Kind.INVITATION, "Marie Roy")

    entered = redeem(
        access, token, password=NEW, name="Marie-Ève Roy", language="fr_CA", address=HOME
    )

    assert isinstance(entered, Entered)
    assert (entered.account.name, entered.account.state) == ("Marie-Ève Roy", State.ACTIVE)
    assert (entered.account.role, entered.account.language) == (Role.MANAGER, "fr_CA")
    assert access.sessions.find(entered.token, active=True)
    assert "If you have a password, log in" in _refusal(access, token)


def test_an_invitation_cannot_choose_another_address(access: Access) -> None:
    entered = redeem(
        access, _invited(access), password=NEW, email="boss@erable.example", address=HOME
    )

    assert isinstance(entered, Entered)
    assert entered.account.email == "marie@erable.example"


def test_an_invitation_is_good_for_a_week(access: Access, wall: Clock) -> None:
    token = _invited(access)
    wall.forward(days=6, hours=23)
    links.look_up(access, token)
    wall.forward(hours=1)

    assert _refusal(access, token) == (
        "This link is too old. If you have a password, log in; else ask for a new invitation."
    )


def test_a_reset_link_is_good_for_an_hour_and_ends_all_sessions(
    access: Access, wall: Clock
) -> None:
    louise = somebody(access)
    old = log_in(access, "louise@erable.example", PASSWORD, address=HOME)
    assert isinstance(old, Entered)
    late = links.invite(access, OPERATOR, louise.account_id)
    wall.forward(hours=1)
    assert _refusal(access, late) == (
        "This link is too old. Log in, or ask an owner of Cap 90 for a new link."
    )
    old = log_in(access, "louise@erable.example", PASSWORD, address=HOME)
    assert isinstance(old, Entered)

    token = links.invite(access, OPERATOR, louise.account_id)
    assert links.look_up(access, token).kind is Kind.RESET
    assert access.sessions.find(old.token, active=True)
    redeem(access, token, password=NEW, address=HOME)

    assert access.sessions.find(old.token, active=True) is None
    assert isinstance(log_in(access, "louise@erable.example", NEW, address=HOME), Entered)
    assert not isinstance(log_in(access, "louise@erable.example", PASSWORD, address=HOME), Entered)


def test_links_of_a_disabled_account_die_with_it(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.VIEWER)
    token = links.invite(access, OPERATOR, marie.account_id)

    closed = accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    assert "does not count any more" in _refusal(access, token)
    with pytest.raises(Refused, match=r"is disabled\. Enable it first"):
        links.invite(access, OPERATOR, marie.account_id)

    accounts.enable(access, OPERATOR, marie.account_id, closed.version)
    assert "does not count any more" in _refusal(access, token)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 10_000, "é\ud800"])
def test_what_is_no_link_is_a_sentence(access: Access, token: str) -> None:
    assert "not one of ours, or it is incomplete" in _refusal(access, token)


def test_turning_the_clock_back_does_not_revive_a_link(access: Access, wall: Clock) -> None:
    token = _setup(access)
    wall.forward(hours=25)
    assert "too old" in _refusal(access, token)
    _invited(access)  # something is written at that moment

    wall.turn(days=-2)
    assert "too old" in _refusal(access, token)
    access.close()
    again = Access(AccessStore.open(access.store.path), access.settings, access.names)
    assert "too old" in _refusal(again, token)
    again.close()


def test_a_link_is_never_written_to_the_disk(access: Access) -> None:
    token = _setup(access)

    written = b"".join(
        path.read_bytes() for path in access.store.path.parent.glob("access.sqlite*")
    )
    assert token.encode() not in written


def test_of_two_who_use_a_link_at_the_same_time_one_comes_in(access: Access) -> None:
    token = _setup(access)
    entered: list[object] = []
    refused: list[AccessRefused] = []
    start = threading.Barrier(5)

    def use(number: int) -> None:
        start.wait()
        try:
            entered.append(
                redeem(
                    access,
                    token,
                    name=f"P{number}",
                    email=f"p{number}@b.c",
                    password=PASSWORD,
                    address=HOME,
                )
            )
        except AccessRefused as error:
            refused.append(error)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(entered), len(refused)) == (1, 4)
    assert len(accounts.list_accounts(access)) == 1


def test_what_was_done_with_links_is_in_the_audit_trail(access: Access) -> None:
    redeem(access, _invited(access), password=NEW, address=HOME)

    assert [(one.actor, one.what) for one in reversed(access.audit.entries())] == [
        ("louise", "account.added"),
        ("louise", "account.invitation_link"),
        ("Marie Roy", "account.entered"),
        ("Marie Roy", "account.password"),
        ("Marie Roy", "login.done"),
    ]
    marie = accounts.find_account(access, "marie@erable.example")
    assert marie is not None
    links.invite(access, OPERATOR, marie.account_id)
    assert access.audit.entries()[0].what == "account.reset_link"
