"""The gate around an application that only says that it was asked."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from dashboard import session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.middleware import Gate
from dashboard.gate.tabs import ENDED, is_by_hand, tabs
from pipelines.errors import StoreError, msg

ZOE = Visitor("Zoé Côté", Role.MANAGER, account_id=2, session_id="zoe-here")
AUTOMATIC = BackMsg(rerun_script=ClientState(is_auto_rerun=True)).SerializeToString()
BY_HAND = BackMsg(rerun_script=ClientState(query_string="")).SerializeToString()


@dataclass
class Book:
    """Login sessions that a test begins and ends.

    Attributes:
        looks: Whether each look meant that somebody did something.
    """

    known: dict[str, Visitor] = field(default_factory=lambda: {"zoe": ZOE})
    looks: list[bool] = field(default_factory=list)
    broken: bool = False

    def find(self, token: str, *, active: bool) -> Visitor | None:
        if self.broken:
            raise StoreError.of(msg("The file of the accounts cannot be opened or written."))
        self.looks.append(active)
        return self.known.get(token)


@dataclass
class Application:
    """Remembers what reached it."""

    asked: list[tuple[Scope, str]] = field(default_factory=list)
    received: list[Message] = field(default_factory=list)
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    fails: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = session.visitor().name if scope["type"] == "http" and "cookie" in str(scope) else ""
        self.asked.append((scope, name))
        if self.fails:
            raise ZeroDivisionError
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"from behind the gate"})
            return
        while True:
            message = await receive()
            self.received.append(message)
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
                self.opened.set()
            if message["type"] == "websocket.disconnect":
                await send({"type": "websocket.send", "bytes": b"too late"})
                return


def asked(path: str, method: str = "GET", **headers: str) -> Scope:
    said = {"host": "localhost:8590", "cookie": "cap90_session=zoe", **headers}
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8590),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in said.items()
        ],
    }


def stream(**headers: str) -> Scope:
    scope = asked("/_stcore/stream", origin="http://localhost:8590", **headers)
    return {**scope, "type": "websocket", "scheme": "ws", "subprotocols": [], "extensions": {}}


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def answer(book: Book, application: Application, scope: Scope) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Gate(application, book, Doorstep())(scope, nothing, send))
    start, *bodies = sent
    return start["status"], b"".join(body["body"] for body in bodies)


Step = Callable[["asyncio.Queue[Message]"], Awaitable[None]]


def talk(book: Book, application: Application, step: Step) -> list[Message]:
    """Open a socket, do something while it is open, and return what the browser got."""
    sent: list[Message] = []

    async def run() -> None:
        arriving: asyncio.Queue[Message] = asyncio.Queue()

        async def send(message: Message) -> None:
            sent.append(message)

        await arriving.put({"type": "websocket.connect"})
        gate = Gate(application, book, Doorstep())
        passing = asyncio.create_task(gate(stream(), arriving.get, send))
        await step(arriving)
        await asyncio.wait_for(passing, 10)

    asyncio.run(run())
    return sent


@pytest.mark.parametrize(
    ("path", "renews"),
    [
        *(("/", True), ("/kpi", True), ("/download/ticket", True)),
        *(("/session", False), ("/_stcore/host-config", False), ("/static/js/x.js", False)),
    ],
)
def test_pages_show_that_somebody_is_there_and_what_tabs_ask_by_themselves_does_not(
    path: str, *, renews: bool
) -> None:
    book = Book()

    answer(book, Application(), asked(path))

    assert book.looks == [renews]


def test_a_request_works_in_the_name_of_whoever_sent_it() -> None:
    application = Application()

    status, body = answer(Book(), application, asked("/kpi", x_forwarded_user="louise"))

    ((scope, name),) = application.asked
    assert (status, body, name) == (200, b"from behind the gate", "Zoé Côté")
    assert b"x-forwarded-user" not in {header for header, _ in scope["headers"]}


def test_what_is_refused_never_reaches_the_application() -> None:
    application = Application()

    for scope in (
        asked("/kpi", cookie="cap90_session=nobody"),
        asked("/kpi", host="evil.example"),
        asked("/media/file"),
        asked("/logout", "POST", origin="http://evil.example"),
        asked("/accounts"),  # a manager's role does not include it
    ):
        answer(Book(), application, scope)

    assert application.asked == []


def test_a_refusal_is_in_the_log_without_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    answer(Book(), Application(), asked("/accounts", user_agent="line\nbreak"))
    answer(Book(), Application(), asked("/logout", "POST", origin="http://evil.example"))

    assert caplog.messages == [
        "Account 2 was refused: /accounts.",
        "A page of somebody else was refused: /logout.",
    ]


def test_a_failure_behind_the_gate_is_a_calm_page() -> None:
    status, body = answer(Book(), Application(fails=True), asked("/kpi"))

    assert status == 500
    assert b"Something unexpected happened." in body
    assert b"ZeroDivision" not in body


def test_while_the_accounts_cannot_be_read_nobody_is_let_in_and_nobody_is_thrown_out() -> None:
    application = Application()

    status, body = answer(Book(broken=True), application, asked("/session"))

    assert (status, application.asked) == (503, [])  # tabs leave at 401 only
    assert b"Nothing is lost" in body


def test_a_socket_is_closed_when_its_session_ends_and_says_nothing_after_that() -> None:
    application = Application()

    async def ends(_: "asyncio.Queue[Message]") -> None:
        await application.opened.wait()
        tabs.end(ZOE.session_id)

    sent = talk(Book(), application, ends)

    assert sent == [
        {"type": "websocket.accept"},
        {"type": "websocket.close", "code": ENDED},
    ]


def test_a_message_of_an_ended_session_is_not_passed_on() -> None:
    book, application = Book(), Application()

    async def sends(arriving: "asyncio.Queue[Message]") -> None:
        await application.opened.wait()
        book.known.clear()
        await arriving.put({"type": "websocket.receive", "bytes": BY_HAND})

    talk(book, application, sends)

    assert [one["type"] for one in application.received] == [
        "websocket.connect",
        "websocket.disconnect",
    ]


def test_a_quiet_socket_is_noticed_when_its_session_is_over_by_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.gate.tabs._LOOK_SECONDS", 0.01)
    book, application = Book(), Application()

    async def waits(_: "asyncio.Queue[Message]") -> None:
        await application.opened.wait()
        book.known.clear()

    assert talk(book, application, waits)[-1] == {"type": "websocket.close", "code": ENDED}
    assert not any(book.looks)


def test_only_what_somebody_does_on_a_page_renews_their_session() -> None:
    book, application = Book(), Application()

    async def sends(arriving: "asyncio.Queue[Message]") -> None:
        # the first message comes from the page itself, also when it reconnects at night
        for data in (BY_HAND, AUTOMATIC, b"nonsense \xff", BY_HAND):
            await arriving.put({"type": "websocket.receive", "bytes": data})
        await arriving.put({"type": "websocket.disconnect", "code": 1001})

    talk(book, application, sends)

    began, *messages = book.looks[1:]
    assert (began, messages) == (False, [False, False, False, True])


@pytest.mark.parametrize(
    ("message", "by_hand"),
    [
        (BackMsg(rerun_script=ClientState(query_string="a")), True),
        (BackMsg(rerun_script=ClientState(is_auto_rerun=True)), False),
        (BackMsg(app_heartbeat=True), False),
        (BackMsg(stop_script=True), False),
        (BackMsg(), False),
    ],
)
def test_a_timer_on_a_page_is_nobody(message: Any, *, by_hand: bool) -> None:
    assert is_by_hand(message.SerializeToString()) is by_hand


def test_a_page_names_its_own_session_of_streamlits_or_none() -> None:
    tabs.claim("mine", ZOE.session_id)
    application = Application()

    async def leaves(arriving: "asyncio.Queue[Message]") -> None:
        await arriving.put({"type": "websocket.disconnect", "code": 1001})

    offered = {}
    for named in ("mine", "somebody else's"):

        async def run(named: str = named) -> None:
            arriving: asyncio.Queue[Message] = asyncio.Queue()
            await leaves(arriving)
            gate = Gate(application, Book(), Doorstep())
            scope = stream(sec_websocket_protocol=f"streamlit, token, {named}")
            await gate(scope, arriving.get, lambda _: asyncio.sleep(0))

        asyncio.run(run())
        offered[named] = application.asked[-1][0]["subprotocols"]

    assert offered == {
        "mine": ["streamlit", "token", "mine"],
        "somebody else's": ["streamlit", "token"],
    }
