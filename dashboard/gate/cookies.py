"""The cookie that stands for a login session. It holds nothing but the session's secret token."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from dashboard.gate.doorstep import Doorstep

_NAME = "cap90_session"


def name(step: Doorstep) -> str:
    """Return what the cookie is called; by https, browsers take it from this very host only.

    Browsers keep the cookies of a computer's ports together: without https the name tells them
    apart, so that two companies that are open at once do not log each other out.
    """
    if step.secure:
        return f"__Host-{_NAME}"
    return _NAME if step.port is None else f"{_NAME}_{step.port}"


def token(cookies: Mapping[str, str], step: Doorstep) -> str | None:
    """Return the token that a browser shows, None without one."""
    return cookies.get(name(step)) or None


def hand_out(response: Response, token: str, step: Doorstep) -> None:
    """Give a browser its token; it forgets it when it is closed."""
    response.set_cookie(
        name(step), token, path="/", httponly=True, secure=step.secure, samesite="lax"
    )


def take_back(response: Response, step: Doorstep) -> None:
    """Make a browser forget its token."""
    response.delete_cookie(name(step), path="/", httponly=True, secure=step.secure, samesite="lax")


def let_in(token: str, address: str, step: Doorstep) -> Response:
    """Return the answer that logs somebody in and opens a page."""
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    hand_out(response, token, step)
    return response
