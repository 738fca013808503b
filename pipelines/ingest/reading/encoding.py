"""Find out in which encoding a text file is written, and turn it into UTF-8."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import charset_normalizer
import polars as pl

from pipelines.errors import ImportRefused, msg

_HEAD: Final = 1 << 20
#: With a byte order mark there is nothing to guess.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: A stray byte or two in a file that is otherwise UTF-8: one bad cell, not another encoding.
_UTF8_SEQUENCES_PER_STRAY_BYTE: Final = 10


@dataclass(frozen=True)
class Text:
    """A text file as UTF-8.

    Attributes:
        source: The file itself where it is UTF-8 already (so that nobody copies a large one),
            else its text as UTF-8 bytes.
        lines: Its lines without their ends (LF, CRLF or CR).
        encoding: As Python names it.
    """

    source: Path | bytes
    lines: pl.Series
    encoding: str


def read_text(path: Path, told: str | None = None) -> Text:
    """Return the text of a file, in whatever encoding it is.

    UTF-8 wins whenever the whole file decodes as such, since no other text does so by
    accident; what is left is Windows-1252, the encoding of Excel and of older CRMs in Western
    Europe and North America, unless bytes occur that it does not have.

    Args:
        path: The file.
        told: The encoding, where somebody has said it.

    Raises:
        ImportRefused: The file is not text, or not in the encoding told.
    """
    text = _text(path, *_source(path, told))
    if text is None:
        text = _text(path, *(_western(path) if told is None else _decoded(path, told)))
    if text is None or text.lines.str.contains("\0", literal=True).any():
        raise _not_text(path)
    return text


def _source(path: Path, told: str | None) -> tuple[Path | bytes, str]:
    """Return what is probably UTF-8, and the encoding it was in."""
    if told is not None:
        name = _codec(told)
        return (path, "utf-8") if name in ("utf-8", "utf-8-sig") else _decoded(path, name)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return (path, name) if name == "utf-8" else _decoded(path, name)
    if b"\0" not in head:
        return path, "utf-8"
    utf16 = _utf16_without_mark(head)
    if utf16 is None:
        raise _not_text(path)
    return _decoded(path, utf16)


def _text(path: Path, source: Path | bytes, encoding: str) -> Text | None:
    """Return the text with its lines, or None if it is not UTF-8."""
    try:
        lines = pl.read_lines(source, glob=False)["line"]
        if lines.len() and "\r" in lines[0]:  # the line ends of an old Macintosh
            data = path.read_bytes() if isinstance(source, Path) else source
            source = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            lines = pl.read_lines(source)["line"]
    except pl.exceptions.ComputeError:
        return None
    return Text(source, lines, encoding)


def _codec(told: str) -> str:
    try:
        name = codecs.lookup(told).name
        "".encode(name)  # "rot13" and "zip" are codecs too, but not of text
    except LookupError:
        raise ImportRefused.of(
            msg("'{name}' is not an encoding.", name=told),
            "encoding",
            msg("Common ones are utf-8, windows-1252 and utf-16."),
        ) from None
    return name


def _western(path: Path) -> tuple[bytes, str]:
    """Return the text of a file that is not UTF-8."""
    data = path.read_bytes()
    # Bytes that are not UTF-8 become lone surrogates, which no text contains otherwise.
    escaped = data.decode("utf-8", errors="surrogateescape")
    stray = len(escaped) - len(escaped.encode("utf-8", errors="ignore").decode())
    sequences = len(escaped) - len(escaped.encode("ascii", errors="ignore")) - stray
    if sequences >= _UTF8_SEQUENCES_PER_STRAY_BYTE * stray:
        strays = {
            0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)
        }
        return escaped.translate(strays).encode(), "utf-8"
    try:
        return data.decode("cp1252").encode(), "windows-1252"
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(data[:_HEAD]).best()
    name = best.encoding if best else "iso-8859-1"
    try:
        return data.decode(name).encode(), name
    except UnicodeDecodeError:
        return data.decode("iso-8859-1").encode(), "iso-8859-1"


def _utf16_without_mark(head: bytes) -> str | None:
    """Recognise UTF-16 by the zero byte that every Latin letter has in it."""
    pairs = max(len(head) // 2, 1)
    zeros_first, zeros_second = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    mostly, hardly = 0.7, 0.1
    if zeros_second > mostly and zeros_first < hardly:
        return "utf-16-le"
    if zeros_first > mostly and zeros_second < hardly:
        return "utf-16-be"
    return None


def _decoded(path: Path, name: str) -> tuple[bytes, str]:
    try:
        return path.read_bytes().decode(name).removeprefix("\ufeff").encode(), name
    except UnicodeError:
        raise ImportRefused.of(
            msg("The file cannot be read as {name}.", name=name),
            path.name,
            msg("Leave the encoding out, or give the one the file was saved in."),
        ) from None


def _not_text(path: Path) -> ImportRefused:
    return ImportRefused.of(
        msg("This is not a table: the file holds binary data."),
        path.name,
        msg("Export it as CSV or XLSX and import that file."),
    )
