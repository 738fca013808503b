"""The company's logo: only pictures that do nothing but show something.

A PNG is decoded and written anew. An SVG is taken apart; what is on the list goes into a new one,
and anything that is not (scripts, links, fonts, pictures from elsewhere) refuses the whole file.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element, tostring
from xml.parsers import expat

from pipelines.errors import Message, Refused, msg

#: Bytes; more is a photograph and not a logo.
LARGEST = 500_000
#: Pixels on the longer side of what is kept; enough for paper.
_SHARP = 1200
#: A small file may unpack into gigabytes.
_MOST_PIXELS = 40_000_000
_MOST_ELEMENTS = 5_000
_DEEPEST = 50


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = _names(
    "svg g defs title desc path rect circle ellipse line polyline polygon linearGradient "
    "radialGradient stop clipPath mask style"
)
_TEXT_IN = frozenset({"title", "desc", "style"})
_ATTRIBUTES = _names(
    "id class style transform viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr "
    "d points preserveAspectRatio version fill fill-rule fill-opacity stroke stroke-width "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset "
    "stroke-opacity opacity color clip-path clip-rule mask offset stop-color stop-opacity "
    "gradientUnits display type gradientTransform spreadMethod clipPathUnits maskUnits "
    "maskContentUnits vector-effect visibility shape-rendering paint-order role"
)
#: What editors write about themselves; left out, since nothing of it is drawn.
_LEFT_OUT = re.compile(r"^(xml:|data-|aria-|enable-background$|baseProfile$|overflow$)")
#: Masks in masks would be drawn once for every way that leads to them: twenty are a million.
_CUT = frozenset({"mask", "clipPath"})
_CUT_BY = frozenset({"mask", "clip-path"})
_CUT_BY_STYLE = re.compile(r"(mask|clip)[\w-]*\s*:", re.IGNORECASE)
_FOREIGN = re.compile(
    r"@|\\|/\*|expression|javascript|<|url\s*\((?!\s*['\"]?#[\w.-]+['\"]?\s*\))", re.IGNORECASE
)


@dataclass(frozen=True)
class Logo:
    """A checked picture.

    Attributes:
        content: Safe to show on pages and to print.
    """

    kind: Literal["png", "svg"]
    content: bytes

    @property
    def file_name(self) -> str:
        """What it is called in a workspace."""
        return f"logo.{self.kind}"

    @property
    def data_uri(self) -> str:
        """The picture as an address that nothing is fetched from."""
        media_type = "image/png" if self.kind == "png" else "image/svg+xml"
        return f"data:{media_type};base64,{base64.b64encode(self.content).decode('ascii')}"


def checked_logo(content: bytes) -> Logo:
    """Return a picture that somebody sent, as it is safe to keep.

    Raises:
        Refused: It is too large, no PNG or SVG, or does more than show something.
    """
    if len(content) > LARGEST:
        raise Refused.of(
            msg("The picture is larger than {size} KB.", size=LARGEST // 1000),
            hint=msg("Save it smaller: a logo a thousand pixels wide is sharp everywhere."),
        )
    if content.startswith(_PNG):
        return Logo("png", _redrawn(content))
    return Logo("svg", _rewritten(content))


def read_logo(root: Path, name: str | None) -> Logo | None:
    """Return the logo that lies in a workspace, checked as any other; None if there is none.

    Args:
        name: As the settings name it.
    """
    if name is None:
        return None
    path = root / name
    try:
        changed = path.stat()
    except OSError:
        return None
    return _read(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_at: int, size: int) -> Logo | None:
    if size > LARGEST:
        return None
    try:
        return checked_logo(path.read_bytes())
    except (OSError, Refused):  # somebody put it there by hand: pages do without
        return None


def _redrawn(content: bytes) -> bytes:
    """Return a PNG written anew from its pixels: nothing else that was in the file is kept."""
    # the package takes a moment to load, and only whoever has such a logo needs it
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - see above

    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _unreadable(msg("The picture has too many pixels."))
            drawn = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise _unreadable(msg("The picture is damaged.")) from error
    except Image.DecompressionBombError as error:
        raise _unreadable(msg("The picture has too many pixels.")) from error
    drawn.thumbnail((_SHARP, _SHARP))
    written = BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()


def _rewritten(content: bytes) -> bytes:
    """Return an SVG made anew of what is on the list."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _unreadable(msg("This is neither a PNG nor an SVG picture.")) from error
    if reader.root is None:
        raise _unreadable(msg("This is neither a PNG nor an SVG picture."))
    written: bytes = tostring(reader.root, encoding="utf-8")
    return written


class _Reader:
    """Builds the new picture while the old one is read."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition("}")
        self._count += 1
        if namespace != _SVG or tag not in _ELEMENTS or (self.root is None and tag != "svg"):
            if self.root is None:
                raise _unreadable(msg("This is neither a PNG nor an SVG picture."))
            raise _active(tag)
        if self._count > _MOST_ELEMENTS or len(self._open) > _DEEPEST:
            raise _unreadable(msg("The picture is too complicated."))
        if any(part.tag in _CUT for part in self._open) and _CUT_BY & attributes.keys():
            raise _active(tag)
        made = Element(tag, _kept(attributes))
        if self._open:
            self._open[-1].append(made)
        else:
            made.set("xmlns", _SVG)
            self.root = made
        self._open.append(made)

    def end(self, _name: str) -> None:
        closed = self._open.pop()
        if closed.tag == "style" and not _is_plain_style(closed.text or ""):
            raise _active("style")

    def text(self, words: str) -> None:
        if self._open and self._open[-1].tag in _TEXT_IN:
            self._open[-1].text = (self._open[-1].text or "") + words

    def entity(self, *_declared: object) -> None:
        raise _active("ENTITY")

    def instruction(self, target: str, _data: str) -> None:
        raise _active(target)


def _kept(attributes: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, value in attributes.items():
        if "}" in name or _LEFT_OUT.match(name):
            if name.endswith(("}href", "}base")):
                raise _active(name.rpartition("}")[2])
            continue
        plain = _is_plain_style(value) if name == "style" else not _FOREIGN.search(value)
        if name not in _ATTRIBUTES or not plain:
            raise _active(name)
        kept[name] = value
    return kept


def _is_plain_style(style: str) -> bool:
    return not (_FOREIGN.search(style) or _CUT_BY_STYLE.search(style))


def _active(part: str) -> Refused:
    return Refused.of(
        msg("The picture holds more than shapes and colours: {part}.", part=part),
        hint=msg(
            "Save it as a PNG, or as a plain SVG with text turned into paths, without scripts, "
            "links and pictures from elsewhere."
        ),
    )


def _unreadable(what: Message) -> Refused:
    return Refused.of(what, hint=msg("Save your logo as a PNG or SVG file and send that one."))
