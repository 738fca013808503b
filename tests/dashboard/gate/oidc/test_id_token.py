"""An ID token is believed if everything about it is right, and for no single other one."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from dashboard.gate.oidc import id_token
from dashboard.gate.oidc.discovery import usable_keys
from dashboard.gate.oidc.failures import LoginRefused, Reason
from tests.builders.oidc import CLIENT_ID, ISSUER, KEY, NOON, NOW, OTHER_KEY, claims, signed

PUBLISHED = usable_keys(dict(KeySet([KEY]).as_dict()))


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, NOON.replace(tzinfo=None))


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("pipelines.clock.now", lambda: moment)


def believed(token: str, keys: KeySet = PUBLISHED, access_token: str | None = None) -> Any:
    return id_token.checked(
        token,
        keys,
        issuer=ISSUER,
        client_id=CLIENT_ID,
        nonce="the nonce",
        access_token=access_token,
    )


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(value: object) -> str:
    return encoded(json.dumps(value).encode())


def refusal(token: str, keys: KeySet = PUBLISHED, access_token: str | None = None) -> Reason:
    with pytest.raises(LoginRefused) as refused:
        believed(token, keys, access_token)
    assert len(token) < 9 or token not in str(refused.value) + refused.value.detail
    return refused.value.reason


def test_a_good_token_says_who_somebody_is() -> None:
    assert believed(signed(claims()))["sub"] == "248289761001"


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_every_usual_algorithm_of_a_provider_is_understood(algorithm: str) -> None:
    assert believed(signed(claims(), alg=algorithm))["sub"]


def test_an_elliptic_key_signs_as_well() -> None:
    key = ECKey.generate_key("P-256", {"kid": "curve"})
    keys = usable_keys(dict(KeySet([KEY, key]).as_dict()))

    assert believed(signed(claims(), key, alg="ES256", kid="curve"), keys)["sub"]


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.example/",
        "http://login.example",
        "https://LOGIN.example",
        "https://login.example.evil.example",
        "",
        ["https://login.example"],
        None,
    ],
)
def test_another_issuer_is_refused_down_to_a_stroke(issuer: object) -> None:
    assert refusal(signed(claims(iss=issuer))) is Reason.UNTRUSTED


@pytest.mark.parametrize(
    "audience", ["another-client", ["another-client"], [], "", None, [CLIENT_ID, 7]]
)
def test_a_token_for_another_client_is_refused(audience: object) -> None:
    assert refusal(signed(claims(aud=audience))) is Reason.UNTRUSTED


def test_a_token_for_several_clients_says_which_of_them_asked() -> None:
    both = [CLIENT_ID, "another-client"]

    assert refusal(signed(claims(aud=both))) is Reason.UNTRUSTED
    assert refusal(signed(claims(aud=both, azp="another-client"))) is Reason.UNTRUSTED
    assert refusal(signed(claims(azp="another-client"))) is Reason.UNTRUSTED
    assert believed(signed(claims(aud=both, azp=CLIENT_ID)))


@pytest.mark.parametrize("nonce", ["another nonce", "", ["the nonce"], None])
def test_a_token_of_another_login_is_refused(nonce: object) -> None:
    assert refusal(signed(claims(nonce=nonce))) is Reason.UNTRUSTED


@pytest.mark.parametrize("subject", ["", 7, None, "x" * 256])
def test_a_token_about_nobody_is_refused(subject: object) -> None:
    assert refusal(signed(claims(sub=subject))) is Reason.UNTRUSTED


def test_a_key_of_somebody_else_signs_nothing_even_under_the_same_name() -> None:
    assert refusal(signed(claims(), OTHER_KEY)) is Reason.UNTRUSTED
    assert refusal(signed(claims(), OTHER_KEY, kid="two")) is Reason.UNTRUSTED


def test_a_token_without_a_signature_is_refused_however_it_writes_none() -> None:
    for none in ("none", "None", "NONE", "nOnE", ""):
        bare = f"{part({'alg': none, 'kid': 'one'})}.{part(claims())}."
        assert refusal(bare) is Reason.UNTRUSTED
    stolen = signed(claims()).rsplit(".", 1)[0]
    assert refusal(f"{stolen}.") is Reason.UNTRUSTED


def test_the_public_key_taken_for_a_shared_secret_signs_nothing() -> None:
    """The classic confusion: HS256 with the published key's own text."""
    for text in (KEY.as_pem(private=False), json.dumps(KEY.as_dict(private=False)).encode()):
        body = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(claims())}"
        signature = hmac.digest(text, body.encode(), "sha256")
        assert refusal(f"{body}.{encoded(signature)}") is Reason.UNTRUSTED


