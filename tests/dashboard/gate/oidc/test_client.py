"""The conversation with a provider: what it is sent, and what is made of every answer it may give."""

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import KeySet, RSAKey

from dashboard.gate.oidc.attempts import Attempt, Attempts
from dashboard.gate.oidc.client import Client, Vouched
from dashboard.gate.oidc.discovery import (
    AGAIN_SECONDS,
    FRESH_SECONDS,
    PAUSE_SECONDS,
    Directory,
    usable_keys,
)
from dashboard.gate.oidc.failures import LoginRefused, Reason
from dashboard.gate.oidc.transport import MAX_BYTES, Transport, is_safe
from pipelines.settings import Provider
from tests.builders.oidc import CLIENT_ID, ISSUER, KEY, NOON, SECRET, FakeProvider

BACK = "https://kpi.example/login/back/example"
ZOE = "Zoe.Cote@atelier-neuf.example"
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.clock.now", lambda: NOON.replace(tzinfo=None))


def attempt() -> Attempt:
    return Attempts(b"secret").start("example", BACK)[0]


def come_back(
    provider: FakeProvider, secret: str | None = SECRET, answer: Mapping[str, str] | None = None
) -> Vouched:
    """Send somebody to the provider, have them log in there and come back."""

    async def there_and_back() -> Vouched:
        client, started = Client(provider.settings, secret, provider.transport), attempt()
        said = provider.authorise(await client.address_to_start(started))
        return await client.vouched(started, said if answer is None else answer)

    return asyncio.run(there_and_back())


def refused(provider: FakeProvider, **more: Any) -> LoginRefused:
    with pytest.raises(LoginRefused) as found:
        come_back(provider, **more)
    assert SECRET not in found.value.detail
    assert "the code" not in found.value.detail
    return found.value


def test_somebody_comes_back_as_who_they_are() -> None:
    came = come_back(FakeProvider())

    assert came.identity.issuer == ISSUER
    assert came.identity.subject == "248289761001"
    assert came.identity.email == ZOE


def test_the_provider_is_asked_for_a_code_and_nothing_beyond_the_address() -> None:
    provider, started = FakeProvider(), attempt()

    address = asyncio.run(
        Client(provider.settings, None, provider.transport).address_to_start(started)
    )

    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    # RFC 7636, section 4.2
    challenge = base64.urlsafe_b64encode(hashlib.sha256(started.verifier.encode()).digest())
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": BACK,
        "scope": "openid email",
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": challenge.rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }


def test_the_code_is_exchanged_with_the_proof_that_we_started() -> None:
    provider = FakeProvider()
    come_back(provider)

    (form,) = provider.forms
    assert form["grant_type"] == "authorization_code"
    assert form["code"] == "the code"
    assert form["redirect_uri"] == BACK
    assert len(form["code_verifier"]) == 48
    assert "client_secret" not in form
    # RFC 6749, section 2.3.1: both are form-encoded before they are joined
    pair = f"{CLIENT_ID}:a+secret%2Fwith+signs".encode()
    assert provider.headers[0]["authorization"] == f"Basic {base64.b64encode(pair).decode()}"


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there() -> None:
    provider = FakeProvider({"token_endpoint_auth_methods_supported": ["client_secret_post"]})
    come_back(provider)

    assert provider.forms[0]["client_secret"] == SECRET
    assert "authorization" not in provider.headers[0]


def test_a_client_without_a_secret_only_names_itself() -> None:
    provider = FakeProvider()
    come_back(provider, secret=None)

    assert provider.forms[0]["client_id"] == CLIENT_ID
    assert "client_secret" not in provider.forms[0]
    assert "authorization" not in provider.headers[0]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("access_denied", Reason.CANCELLED),
        ("login_required", Reason.CANCELLED),
        ("server_error", Reason.PROVIDER_REFUSED),
        ("<script>alert(1)</script>", Reason.PROVIDER_REFUSED),
    ],
)
def test_an_error_of_the_provider_is_told_apart_from_a_change_of_mind(
    error: str, reason: Reason
) -> None:
    found = refused(FakeProvider(), answer={"error": error})

    assert found.reason is reason
    assert "<" not in found.detail


