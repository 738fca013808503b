"""The gate: every request and every web socket passes it, and most of them only with a login."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from dashboard.gate import cookies, doorstep, frontend, headers, rendering
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.pace import Pace
from dashboard.gate.rendering import Notice
from dashboard.gate.table import WEBSOCKET, Found, Rule, Table, Who
from dashboard.gate.tabs import Socket, tabs
from pipelines.errors import StoreError

_log = logging.getLogger(__name__)
_SAFE = frozenset({"GET", "HEAD"})
#: Where the browser may name a session of Streamlit's to come back to.
_PROTOCOLS = b"sec-websocket-protocol"
_SESSION_PROTOCOL = 2
#: Under which the rest of the server finds what the gate knows of a request.
ADDRESS = "cap90.address"


class Finder(Protocol):
    """Tells who shows a token; ``dashboard.access.sessions.Sessions``."""

    def find(self, token: str, *, active: bool) -> Visitor | None:
        """Return whose session it is, None if it is over; ``active``: somebody did something."""
        ...


class Gate:
    """ASGI middleware in front of the whole application."""

    def __init__(
        self, app: ASGIApp, sessions: Finder, step: Doorstep, table: Table | None = None
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._step = step
        self._table = table or Table()
        self._pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what must not pass, and pass the rest on in the name of whoever sent it."""
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "websocket":
                await self._websocket(scope, receive, send)
            case _:  # the start and the end of the server
                await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._table.find(scope["path"], scope["method"])
        rule = found.rule if found else None
        send = headers.guarded(send, rule, secure=self._step.secure)
        try:
            visitor = self._known(scope, active=rule is not None and rule.renews)
        except StoreError:
            _log.exception("Nobody can be told who they are.")
            await _notice(scope, Notice.BUSY)(scope, receive, send)
            return
        refusal = self._too_fast(scope, visitor) or self._refusal(
            scope, scope["method"], found, visitor
        )
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope = self._cleaned(scope)
        if visitor is None:
            await self._passed(scope, receive, send)
            return
        with session.acting_as(visitor):
            await self._passed(scope, receive, send)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = False

        async def watched(message: Any) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            _log.exception("A request failed.")
            if began:
                raise
            failed = rendering.notice(Request(scope), Notice.FAILED)
            await failed(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._table.find(scope["path"], WEBSOCKET)
        # a page that was open keeps asking for its socket by itself: nobody did anything
        visitor = self._known(scope, active=False)
        token = self._token(scope)
        refusal = self._refusal(scope, WEBSOCKET, found, visitor)
        if refusal is not None or visitor is None or token is None:
            await _refuse_socket(scope, receive, send, refusal, secure=self._step.secure)
            return

        def counts(active: bool) -> bool:  # noqa: FBT001 - the only thing it is told
            try:
                return self._sessions.find(token, active=active) is not None
            except StoreError:  # the page comes back by itself when the file does
                return False

        socket = Socket(receive, send, counts)
        tabs.opened(visitor.session_id, socket)
        try:
            if counts(False):  # it may have ended before it could be told
                await self._app(
                    _own_session(self._cleaned(scope), visitor), socket.receive, socket.send
                )
            else:
                await send({"type": "websocket.close"})
        finally:
            tabs.closed(visitor.session_id, socket)
            await socket.finish()

    def _too_fast(self, scope: Scope, visitor: Visitor | None) -> Response | None:
        """Refuse what comes faster than people ask; passwords and codes are counted elsewhere."""
        seconds = self._pace.wait(visitor.session_id) if visitor else 0
        if not seconds:
            return None
        refusal = _notice(scope, Notice.TOO_FAST)
        refusal.headers["Retry-After"] = str(seconds)
        return refusal

    def _refusal(
        self, scope: Scope, method: str, found: Found | None, visitor: Visitor | None
    ) -> Response | None:
        """Return why a request goes no further, None if it does. The order is part of it."""
        asked = Headers(scope=scope)
        if not doorstep.clean_path(scope):
            return _plain(HTTPStatus.BAD_REQUEST)
        if not self._step.serves(scope, asked.get("host")) or len(asked.getlist("host")) != 1:
            return _plain(HTTPStatus.MISDIRECTED_REQUEST)
        if found is None:
            if rules := self._table.at(scope["path"]):
                return _not_this_way(rules)
            return _notice(scope, Notice.MISSING)
        return self._strangers(scope, method, asked, found.rule) or _unwelcome(
            scope, found, visitor
        )

    def _strangers(self, scope: Scope, method: str, asked: Headers, rule: Rule) -> Response | None:
        """Refuse what pages of others or other computers send."""
        if rule.who is Who.THIS_COMPUTER:
            client = scope.get("client")
            near = doorstep.is_loopback(client[0] if client else None)
            # a proxy's neighbours come from this computer too, but say for whom
            by_itself = not {"origin", "x-forwarded-for", "forwarded"} & set(asked)
            return None if near and by_itself else _plain(HTTPStatus.NOT_FOUND)
        ours = self._step.may_read(asked) if method in _SAFE else self._step.comes_from_us(asked)
        if not ours:  # never what was sent: a log is no place for strangers to write in
            _log.warning("A page of somebody else was refused: %s.", rule.path)
        return None if ours else _notice(scope, Notice.FOREIGN)

    def _known(self, scope: Scope, *, active: bool) -> Visitor | None:
        token = self._token(scope)
        return self._sessions.find(token, active=active) if token else None

    def _token(self, scope: Scope) -> str | None:
        return cookies.token(HTTPConnection(scope).cookies, self._step)

    def _cleaned(self, scope: Scope) -> Scope:
        """Return a request with only what may be believed."""
        address = self._step.address(scope)
        scheme = self._step.scheme(scope)
        if scope["type"] == "websocket":
            scheme = scheme.replace("http", "ws")
        return {
            **scope,
            "headers": doorstep.stripped(scope["headers"]),
            "scheme": scheme,
            ADDRESS: address,
        }


def _unwelcome(scope: Scope, found: Found, visitor: Visitor | None) -> Response | None:
    """Return why somebody, or nobody known, may not use an address; None if they may."""
    rule = found.rule
    if rule.who in {Who.EVERYBODY, Who.THIS_COMPUTER}:
        return None
    if visitor is None:
        return _to_login(scope) if rule.navigates else _plain(HTTPStatus.UNAUTHORIZED)
    if isinstance(rule.who, Capability) and not visitor.may(rule.who):
        _log.warning("Account %s was refused: %s.", visitor.account_id, rule.path)
        return _notice(scope, Notice.NOT_INCLUDED)
    exists = not rule.path.startswith("/static/") or scope["path"] in frontend.files()
    theirs = _is_theirs(found.parameters, visitor)
    return None if exists and theirs else _plain(HTTPStatus.NOT_FOUND)


def _is_theirs(parameters: Mapping[str, Any], visitor: Visitor) -> bool:
    """Tell whether a session of Streamlit's that an address names was begun by this login."""
    named = parameters.get("session_id")
    return named is None or tabs.owns(visitor.session_id, named)


def _own_session(scope: Scope, visitor: Visitor) -> Scope:
    """Return a socket's request that names no session of Streamlit's but one's own."""

    def checked(name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if name.lower() != _PROTOCOLS:
            return name, value
        parts = [part.strip() for part in value.decode("latin-1").split(",")]
        named = parts[_SESSION_PROTOCOL] if len(parts) > _SESSION_PROTOCOL else ""
        if not tabs.owns(visitor.session_id, named):
            parts = parts[:_SESSION_PROTOCOL]
        return name, ", ".join(parts).encode("latin-1")

    cleaned = [checked(name, value) for name, value in scope["headers"]]
    protocols = [
        part.strip()
        for name, value in cleaned
        if name.lower() == _PROTOCOLS
        for part in value.decode("latin-1").split(",")
    ]
    return {**scope, "headers": cleaned, "subprotocols": protocols}


async def _refuse_socket(
    scope: Scope, receive: Receive, send: Send, refusal: Response | None, *, secure: bool
) -> None:
    if refusal is None or "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close"})
        return
    await refusal(scope, receive, headers.guarded(send, None, secure=secure))


def _to_login(scope: Scope) -> Response:
    if scope["method"] not in _SAFE:
        return RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    target = "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='/')}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER)


def _not_this_way(rules: list[Found]) -> Response:
    allowed = sorted({method for found in rules for method in found.rule.methods} - {WEBSOCKET})
    return PlainTextResponse(
        HTTPStatus.METHOD_NOT_ALLOWED.phrase,
        HTTPStatus.METHOD_NOT_ALLOWED,
        {"Allow": ", ".join(allowed)},
    )


def _plain(status: HTTPStatus) -> Response:
    return PlainTextResponse(status.phrase, status)


def _notice(scope: Scope, kind: Notice) -> Response:
    if scope["type"] == "websocket":
        return _plain(kind.status)
    return rendering.notice(Request(scope), kind)