def test_a_shared_secret_among_the_published_keys_signs_nothing() -> None:
    secret = OctKey.generate_key(256, {"kid": "shared"})
    keys = usable_keys({"keys": [secret.as_dict(private=True), KEY.as_dict(private=False)]})

    assert refusal(signed(claims(), secret, alg="HS256", kid="shared"), keys) is Reason.UNTRUSTED


def test_a_key_inside_the_token_itself_signs_nothing() -> None:
    carried = {"jwk": OTHER_KEY.as_dict(private=False)}

    assert refusal(signed(claims(), OTHER_KEY, **carried)) is Reason.UNTRUSTED


def test_a_changed_token_is_refused() -> None:
    head, _, signature = signed(claims()).split(".")
    other = part(claims(sub="somebody else"))

    assert refusal(f"{head}.{other}.{signature}") is Reason.UNTRUSTED


@pytest.mark.filterwarnings("ignore:Key size")
def test_a_short_key_of_a_provider_counts_for_nothing() -> None:
    short = RSAKey.generate_key(1024, {"kid": "short"})

    with pytest.raises(LoginRefused, match="not set up correctly"):
        usable_keys({"keys": [short.as_dict(private=False)]})


@pytest.mark.parametrize(
    ("seconds", "good"), [(0, True), (359, True), (361, False), (-59, True), (-61, False)]
)
def test_clocks_may_differ_by_a_minute(
    monkeypatch: pytest.MonkeyPatch, seconds: int, *, good: bool
) -> None:
    """The token is of noon and good for 300 seconds; our clock shows ``seconds`` after noon."""
    set_clock(monkeypatch, NOON.replace(tzinfo=None) + timedelta(seconds=seconds))

    if good:
        assert believed(signed(claims()))
    else:
        assert refusal(signed(claims())) is Reason.CLOCK


def test_a_token_that_is_not_valid_yet_is_refused() -> None:
    assert refusal(signed(claims(nbf=NOW + 61))) is Reason.CLOCK


@pytest.mark.parametrize("name", ["exp", "iat"])
@pytest.mark.parametrize("moment", [None, "tomorrow", True, [], 1e400])
def test_a_token_without_its_times_is_refused(name: str, moment: object) -> None:
    assert refusal(signed(claims(**{name: moment}))) is Reason.UNTRUSTED


def test_the_hash_of_the_access_token_is_compared_where_it_is_there() -> None:
    # OpenID Connect Core 1.0, section 3.1.3.6: the left half of its SHA-256, for RS256
    half = hashlib.sha256(b"opaque").digest()[:16]

    assert believed(signed(claims(at_hash=encoded(half))), access_token="opaque")  # noqa: S106 - not a password
    for wrong in ("x" * 22, 7, ["x"]):
        token = signed(claims(at_hash=wrong))
        assert refusal(token, access_token="opaque") is Reason.UNTRUSTED  # noqa: S106 - as above


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "{}", "x" * 200_000, "\N{LATIN SMALL LETTER E WITH ACUTE}.a.b"]
)
def test_what_is_no_token_at_all_is_refused(text: str) -> None:
    assert refusal(text) is Reason.UNTRUSTED
    with pytest.raises(LoginRefused):
        id_token.key_named(text)
