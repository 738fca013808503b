"""What people type in a meeting: cleaned, and refused where it is too long. Pure."""

from dashboard.rhythm.action import MAX_NAME, one_line, too_long
from pipelines.errors import Problem, Refused, msg
from pipelines.visible import visible

#: A title is read at a glance, a decision is a sentence or two, a note may fill pages.
MAX_TITLE = 300
MAX_SENTENCE = 1_000
MAX_NOTE = 20_000
#: How much of a text a refusal shows; it holds all of it.
_SHOWN = 200


def title(text: str) -> str:
    """Return a title on one line.

    Raises:
        Refused: It is empty or too long.
    """
    return _line(text, MAX_TITLE)


def name(text: str) -> str:
    """Return the name of a person on one line.

    Raises:
        Refused: As for ``title``.
    """
    return _line(text, MAX_NAME)


def optional_title(text: str | None) -> str | None:
    """Return a title that may be left out; None for nothing.

    Raises:
        Refused: It is too long.
    """
    return title(text) if text and one_line(text) else None


def sentence(text: str) -> str:
    """Return a sentence or two on one line.

    Raises:
        Refused: As for ``title``.
    """
    return _line(text, MAX_SENTENCE)


def remark(text: str | None) -> str | None:
    """Return a sentence that may be left out; None for nothing.

    Raises:
        Refused: It is too long.
    """
    return sentence(text) if text and one_line(text) else None


def note(text: str) -> str:
    """Return a text of several lines, without control signs; ends of lines are line feeds.

    Raises:
        Refused: It is too long.
    """
    cleaned = visible(_whole(text).replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    _refuse(too_long(cleaned, MAX_NOTE))
    return cleaned


def beginning(text: str) -> str:
    """Return as much of a text as a refusal shows."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(text: str, most: int) -> str:
    line = one_line(_whole(text))
    # blanks that do not break, or have no width, say nothing either
    if not any(sign.isprintable() for sign in line if sign != " "):
        raise Refused.of(msg("Nothing is written."), hint=msg("Write a few words."))
    _refuse(too_long(line, most))
    return line


def _whole(text: str) -> str:
    """Return text without halves of signs: a browser that cuts an emoji in two sends them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
