"""The product's own web server: Streamlit's pages inside an ASGI application."""

import gc
import logging
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from dashboard import session
from dashboard.preload import Preload
from pipelines.context import Context
from pipelines.errors import Refused, msg

#: This machine only; whoever wants more says so.
LOOPBACK = "127.0.0.1"
PORT = 8501

_log = logging.getLogger(__name__)
#: What the Monday page is made of; imported before anybody asks for it.
_FIRST_IMPORTS = ("dashboard.data", "dashboard.gestures", "dashboard.components.week")
#: Charts need these; together they take seconds the first time.
_SLOW_IMPORTS = ("plotly.io", "plotly.tools", "plotly.graph_objects")
#: The first page goes first.
_WARM_AFTER_SECONDS = 3.0


def application() -> st.App:
    """Return the application that serves the workspace of ``dashboard.session``."""
    return st.App(
        Path(__file__).with_name("app.py"),
        lifespan=_lifespan,
        middleware=[Middleware(Preload)],
    )


def serve(
    context: Context,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    open_browser: bool = True,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a workspace until somebody stops the process; then write everything and let go of it.

    Args:
        context: Opened by the caller, so that a workspace in use is a sentence on the command
            line and not a page that fails.
        ready: Called once with the address, as soon as pages answer.

    Raises:
        Refused: The port is taken.
    """
    listener = _listen(host, port)
    shown = "localhost" if host in {LOOPBACK, "0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    address = f"http://{shown}:{listener.getsockname()[1]}"
    session.use(context)
    config = uvicorn.Config(
        application(), host=host, log_level="warning", access_log=False, ws="auto"
    )
    server = _Server(config, lambda: _announce(address, ready, open_browser=open_browser))
    try:
        server.run(sockets=[listener])
    finally:
        session.leave()
        context.store.close()


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._started()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Refused.of(
            msg("The pages cannot be served at {host}, port {port}.", host=host, port=str(port)),
            hint=msg("Something else may be using it; choose another one with --port."),
        ) from error
    return listener


def _announce(address: str, ready: Callable[[str], None] | None, *, open_browser: bool) -> None:
    if ready:
        ready(address)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    stopping = threading.Event()
    threading.Thread(target=_warm, args=(stopping,), daemon=True).start()
    try:
        yield {}
    finally:
        stopping.set()
        # here and not after the server: a signal ends the process as soon as it has shut down
        session.current().close()
        gc.unfreeze()  # what was set aside is let go of in order
        gc.collect()


def _warm(stopping: threading.Event) -> None:
    """Import what pages would otherwise wait for: the first page's modules, then the charts'.

    Streamlit collects garbage after every run of a page. What was imported never becomes garbage,
    but looking through it takes longer than the page itself: it is set aside.
    """
    _import(_FIRST_IMPORTS)
    _set_aside()
    if not stopping.wait(_WARM_AFTER_SECONDS):
        _import(_SLOW_IMPORTS)
        _set_aside()


def _set_aside() -> None:
    gc.collect()  # garbage must not be kept with the rest
    gc.freeze()


def _import(names: Iterable[str]) -> None:
    for name in names:
        try:
            import_module(name)
        except ImportError:  # a broken installation shows where the module is used
            _log.warning("%s could not be imported.", name)
