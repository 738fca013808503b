"""The way in and out: logging in, links that let somebody in once, logging out."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

import dashboard
from dashboard import safekeeping
from dashboard.access import links, redeem
from dashboard.access.access import Access
from dashboard.access.login import Denied, Entered, log_in, log_out
from dashboard.access.rights import Role
from dashboard.gate import cookies, forms, identity, reader, rendering
from dashboard.gate.demonstration import Demonstration
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.feed import CalendarFeed
from dashboard.gate.middleware import ADDRESS
from dashboard.gate.oidc.routes import Providers
from dashboard.gate.waiting import Tried, WaitingRoom
from pipelines.errors import AccessRefused, Problem, Refused, msg

_MARK = Path(dashboard.__file__).with_name("assets") / "mark.svg"
_Handler = Callable[[Request], Awaitable[Response]]


class Entry:
    """The pages before somebody is known, and those that change who they are."""

    def __init__(self, access: Access, step: Doorstep, demo: Demonstration | None = None) -> None:
        self._access = access
        self._step = step
        self._demo = demo
        self._providers = Providers(access, step)
        self._waiting = WaitingRoom()
        self._feed = CalendarFeed(access)

    def routes(self) -> list[BaseRoute]:
        """Return what is answered here; the gate's table says who may ask."""
        answered: dict[str, tuple[_Handler, list[str]]] = {
            "/login": (self._login, ["GET", "POST"]),
            "/login/style.css": (_style, ["GET"]),
            "/link/{token}": (self._link, ["GET", "POST"]),
            "/calendar/{token}.ics": (self._feed.answer, ["GET"]),
            "/logout": (self._logout, ["POST"]),
            "/session": (_session, ["GET"]),
            "/favicon.png": (_mark, ["GET"]),
            "/favicon.ico": (_mark, ["GET"]),
        }
        if self._demo is not None:
            answered["/demo/role"] = (self._become, ["POST"])
        own = [Route(path, handler, methods=how) for path, (handler, how) in answered.items()]
        return [*own, *self._providers.routes()]

    async def _login(self, request: Request) -> Response:
        token = cookies.token(request.cookies, self._step)
        known = self._access.sessions.find(token, active=False) if token else None
        if known is not None and request.method != "POST":
            return RedirectResponse(reader.next_page(request), HTTPStatus.SEE_OTHER)
        if self._demo is not None and (begun := self._demo.become(Role.OWNER, request)):
            return cookies.let_in(begun, reader.next_page(request), self._step)
        if request.method == "POST":
            return await self._try(request, await forms.sent(request))
        if await run_in_threadpool(links.needs_setup, self._access):
            return rendering.answer(request, forms.first_steps(reader.language(request)))
        page = forms.login(
            reader.language(request),
            self._providers.addresses(request),
            restored=safekeeping.just_restored() is not None,
        )
        return rendering.answer(request, replace(page, links=self._providers.leaving(request)))

    async def _try(self, request: Request, given: dict[str, str]) -> Response:
        tried: Tried | None = Tried(given.get("email", ""), given.get("password", ""))
        if "key" in given:
            tried = self._waiting.leave(given["key"])
        if tried is None:
            late = Problem(msg("The code took too long."), hint=msg("Log in again."))
            return self._ask_again(request, "", (late,))
        found = await run_in_threadpool(
            log_in,
            self._access,
            tried.email,
            tried.password,
            given.get("code"),
            address=request.scope[ADDRESS],
            user_agent=request.headers.get("user-agent", ""),
        )
        if isinstance(found, Entered):
            return await self._let_in(request, found, reader.next_page(request))
        if not found.code_wanted:
            return self._ask_again(request, tried.email, (found.problem,))
        page = forms.code(reader.language(request), self._waiting.enter(tried), found.problem)
        return rendering.answer(request, page, HTTPStatus.UNAUTHORIZED)

    def _ask_again(self, request: Request, email: str, problems: tuple[Problem, ...]) -> Response:
        page = forms.login(
            reader.language(request), self._providers.addresses(request), email, problems
        )
        return rendering.answer(request, page, HTTPStatus.UNAUTHORIZED)

    async def _link(self, request: Request) -> Response:
        language = reader.language(request)
        token = request.path_params["token"]
        try:
            link = await run_in_threadpool(links.look_up, self._access, token)
        except AccessRefused as refused:
            page = forms.dead_link(language, refused.problems)
            return rendering.answer(request, page, HTTPStatus.GONE)
        if request.method != "POST":
            wants_code = link.account is not None and link.account.second_factor
            page = forms.choose_password(language, link, {}, with_code=wants_code)
            return rendering.answer(request, page)
        return await self._redeem(request, token, link)

    async def _redeem(self, request: Request, token: str, link: links.Link) -> Response:
        language = reader.language(request)
        given = await forms.sent(request)
        try:
            found = await run_in_threadpool(self._redeemed, request, token, given)
        except AccessRefused as refused:
            page = forms.dead_link(language, refused.problems)
            return rendering.answer(request, page, HTTPStatus.GONE)
        except Refused as refused:
            problems = refused.problems
        else:
            if isinstance(found, Entered):
                return await self._let_in(request, found, "/")
            problems = (found.problem,)
        wants_code = link.account is not None and link.account.second_factor
        page = forms.choose_password(language, link, given, problems, with_code=wants_code)
        return rendering.answer(request, page, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _redeemed(self, request: Request, token: str, given: dict[str, str]) -> Entered | Denied:
        password = given.get("password", "")
        if password != given.get("again", ""):
            raise Refused.of(
                msg("The two passwords are not the same."), hint=msg("Type both again.")
            )
        return redeem.redeem(
            self._access,
            token,
            password=password,
            name=given.get("name"),
            email=given.get("email"),
            language=reader.language(request),
            code=given.get("code"),
            address=request.scope[ADDRESS],
            user_agent=request.headers.get("user-agent", ""),
        )

    async def _let_in(self, request: Request, entered: Entered, address: str) -> Response:
        """Give a browser its new session; the one it had before ends, whoever's it was."""
        if before := cookies.token(request.cookies, self._step):
            await run_in_threadpool(log_out, self._access, before)
        return cookies.let_in(entered.token, address, self._step)

    async def _logout(self, request: Request) -> Response:
        response = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
        if token := cookies.token(request.cookies, self._step):
            await self._providers.offer_to_leave(response, token)
            await run_in_threadpool(log_out, self._access, token)
        cookies.take_back(response, self._step)
        return response

    async def _become(self, request: Request) -> Response:
        given = await forms.sent(request)
        wanted = next((role for role in Role if role == given.get("role")), None)
        begun = self._demo.become(wanted, request) if self._demo and wanted else None
        if begun is None:
            return rendering.notice(request, rendering.Notice.MISSING)
        if before := cookies.token(request.cookies, self._step):
            await run_in_threadpool(log_out, self._access, before)
        return cookies.let_in(begun, "/", self._step)


async def _session(_request: Request) -> Response:
    """Tell an open tab whether everything is as it was; the gate answers where nobody is known."""
    return JSONResponse({"revision": identity.own_revision()})


async def _style(_request: Request) -> Response:
    return rendering.style()


async def _mark(_request: Request) -> Response:
    """Return our mark where Streamlit's page looks for its own, sparing a second icon."""
    kept = {"Cache-Control": "max-age=86400"}
    return FileResponse(_MARK, media_type="image/svg+xml", headers=kept)
