"""What a provider says about itself: its addresses, and the keys it signs with."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, KeySet, RSAKey

from dashboard.gate.oidc.failures import LoginRefused, Reason
from dashboard.gate.oidc.transport import Transport, is_near, is_safe

#: Providers replace keys rarely and announce the new one beforehand.
FRESH_SECONDS = 3600.0
#: An unknown key may be a new one; but anybody can name an unknown key.
AGAIN_SECONDS = 60.0
#: Whoever did not answer is not asked by everybody who tries meanwhile.
PAUSE_SECONDS = 5.0
#: More keys than this and it is no key set of a login.
MAX_KEYS = 64
#: NIST SP 800-131A: shorter RSA keys are no longer acceptable.
MIN_RSA_BITS = 2048

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Metadata:
    """A provider's discovery document, as far as it is used and after it was checked.

    Attributes:
        answers_with_issuer: It names itself in every answer (RFC 9207), so one without is forged.
        secret_in_form: It takes a secret in the form only, not in a header.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    answers_with_issuer: bool
    secret_in_form: bool


class Directory:
    """Remembers what one provider says about itself.

    Args:
        issuer: As the settings write it; the document has to name exactly this.
        clock: Seconds that never go back, for the age of what is remembered.
    """

    def __init__(
        self, issuer: str, transport: Transport, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer = issuer
        self._transport = transport
        self._clock = clock
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._failed: tuple[float, LoginRefused] | None = None

    async def metadata(self) -> Metadata:
        """Return the discovery document, an hour old at most.

        Raises:
            LoginRefused: It cannot be had or cannot be used.
        """
        if self._metadata is None or self._age(self._metadata[0]) > FRESH_SECONDS:
            if self._failed is not None and self._age(self._failed[0]) < PAUSE_SECONDS:
                raise LoginRefused(self._failed[1].reason, self._failed[1].detail)
            try:
                self._metadata = self._clock(), await self._asked()
            except LoginRefused as refused:
                self._failed = self._clock(), refused
                raise
        return self._metadata[1]

    async def keys(self, kid: object = None) -> KeySet:
        """Return the keys a token may be signed with.

        Args:
            kid: The key that is looked for; an unknown one is asked for again once a minute.

        Raises:
            LoginRefused: They cannot be had.
        """
        if self._keys is not None:
            age = self._age(self._keys[0])
            known = kid is None or any(key.kid == kid for key in self._keys[1])
            if age <= (FRESH_SECONDS if known else AGAIN_SECONDS):
                return self._keys[1]
        address = (await self.metadata()).jwks_uri
        self._keys = self._clock(), usable_keys(await self._transport.get(address))
        return self._keys[1]

    async def _asked(self) -> Metadata:
        if not is_safe(self._issuer):
            detail = f"the issuer {self._issuer} is not an https address"
            raise LoginRefused(Reason.MISCONFIGURED, detail)
        address = get_well_known_url(self._issuer, external=True)
        return checked(await self._transport.get(address), self._issuer)

    def _age(self, since: float) -> float:
        return self._clock() - since


def checked(document: dict[str, Any], issuer: str) -> Metadata:
    """Return a discovery document that can be relied on.

    Raises:
        LoginRefused: It speaks for somebody else, or lacks what is needed.

    Source:
        OpenID Connect Discovery 1.0, section 4.3: the issuer it names must be exactly the one it
        was asked for, else one provider could speak for another.
    """
    named = document.get("issuer")
    if named != issuer:
        raise LoginRefused(
            Reason.MISCONFIGURED,
            f"the settings name the issuer {issuer}, the provider names {str(named)[:200]!r}",
        )
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _require(_usable(document.get(name), issuer), f"{name} is not an https address")
    challenges = document.get("code_challenge_methods_supported", ["S256"])
    _require("S256" in _names(challenges), "the provider does not know PKCE with S256")
    asking, leaving = document.get("userinfo_endpoint"), document.get("end_session_endpoint")
    secrets = _names(document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]))
    return Metadata(
        issuer,
        document["authorization_endpoint"],
        document["token_endpoint"],
        document["jwks_uri"],
        asking if _usable(asking, issuer) else None,
        leaving if _usable(leaving, issuer) else None,
        document.get("authorization_response_iss_parameter_supported") is True,
        "client_secret_post" in secrets and "client_secret_basic" not in secrets,
    )


def usable_keys(document: dict[str, Any]) -> KeySet:
    """Return the public keys of a key set that signatures may be checked with.

    Secrets that two share are left out, whatever they claim to be for: with one of them, whoever
    knows it could sign. Keys that cannot be read are left out too, as RFC 7517, section 5, asks.

    Raises:
        LoginRefused: None is left.
    """
    listed = document.get("keys")
    found = []
    for data in (listed if isinstance(listed, list) else [])[:MAX_KEYS]:
        if not isinstance(data, dict) or data.get("kty") not in {"RSA", "EC"}:
            continue
        if data.get("use", "sig") != "sig":
            continue
        try:
            key = JWKRegistry.import_key(data)
            if isinstance(key, ECKey) or (isinstance(key, RSAKey) and _is_long(key)):
                found.append(key)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            _log.info("A key of a provider cannot be read: %s", type(error).__name__)
    if not found:
        raise LoginRefused(Reason.MISCONFIGURED, "the provider publishes no usable key")
    return KeySet(list(found))


def _is_long(key: RSAKey) -> bool:
    return key.raw_value.key_size >= MIN_RSA_BITS


def _usable(address: object, issuer: str) -> bool:
    """Tell whether a provider may send us or people there; a far one never to this computer."""
    return is_safe(address) and (is_near(issuer) or not is_near(str(address)))


def _names(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _require(holds: bool, detail: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise LoginRefused(Reason.MISCONFIGURED, detail)
