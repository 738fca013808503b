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

from dashboard.access import links
from dashboard.access.access import Access
from dashboard.access.accounts import Account, add_account, get_account
from dashboard.access.login import Entered
from dashboard.access.redeem import redeem
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from pipelines import workspace
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
    """

    port: int
    access: Access
    printed: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def setup_token(self) -> str:
        (link,) = [found for line in self.printed if (found := _LINK.search(line))]
        return link.group().rpartition("/")[2]

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        cookie: str = "",
    ) -> Answer:
        """Send a request as a browser does, with what a test says differently; "" leaves it out."""
        sent = {"Host": f"localhost:{self.port}", "Accept-Language": "en", "Cookie": cookie}
        body = None
        if method not in {"GET", "HEAD"}:
            sent["Origin"] = self.address
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
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
        return f"cap90_session={token}"

    def join(self, name: str, role: Role = Role.OWNER, language: str | None = None) -> Account:
        """Return a new account with a password."""
        return join(self.access, name, role, language)


def join(access: Access, name: str, role: Role, language: str | None = None) -> Account:
    """Invite somebody who accepts at once."""
    email = f"{name.split(maxsplit=1)[0].lower()}.{os.urandom(3).hex()}@atelier.example"
    added = add_account(access, OWNER, email=email, name=name, role=role, language=language)
    token = links.invite(access, OWNER, added.account_id)
    entered = redeem(access, token, password=PASSWORD, address=_HERE)
    assert isinstance(entered, Entered)
    return get_account(access, added.account_id)


@contextmanager
def company_running(
    folder: Path, *arguments: str, settings: Settings | None = None
) -> Iterator[Company]:
    """Run the pages of a company that has just begun."""
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
    environment = {**os.environ, "CAP90_TODAY": "2026-11-16", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    printed: list[str] = []
    opened = threading.Event()
    listening = threading.Thread(target=_listen, args=(process, printed, opened, said_last))
    listening.start()
    try:
        assert opened.wait(_PATIENCE_SECONDS), "\n".join(printed)
        assert process.poll() is None, "\n".join(printed)
        with Access.open(open_workspace(root)) as access:
            yield Company(port, access, printed)
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)
        listening.join(_PATIENCE_SECONDS)


def _listen(
    process: "subprocess.Popen[str]",
    printed: list[str],
    opened: threading.Event,
    said_last: re.Pattern[str],
) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        printed.append(line)
        if said_last.search(line):
            opened.set()
    opened.set()  # it ended, which the caller sees