def test_an_answer_without_a_code_is_refused() -> None:
    assert refused(FakeProvider(), answer={}).reason is Reason.PROVIDER_REFUSED


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (400, {"error": "invalid_grant"}, Reason.PROVIDER_REFUSED),
        (401, {"error": "invalid_client"}, Reason.MISCONFIGURED),
        (500, {}, Reason.PROVIDER_REFUSED),
        (200, {}, Reason.UNTRUSTED),
        (200, {"id_token": 7}, Reason.UNTRUSTED),
        (200, {"id_token": "nonsense"}, Reason.UNTRUSTED),
        (200, [], Reason.UNREACHABLE),
    ],
)
def test_a_code_that_gets_no_token_logs_nobody_in(status: int, said: Any, reason: Reason) -> None:
    assert refused(FakeProvider(token_answer=(status, said))).reason is reason


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_a_provider_that_does_not_answer_is_unreachable(path: str) -> None:
    assert refused(FakeProvider(broken={path})).reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://login.example/"},
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://login.example/token"},
        {"token_endpoint": "http://127.0.0.1/token"},
        {"token_endpoint": "https://localhost/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "https://user@login.example/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": ["https://login.example/authorize"]},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_provider_whose_document_is_not_right_is_not_used(document: dict[str, Any]) -> None:
    assert refused(FakeProvider(document)).reason is Reason.MISCONFIGURED


def test_an_issuer_that_is_not_reached_by_https_is_not_asked() -> None:
    provider = FakeProvider()
    settings = Provider(name="X", issuer="http://login.example", client_id="x")

    with pytest.raises(LoginRefused) as found:
        asyncio.run(Client(settings, None, provider.transport).address_to_start(attempt()))

    assert found.value.reason is Reason.MISCONFIGURED
    assert provider.asked == []


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example/a", True),
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000", True),
        ("http://localhost", True),
        ("http://login.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("ftp://127.0.0.1", False),
        ("https://", False),
        (None, False),
    ],
)
def test_only_https_is_safe_beyond_this_computer(address: object, *, safe: bool) -> None:
    assert is_safe(address) is safe


def test_an_answer_that_another_provider_sent_is_refused() -> None:
    for named in ("https://evil.example", ""):
        found = refused(FakeProvider(), answer={"code": "x", "iss": named})
        assert found.reason is Reason.UNTRUSTED
    strict = FakeProvider({"authorization_response_iss_parameter_supported": True})
    assert refused(strict, answer={"code": "x"}).reason is Reason.UNTRUSTED


def test_too_long_an_answer_is_not_read_to_its_end() -> None:
    read = 0

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            nonlocal read
            while True:
                read += 65536
                yield b" " * 65536

    transport = Transport(httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless())))

    with pytest.raises(LoginRefused) as found:
        asyncio.run(transport.get(f"{ISSUER}/keys"))

    assert found.value.reason is Reason.UNREACHABLE
    assert read <= MAX_BYTES + 2 * 65536


def test_a_provider_is_not_followed_elsewhere() -> None:
    asked = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://evil.example/"}, json={})

    with pytest.raises(LoginRefused):
        asyncio.run(Transport(httpx.MockTransport(elsewhere)).get(f"{ISSUER}/keys"))

    assert asked == [f"{ISSUER}/keys"]


def test_what_a_provider_says_about_itself_is_asked_for_once_an_hour() -> None:
    provider, now = FakeProvider(), 0.0
    directory = Directory(ISSUER, provider.transport, lambda: now)

    for now in (1.0, 2.0, FRESH_SECONDS):  # noqa: B007 - the clock reads it
        asyncio.run(directory.keys("one"))
    assert provider.asked == [("GET", DISCOVERY), ("GET", "/keys")]

    now = FRESH_SECONDS * 2
    asyncio.run(directory.keys("one"))
    assert len(provider.asked) == 4


