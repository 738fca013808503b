"""The addresses of a login with a provider: there, back, and out."""

import logging
import os
import re
import secrets
import time
from collections import deque
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.access.access import Access
from dashboard.access.external import link_external, note_refused
from dashboard.access.login import admit, log_out
from dashboard.gate import cookies, reader, rendering
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.middleware import ADDRESS
from dashboard.gate.oidc.attempts import LIFE_SECONDS, Attempt, Attempts
from dashboard.gate.oidc.failures import LoginRefused, Reason, problem
from dashboard.gate.oidc.leaving import OFFER_SECONDS, Leaving, Login
from dashboard.gate.rendering import Link, Page
from dashboard.text import render, text
from pipelines.errors import AccessRefused, Problem, StoreError
from pipelines.settings import Provider

if TYPE_CHECKING:  # takes half a second, which whoever has no provider need not wait for
    import httpx

    from dashboard.gate.oidc.client import Client, Vouched

#: Followed by the provider's key in capitals.
SECRET_VARIABLE = "CAP90_OIDC_SECRET_"  # noqa: S105 - the name of a variable
LOGIN = "/login"

_ATTEMPT = "cap90_attempt"
_OFFER = "cap90_leave"
#: Everybody can come back with nonsense; the audit trail is not theirs to fill.
_MOST_NOTES_A_MINUTE = 30
_STATUS = {
    Reason.UNKNOWN_PROVIDER: HTTPStatus.NOT_FOUND,
    Reason.UNREACHABLE: HTTPStatus.BAD_GATEWAY,
    Reason.MISCONFIGURED: HTTPStatus.BAD_GATEWAY,
}
_log = logging.getLogger(__name__)


