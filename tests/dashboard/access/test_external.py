from typing import Any

import pytest

from dashboard.access import accounts, links
from dashboard.access.access import Access
from dashboard.access.accounts import Account, State
from dashboard.access.external import Identity, identities, link_external, unlink_external
from dashboard.access.login import admit
from dashboard.access.rights import Role
from pipelines.errors import AccessRefused
from tests.builders.access import HOME, OPERATOR, somebody, visitor

ISSUER = "https://login.erable.example"


def _come(
    access: Access,
    subject: str = "subject-1",
    email: str | None = "marie@erable.example",
    *,
    verified: bool = True,
    issuer: str = ISSUER,
) -> Account:
    return link_external(access, issuer, subject, email, email_verified=verified)


@pytest.fixture
def marie(access: Access) -> Account:
    """Marie, invited."""
    return accounts.add_account(
        access, OPERATOR, email="marie@erable.example", name="Marie Roy", role=Role.MANAGER
    )


def _refused(access: Access, **how: Any) -> None:
    with pytest.raises(AccessRefused, match="Nobody has invited you to Cap 90 with this account"):
        _come(access, **how)


def test_the_verified_address_of_an_invited_person_lets_them_in(
    access: Access, marie: Account
) -> None:
    token = links.invite(access, OPERATOR, marie.account_id)

    found = _come(access, email="Marie@Erable.example")

    assert (found.account_id, found.state, found.role) == (
        marie.account_id,
        State.ACTIVE,
        Role.MANAGER,
    )
    seen = access.sessions.find(admit(access, found.account_id, ISSUER, HOME), active=True)
    assert seen is not None
    assert seen.name == "Marie Roy"
    with pytest.raises(AccessRefused):  # the invitation has served
        links.look_up(access, token)


def test_from_then_on_the_subject_decides_and_not_the_address(
    access: Access, marie: Account
) -> None:
    _come(access)

    assert _come(access, email="marie.roy@new.example").account_id == marie.account_id
    assert _come(access, email=None, verified=False).account_id == marie.account_id


def test_an_address_that_nobody_verified_does_not_count(access: Access, marie: Account) -> None:
    _refused(access, verified=False)
    _refused(access, email=None)
    _refused(access, email="")
    _refused(access, verified="true")  # a word is no proof

    assert accounts.get_account(access, marie.account_id).state is State.INVITED


def test_nobody_gets_an_account_by_logging_in_elsewhere(access: Access, marie: Account) -> None:
    _refused(access, email="stranger@erable.example")

    assert accounts.list_accounts(access) == (marie,)


def test_who_inherits_an_address_does_not_inherit_the_account(
    access: Access, marie: Account
) -> None:
    _come(access, "subject-1")

    _refused(access, subject="subject-2")

    assert identities(access, marie.account_id) == (Identity(ISSUER, "subject-1"),)


def test_the_same_subject_of_another_provider_is_somebody_else(
    access: Access, marie: Account
) -> None:
    _come(access)
    _refused(access, issuer="https://evil.example", email="x@evil.example")

    second = _come(access, issuer="https://second.example")
    assert second.account_id == marie.account_id
    assert len(identities(access, marie.account_id)) == 2


def test_a_disabled_account_is_closed_to_providers_too(access: Access, marie: Account) -> None:
    found = _come(access)
    closed = accounts.disable(access, OPERATOR, found.account_id, found.version)
    _refused(access)

    accounts.enable(access, OPERATOR, marie.account_id, closed.version)
    assert _come(access).state is State.ACTIVE


def test_an_owner_unties_an_account_from_a_provider(access: Access, marie: Account) -> None:
    _come(access, "subject-1")
    viewer = visitor(somebody(access, "Anne Cyr", Role.VIEWER))
    with pytest.raises(AccessRefused):
        unlink_external(access, viewer, marie.account_id, ISSUER)

    unlink_external(access, OPERATOR, marie.account_id, ISSUER)

    assert identities(access, marie.account_id) == ()
    assert _come(access, "subject-2").account_id == marie.account_id


def test_what_providers_say_may_hold_anything(access: Access, marie: Account) -> None:
    assert _come(access, subject="\ud800").account_id == marie.account_id
    assert _come(access, subject="\ud800").account_id == marie.account_id


def test_comings_and_refusals_are_in_the_audit_trail(access: Access, marie: Account) -> None:
    _refused(access, subject="stranger", email="s@x.example")
    _come(access)

    assert [(one.actor, one.what, one.subject) for one in access.audit.entries()][:3] == [
        ("Marie Roy", "account.entered", f"account {marie.account_id}"),
        ("Marie Roy", "account.identity_added", f"account {marie.account_id}"),
        (None, "login.failed", "account ?"),
    ]
