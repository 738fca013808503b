"""A logo is a picture and nothing more."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from pipelines.errors import Refused
from pipelines.settings.logo import checked_logo, read_logo

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    return f"<svg {XMLNS} {attributes}>{inside}</svg>".encode()


def png(width: int = 40, height: int = 20, note: str = "") -> bytes:
    written, information = BytesIO(), PngImagePlugin.PngInfo()
    information.add_text("Comment", note)
    Image.new("RGB", (width, height), "#0f5a78").save(written, "PNG", pnginfo=information)
    return written.getvalue()


def test_a_png_keeps_its_pixels_and_loses_everything_else() -> None:
    logo = checked_logo(png(note="<script>alert(1)</script>") + b"<?php something after it")

    assert logo.file_name == "logo.png"
    assert b"script" not in logo.content
    assert b"php" not in logo.content
    with Image.open(BytesIO(logo.content)) as picture:
        assert (picture.size, picture.getpixel((0, 0))) == ((40, 20), (15, 90, 120, 255))


def test_a_large_png_is_made_small_enough_for_every_page() -> None:
    with Image.open(BytesIO(checked_logo(png(3000, 1500)).content)) as picture:
        assert picture.size == (1200, 600)


def test_an_svg_of_shapes_is_kept() -> None:
    drawn = svg(
        "<title>Érable</title><style>.a{fill:#0f5a78}</style>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<path class="a" d="M0 0h10v10z"/><circle cx="5" cy="5" r="2" fill="url(#g)"/>'
    )

    logo = checked_logo(b'<?xml version="1.0"?>\n<!-- made by an editor -->' + drawn)

    assert logo.file_name == "logo.svg"
    said = logo.content.decode()
    assert 'fill="url(#g)"' in said
    assert "Érable" in said
    assert "made by" not in said
    assert logo.data_uri.startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<a href="https://example.com"><path d="M0 0"/></a>',
        '<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<image href="https://example.com/beacon.png"/>',
        '<use href="#other"/>',
        '<use xlink:href="https://example.com/x.svg#a"/>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Hi</p></foreignObject>",
        '<path d="M0 0" onclick="alert(1)"/>',
        '<path d="M0 0" ONLOAD="alert(1)"/>',
        '<path d="M0 0" fill="url(https://example.com/beacon)"/>',
        '<path d="M0 0" style="fill:url( \'https://example.com/beacon\' )"/>',
        '<path d="M0 0" xml:base="https://example.com/"/>',
        "<style>@import url(https://example.com/x.css);</style>",
        "<style>path{fill:url(//example.com)}</style>",
        r"<style>path{fill:u\72l(//example.com)}</style>",
        "<style>path{fill:ur/**/l(//example.com)}</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<filter id="f"><feImage href="https://example.com"/></filter>',
        "<text>Names need a typeface</text>",
        '<mask id="a"><rect mask="url(#b)"/></mask>',
        "<style>rect{mask:url(#b)}</style>",
        '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
        "<?xml-stylesheet href='https://example.com/x.css'?>",
    ],
)
def test_a_picture_that_does_something_is_refused(inside: str) -> None:
    with pytest.raises(Refused, match="more than shapes and colours"):
        checked_logo(svg(inside))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n and nothing more",
        png()[:-30],
        b"<html><body>Hello</body></html>",
        b"<svg>without its namespace</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><path>',
        svg("<g>" * 60 + "</g>" * 60),
        svg("<g/>" * 6000),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        checked_logo(content)
    assert refused.value.problems[0].hint


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_refused_before_they_grow(declared: str) -> None:
    content = f"<!DOCTYPE svg [{declared}]>".encode() + svg("<title>&a;</title>")

    with pytest.raises(Refused):
        checked_logo(content)


def test_a_bomb_of_pixels_is_refused() -> None:
    written = BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")

    with pytest.raises(Refused, match="too many pixels"):
        checked_logo(written.getvalue())


def test_more_than_half_a_megabyte_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 500 KB"):
        checked_logo(svg(" " * 500_000))


def test_a_logo_put_there_by_hand_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_bytes(svg("<script>alert(1)</script>"))
    (tmp_path / "good.svg").write_bytes(svg('<path d="M0 0h1"/>'))

    assert read_logo(tmp_path, "bad.svg") is None
    assert read_logo(tmp_path, "missing.svg") is None
    assert read_logo(tmp_path, None) is None
    assert read_logo(tmp_path, "good.svg") is not None
