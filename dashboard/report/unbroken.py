"""Numbers stay with their units and dates in one piece wherever a line ends. Pure."""

import re

_NO_BREAK = "\N{NO-BREAK SPACE}"
#: 62 000; 30,7 k$; 32 %; 3,6 pts; 28 min; 1 h 05.
_NUMBER = re.compile(
    r"(?<=\d) (?=\d{3}(?!\d)|[kKM]?[$€]|%|(?:pts?|min|h|[jd])\b)|(?<=\d.h) (?=\d\d\b)"
)
#: 1er nov. 2026; 16 novembre 2026; Nov 16, 2026.
_DATE = re.compile(
    r"\b(?:\d{1,2}|1er) [^\W\d_]{3,9}\.? \d{4}\b|\b[^\W\d_]{3,9}\.? \d{1,2}, \d{4}\b"
)


def unbroken(words: str) -> str:
    """Return words in which no line ends within an amount or within a date."""
    joined = _DATE.sub(lambda found: found[0].replace(" ", _NO_BREAK), words)
    return _NUMBER.sub(_NO_BREAK, joined)
