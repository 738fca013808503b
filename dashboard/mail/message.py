"""A letter. The standard library's message refuses line ends in headers, so nobody adds any."""

from collections.abc import Sequence
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from pipelines import clock
from pipelines.errors import Refused, msg

#: Of whatever leaves without an address of its own.
NOBODY = "cap90@localhost"


def compose(
    sender: str | None, sender_name: str, to: Sequence[str], subject: str, body: str
) -> EmailMessage:
    """Return a letter.

    Args:
        sender: The address it comes from; None where no mail server is set up.
        sender_name: As readers see it, such as the company's name.
        to: E-mail addresses.
        body: Plain text.

    Raises:
        Refused: An address is none. Nothing was sent.
    """
    from_address = checked(sender or NOBODY)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(_line(sender_name), addr_spec=from_address)
    letter["To"] = [Address(addr_spec=checked(address)) for address in to]
    letter["Subject"] = _line(subject)
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = make_msgid(domain=from_address.rpartition("@")[2])
    letter.set_content(body)
    return letter


def checked(address: str) -> str:
    """Return an e-mail address as it may stand in a letter.

    Raises:
        Refused: It is none, or holds more than one.
    """
    trimmed = address.strip()
    try:
        found = Address(addr_spec=trimmed)
        possible = bool(found.username and found.domain) and trimmed.isprintable()
    except (HeaderParseError, ValueError, IndexError):
        possible = False
    if not possible or " " in trimmed:
        raise Refused.of(
            msg("'{text}' is not an e-mail address.", text=trimmed[:254]),
            hint=msg("Write it as name@company.com."),
        )
    return trimmed


def is_address(text: str) -> bool:
    """Tell whether a letter can go there; not to accents before the @, which few servers take."""
    try:
        checked(text)
    except Refused:
        return False
    return True


def _line(words: str) -> str:
    """Return words on one line: a header ends where its line ends."""
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    # what looks like an encoded word would be decoded, line ends and all
    return " ".join(printable.replace("=?", "= ?").split())
