"""A provider in this process: it signs with its own key, and says and does what a test wants."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from dashboard.gate.oidc.transport import Transport
from pipelines.settings import Provider

ISSUER = "https://login.example"
CLIENT_ID = "cap90-at-atelier-neuf"
SECRET = "a secret/with signs"  # noqa: S105 - of a provider that only lives in tests
#: The moment it is at the provider.
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
NOW = int(NOON.timestamp())

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


def claims(**changes: Any) -> dict[str, Any]:
    """Return what a good ID token says, with changes; None takes a claim out."""
    said = {
        "iss": ISSUER,
        "sub": "248289761001",
        "aud": CLIENT_ID,
        "exp": NOW + 300,
        "iat": NOW,
        "nonce": "the nonce",
        "email": "Zoe.Cote@atelier-neuf.example",
        "email_verified": True,
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(said: dict[str, Any], key: Any = KEY, **header: Any) -> str:
    """Return a token; by default as the provider signs it."""
    header = {"alg": "RS256", "kid": "one", **header}
    header = {name: value for name, value in header.items() if value is not None}
    return jwt.encode(header, said, key, algorithms=[header["alg"]])


@dataclass
class FakeProvider:
    """Answers as a provider does.

    Attributes:
        document: Changes of the discovery document; None takes a line out.
        keys: What it publishes.
        said: Changes of the ID token's claims.
        told_when_asked: What it says to whoever shows the access token.
        token_answer: What the token endpoint says instead of a token, with its status.
        broken: The paths at which it does not answer at all.
        asked: Every request, as method and path.
        forms: What the token endpoint was sent, newest last.
    """

    document: dict[str, Any] = field(default_factory=dict)
    keys: KeySet = field(default_factory=lambda: KeySet([KEY]))
    said: dict[str, Any] = field(default_factory=dict)
    told_when_asked: dict[str, Any] | None = None
    token_answer: tuple[int, dict[str, Any]] | None = None
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    headers: list[httpx.Headers] = field(default_factory=list)
    nonce: str = "the nonce"

    @property
    def settings(self) -> Provider:
        return Provider(name="Example", issuer=ISSUER, client_id=CLIENT_ID)

    @property
    def transport(self) -> Transport:
        return Transport(httpx.MockTransport(self._answer))

    def authorise(self, address: str) -> dict[str, str]:
        """Log somebody in who was sent to an address, and return the query they come back with."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{ISSUER}/authorize"
        asked = {name: value for name, (value,) in parse_qs(parts.query).items()}
        self.nonce = asked["nonce"]
        return {"code": "the code", "state": asked["state"]}

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append((request.method, path))
        if path in self.broken:
            raise httpx.ConnectError("refused")
        match path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self._document())
            case "/keys":
                return httpx.Response(200, json=self.keys.as_dict())
            case "/token":
                return self._token(request)
            case "/me" if request.headers["authorization"] == "Bearer opaque":
                return httpx.Response(200, json=self.told_when_asked)
        return httpx.Response(404, json={})

    def _document(self) -> dict[str, Any]:
        said = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/me" if self.told_when_asked is not None else None,
            "end_session_endpoint": f"{ISSUER}/leave",
            **self.document,
        }
        return {name: value for name, value in said.items() if value is not None}

    def _token(self, request: httpx.Request) -> httpx.Response:
        form = {name: value for name, (value,) in parse_qs(request.content.decode()).items()}
        self.forms.append(form)
        self.headers.append(request.headers)
        if self.token_answer is not None:
            status, said = self.token_answer
            return httpx.Response(status, content=json.dumps(said))
        token = signed(claims(**{"nonce": self.nonce, **self.said}))
        return httpx.Response(
            200, json={"access_token": "opaque", "token_type": "Bearer", "id_token": token}
        )
