"""A small mail server on this computer, which keeps what it is given or refuses it as asked."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pipelines import clock


@dataclass
class MailServer:
    """What the server does, and what it was given.

    Attributes:
        letters: Whole letters as they came.
        refuses: Answers by the command they are given to, instead of agreement.
    """

    port: int = 0
    password: str | None = None
    refuses: dict[str, str] = field(default_factory=dict)
    letters: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    starttls: bool = False


@contextmanager
def mail_server(**settings: object) -> Iterator[MailServer]:
    """Run a server until the block ends; ``settings`` are those of ``MailServer``."""
    kept = MailServer(**settings)  # type: ignore[arg-type]  # the names are the fields'

    class Conversation(_Conversation):
        server_state = kept

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path, name: str = "localhost") -> Path:
    """Write a certificate that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def server_side(certificate_file: Path) -> ssl.SSLContext:
    """Return how a server shows a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file)
    return context


class _Conversation(socketserver.StreamRequestHandler):
    server_state: MailServer
    timeout = 10

    def handle(self) -> None:
        state = self.server_state
        try:
            if state.tls and not state.starttls:
                self._protect()
            self._say(state.refuses.get("CONNECT", "220 ready"))
            while line := self.rfile.readline():
                if not self._answer(line.decode("utf-8", "replace").strip()):
                    return
        except (OSError, ssl.SSLError):  # the other side left: that is its right
            return

    def _protect(self) -> None:
        assert self.server_state.tls
        self.request = self.server_state.tls.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")
        self.wfile = self.request.makefile("wb", buffering=0)

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.wfile.write(f"{line}\r\n".encode())

    def _answer(self, line: str) -> bool:
        state = self.server_state
        state.commands.append(line)
        verb = line.partition(" ")[0].upper()
        if verb in state.refuses:
            self._say(state.refuses[verb])
            return True
        match verb:
            case "EHLO":
                offers = ["STARTTLS"] if state.starttls else []
                offers += ["AUTH PLAIN"] if state.password else []
                self._say("250-here", *(f"250-{offer}" for offer in offers), "250 8BITMIME")
            case "STARTTLS":
                self._say("220 go on")
                self._protect()
            case "AUTH":
                _, _, given = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                self._say("235 welcome" if given == state.password else "535 wrong password")
            case "DATA":
                self._say("354 go on")
                state.letters.append(self._letter())
                self._say("250 kept")
            case "QUIT":
                self._say("221 bye")
                return False
            case _:
                self._say("250 fine")
        return True

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)
