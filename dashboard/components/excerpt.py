"""What was found, cut to where it says it, with the words that were looked for. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.folding import folded

_ELLIPSIS = "…"
#: What ends a sentence, which an ellipsis does not belong to.
_ENDS = ".!?"
#: How much of what is shown stands before the words, where something was left out: a third.
_BEFORE = 3
_BLANK = re.compile(r"\s+")


class Piece(NamedTuple):
    """A piece of a text.

    Attributes:
        marked: It is one of the words that were looked for.
    """

    text: str
    marked: bool = False


def excerpt(text: str, words: str, most: int | None = None) -> list[Piece]:
    """Return a text in pieces, cut at words around the first of those that were looked for.

    Args:
        words: As somebody typed them; accents and capitals do not matter.
        most: How many characters are shown; None: all of them.

    Returns:
        Pieces in their order, with an ellipsis where something was left out.
    """
    found = _places(text, words)
    start, end = _window(text, found[0] if found else (0, 0), most)
    before = _ELLIPSIS if start else ""
    after = _ELLIPSIS if end < len(text) else ""
    if after and text[end - 1] in _ENDS:
        after = f" {_ELLIPSIS}"
    pieces = [Piece(before)] if before else []
    at = start
    for first, last in found:
        if first < start or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], marked=True)]
        at = last
    pieces += [Piece(text[at:end]), Piece(after)]
    return [piece for piece in pieces if piece.text]


def says(text: str, words: str) -> bool:
    """Tell whether a text has any of the words that were looked for."""
    return bool(_places(text, words))


def says_all(texts: Iterable[str], words: str) -> bool:
    """Tell whether every one of the words stands somewhere in the texts."""
    said = [folded(text) for text in texts]
    return all(any(word in one for one in said) for word in folded(words).split())


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the words stand: start and end of each run of letters, in their order."""
    letters = [(sign, place) for place, whole in enumerate(text) for sign in folded(whole)]
    plain = "".join(sign for sign, _ in letters)
    hit: set[int] = set()
    for word in set(folded(words).split()):
        for begins in _occurrences(plain, word):
            hit.update(place for _, place in letters[begins : begins + len(word)])
    return list(_runs(sorted(hit)))


def _occurrences(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at >= 0:
        yield at
        at = plain.find(word, at + 1)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for place in places:
        if first is None or last is None or place > last + 1:
            if first is not None and last is not None:
                yield first, last + 1
            first = place
        last = place
    if first is not None and last is not None:
        yield first, last + 1


def _window(text: str, found: tuple[int, int], most: int | None) -> tuple[int, int]:
    """Return from where to where a text is shown, whole words only where there are any."""
    if most is None or len(text) <= most:
        return 0, len(text)
    first, last = found
    # what stands near the beginning is shown from the beginning
    start = 0 if last <= most else max(0, first - most // _BEFORE)
    if start:
        blank = _BLANK.search(text, start - 1, first)
        start = blank.end() if blank else start
    end = min(len(text), start + most)
    if end < len(text):
        blanks = [one.start() for one in _BLANK.finditer(text, max(last, start + 1), end + 1)]
        end = blanks[-1] if blanks else end
    return start, end
