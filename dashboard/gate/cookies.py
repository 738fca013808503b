"""The cookie that stands for a login session. It holds nothing but the session's secret token."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

_NAME = "cap90_session"


def name(*, secure: bool) -> str:
    """Return what the cookie is called; by https, browsers take it from this very host only."""
    return f"__Host-{_NAME}" if secure else _NAME


def token(cookies: Mapping[str, str], *, secure: bool) -> str | None:
    """Return the token that a browser shows, None without one."""
    return cookies.get(name(secure=secure)) or None


def hand_out(response: Response, token: str, *, secure: bool) -> None:
    """Give a browser its token; it forgets it when it is closed."""
    response.set_cookie(
        name(secure=secure), token, path="/", httponly=True, secure=secure, samesite="lax"
    )


def take_back(response: Response, *, secure: bool) -> None:
    """Make a browser forget its token."""
    response.delete_cookie(
        name(secure=secure), path="/", httponly=True, secure=secure, samesite="lax"
    )


def let_in(token: str, address: str, *, secure: bool) -> Response:
    """Return the answer that logs somebody in and opens a page."""
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    hand_out(response, token, secure=secure)
    return response
