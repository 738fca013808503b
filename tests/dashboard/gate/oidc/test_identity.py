"""Which e-mail address of a token may lead to an account: one that the provider answers for."""

from typing import Any

import pytest

from dashboard.gate.oidc.identity import Identity, identity, vouched_email
from tests.builders.oidc import ISSUER, claims

TENANT = "6babcaad-604b-40ac-a9d7-9fd97c0b779f"
ZOE = "Zoe.Cote@atelier-neuf.example"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"


def entra(**changes: Any) -> dict[str, Any]:
    """What Microsoft says of an employee: nothing about whether the address was verified."""
    return claims(
        **{
            "iss": ENTRA,
            "tid": TENANT,
            "email_verified": None,
            "preferred_username": "zoe.cote@atelier-neuf.example",
            **changes,
        }
    )


def test_somebody_is_told_apart_by_provider_and_subject() -> None:
    assert identity(claims()) == Identity(ISSUER, "248289761001", ZOE)


def test_an_address_counts_where_the_provider_says_that_it_was_verified() -> None:
    assert vouched_email(claims()) == ZOE


def test_an_address_may_have_letters_beyond_english() -> None:
    assert vouched_email(claims(email="zoé@a.example")) == "zoé@a.example"


@pytest.mark.parametrize("said", [False, None, "true", 1, "false", "yes", [True]])
def test_an_address_counts_for_nothing_where_it_does_not(said: object) -> None:
    assert vouched_email(claims(email_verified=said)) is None


@pytest.mark.parametrize(
    "address",
    [
        None,
        7,
        "",
        "zoe.cote",
        "@",
        "zoe@a, owner@b.example",
        "zoe@a.example owner@b.example",
        "<zoe@a.example>",
        "zoe@a@b.example",
        f"{'x' * 65}@a.example",
        "zoe@a.example\n",
        "zoe@\N{KELVIN SIGN}elvin.example",  # its small letter is a k
        "zoe\N{COMBINING ACUTE ACCENT}@a.example",
    ],
)
def test_what_is_not_one_address_is_none(address: object) -> None:
    assert vouched_email(claims(email=address)) is None


@pytest.mark.parametrize("said", [True, 1, "1", "true", "True"])
def test_microsoft_vouches_for_an_address_whose_domain_owner_it_verified(said: object) -> None:
    assert vouched_email(entra(xms_edov=said)) == ZOE


@pytest.mark.parametrize("said", [None, False, 0, "0", "false", ""])
def test_an_address_that_microsoft_only_repeats_is_believed_by_nobody(said: object) -> None:
    assert vouched_email(entra(xms_edov=said)) is None


def test_the_name_somebody_logs_in_with_at_microsoft_is_no_address() -> None:
    assert vouched_email(entra(email=None)) is None
    assert vouched_email(entra(email=None, xms_edov=True)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"tid": "00000000-0000-0000-0000-000000000000"},
        {"tid": None},
        {"iss": "https://login.microsoftonline.com/common/v2.0", "tid": "common"},
        {"iss": "https://login.microsoftonline.com/", "tid": ""},
        {"iss": f"https://login.example/{TENANT}/v2.0"},
        {"iss": f"https://login.microsoftonline.com.evil.example/{TENANT}/v2.0"},
    ],
)
def test_only_one_companys_tenant_at_microsoft_is_taken_at_its_word(
    changes: dict[str, Any],
) -> None:
    assert vouched_email(entra(xms_edov=True, **changes)) is None
