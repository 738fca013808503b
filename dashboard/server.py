"""The product's own web server: Streamlit's pages inside an ASGI application."""

import gc
import logging
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from dashboard import downloads, live, safekeeping, scripts, session
from dashboard.access import links
from dashboard.access.access import Access
from dashboard.access.follower import Follower
from dashboard.gate import demonstration
from dashboard.gate.demonstration import Demonstration
from dashboard.gate.doorstep import Doorstep, is_loopback
from dashboard.gate.entry import Entry
from dashboard.gate.identity import identify_by
from dashboard.gate.middleware import Gate
from dashboard.gate.names import KnownNames
from dashboard.gate.table import DEMO_RULES, RULES, Table
from dashboard.gate.tabs import tabs
from dashboard.jobs.local import Door
from dashboard.jobs.runners import Runner
from dashboard.jobs.serving import Jobs
from dashboard.preload import Preload
from dashboard.rhythm.pact.watch import Watch
from dashboard.warming import Warming
from pipelines.context import Context
from pipelines.errors import Refused, msg

#: This machine only; whoever wants more says so.
LOOPBACK = "127.0.0.1"
PORT = 8501

_log = logging.getLogger(__name__)
#: What the Monday page is made of; imported before anybody asks for it.
_FIRST_IMPORTS = (
    *("dashboard.data", "dashboard.gestures.actions", "dashboard.components.week"),
    "dashboard.gestures.improve",
)
#: Charts need these; together they take seconds the first time.
_SLOW_IMPORTS = ("plotly.io", "plotly.tools", "plotly.graph_objects")
#: The first page goes first.
_WARM_AFTER_SECONDS = 3.0


@dataclass(frozen=True)
class Opened:
    """The pages answer.

    Attributes:
        address: Where.
        setup: The address that makes the first owner, as long as there is none; it works once.
        behind: Where a TLS proxy has to pass on what it gets, if there is one.
    """

    address: str
    setup: str | None = None
    behind: str | None = None


def pages(entry: Entry, door: Door | None = None) -> st.App:
    """Return the application behind the gate: Streamlit's pages, and what we answer ourselves."""
    return st.App(
        Path(__file__).with_name("app.py"),
        lifespan=_lifespan,
        middleware=[Middleware(Preload, also=[scripts.address()])],
        routes=[
            *(*entry.routes(), downloads.ROUTE, *live.ROUTES, scripts.ROUTE),
            *(door.routes if door else ()),
        ],
    )


def application(
    access: Access,
    step: Doorstep,
    demo: Demonstration | None = None,
    door: Door | None = None,
) -> ASGIApp:
    """Return the application that serves the workspace of ``dashboard.session``, gate and all."""
    table = Table((*RULES, *(DEMO_RULES if demo else ())))
    return Gate(pages(Entry(access, step, demo), door), access.sessions, step, table)


def serve(
    context: Context,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    public_url: str | None = None,
    demo: bool = False,
    open_browser: bool = True,
    ready: Callable[[Opened], None] | None = None,
    runner: Runner | None = None,
) -> None:
    """Serve a workspace until somebody stops the process; then write everything and let go of it.

    Args:
        context: Opened by the caller, so that a workspace in use is a sentence on the command
            line and not a page that fails.
        public_url: Under which others reach it through a TLS proxy.
        demo: It is the sample company: whoever comes from this computer is let in.
        ready: Called once, as soon as pages answer.
        runner: Does the commands that other processes hand over; None: they are not taken in.

    Raises:
        Refused: The port is taken, or others would be let in without an account or without TLS.
        StoreError: The accounts cannot be read.
    """
    step = Doorstep.at(public_url)
    with ExitStack() as stack:
        stack.callback(session.leave)
        session.use(context)  # what follows asks for the settings of the moment
        access = stack.enter_context(
            Access.open(
                context.workspace,
                settings=lambda: session.served().workspace.settings,
                names=KnownNames(context),
            )
        )
        _check_reach(access, host, step, demo=demo)
        shown = Demonstration.of(access, context) if demo else None
        listener = stack.enter_context(closing(_listen(host, port)))
        _serve(
            context,
            access,
            listener,
            step,
            demo=shown,
            open_browser=open_browser,
            ready=ready,
            runner=runner,
        )


