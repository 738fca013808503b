"""Whom an ID token speaks of, and which e-mail address may be believed of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dashboard.access.accounts import told_apart

#: Where Microsoft Entra issues tokens: worldwide, for the government of the United States, in China.
_ENTRA_HOSTS = frozenset(
    {
        "login.microsoftonline.com",
        "login.microsoftonline.us",
        "login.partner.microsoftonline.cn",
    }
)
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: One address, no more: what follows is compared with those of accounts, never sent to.
_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,190}")


@dataclass(frozen=True)
class Identity:
    """Somebody as a provider knows them.

    Attributes:
        issuer: The provider.
        subject: Names them at this provider for good; the only thing that tells them from others.
        email: Their address, if the provider vouches for it; None otherwise. Good for finding
            their account the first time and for nothing else, since addresses change hands.
    """

    issuer: str
    subject: str
    email: str | None


def identity(claims: Mapping[str, Any]) -> Identity:
    """Return whom the claims of a checked token speak of."""
    return Identity(claims["iss"], claims["sub"], vouched_email(claims))


def vouched_email(claims: Mapping[str, Any]) -> str | None:
    """Return the e-mail address that a provider answers for; None if it answers for none.

    ``email_verified`` has to be true, as Google and most others say it.

    Microsoft Entra does not say it. There, ``email`` may be any text that an administrator of any
    company wrote, and ``preferred_username`` may be changed and must not decide about access; with
    either of them a stranger could take over an account. So Entra's ``email`` counts only if

    - the issuer is one company's (its tenant's number, not ``common``), and ``tid`` is the same; and
    - ``xms_edov`` says that the owner of the address's domain was verified. The company asks for it
      once, as an optional claim of its registration; it comes as true, 1 or their texts.

    ``preferred_username`` is never believed.

    Source:
        OpenID Connect Core 1.0, section 5.7 (only issuer and subject identify somebody);
        Microsoft, *ID token claims reference* (``preferred_username``, ``email``) and *Optional
        claims reference* (``xms_edov``); Descope, *nOAuth* (2023), for what happened to those who
        believed ``email``.
    """
    email = claims.get("email")
    if not isinstance(email, str) or not _ADDRESS.fullmatch(email):
        return None
    if not email.isascii() and told_apart(email) != email:
        return None  # a Kelvin sign is not a k, though its small letter is one
    return email if claims.get("email_verified") is True or _entra_vouches(claims) else None


def _entra_vouches(claims: Mapping[str, Any]) -> bool:
    issuer = urlsplit(str(claims.get("iss", "")))
    tenant = issuer.path.strip("/").partition("/")[0]
    return (
        issuer.hostname in _ENTRA_HOSTS
        and bool(_TENANT.fullmatch(tenant))
        and claims.get("tid") == tenant
        and str(claims.get("xms_edov", "")).casefold() in {"true", "1"}
    )
