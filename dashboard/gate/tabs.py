"""The open tabs: which web socket, and which of Streamlit's sessions, belongs to which login.

Streamlit keeps what a page holds under an identifier that the browser sends back when it
reconnects. Whoever names somebody else's must not get it, so this module remembers whose it is.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

#: Browsers close a socket of their own accord with lower numbers.
ENDED = 4401
#: How often a quiet socket's session is looked at: an idle one ends without anybody's doing.
_LOOK_SECONDS = 2.0
#: Streamlit sessions that are remembered for one login; it forgets closed ones itself.
_MOST_OWNED = 200

#: Looks at the session of a socket: whether it still counts, as something somebody did or not.
Counts = Callable[[bool], bool]


class Tabs:
    """Sockets and Streamlit sessions by login session; may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: dict[str, set[Socket]] = defaultdict(set)
        self._owned: dict[str, dict[str, None]] = {}

    def claim(self, streamlit_session: str, login_session: str) -> None:
        """Remember that a login session began one of Streamlit's."""
        with self._lock:
            owned = self._owned.setdefault(login_session, {})
            owned[streamlit_session] = None
            while len(owned) > _MOST_OWNED:
                del owned[next(iter(owned))]

    def owns(self, login_session: str, streamlit_session: str) -> bool:
        """Tell whether one of Streamlit's sessions was begun by a login session."""
        with self._lock:
            return streamlit_session in self._owned.get(login_session, {})

    def opened(self, login_session: str, socket: "Socket") -> None:
        """Remember an open socket, to close it when its login session ends."""
        with self._lock:
            self._sockets[login_session].add(socket)

    def closed(self, login_session: str, socket: "Socket") -> None:
        """Forget a socket."""
        with self._lock:
            self._sockets[login_session].discard(socket)
            if not self._sockets[login_session]:
                del self._sockets[login_session]

    def end(self, login_session: str) -> None:
        """Close every socket of a login session, and forget what it owned."""
        with self._lock:
            sockets = tuple(self._sockets.get(login_session, ()))
            self._owned.pop(login_session, None)
        for socket in sockets:
            socket.end()


class Socket:
    """A web socket that ends with its login session. What it carries then is not passed on."""

    def __init__(self, receive: Receive, send: Send, counts: Counts) -> None:
        self._receive = receive
        self._send = send
        self._counts = counts
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._waiting: asyncio.Task[Message] | None = None
        self._messages = 0
        self._hung_up = False

    def end(self) -> None:
        """Close it, from whatever thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ended.set)

    async def receive(self) -> Message:
        """Return the next message from the browser, or that the socket is closed."""
        ending = asyncio.create_task(self._ended.wait())
        try:
            while not self._ended.is_set():
                self._waiting = self._waiting or asyncio.create_task(_message(self._receive))
                done, _ = await asyncio.wait(
                    {self._waiting, ending},
                    timeout=_LOOK_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if self._waiting in done and not self._ended.is_set():
                    message = self._waiting.result()
                    self._waiting = None
                    if message["type"] != "websocket.receive" or self._passes(message):
                        return message
                    break
                if not done and not self._counts(False):
                    break
        finally:
            ending.cancel()
        return await self._hang_up()

    async def send(self, message: Message) -> None:
        """Pass a message on to the browser, unless the session is over."""
        if not self._ended.is_set():
            await self._send(message)

    async def finish(self) -> None:
        """Let go of what still waits; called when the application is done with the socket."""
        if self._waiting is not None:
            self._waiting.cancel()

    def _passes(self, message: Message) -> bool:
        self._messages += 1
        # the first one is sent by the page itself, also when it reconnects at night
        by_hand = self._messages > 1 and is_by_hand(message.get("bytes") or b"")
        return self._counts(by_hand)

    async def _hang_up(self) -> Message:
        if not self._hung_up:
            self._hung_up = True
            self._ended.set()  # whatever the page still has to say stays here
            await self._send({"type": "websocket.close", "code": ENDED})
        return {"type": "websocket.disconnect", "code": ENDED}


def is_by_hand(data: bytes) -> bool:
    """Tell whether a message of a page was caused by somebody, and not by a timer."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # noqa: BLE001 - no message of Streamlit's; it refuses it itself
        return False
    if message.WhichOneof("type") != "rerun_script":
        return False
    return not message.rerun_script.is_auto_rerun


async def _message(receive: Receive) -> Message:
    return await receive()


#: Those of this process, which serves one workspace.
tabs = Tabs()
