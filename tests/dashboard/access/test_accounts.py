import threading
from collections.abc import Callable

import pytest

from dashboard.access import accounts, links
from dashboard.access.access import Access
from dashboard.access.accounts import Account, State
from dashboard.access.login import Entered, log_in
from dashboard.access.rights import Role
from pipelines.errors import AccessRefused, Cap90Error, Conflict, Refused
from tests.builders.access import HOME, OPERATOR, PASSWORD, Clock, somebody, visitor


def _added(access: Access, name: str = "Marie Roy", role: Role = Role.VIEWER) -> Account:
    email = f"{name.partition(' ')[0].lower()}@erable.example"
    return accounts.add_account(access, OPERATOR, email=email, name=name, role=role)


def test_a_new_account_waits_for_its_owner(access: Access) -> None:
    added = accounts.add_account(
        access,
        OPERATOR,
        email=" Marie.Roy@Erable.Example ",
        name=" Marie Roy ",
        role=Role.SALESPERSON,
        person_id=4,
        language="fr_CA",
    )

    assert added == Account(
        added.account_id,
        name="Marie Roy",
        email="marie.roy@erable.example",
        role=Role.SALESPERSON,
        person_id=4,
        language="fr_CA",
        state=State.INVITED,
        second_factor=False,
        version=1,
    )
    assert accounts.list_accounts(access) == (added,)
    assert accounts.find_account(access, "MARIE.ROY@erable.example") == added
    assert accounts.find_account(access, "marie.roy@elsewhere.example") is None


def test_an_address_has_one_account(access: Access) -> None:
    _added(access)

    with pytest.raises(Refused, match=r"already an account for marie@erable\.example"):
        accounts.add_account(
            access, OPERATOR, email="MARIE@erable.example", name="Other", role=Role.OWNER
        )
    anne = _added(access, "Anne Cyr")
    with pytest.raises(Refused, match="already an account"):
        accounts.change_email(access, OPERATOR, anne.account_id, "marie@erable.example", 1)
    assert len(accounts.list_accounts(access)) == 2


@pytest.mark.parametrize(
    "email",
    [
        "",
        "marie",
        "marie@",
        "@erable",
        "ma rie@b.c",
        "a\n@b.c",
        "\u202emarie@b.c",
        "x" * 251 + "@b.c",
    ],
)
def test_what_is_no_address_is_refused(access: Access, email: str) -> None:
    with pytest.raises(Refused, match=r"is not an e-mail address\. Write it as name@company\.com"):
        accounts.add_account(access, OPERATOR, email=email, name="Marie", role=Role.VIEWER)


@pytest.mark.parametrize(
    "name", ["", "   ", "Marie\nRoy", "\u202eeiraM", "x" * 121, "a\0b", "\ud800"]
)
def test_a_name_that_cannot_be_printed_is_refused(access: Access, name: str) -> None:
    with pytest.raises(Refused, match="not a name that can be printed"):
        accounts.add_account(access, OPERATOR, email="m@b.c", name=name, role=Role.VIEWER)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SALESPERSON, Role.VIEWER])
def test_only_owners_manage_accounts(access: Access, role: Role) -> None:
    somebody(access)
    other = visitor(somebody(access, "Marie Roy", role))
    tries: list[Callable[[], object]] = [
        lambda: accounts.add_account(access, other, email="x@y.z", name="X", role=Role.OWNER),
        lambda: accounts.change_role(access, other, 2, Role.OWNER, 2),
        lambda: accounts.change_email(access, other, 2, "x@y.z", 2),
        lambda: accounts.link_person(access, other, 2, 1, 2),
        lambda: accounts.disable(access, other, 1, 2),
        lambda: accounts.enable(access, other, 1, 2),
        lambda: accounts.rename(access, other, 1, "X", 2),
        lambda: accounts.change_language(access, other, 1, "fr", 2),
        lambda: links.invite(access, other, 1),
    ]
    before = accounts.list_accounts(access)

    for one in tries:
        with pytest.raises(AccessRefused):
            one()
    assert accounts.list_accounts(access) == before


def test_everybody_chooses_their_own_name_and_language(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.VIEWER)

    named = accounts.rename(access, visitor(marie), marie.account_id, "Marie R.", marie.version)
    spoken = accounts.change_language(access, visitor(marie), marie.account_id, "fr", named.version)

    assert (spoken.name, spoken.language, spoken.role) == ("Marie R.", "fr", Role.VIEWER)


def test_only_languages_of_the_product_are_kept(access: Access) -> None:
    marie = _added(access)

    with pytest.raises(
        Refused, match=r"'de' is no language of Cap 90\. Write one of: en, fr, fr_CA"
    ):
        accounts.change_language(access, OPERATOR, marie.account_id, "de", marie.version)
    spoken = accounts.change_language(access, OPERATOR, marie.account_id, "fr_CA", marie.version)
    back = accounts.change_language(access, OPERATOR, marie.account_id, None, spoken.version)
    assert (spoken.language, back.language) == ("fr_CA", None)


def test_a_change_based_on_an_old_look_says_what_the_other_one_did(
    access: Access, wall: Clock
) -> None:
    somebody(access)
    marie = _added(access)
    accounts.change_role(access, OPERATOR, marie.account_id, Role.MANAGER, marie.version)

    with pytest.raises(Conflict) as caught:
        accounts.rename(access, OPERATOR, marie.account_id, "Marie-Eve Roy", marie.version)

    conflict = caught.value
    assert conflict.by == "louise"
    assert conflict.at == wall.now()
    assert conflict.version == 2
    assert str(conflict.theirs) == "Marie Roy (marie@erable.example), Manager, invited"
    assert str(conflict.mine) == "Marie-Eve Roy (marie@erable.example), Manager, invited"
    kept = accounts.get_account(access, marie.account_id)
    assert (kept.name, kept.role) == ("Marie Roy", Role.MANAGER)