class Providers:
    """Logging in with the providers of the settings.

    Args:
        under: What carries requests to providers; None: the network.
    """

    def __init__(
        self, access: Access, step: Doorstep, under: "httpx.AsyncBaseTransport | None" = None
    ) -> None:
        self._access = access
        self._step = step
        self._under = under
        self._clients: dict[str, tuple[Provider, str | None, Client]] = {}
        self._attempts = Attempts(secrets.token_bytes(32))
        self._leaving = Leaving()
        self._noted: deque[float] = deque(maxlen=_MOST_NOTES_A_MINUTE)
        access.sessions.on_end(self._leaving.forget)

    def routes(self) -> list[Route]:
        """Return what answers; anybody may ask, since nobody is known yet."""
        return [
            Route("/login/with/{provider}", self._start, methods=["GET"]),
            Route("/login/back/{provider}", self._back, methods=["GET"]),
            Route("/login/leave", self._leave, methods=["GET"]),
        ]

    def addresses(self, request: HTTPConnection) -> dict[str, str]:
        """Return where each provider's login begins, and its name, in the order of the settings."""
        kept = {reader.NEXT: reader.next_page(request), reader.LANGUAGE: reader.language(request)}
        return {
            f"/login/with/{key}?{urlencode(kept)}": provider.name
            for key, provider in self._settings().items()
        }

    async def offer_to_leave(self, response: Response, token: str) -> None:
        """Let somebody who logs out here log out at their provider too, if they came by one.

        To be called before the session of the token ends. The browser gets a text that stands for
        the offer; ``leaving`` shows it on the next page.
        """
        visitor = await run_in_threadpool(self._access.sessions.find, token, active=False)
        handle = self._leaving.offer(visitor.session_id) if visitor else None
        if handle:
            self._keep(response, _OFFER, handle, OFFER_SECONDS)

    def leaving(self, request: HTTPConnection) -> tuple[Link, ...]:
        """Return the link with which somebody who has just logged out leaves their provider."""
        handle = request.cookies.get(self._name(_OFFER))
        provider = self._settings().get(self._leaving.offered(handle) or "")
        if provider is None:
            return ()
        language = reader.language(request)
        label = text("Log out of {provider} as well", language, provider=provider.name)
        return (Link(f"/login/leave?{urlencode({reader.LANGUAGE: language})}", label),)

    async def _start(self, request: Request) -> Response:
        key = request.path_params["provider"]
        if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
            # no page of others begins a login that its reader has not asked for
            return RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
        try:
            client = self._client(key)
            back = f"{self._origin(request)}/login/back/{key}"
            attempt, sealed = self._attempts.start(key, back, reader.next_page(request))
            address = await client.address_to_start(attempt)
        except LoginRefused as refused:
            return await self._refused(request, key, refused)
        response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
        self._keep(response, _ATTEMPT, sealed, LIFE_SECONDS)
        return response

    async def _back(self, request: Request) -> Response:
        key = request.path_params["provider"]
        answer = dict(request.query_params)
        try:
            client = self._client(key)
            attempt = self._attempts.finish(
                key, answer.get("state", ""), request.cookies.get(self._name(_ATTEMPT))
            )
        except LoginRefused as refused:
            # perhaps of somebody else: what this browser has begun stays
            return await self._refused(request, key, refused)
        try:
            response = await self._let_in(request, attempt, await client.vouched(attempt, answer))
        except LoginRefused as refused:
            response = await self._refused(request, key, refused)
        self._drop(response, _ATTEMPT)
        return response

    async def _let_in(self, request: Request, attempt: Attempt, came: "Vouched") -> Response:
        who, address = came.identity, request.scope[ADDRESS]
        try:
            account = await run_in_threadpool(
                link_external,
                *(self._access, who.issuer, who.subject, who.email),
                email_verified=who.email is not None,
            )
            token = await run_in_threadpool(
                admit,
                *(self._access, account.account_id, who.issuer, address),
                request.headers.get("user-agent", ""),
            )
        except AccessRefused as refused:
            if who.email is None:
                raise LoginRefused(Reason.NOT_VOUCHED) from refused
            return self._sorry(request, refused.problems[0], HTTPStatus.FORBIDDEN)
        if before := cookies.token(request.cookies, self._step):
            # whoever was logged in here before is so no longer: no session outlives a login
            await run_in_threadpool(log_out, self._access, before)
        if visitor := await run_in_threadpool(self._access.sessions.find, token, active=True):
            self._leaving.logged_in(visitor.session_id, Login(attempt.provider, came.id_token))
        return cookies.let_in(token, attempt.to, self._step)

    async def _leave(self, request: Request) -> Response:
        """Send somebody to the page of their provider that logs them out there."""
        login = self._leaving.take(request.cookies.get(self._name(_OFFER)))
        address = None
        if login is not None:
            try:
                client = self._client(login.provider)
                back = f"{self._origin(request)}{LOGIN}"
                address = await client.address_to_leave(login.id_token, back)
            except LoginRefused as refused:
                return await self._refused(request, login.provider, refused)
        response = RedirectResponse(address or LOGIN, HTTPStatus.SEE_OTHER)
        self._drop(response, _OFFER)
        return response

    def _settings(self) -> Mapping[str, Provider]:
        return self._access.settings().login.providers

    def _client(self, key: str) -> "Client":
        """Return us as a provider knows us, anew when the settings or the secret changed."""
        from dashboard.gate.oidc.client import Client  # noqa: PLC0415 - see above
        from dashboard.gate.oidc.transport import Transport  # noqa: PLC0415 - see above

        provider = self._settings().get(key)
        if provider is None:
            raise LoginRefused(Reason.UNKNOWN_PROVIDER)
        secret = os.environ.get(secret_variable(key)) or None
        known = self._clients.get(key)
        if known is None or known[:2] != (provider, secret):
            known = provider, secret, Client(provider, secret, Transport(self._under))
            self._clients[key] = known
        return known[2]

    def _origin(self, request: Request) -> str:
        """Return the address of the pages as this browser knows it; the gate has checked the host."""
        host, public = request.headers["host"].lower(), self._step.public_url
        if public is not None and urlsplit(f"//{host}").hostname == urlsplit(public).hostname:
            return public
        return f"http://{host}"

    async def _refused(self, request: Request, key: str, refused: LoginRefused) -> Response:
        _log.warning("A login with %r was refused: %s %r", key, refused.reason, refused.detail)
        await self._note(request, key, refused)
        provider = self._settings().get(key)
        shown = problem(refused.reason, provider.name if provider else "")
        return self._sorry(request, shown, _STATUS.get(refused.reason, HTTPStatus.FORBIDDEN))

    async def _note(self, request: Request, key: str, refused: LoginRefused) -> None:
        now = time.monotonic()
        if len(self._noted) == _MOST_NOTES_A_MINUTE and now - self._noted[0] < 60:  # noqa: PLR2004 - seconds
            return
        self._noted.append(now)
        try:
            await run_in_threadpool(
                note_refused,
                *(self._access, key if key in self._settings() else "?"),
                *(refused.reason.value, refused.detail, request.scope[ADDRESS]),
            )
        except StoreError:
            _log.warning("It could not be noted in the audit trail.")

    def _sorry(self, request: Request, what: Problem, status: HTTPStatus) -> Response:
        language = reader.language(request)
        hint = (render(what.hint, language),) if what.hint else ()
        back = Link(
            f"{LOGIN}?{urlencode({reader.LANGUAGE: language})}",
            text("To the login page", language),
        )
        # in another language this address would be asked again, with what is worth nothing any more
        page = Page(render(what.what, language), hint, links=(back,), languages=False)
        return rendering.answer(request, page, status)

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self._step.secure else name

    def _keep(self, response: Response, name: str, value: str, seconds: int) -> None:
        secure = self._step.secure
        # "lax": the browser sends it when the provider sends somebody back
        response.set_cookie(
            *(self._name(name), value, seconds), httponly=True, secure=secure, samesite="lax"
        )

    def _drop(self, response: Response, name: str) -> None:
        secure = self._step.secure
        response.delete_cookie(self._name(name), httponly=True, secure=secure, samesite="lax")


def secret_variable(key: str) -> str:
    """Return the name of the environment variable that holds a provider's secret."""
    return SECRET_VARIABLE + re.sub("[^A-Z0-9]", "_", key.upper())
