"""What people write into fields of a form: tidied, and what is wrong with it. Pure."""

from pipelines.errors import Message, Problem, msg
from pipelines.visible import visible

#: A few sentences; longer texts are reports, or pasted by mistake.
MAX_TEXT = 2_000


def paragraph(text: str) -> str:
    """Return a text of several lines without control characters and outer blanks."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def sentence(text: str) -> str:
    """Return a text that ends as a sentence does, so that another one can follow."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def text_problems(
    text: str, most: int, what: Message, hint: Message | None = None
) -> list[Problem]:
    """Return what is wrong with a text that has to be there.

    Args:
        most: How many characters it may have.
        what: Said when it is empty.
    """
    return too_long(text, most) if text else [Problem(what, hint=hint)]


def too_long(text: str, most: int) -> list[Problem]:
    """Return the problem of a text that has more characters than it may have."""
    if len(text) <= most:
        return []
    return [
        Problem(
            msg("“{start}…” is too long: {length} characters.", start=text[:30], length=len(text)),
            hint=msg("{most} are allowed.", most=most),
        )
    ]
