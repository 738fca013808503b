"""A login belongs to the browser it was started in, lasts ten minutes, and is finished once."""

from datetime import datetime, timedelta

import pytest

from dashboard.gate.oidc.attempts import Attempts
from dashboard.gate.oidc.failures import LoginRefused, Reason

BACK = "https://kpi.example/login/back/example"
NOON = datetime(2026, 11, 16, 12)  # noqa: DTZ001 - the clock of the product gives UTC without saying so


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.clock.now", lambda: NOON)


@pytest.fixture
def attempts() -> Attempts:
    return Attempts(b"a secret of this process")


def refusal(attempts: Attempts, state: str, sealed: str | None, name: str = "example") -> Reason:
    with pytest.raises(LoginRefused) as refused:
        attempts.finish(name, state, sealed)
    return refused.value.reason


def test_what_was_started_is_found_again(attempts: Attempts) -> None:
    started, sealed = attempts.start("example", BACK)

    assert attempts.finish("example", started.state, sealed) == started
    assert started.back == BACK


def test_no_two_logins_share_a_secret(attempts: Attempts) -> None:
    secrets = [
        secret
        for attempt, _ in (attempts.start("example", BACK) for _ in range(50))
        for secret in (attempt.state, attempt.nonce, attempt.verifier)
    ]

    assert len(set(secrets)) == 150
    # RFC 7636, section 4.1
    assert all(43 <= len(secret) <= 128 and secret.isalnum() for secret in secrets)


def test_a_login_is_finished_once(attempts: Attempts) -> None:
    started, sealed = attempts.start("example", BACK)
    attempts.finish("example", started.state, sealed)

    assert refusal(attempts, started.state, sealed) is Reason.REPLAYED
    assert refusal(attempts, started.state, None) is Reason.REPLAYED


def test_a_login_takes_ten_minutes_at_most(
    attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time, sealed = attempts.start("example", BACK)
    late, sealed_late = attempts.start("example", BACK)

    monkeypatch.setattr("pipelines.clock.now", lambda: NOON + timedelta(minutes=9, seconds=59))
    assert attempts.finish("example", in_time.state, sealed) == in_time
    monkeypatch.setattr("pipelines.clock.now", lambda: NOON + timedelta(minutes=10))
    assert refusal(attempts, late.state, sealed_late) is Reason.EXPIRED


def test_another_browser_cannot_finish_it(attempts: Attempts) -> None:
    started, _ = attempts.start("example", BACK)
    _, of_another = attempts.start("example", BACK)

    assert refusal(attempts, started.state, None) is Reason.NOT_STARTED_HERE
    assert refusal(attempts, started.state, of_another) is Reason.NOT_STARTED_HERE
    assert refusal(attempts, "forged", of_another) is Reason.NOT_STARTED_HERE


def test_a_login_with_one_provider_is_not_finished_by_another(attempts: Attempts) -> None:
    started, sealed = attempts.start("example", BACK)

    assert refusal(attempts, started.state, sealed, "other") is Reason.NOT_STARTED_HERE
    assert attempts.finish("example", started.state, sealed) == started


@pytest.mark.parametrize("forged", ["", "nonsense", "eyJzdGF0ZSI6ICJ4In0.AAAA", "\N{SNOWMAN}"])
def test_a_cookie_that_we_did_not_write_is_worth_nothing(attempts: Attempts, forged: str) -> None:
    assert refusal(attempts, "state", forged) is Reason.NOT_STARTED_HERE


def test_a_changed_cookie_is_worth_nothing(attempts: Attempts) -> None:
    started, sealed = attempts.start("example", BACK)
    swapped = sealed.swapcase()

    assert refusal(attempts, started.state, swapped) is Reason.NOT_STARTED_HERE


def test_a_cookie_of_an_earlier_process_is_worth_nothing(attempts: Attempts) -> None:
    started, sealed = Attempts(b"another secret").start("example", BACK)

    assert refusal(attempts, started.state, sealed) is Reason.NOT_STARTED_HERE


def test_the_cookie_is_sealed_with_sha_256(attempts: Attempts) -> None:
    _, sealed = attempts.start("example", BACK)

    signature = sealed.rpartition(".")[2]
    assert len(signature) == 43  # 32 bytes in base64 without padding; SHA-1 has 20
