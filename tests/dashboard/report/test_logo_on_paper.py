"""The company's logo on its report."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.report import weekly_pdf
from pipelines.settings import Logo, checked_logo
from tests.builders.reviews import CALENDAR, full_review


def logo(kind: str) -> Logo:
    if kind == "svg":
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9z"/></svg>'
        return checked_logo(svg)
    drawn = BytesIO()
    Image.new("RGB", (300, 80), "#0f5a78").save(drawn, "PNG")
    return checked_logo(drawn.getvalue())


def alternatives(node: Any) -> Iterator[str]:
    """Yield what the parts of a document say to those who cannot see them."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from alternatives(part)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_stands_at_the_head_with_its_name_for_those_who_cannot_see_it(kind: str) -> None:
    made = weekly_pdf(full_review(), "fr_CA", calendar=CALENDAR, logo=logo(kind))

    reader = PdfReader(BytesIO(made))
    said = list(alternatives(reader.root_object["/StructTreeRoot"]))
    assert "Logo de Menuiserie Laurentides inc." in said


def test_a_logo_takes_no_room_from_the_page() -> None:
    with_logo = weekly_pdf(full_review(), "en", calendar=CALENDAR, logo=logo("png"))
    without = weekly_pdf(full_review(), "en", calendar=CALENDAR)

    counts = [len(PdfReader(BytesIO(made)).pages) for made in (with_logo, without)]
    assert counts[0] == counts[1]
