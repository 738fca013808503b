"""A real browser and a real server, for what no simulation can tell."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from pypdf import PdfReader
from starlette.types import ASGIApp

#: Makes a missing browser a failure instead of a skipped test.
REQUIRED_VARIABLE = "CAP90_REQUIRE_BROWSER"
_HOW_TO_GET_IT = (
    "NO BROWSER TEST RAN: Chromium was not found. Install it (apt-get install chromium), "
    "or name its path in CHROMIUM."
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE_SECONDS = 120
_COMMAND = "from dashboard.cli import main; main()"


def chromium() -> str:
    """Return the browser's path; skip loudly without one, or fail where it is required."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if found and Path(found).exists():
        return found
    if os.environ.get(REQUIRED_VARIABLE) == "1":
        pytest.fail(_HOW_TO_GET_IT)
    pytest.skip(_HOW_TO_GET_IT)


class _Shared:
    """The one Playwright of this process: a second one beside it is refused, whoever comes first."""

    users = 0
    running: Playwright | None = None

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Playwright]:
        """Start it for the first user, stop it after the last."""
        cls.running = cls.running or sync_playwright().start()
        cls.users += 1
        try:
            yield cls.running
        finally:
            cls.users -= 1
            if not cls.users:
                cls.running.stop()
                cls.running = None


@contextmanager
def browser(
    width: int = 1440, height: int = 900, *, dark: bool = False
) -> Iterator[BrowserContext]:
    """Open a browser that nobody has used before."""
    path = chromium()
    with tempfile.TemporaryDirectory() as profile, _Shared.open() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            args=_ARGUMENTS,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
        )
        try:
            yield context
        finally:
            context.close()


@contextmanager
def demo_running(folder: Path, today: str = "2026-11-16") -> Iterator[str]:
    """Run the sample company as the README says, and return its address."""
    port = free_port()
    with serving(
        [
            *(sys.executable, "-c", _COMMAND),
            *("demo", "--no-browser", "--port", str(port)),
            *("--workspace", str(folder / "cap90-demo")),
        ],
        port,
        {"CAP90_TODAY": today},
    ) as address:
        yield address


@contextmanager
def serving(command: list[str], port: int, environment: dict[str, str]) -> Iterator[str]:
    """Run a server until the block ends, once it accepts connections.

    What it starts ends with it: where ``node`` is a script, the server is a child of that script.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _until_it_answers(process, port, output)
            yield f"http://localhost:{port}"
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(_PATIENCE_SECONDS)


@contextmanager
def answering(application: ASGIApp) -> Iterator[int]:
    """Serve an application from a thread of this process until the block ends; yields the port."""
    listening = socket.create_server(("127.0.0.1", 0))  # from now on a request waits its turn
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def settled(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _until_it_answers(process: "subprocess.Popen[bytes]", port: int, output: object) -> None:
    import time  # noqa: PLC0415 - only while a server starts

    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    output.seek(0)  # type: ignore[attr-defined]  # a temporary file
    pytest.fail(f"The server did not start: {output.read().decode()}")  # type: ignore[attr-defined]  # as above


def taken_away(page: Page) -> str:
    """Take away the PDF of the review on a page; return what it says."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger la revue en PDF").click()
    pages = PdfReader(download.value.path()).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())
