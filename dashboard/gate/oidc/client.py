"""We as the client of one provider: sending people there, and asking who came back."""

import base64
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit, urlunsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge

from dashboard.gate.oidc import id_token
from dashboard.gate.oidc.attempts import Attempt
from dashboard.gate.oidc.discovery import Directory, Metadata
from dashboard.gate.oidc.failures import LoginRefused, Reason
from dashboard.gate.oidc.identity import Identity, identity
from dashboard.gate.oidc.transport import Transport
from pipelines.settings import Provider

#: Who they are and their address; nothing else is asked for.
SCOPE = "openid email"

#: Somebody pressed "cancel", or closed what they should have filled in (RFC 6749, section 4.1.2.1;
#: OpenID Connect Core 1.0, section 3.1.2.6).
_CANCELLED = {"access_denied", "login_required", "interaction_required", "consent_required"}
#: Error codes are words (RFC 6749, section 5.2); anything else is not repeated to anybody.
_WORD = re.compile(r"[\w.\-]{1,60}", re.ASCII)
_OK = 200
_TOLD_LATER = ("email", "email_verified")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Vouched:
    """Somebody came back, and everything about it was right.

    Attributes:
        identity: Who they are.
        id_token: Says so, signed; the provider wants it back when they leave. Stays on our side.
    """

    identity: Identity
    id_token: str


class Client:
    """We, as one provider knows us.

    Args:
        secret: None for a public client: then PKCE alone protects the code.
    """

    def __init__(self, provider: Provider, secret: str | None, transport: Transport) -> None:
        self.provider = provider
        self._secret = secret
        self._transport = transport
        self._directory = Directory(provider.issuer, transport)

    async def address_to_start(self, attempt: Attempt) -> str:
        """Return where to send somebody's browser.

        Raises:
            LoginRefused: The provider does not answer, or cannot be used.
        """
        metadata = await self._directory.metadata()
        return with_query(
            metadata.authorization_endpoint,
            {
                "response_type": "code",
                "client_id": self.provider.client_id,
                "redirect_uri": attempt.back,
                "scope": SCOPE,
                "state": attempt.state,
                "nonce": attempt.nonce,
                "code_challenge": create_s256_code_challenge(attempt.verifier),
                "code_challenge_method": "S256",
            },
        )

    async def vouched(self, attempt: Attempt, answer: Mapping[str, str]) -> Vouched:
        """Return who came back.

        Args:
            answer: The query with which the provider sent them.

        Raises:
            LoginRefused: They cancelled, the provider refused, or its answer is not right.
        """
        metadata = await self._directory.metadata()
        _check_sender(metadata, answer)
        if error := answer.get("error"):
            cancelled = error in _CANCELLED
            raise LoginRefused(
                Reason.CANCELLED if cancelled else Reason.PROVIDER_REFUSED, word(error)
            )
        code = answer.get("code")
        if not code:
            raise LoginRefused(Reason.PROVIDER_REFUSED, "the answer holds no code")
        token, access_token = await self._exchange(metadata, attempt, code)
        keys = await self._directory.keys(id_token.key_named(token))
        claims = id_token.checked(
            token,
            keys,
            issuer=self.provider.issuer,
            client_id=self.provider.client_id,
            nonce=attempt.nonce,
            access_token=access_token,
        )
        claims = await self._completed(claims, metadata.userinfo_endpoint, access_token)
        return Vouched(identity(claims), token)

    async def address_to_leave(self, hint: str, back: str) -> str | None:
        """Return where somebody's browser ends their login at the provider too; None: nowhere.

        Args:
            hint: Their ID token.
            back: Our address to come back to, registered with the provider.

        Source:
            OpenID Connect RP-Initiated Logout 1.0, section 2.
        """
        address = (await self._directory.metadata()).end_session_endpoint
        if address is None:
            return None
        ours = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        return with_query(address, {"id_token_hint": hint, **ours})

    async def _completed(
        self, claims: Mapping[str, Any], endpoint: str | None, access_token: str | None
    ) -> Mapping[str, Any]:
        """Return claims with the e-mail address, for providers that tell it only when asked.

        Source:
            OpenID Connect Core 1.0, section 5.4 (where they tell it) and 5.3.2 (the subject has to
            be the same). Who somebody is stays with the signed token in any case.
        """
        if "email" in claims or endpoint is None or access_token is None:
            return claims
        try:
            more = await self._transport.get(endpoint, {"Authorization": f"Bearer {access_token}"})
        except LoginRefused as refused:
            _log.warning("A provider told no e-mail address: %s", refused.detail)
            return claims
        if more.get("sub") != claims["sub"]:
            return claims
        return {**claims, **{name: more[name] for name in _TOLD_LATER if name in more}}

    async def _exchange(
        self, metadata: Metadata, attempt: Attempt, code: str
    ) -> tuple[str, str | None]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.back,
            "code_verifier": attempt.verifier,
        }
        headers = {"Accept": "application/json"}
        if self._secret is None or metadata.secret_in_form:
            form["client_id"] = self.provider.client_id
        if self._secret is not None:
            if metadata.secret_in_form:
                form["client_secret"] = self._secret
            else:
                headers["Authorization"] = _basic(self.provider.client_id, self._secret)
        status, answer = await self._transport.post(metadata.token_endpoint, form, headers)
        error = answer.get("error")
        if error in {"invalid_client", "unauthorized_client"}:
            raise LoginRefused(Reason.MISCONFIGURED, f"the token endpoint says: {error}")
        if status != _OK or error is not None:
            raise LoginRefused(
                Reason.PROVIDER_REFUSED, f"the token endpoint says: {status} {word(error)}"
            )
        token, access_token = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise LoginRefused(Reason.UNTRUSTED, "the answer holds no ID token")
        return token, access_token if isinstance(access_token, str) else None


def word(error: object) -> str:
    """Return an error code as the audit trail may hold it."""
    return error if isinstance(error, str) and _WORD.fullmatch(error) else "(no known error)"


def with_query(address: str, values: Mapping[str, str]) -> str:
    """Return an address with more in its query; providers' addresses may have one already."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(values))))
    return urlunsplit(parts._replace(query=query))


def _check_sender(metadata: Metadata, answer: Mapping[str, str]) -> None:
    """Refuse an answer that another provider sent (RFC 9207, section 2.4)."""
    named = answer.get("iss")
    if named is None and not metadata.answers_with_issuer:
        return
    if named != metadata.issuer:
        raise LoginRefused(Reason.UNTRUSTED, "the answer does not name this issuer")


def _basic(client_id: str, secret: str) -> str:
    """Return the header that proves who we are (RFC 6749, section 2.3.1: encoded, then joined)."""
    joined = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(joined.encode()).decode()}"
