"""Asking who somebody is costs next to nothing: it is asked for every request and every click."""

import timeit
from hashlib import sha256
from pathlib import Path

import pytest

from tests.builders.access import HOME, company, hash_quickly, somebody

pytestmark = pytest.mark.benchmark

#: A look hashes the token once, asks the file whether it changed, and compares two moments.
HASHES_AT_MOST = 100
ROUNDS = 7
LOOKS = 2000


def test_a_look_costs_less_than_a_hundred_hashes_of_its_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    with company(tmp_path) as access:
        token = access.sessions.start(somebody(access).account_id, HOME)

        look = min(
            timeit.repeat(
                lambda: access.sessions.find(token, active=True), number=LOOKS, repeat=ROUNDS
            )
        )
        baseline = min(
            timeit.repeat(lambda: sha256(token.encode()).hexdigest(), number=LOOKS, repeat=ROUNDS)
        )

    assert look / baseline < HASHES_AT_MOST
