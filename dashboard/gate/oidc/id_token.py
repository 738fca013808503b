"""An ID token is believed after all of this, and not before."""

import math
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError
from joserfc.jwk import KeySet

from dashboard.gate.oidc.failures import LoginRefused, Reason
from pipelines import clock

#: Signed with a key that only the provider has. Neither "none" nor HS256 and its kin: with those,
#: whoever knows the client's secret, or takes a public key for one, could sign.
ALGORITHMS = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
)
#: Clocks differ by seconds; by more than this, one of them is wrong.
LEEWAY_SECONDS = 60
#: OpenID Connect Core 1.0, section 2.
MAX_SUBJECT = 255

_TIMES = {"exp", "iat", "nbf"}


def key_named(token: str) -> object:
    """Return the key that a token says it is signed with; None if it does not say. Not checked yet.

    Raises:
        LoginRefused: It is no token.
    """
    try:
        return jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise _untrusted(error) from None


def checked(
    token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, access_token: str | None
) -> Mapping[str, Any]:
    """Return what a token says, once everything about it is right.

    Args:
        keys: The provider's, from its own address.
        nonce: The one this login was started with.
        access_token: What came with it; the token may hold its hash.

    Raises:
        LoginRefused: Signature, algorithm, issuer, audience, nonce, time or hash is wrong.

    Source:
        OpenID Connect Core 1.0, sections 3.1.3.7 (ID token) and 3.1.3.8 (access token).
    """
    registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        found = jwt.decode(token, keys, registry=registry)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            },
            {"nonce": nonce, "client_id": client_id, "access_token": access_token},
        )
        claims.validate(_now(), LEEWAY_SECONDS)
    except (ExpiredTokenError, InvalidClaimError) as error:
        # the token was made seconds ago: if it is of another time, a clock is wrong
        late = isinstance(error, ExpiredTokenError) or (
            error.claim in _TIMES and _is_moment(found.claims.get(error.claim))
        )
        raise LoginRefused(Reason.CLOCK, str(error)) if late else _untrusted(error) from None
    except (JoseError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise _untrusted(error) from None
    if len(claims["sub"]) > MAX_SUBJECT:
        raise LoginRefused(Reason.UNTRUSTED, "the subject is too long")
    return dict(claims)


def _now() -> int:
    return int(clock.now().replace(tzinfo=UTC).timestamp())


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _untrusted(error: Exception) -> LoginRefused:
    # errors of the library name claims and algorithms; others could quote what they were given
    said = str(error) if isinstance(error, JoseError) else type(error).__name__
    return LoginRefused(Reason.UNTRUSTED, f"the ID token was refused: {said[:200]}")
