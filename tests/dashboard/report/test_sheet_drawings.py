"""Drawings in a sheet: on paper, in Markdown, in letters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from dashboard.report.sheet import Block, Mark, Part, Range, Sentence, Sheet, Subheading
from dashboard.report.sheet_letter import sheet_html, sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.report.waterfall import Step, waterfall

_GAP = waterfall(
    [Step("Institutional", Decimal(-42)), Step("Residential", Decimal(8))],
    "Gap",
    "Institutional alone explains more than the gap.",
    written=lambda amount: f"{amount:+} k$",
)
_LANDING = Range(
    "Between 480 k$ and 560 k$, most likely 510 k$.",
    0.4,
    0.6,
    0.8,
    (
        Mark("won 300 k$", 0.4),
        Mark("likely 510 k$", 0.68, "value"),
        Mark("target 600 k$", 0.9, "aim"),
    ),
)
_SHEET = Sheet(
    "en",
    "Menuiserie",
    "Quarterly review",
    "Q3 2026",
    (Sentence("A quarter."),),
    (),
    (
        Part("Summary", (Sentence("First."),)),
        Part(
            "Sales", (Subheading("Sales won", "Off target", "work"), _GAP, _LANDING), new_page=True
        ),
    ),
    "Cap 90",
    date(2026, 10, 1),
)


def test_on_paper_every_step_and_its_amount_can_be_read() -> None:
    text = PdfReader(BytesIO(sheet_pdf(_SHEET))).pages[1].extract_text()

    for said in (
        "Sales won",
        "Off target",
        "Institutional",
        "-42 k$",
        "+8 k$",
        "-34 k$",
        "likely 510 k$",
    ):
        assert said in text


def test_on_paper_a_part_may_begin_a_page() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(sheet_pdf(_SHEET))).pages]

    assert len(pages) == 2
    assert "First." in pages[0]
    assert "Sales won" not in pages[0]


def test_what_runs_over_the_first_page_leaves_no_other_page_half_empty() -> None:
    long = Part("Summary", tuple(Sentence("First.") for _ in range(60)))
    pages = PdfReader(BytesIO(sheet_pdf(replace(_SHEET, parts=(long, _SHEET.parts[1]))))).pages

    assert len(pages) == 2
    assert "First." in pages[1].extract_text()
    assert "Sales won" in pages[1].extract_text()


def test_a_drawing_that_goes_on_on_the_next_page_says_again_what_it_is_about() -> None:
    filling = tuple(Sentence(f"Line {number}.") for number in range(27))
    about = Subheading("Sales won", "Off target", "work")

    def pages(*blocks: Block) -> list[str]:
        sheet = replace(_SHEET, parts=(Part("Gaps", blocks),))
        found = PdfReader(BytesIO(sheet_pdf(sheet))).pages
        return [page.extract_text() for page in found]

    (alone,) = pages(about, _GAP, _LANDING)
    assert alone.count("Sales won") == 1

    first, second = pages(*filling, about, _GAP, *[_LANDING] * 2)
    assert first.count("Sales won") == second.count("Sales won") == 1
    assert second.index("Sales won") < second.index("Between 480 k$")


def test_on_paper_drawings_say_in_words_what_they_show() -> None:
    reader = PdfReader(BytesIO(sheet_pdf(_SHEET)))
    objects = map(reader.get_object, range(1, len(reader.xref[0]) + 1))
    said = {
        str(one["/Alt"]) for one in objects if isinstance(one, DictionaryObject) and "/Alt" in one
    }

    assert {_GAP.alt, _LANDING.alt} <= said
    assert "Residential" in _GAP.alt
    assert "target 600 k$" in _LANDING.alt


def test_without_drawings_the_amounts_stand_in_lines() -> None:
    for written in (sheet_markdown(_SHEET), sheet_text(_SHEET), sheet_html(_SHEET)):
        text = written.replace("\N{NO-BREAK SPACE}", " ")
        assert "Institutional alone explains more than the gap." in text
        assert "Between 480 k" in text
        assert all(amount in text for amount in ("42 k", "+8 k", "34 k"))
        assert "Sales won" in text