def test_of_many_changes_at_once_one_counts_and_the_others_are_told(access: Access) -> None:
    marie = _added(access)
    conflicts: list[Cap90Error] = []
    start = threading.Barrier(10)

    def rename(number: int) -> None:
        start.wait()
        try:
            accounts.rename(access, OPERATOR, marie.account_id, f"Marie {number}", marie.version)
        except Conflict as conflict:
            conflicts.append(conflict)

    threads = [threading.Thread(target=rename, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(conflicts) == 9
    assert accounts.get_account(access, marie.account_id).version == 2


def test_a_change_that_changes_nothing_is_none(access: Access) -> None:
    marie = _added(access)
    entries = access.audit.count()

    same = accounts.change_role(access, OPERATOR, marie.account_id, marie.role, marie.version)

    assert same == marie
    assert access.audit.count() == entries


def test_the_last_active_owner_stays(access: Access) -> None:
    louise = somebody(access)
    anne = _added(access, "Anne Cyr", Role.OWNER)
    assert anne.state is State.INVITED  # may never come

    sentence = "Louise Gagnon is the last owner who can log in"
    with pytest.raises(Refused, match=sentence):
        accounts.disable(access, OPERATOR, louise.account_id, louise.version)
    with pytest.raises(Refused, match=sentence):
        accounts.change_role(access, OPERATOR, louise.account_id, Role.MANAGER, louise.version)

    marc = somebody(access, "Marc Audet")
    accounts.change_role(access, OPERATOR, louise.account_id, Role.MANAGER, louise.version)
    with pytest.raises(Refused, match="Marc Audet is the last owner"):
        accounts.disable(access, OPERATOR, marc.account_id, marc.version)


def test_two_owners_cannot_dismiss_each_other_at_the_same_time(access: Access) -> None:
    pair = [somebody(access), somebody(access, "Marc Audet")]
    refused: list[Refused] = []
    start = threading.Barrier(2)

    def dismiss(one: Account) -> None:
        start.wait()
        try:
            accounts.disable(access, OPERATOR, one.account_id, one.version)
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=dismiss, args=(one,)) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1


def test_a_disabled_account_keeps_its_password_for_when_it_is_enabled(access: Access) -> None:
    somebody(access)
    marie = somebody(access, "Marie Roy", Role.VIEWER)
    closed = accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    assert closed.state is State.DISABLED

    opened = accounts.enable(access, OPERATOR, marie.account_id, closed.version)

    assert opened.state is State.ACTIVE
    found = log_in(access, "marie@erable.example", PASSWORD, address=HOME)
    assert isinstance(found, Entered)


def test_somebody_who_never_came_waits_for_an_invitation_again(access: Access) -> None:
    marie = _added(access)
    closed = accounts.disable(access, OPERATOR, marie.account_id, marie.version)

    opened = accounts.enable(access, OPERATOR, marie.account_id, closed.version)

    assert opened.state is State.INVITED


def test_every_change_is_in_the_audit_trail_with_before_and_after(access: Access) -> None:
    marie = _added(access)
    accounts.change_role(access, OPERATOR, marie.account_id, Role.MANAGER, marie.version)

    changed, added = access.audit.entries()

    assert (added.actor, added.what, added.before) == ("louise", "account.added", None)
    assert added.after is not None
    assert added.after["email"] == "marie@erable.example"
    assert (changed.what, changed.subject) == ("account.role", f"account {marie.account_id}")
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["role"], changed.after["role"]) == ("viewer", "manager")


def test_an_account_stands_for_its_person_wherever_work_is_done_in_its_name(
    access: Access,
) -> None:
    somebody(access)
    known = Access(access.store, access.settings, lambda number: frozenset({f"name {number}"}))
    marie = somebody(access, "Marie Roy", Role.SALESPERSON, person_id=4)

    found = accounts.visitor_of(known, marie.account_id)

    assert found is not None
    assert (found.name, found.role, found.names) == (
        "Marie Roy",
        Role.SALESPERSON,
        frozenset({"name 4"}),
    )
    accounts.disable(access, OPERATOR, marie.account_id, marie.version)
    assert accounts.visitor_of(known, marie.account_id) is None
    assert accounts.visitor_of(known, 999) is None


def test_an_owner_sees_when_somebody_was_last_there(access: Access, wall: Clock) -> None:
    marie = somebody(access, "Marie Roy", Role.VIEWER)
    anne = _added(access, "Anne Cyr")
    wall.forward(days=3)
    log_in(access, "marie@erable.example", PASSWORD, address=HOME)

    seen = accounts.last_logins(access)

    assert seen == {marie.account_id: wall.now()}
    assert anne.account_id not in seen


def test_an_account_that_does_not_exist_is_a_sentence(access: Access) -> None:
    with pytest.raises(Refused, match="does not exist"):
        accounts.get_account(access, 77)
    with pytest.raises(Refused, match="does not exist"):
        accounts.disable(access, OPERATOR, 77, 1)


def test_an_owner_logs_somebody_out_everywhere(access: Access) -> None:
    marie = somebody(access, "Marie Roy", Role.VIEWER)
    tokens = [access.sessions.start(marie.account_id, HOME) for _ in range(2)]
    with pytest.raises(AccessRefused):
        accounts.end_sessions(access, visitor(marie), marie.account_id)

    accounts.end_sessions(access, OPERATOR, marie.account_id)

    assert [access.sessions.find(token, active=False) for token in tokens] == [None, None]
    entry = access.audit.entries()[0]
    assert (entry.what, entry.actor) == ("account.sessions_ended", OPERATOR.name)
