"""Hands letters to the company's mail server, and says in a sentence why it could not.

Without a server a letter is written into a file, to be looked at or sent by hand.
"""

import base64
import ipaddress
import os
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from pipelines import clock
from pipelines.errors import Cap90Error, Message, Problem, msg
from pipelines.settings import Mail, MailSecurity

#: Holds the password of the mail server; it is written nowhere.
PASSWORD_VARIABLE = "CAP90_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
#: Seconds for each step of the conversation with the server.
TIMEOUT = 15.0

_ANSWER_SHOWN = 200
#: What a mail server says to whoever it knows.
_WELCOME = 235


class MailRefused(Cap90Error):  # noqa: N818 - a refusal is what it is, not a failure of ours
    """A letter could not be sent."""


@dataclass(frozen=True)
class Sent:
    """What became of a letter.

    Attributes:
        file: Where it was written, since there is no mail server; None: the server has it.
    """

    file: Path | None = None


def send(
    mail: Mail,
    letter: EmailMessage,
    outbox: Path,
    *,
    timeout: float = TIMEOUT,
    trust: ssl.SSLContext | None = None,
) -> Sent:
    """Send a letter, or write it into a file where no mail server is set up.

    Args:
        outbox: The folder of that file.
        timeout: Seconds for each step.
        trust: Whose certificates are believed; by default what the computer believes.

    Raises:
        MailRefused: Why it could not be sent, and what to do. Nobody got it.
    """
    if not mail.host:
        return Sent(_written(letter, outbox))
    _refuse_open_way(mail, mail.host)
    with _explained(mail, mail.host):
        server = _connected(mail, mail.host, timeout, trust or ssl.create_default_context())
        with server:
            if mail.user:
                _log_in(server, mail.user, os.environ.get(PASSWORD_VARIABLE, ""))
            server.send_message(letter)
    return Sent()


def _written(letter: EmailMessage, outbox: Path) -> Path:
    path = outbox / f"{clock.now():%Y-%m-%d-%H%M%S}-{uuid4().hex[:8]}.eml"
    try:
        outbox.mkdir(exist_ok=True)
        path.write_bytes(bytes(letter))
    except OSError as error:
        raise MailRefused.of(
            msg("The letter could not be written into a file."),
            where=str(path),
            hint=msg("Check that there is room on the disk and that you may write there."),
        ) from error
    return path


def _refuse_open_way(mail: Mail, host: str) -> None:
    """Refuse to send passwords and letters in the open, except within this computer."""
    if mail.security is MailSecurity.NONE and not _is_loopback(host):
        raise MailRefused.of(
            msg("Without protection, letters are only sent to a server on this computer."),
            where=host,
            hint=msg("Choose STARTTLS (usually port 587) or TLS (usually port 465)."),
        )


def _is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connected(mail: Mail, host: str, timeout: float, trust: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(host, mail.port, timeout=timeout, context=trust)
    server = smtplib.SMTP(host, mail.port, timeout=timeout)
    if mail.security is MailSecurity.STARTTLS:
        try:
            server.starttls(context=trust)
        except BaseException:
            server.close()
            raise
    return server


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        server.login(user, password)
        return
    # the standard library sends ASCII only; RFC 4616 says UTF-8
    server.ehlo_or_helo_if_needed()
    if "PLAIN" not in server.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError
    said = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = server.docmd("AUTH", f"PLAIN {said}")
    if code != _WELCOME:
        raise smtplib.SMTPAuthenticationError(code, answer)


@contextmanager
def _explained(mail: Mail, host: str) -> Iterator[None]:
    """Say what went wrong as people understand it."""
    where = f"{host}:{mail.port}"
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        # silence is reported as a lost connection, with its reason behind it
        late = isinstance(error.__context__, TimeoutError)
        explain = next(
            explain
            for kind, explain in _EXPLANATIONS
            if isinstance(error.__context__ if late else error, kind)
        )
        what, hint = explain(error)
        raise MailRefused(Problem(what, where, hint)) from error


def _answer(error: Exception) -> str:
    """Return what the server said, as far as it can be shown."""
    said = getattr(error, "smtp_error", None) or b""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    code = getattr(error, "smtp_code", "")
    shown = re.sub(r"[^\x20-\x7e\xa0-\U0010ffff]+", " ", f"{code} {words}").strip()
    return shown[:_ANSWER_SHOWN]


def _unknown(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("No computer of this name can be found."),
        msg("Check the name of the mail server, and the connection to the network."),
    )


def _certificate(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("The server's certificate is not one this computer trusts; nothing was sent to it."),
        msg("Check the server's name, or ask whoever runs it for a valid certificate."),
    )


def _not_tls(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("The server does not speak TLS at this port."),
        msg("Choose STARTTLS (usually port 587) or TLS (usually port 465)."),
    )


def _late(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("The mail server does not answer."),
        msg("Check the port: 587 goes with STARTTLS, 465 with TLS. A firewall may be in the way."),
    )


def _refused(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("No mail server listens there."),
        msg("Check the name and the port; a firewall may be in the way."),
    )


def _login(error: Exception) -> tuple[Message, Message]:
    return (
        msg("The mail server does not accept the login. It says: {answer}", answer=_answer(error)),
        msg(
            "Check the user, and the password in {variable} of whoever starts Cap 90.",
            variable=PASSWORD_VARIABLE,
        ),
    )


def _sender(error: Exception) -> tuple[Message, Message]:
    return (
        msg(
            "The mail server does not accept the sender's address. It says: {answer}",
            answer=_answer(error),
        ),
        msg("Write an address that this server may send for."),
    )


def _recipient(error: Exception) -> tuple[Message, Message]:
    refused = getattr(error, "recipients", {})
    return (
        msg(
            "The mail server does not accept these addresses: {addresses}.", addresses=list(refused)
        ),
        msg("Check how they are written. The server may want a user before it sends elsewhere."),
    )


def _no_starttls(_error: Exception) -> tuple[Message, Message]:
    return (
        msg("The mail server does not offer what was asked of it: STARTTLS or a login."),
        msg("Choose TLS (usually port 465), or leave the user out if the server needs none."),
    )


def _other(error: Exception) -> tuple[Message, Message]:
    return (
        msg("The mail server broke the conversation off. {answer}", answer=_answer(error)),
        msg("Try again in a few minutes; if it stays so, ask whoever runs the server."),
    )


#: The first one that fits explains it.
_EXPLANATIONS: tuple[
    tuple[type[Exception], Callable[[Exception], tuple[Message, Message]]], ...
] = (
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _not_tls),
    (socket.gaierror, _unknown),
    (UnicodeError, _unknown),  # no name of a computer looks like this
    (TimeoutError, _late),
    (ConnectionRefusedError, _refused),
    (smtplib.SMTPAuthenticationError, _login),
    (smtplib.SMTPSenderRefused, _sender),
    (smtplib.SMTPRecipientsRefused, _recipient),
    (smtplib.SMTPNotSupportedError, _no_starttls),
    (smtplib.SMTPException, _other),
    (OSError, _refused),
)