def test_a_new_key_is_found_at_once_and_an_invented_one_asked_for_once_a_minute() -> None:
    provider, now = FakeProvider(), 0.0
    directory = Directory(ISSUER, provider.transport, lambda: now)
    asyncio.run(directory.keys("one"))
    provider.keys = KeySet([KEY, RSAKey.generate_key(2048, {"kid": "two"})])

    now = AGAIN_SECONDS + 1
    assert any(key.kid == "two" for key in asyncio.run(directory.keys("two")))
    for _ in range(5):
        asyncio.run(directory.keys("invented"))

    assert provider.asked.count(("GET", "/keys")) == 2


def test_leaving_hands_the_provider_its_token_back() -> None:
    provider = FakeProvider({"end_session_endpoint": f"{ISSUER}/leave?tenant=7"})
    client = Client(provider.settings, None, provider.transport)

    address = asyncio.run(client.address_to_leave("their token", "https://kpi.example/login"))

    assert address is not None
    assert address.startswith(f"{ISSUER}/leave?tenant=7&")
    assert parse_qs(urlsplit(address).query) == {
        "tenant": ["7"],
        "id_token_hint": ["their token"],
        "client_id": [CLIENT_ID],
        "post_logout_redirect_uri": ["https://kpi.example/login"],
    }


def test_a_provider_that_nobody_can_leave_is_not_left() -> None:
    for document in ({"end_session_endpoint": None}, {"end_session_endpoint": "javascript:x"}):
        provider = FakeProvider(document)
        client = Client(provider.settings, None, provider.transport)

        assert asyncio.run(client.address_to_leave("token", "https://kpi.example/login")) is None


def test_a_provider_that_tells_the_address_only_when_asked_is_asked() -> None:
    told = {"sub": "248289761001", "email": "zoe@a.example", "email_verified": True}

    came = come_back(FakeProvider(said={"email": None}, told_when_asked=told))

    assert came.identity.email == "zoe@a.example"


@pytest.mark.parametrize(
    "told",
    [
        {"sub": "somebody else", "email": "zoe@a.example", "email_verified": True},
        {"email": "zoe@a.example", "email_verified": True},
        {"sub": "248289761001", "email": "zoe@a.example"},
        [],
    ],
)
def test_what_it_tells_then_is_believed_no_sooner(told: Any) -> None:
    provider = FakeProvider(said={"email": None, "email_verified": None}, told_when_asked=told)

    came = come_back(provider)

    assert came.identity.subject == "248289761001"
    assert came.identity.email is None


def test_a_signed_address_is_not_replaced_by_one_that_is_not() -> None:
    told = {"sub": "248289761001", "email": "owner@a.example", "email_verified": True}

    came = come_back(FakeProvider(told_when_asked=told))

    assert came.identity.email == ZOE


def test_a_provider_that_is_away_is_not_asked_by_everybody_at_once() -> None:
    provider, now = FakeProvider(broken={DISCOVERY}), 0.0
    directory = Directory(ISSUER, provider.transport, lambda: now)
    for now in (0.0, 1.0, PAUSE_SECONDS - 0.1):  # noqa: B007 - the clock reads it
        with pytest.raises(LoginRefused):
            asyncio.run(directory.metadata())
    assert provider.asked == [("GET", DISCOVERY)]

    provider.broken.clear()
    now = PAUSE_SECONDS
    assert asyncio.run(directory.metadata()).issuer == ISSUER


def test_keys_that_say_more_than_is_needed_are_read() -> None:
    """As Microsoft publishes them: with a certificate, without an algorithm; and one of the future."""
    more = {"x5t": "abc", "x5c": ["AAAA"], "issuer": f"{ISSUER}/v2.0", "cloud_instance_name": "x"}
    unknown = {"kty": "AKP", "kid": "tomorrow", "alg": "ML-DSA-44", "pub": "AAAA"}
    document = {"keys": [unknown, "nonsense", {**KEY.as_dict(private=False), **more}]}

    (found,) = usable_keys(document)

    assert found.kid == "one"


@pytest.mark.parametrize("document", [{}, {"keys": []}, {"keys": "x"}, {"keys": [{"kty": "RSA"}]}])
def test_a_provider_without_usable_keys_is_not_used(document: dict[str, Any]) -> None:
    with pytest.raises(LoginRefused) as found:
        usable_keys(document)

    assert found.value.reason is Reason.MISCONFIGURED