def _serve(
    context: Context,
    access: Access,
    listener: socket.socket,
    step: Doorstep,
    *,
    demo: Demonstration | None,
    open_browser: bool,
    ready: Callable[[Opened], None] | None,
    runner: Runner | None,
) -> None:
    host, port = listener.getsockname()[:2]
    step = replace(step, port=port)
    local = f"http://{_shown(host)}:{port}"
    session.use(context, identify_by(access.sessions, step), access)
    forget = access.sessions.on_end(tabs.end)
    trail = Follower(access.audit, context)
    pacts = Watch(session.served)
    landings = Warming(session.served)
    jobs = Jobs(context.workspace, access, runner)
    if demo:
        demo.show()
    config = uvicorn.Config(
        application(access, step, demo, jobs.door),
        host=host,
        log_level="warning",
        access_log=False,
        ws="auto",
        # whom to believe about addresses is the gate's business
        proxy_headers=False,
        server_header=False,
    )

    def started() -> None:
        address = step.public_url or local
        token = None if demo else links.setup(access)
        setup = f"{address}{links.path_of(token)}" if token else None
        opened = Opened(address, setup, local if step.secure else None)
        jobs.announce(_near(host), port, address)
        _announce(opened, ready, open_browser=open_browser)

    def ending() -> None:
        safekeeping.end()
        jobs.close()

    logging.getLogger("uvicorn.error").addFilter(_is_news)
    server = _Server(config, started, ending)
    try:
        jobs.open()
        safekeeping.begin()
        server.run(sockets=[listener, *_beside(host, port)])
    finally:
        ending()
        forget()
        demonstration.hide()
        landings.close()
        pacts.close()  # before the trail, which takes over what it wrote
        trail.close()
        session.leave()
        context.store.close()


def _check_reach(access: Access, host: str, step: Doorstep, *, demo: bool) -> None:
    """Let nobody else on the network in unless they have to log in, and by https."""
    if demo and not (is_loopback(host) and not step.secure):
        raise Refused.of(
            msg("The demonstration has no passwords: it opens on this computer only."),
            where="--host",
            hint=msg("Leave it out."),
        )
    if is_loopback(host):
        return
    if not step.secure:
        raise Refused.of(
            msg("'{host}' lets others on the network in, which takes an encrypted way.", host=host),
            where="--host",
            hint=msg(
                "Put a TLS reverse proxy such as Caddy or nginx in front, and name its address: "
                "--public-url https://kpi.example.com. It has to pass on web sockets and the "
                "headers Host, X-Forwarded-For and X-Forwarded-Proto. On the same computer the "
                "proxy needs no --host at all."
            ),
        )
    if links.needs_setup(access):
        raise Refused.of(
            msg(
                "'{host}' lets others on the network in, and nobody has an account yet.", host=host
            ),
            where="--host",
            hint=msg(
                "Start it without --host first, and make your account with the link it prints."
            ),
        )


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether the server's log should have a record; a socket that was refused is no error."""
    return "without completing handshake" not in str(record.msg)


def _shown(host: str) -> str:
    if is_loopback(host) or host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


class _Server(uvicorn.Server):
    """Tells when it answers, and when it is about to end."""

    def __init__(
        self, config: uvicorn.Config, started: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._started = started
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # before it waits for answers that go on for as long as a job does
        await run_in_threadpool(self._ending)
        await super().shutdown(sockets)


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


def _near(host: str) -> str:
    """Return the name by which programs on this computer reach what listens at an address."""
    return "::1" if ":" in host else LOOPBACK


def _beside(host: str, port: int) -> list[socket.socket]:
    """Listen for programs on this computer too, where only others were named."""
    if is_loopback(host) or host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return []
    try:
        return [_listen(_near(host), port)]
    except Refused:  # commands then say that the workspace is in use
        _log.warning("Commands on this computer cannot reach the pages: their port is taken.")
        return []


def _announce(
    opened: Opened, ready: Callable[[Opened], None] | None, *, open_browser: bool
) -> None:
    if ready:
        ready(opened)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(opened.address,), daemon=True).start()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    stopping = threading.Event()
    threading.Thread(target=_warm, args=(stopping,), daemon=True).start()
    try:
        yield {}
    finally:
        stopping.set()
        # here and not after the server: a signal ends the process as soon as it has shut down
        session.served().close()
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
