"""A company's pages as ``cap90 run`` serves them, with people who have accounts there."""

import http.client
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from dashboard.access import links
from dashboard.access.access import Access
from dashboard.access.accounts import Account, add_account, get_account
from dashboard.access.login import Entered
from dashboard.access.redeem import redeem
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.gate import cookies
from dashboard.gate.doorstep import Doorstep
from pipelines import workspace
from pipelines.folding import folded
from pipelines.settings import Settings
from pipelines.workspace import open_workspace
from tests.builders.browser import free_port

PASSWORD = "sept bouleaux jaunes"  # noqa: S105 - of people who only live in tests
OWNER = Visitor("Louise Gagnon", Role.OWNER)
_RUN = "from dashboard.cli import main; main()"
_LINK = re.compile(r"https?://\S+/link/\S+")
_OPEN = re.compile(r"http://(?:localhost|0\.0\.0\.0):\d+")
_PATIENCE_SECONDS = 100
_HERE = "127.0.0.1"


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    @property
    def page(self) -> str:
        return self.body.decode()

    @property
    def cookie(self) -> str:
        """What the browser sends from now on."""
        return (self.headers["set-cookie"] or "").partition(";")[0]


@dataclass
class Company:
    """Pages that answer.

    Attributes:
        access: The same accounts, opened beside the running pages: what is done here is noticed
            there like anything another program writes.
        printed: Everything that the command said.
        cookies: What the browsers of those whom a test names send.
    """

    port: int
    access: Access
    printed: list[str] = field(default_factory=list)
    process: "_Process | None" = None
    cookies: dict[str, str] = field(default_factory=dict)
    step: Doorstep | None = None

    def kill(self) -> None:
        """End the pages without warning, as a power cut does."""
        assert self.process is not None
        self.process.kill()

    def begin_again(self) -> None:
        """Run the pages on the same workspace and port."""
        assert self.process is not None
        self.process.start(_OPEN)

    @property
    def cookie_name(self) -> str:
        """What its cookie is called; two companies on one computer differ by their ports."""
        return cookies.name(self.step or Doorstep(port=self.port))

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def setup_token(self) -> str:
        return self.hear(_LINK).group().rpartition("/")[2]

    def hear(self, words: re.Pattern[str]) -> re.Match[str]:
        """Wait until the command says something, and return it."""
        assert self.process is not None
        return self.process.hear(words)

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | Sequence[tuple[str, str]] | bytes | None = None,
        cookie: str = "",
    ) -> Answer:
        """Send a request as a browser does, with what a test says differently; "" leaves it out.

        Args:
            form: Bytes are sent as they are.
        """
        sent = {"Host": f"localhost:{self.port}", "Accept-Language": "en", "Cookie": cookie}
        body = None
        if method not in {"GET", "HEAD"}:
            sent["Origin"] = self.address
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = form if isinstance(form, bytes) else urlencode(form).encode()
        sent |= headers or {}
        connection = http.client.HTTPConnection(_HERE, self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found

    def log_in(self, account: Account, password: str = PASSWORD) -> Answer:
        return self.ask("POST", "/login", form={"email": account.email, "password": password})

    def cookie_of(self, account: Account) -> str:
        """Return the cookie of a new login session, without asking for the password."""
        token = self.access.sessions.start(account.account_id, "127.0.0.1", "a test")
        return f"{self.cookie_name}={token}"

    def join(self, name: str, role: Role = Role.OWNER, language: str | None = None) -> Account:
        """Return a new account with a password."""
        return join(self.access, name, role, language)


def join(access: Access, name: str, role: Role, language: str | None = None) -> Account:
    """Invite somebody who accepts at once."""
    email = f"{folded(name.split(maxsplit=1)[0])}.{os.urandom(3).hex()}@atelier.example"
    added = add_account(access, OWNER, email=email, name=name, role=role, language=language)
    token = links.invite(access, OWNER, added.account_id)
    entered = redeem(access, token, password=PASSWORD, address=_HERE)
    assert isinstance(entered, Entered)
    return get_account(access, added.account_id)


class _Process:
    """``cap90 run`` in a process of its own, which may be killed and begun again."""

    def __init__(self, command: list[str], today: str) -> None:
        self._command = command
        self._environment = {**os.environ, "CAP90_TODAY": today, "PYTHONUNBUFFERED": "1"}
        self.printed: list[str] = []
        self._said_more = threading.Condition()

    def start(self, said_last: re.Pattern[str]) -> None:
        """Begin, and wait until it says that the pages are open."""
        opened = threading.Event()
        self._running = subprocess.Popen(
            self._command, env=self._environment, stderr=subprocess.PIPE, text=True
        )
        self._listening = threading.Thread(
            target=self._listen, args=(self._running, opened, said_last)
        )
        self._listening.start()
        if not opened.wait(_PATIENCE_SECONDS) or self._running.poll() is not None:
            self.kill()
            pytest.fail("".join(self.printed))

    def hear(self, words: re.Pattern[str]) -> re.Match[str]:
        """Wait until it says something, and return it."""

        def found() -> re.Match[str] | None:
            return next(filter(None, map(words.search, self.printed)), None)

        with self._said_more:
            heard = self._said_more.wait_for(found, _PATIENCE_SECONDS)
        assert heard is not None, "".join(self.printed)
        return heard

    def _listen(
        self,
        running: "subprocess.Popen[str]",
        opened: threading.Event,
        said_last: re.Pattern[str],
    ) -> None:
        assert running.stderr is not None
        for line in running.stderr:
            with self._said_more:
                self.printed.append(line)
                self._said_more.notify_all()
            if said_last.search(line):
                opened.set()
        opened.set()  # it ended, which the caller sees

    def stop(self) -> None:
        """Ask it to end."""
        self._running.terminate()
        self._ended()

    def kill(self) -> None:
        """End it without warning."""
        self._running.kill()
        self._ended()

    def _ended(self) -> None:
        self._running.wait(_PATIENCE_SECONDS)
        self._listening.join(_PATIENCE_SECONDS)
        assert self._running.stderr is not None
        self._running.stderr.close()


@contextmanager
def company_running(
    folder: Path, *arguments: str, settings: Settings | None = None, today: str = "2026-11-16"
) -> Iterator[Company]:
    """Run the pages of a company that has just begun, or of the one that lies in the folder."""
    root = folder / "company"
    said_last = _OPEN
    if not root.exists():
        said_last = _LINK
        workspace.create(root, settings or Settings(company="Atelier Neuf"))
    port = free_port()
    command = [
        *(sys.executable, "-c", _RUN, "run", "--no-browser", "--port", str(port)),
        *("--workspace", str(root), *arguments),
    ]
    process = _Process(command, today)
    process.start(said_last)
    try:
        with Access.open(open_workspace(root)) as access:
            yield Company(port, access, process.printed, process)
    finally:
        process.stop()
