"""How a command finds the app that serves a workspace: a small private file in the folder.

The file names an address and a secret. Whoever is found there proves to know the secret before it
is told anything, so that a file that a crash left behind leads nobody astray.
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

FILE_NAME: Final = ".cap90-running.json"
#: Answers with the proof.
HELLO: Final = "/local/hello"
#: How long an app may take to answer, busy or not.
_PATIENCE_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Running:
    """An app that serves a workspace.

    Attributes:
        host: Where it is reached from this computer.
        address: As people open it.
        token: The secret between it and the commands.
        pid: Its process.
        started_at: UTC, as ISO 8601 writes it.
    """

    host: str
    port: int
    address: str
    token: str
    pid: int
    started_at: str

    def connect(self, timeout: float | None = None) -> http.client.HTTPConnection:
        """Return a connection to it, not yet used."""
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)


def new_token() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(32)


def proof(token: str, nonce: str) -> str:
    """Return what only somebody who knows the secret can say about a nonce."""
    return hmac.new(token.encode(), nonce.encode(), hashlib.sha256).hexdigest()


def announce(root: Path, running: Running) -> None:
    """Write the file, whole and for the owner's eyes only.

    Raises:
        OSError: The folder cannot be written.
    """
    unfinished = root / f"{FILE_NAME}.{secrets.token_hex(8)}"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(asdict(running), stream)
        unfinished.replace(root / FILE_NAME)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def withdraw(root: Path, running: Running) -> None:
    """Remove the file, unless another app has written its own meanwhile."""
    if read(root) == running:
        with contextlib.suppress(OSError):
            (root / FILE_NAME).unlink(missing_ok=True)


def read(root: Path) -> Running | None:
    """Return what the file says; None if there is none that can be understood."""
    try:
        said = json.loads((root / FILE_NAME).read_text(encoding="utf-8"))
        return Running(**said)
    except (OSError, ValueError, TypeError):
        return None


def find(root: Path) -> Running | None:
    """Return the app that serves a workspace; a file that a crash left behind is removed."""
    said = read(root)
    if said is None:
        return None
    if answers(said):
        return said
    if not _lives(said.pid):
        withdraw(root, said)
    return None


def answers(running: Running) -> bool:
    """Tell whether somebody answers at the address who knows the secret."""
    nonce = secrets.token_hex(16)
    connection = running.connect(_PATIENCE_SECONDS)
    try:
        connection.request("GET", f"{HELLO}?nonce={nonce}")
        answer = connection.getresponse()
        said = answer.read(1000).decode("ascii", errors="replace")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    expected = proof(running.token, nonce)
    return answer.status == http.client.OK and hmac.compare_digest(said, expected)


def _lives(pid: int) -> bool:
    if os.name == "nt":
        return False  # there, asking with a signal would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
