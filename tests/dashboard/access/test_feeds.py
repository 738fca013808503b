from pathlib import Path

import pytest

from dashboard.access import accounts, feeds
from dashboard.access.access import Access
from dashboard.access.account import Account
from dashboard.access.rights import Role
from dashboard.access.store import FILE_NAME
from dashboard.access.visitor import Visitor
from pipelines.backup.accounts import begin_anew
from pipelines.errors import AccessRefused
from pipelines.workspace import Workspace
from tests.builders.access import OPERATOR, somebody, visitor


@pytest.fixture
def zoe(access: Access) -> Account:
    somebody(access)  # an owner, who stays
    return somebody(access, "Zoé Côté", Role.SALESPERSON)


def test_an_address_finds_whose_dates_it_shows_with_the_role_of_the_moment(
    access: Access, zoe: Account
) -> None:
    token = feeds.make(access, visitor(zoe))

    found = feeds.find(access, token)
    assert found is not None
    assert (found.visitor.name, found.visitor.role) == ("Zoé Côté", Role.SALESPERSON)
    accounts.change_role(access, OPERATOR, zoe.account_id, Role.MANAGER, zoe.version)
    again = feeds.find(access, token)
    assert again is not None
    assert again.visitor.role is Role.MANAGER


def test_an_address_cannot_be_guessed_and_is_kept_as_a_hash_only(
    access: Access, zoe: Account
) -> None:
    first, second = (feeds.make(access, visitor(zoe)) for _ in range(2))

    assert len(first) >= 43  # 32 random bytes, six bits a sign
    assert first != second
    assert feeds.path_of(second) == f"/calendar/{second}.ics"
    for guess in ("", "x", second[:-1], second + "x", second.swapcase(), "é\udcff", "x" * 100_000):
        assert feeds.find(access, guess) is None
    names = access.store.read(
        lambda connection: [row[2] for row in connection.execute("pragma database_list")]
    )
    (path,) = [name for name in names if name.endswith(FILE_NAME)]
    for ending in ("", "-wal"):
        with open(path + ending, "rb") as file:  # noqa: PTH123 - as SQLite names it
            assert second.encode() not in file.read()


def test_a_new_address_ends_the_one_before_and_keeps_the_names_of_the_events(
    access: Access, zoe: Account
) -> None:
    first = feeds.make(access, visitor(zoe))
    before = feeds.find(access, first)
    second = feeds.make(access, visitor(zoe))
    after = feeds.find(access, second)

    assert feeds.find(access, first) is None
    assert before is not None
    assert after is not None
    assert before.calendar_id == after.calendar_id


def test_an_address_that_was_ended_shows_nothing(access: Access, zoe: Account) -> None:
    token = feeds.make(access, visitor(zoe))
    assert feeds.made_at(access, zoe.account_id) is not None

    feeds.end(access, visitor(zoe))
    feeds.end(access, visitor(zoe))  # twice is no mistake

    assert feeds.find(access, token) is None
    assert feeds.made_at(access, zoe.account_id) is None
    told = [entry.what for entry in access.audit.entries()]
    assert told.count("account.calendar_made") == 1
    assert told.count("account.calendar_ended") == 1


def test_disabling_somebody_ends_their_address_for_ever(access: Access, zoe: Account) -> None:
    token = feeds.make(access, visitor(zoe))

    disabled = accounts.disable(access, OPERATOR, zoe.account_id, zoe.version)
    assert feeds.find(access, token) is None

    accounts.enable(access, OPERATOR, zoe.account_id, disabled.version)
    assert feeds.find(access, token) is None


def test_whoever_has_no_commitments_has_no_address(access: Access, zoe: Account) -> None:
    token = feeds.make(access, visitor(zoe))
    accounts.change_role(access, OPERATOR, zoe.account_id, Role.VIEWER, zoe.version)

    assert feeds.find(access, token) is None
    with pytest.raises(AccessRefused):
        feeds.make(access, Visitor("Zoé Côté", Role.VIEWER, zoe.account_id))
    with pytest.raises(AccessRefused, match="account of one's own"):
        feeds.make(access, OPERATOR)


def test_everybody_has_an_address_of_their_own(access: Access, zoe: Account) -> None:
    luc = somebody(access, "Luc Paré", Role.SALESPERSON)
    tokens = {one.name: feeds.make(access, visitor(one)) for one in (zoe, luc)}

    found = {name: feeds.find(access, token) for name, token in tokens.items()}

    assert {name: one.visitor.name for name, one in found.items() if one} == {
        "Zoé Côté": "Zoé Côté",
        "Luc Paré": "Luc Paré",
    }
    feeds.end(access, visitor(luc))
    assert feeds.find(access, tokens["Zoé Côté"]) is not None


def test_an_address_of_a_backup_shows_nothing_after_it_is_restored(
    access: Access, zoe: Account, tmp_path: Path
) -> None:
    token = feeds.make(access, visitor(zoe))
    copy = tmp_path / "restored" / FILE_NAME
    copy.parent.mkdir()
    access.store.copy_to(copy)

    begin_anew(copy, tmp_path / "nothing")

    with Access.open(Workspace(copy.parent, access.settings())) as restored:
        assert accounts.get_account(restored, zoe.account_id).name == "Zoé Côté"
        assert feeds.find(restored, token) is None
