"""The gap review and the quarterly review on paper: what they hold, and who can read them."""

import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from typer.testing import CliRunner

from dashboard import format as fmt
from dashboard.cli import app
from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.sheet import Part, Sheet, Waterfall
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.gap_review.building import gap_review
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.papers import gap_review_of, quarter_record_of
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.text import LANGUAGES, Language
from pipelines.actor import ITSELF, Scope
from pipelines.analysis.judgement import Aim
from pipelines.errors import Refused
from pipelines.gaps.model import Gap
from pipelines.kpis.definition import Unit
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_context, sample_workspace

QUARTER, MONTH = "2026-Q3", "2026-10"
A4, LETTER = (595, 842), (612, 792)


@cache
def record() -> QuarterRecord:
    context = sample_context().by(ITSELF)
    return quarter_record_of(context, context.calendar.parse(QUARTER))


@cache
def month() -> GapReview:
    context = sample_context().by(ITSELF)
    return gap_review_of(context, context.calendar.parse(MONTH))


def sheet_of(which: str, language: Language) -> Sheet:
    calendar = sample_context().calendar
    if which == QUARTER:
        return quarter_sheet(record(), language, calendar)
    return gap_review_sheet(month(), language, calendar)


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def plain(text: str) -> str:
    """Return a text as a reader takes it in: lines joined, hyphenation and blanks evened out."""
    joined = re.sub(r"\N{ZERO WIDTH SPACE}|[-\N{HYPHEN}]\n", "", text)
    return re.sub(r"\s+", " ", joined)


def elements(reader: PdfReader, kind: str) -> list[DictionaryObject]:
    """Return the elements of a kind in the structure tree."""
    found: list[DictionaryObject] = []
    root: Any = reader.root_object
    waiting: list[Any] = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object() if hasattr(waiting[-1], "get_object") else waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, DictionaryObject):
            if one.get("/S") == kind:
                found.append(one)
            if "/K" in one:
                waiting.append(one["/K"])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", [QUARTER, MONTH])
def test_a_review_is_a_pdf_that_machines_can_read_aloud(which: str, language: Language) -> None:
    reader = read(sheet_pdf(sheet_of(which, language)))
    root: Any = reader.root_object  # a dictionary of dictionaries, whatever its types say

    assert root["/Lang"] == language.replace("_", "-")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "Menuiserie Laurentides inc." in str(reader.metadata.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    figures = elements(reader, "/Figure")
    assert figures
    assert all(str(one["/Alt"]).strip() for one in figures)
    assert len(elements(reader, "/TH")) > 10
    assert len(elements(reader, "/H1")) == 1


@pytest.mark.parametrize("which", [QUARTER, MONTH])
def test_every_part_of_a_review_has_a_bookmark(which: str) -> None:
    sheet = sheet_of(which, "fr_CA")
    outline = read(sheet_pdf(sheet)).outline
    titles = {plain(one.title) for one in _flat(outline)}

    assert {plain(part.heading) for part in sheet.parts} <= titles


def _flat(outline: list[Any]) -> list[Any]:
    return [
        one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])
    ]


@pytest.mark.parametrize(("language", "size"), [("fr", A4), ("fr_CA", LETTER), ("en", LETTER)])
def test_a_review_is_printed_on_the_paper_of_its_country(
    language: Language, size: tuple[int, int]
) -> None:
    page = read(sheet_pdf(sheet_of(QUARTER, language))).pages[0].mediabox

    assert (round(page.width), round(page.height)) == size


def test_the_same_review_gives_the_same_bytes_and_a_small_file() -> None:
    sheet = sheet_of(QUARTER, "fr")
    first = sheet_pdf(sheet)

    assert sheet_pdf(sheet) == first
    assert len(first) < 2_000_000


def test_the_first_page_says_what_a_banker_asks_for() -> None:
    text = plain(read(sheet_pdf(sheet_of(QUARTER, "en"))).pages[0].extract_text())

    for said in ("on target", "Decided", "Plan", "Outlook", "Sales won", "Gross margin"):
        assert said in text


def test_the_quarter_on_paper_holds_the_numbers_of_kpi_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root, out = sample_workspace(tmp_path), tmp_path / "T3.pdf"
    run = CliRunner()

    made = run.invoke(
        app, ["report", "quarterly", QUARTER, "--out", str(out), "--workspace", str(root)]
    )

    assert made.exit_code == 0, made.output
    text = plain(" ".join(page.extract_text() for page in PdfReader(out).pages))
    for key in ("sales_won", "win_rate", "gross_margin_rate", "meetings_held"):
        days = ["--from", "2026-07-01", "--to", "2026-10-01"]
        asked = [
            "kpi",
            "show",
            key,
            "--grain",
            "quarter",
            *days,
            "--json",
            "--workspace",
            str(root),
        ]
        shown = run.invoke(app, asked)
        document = json.loads(shown.stdout)
        (period,) = document["periods"]
        written = fmt.figures(
            period["value"],
            Aim(period["target"]),
            period["gap"],
            Unit(document["unit"]),
            "fr_CA",
            currency=document["currency"],
            compact=True,
        )
        assert plain(written.number) in text, key
        assert plain(written.gap) in text, key


def test_the_gap_review_leaves_by_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root, out = sample_workspace(tmp_path), tmp_path / "oct.pdf"

    made = CliRunner().invoke(
        app,
        ["report", "monthly", MONTH, "--out", str(out), "--lang", "en", "--workspace", str(root)],
    )

    assert made.exit_code == 0, made.output
    text = plain(" ".join(page.extract_text() for page in PdfReader(out).pages))
    assert "October 2026" in text
    assert "Sales won" in text


@pytest.mark.parametrize(
    ("command", "period", "said"),
    [
        ("monthly", "2026-Q3", "n’est pas un mois"),
        ("quarterly", "2026-10", "n’est pas un trimestre"),
        ("quarterly", "2026-Q4", "n’est pas terminée"),
        ("monthly", "2026-11", "n’est pas terminée"),
    ],
)
def test_a_period_that_is_none_or_not_over_is_refused_in_words(
    command: str, period: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root, out = sample_workspace(tmp_path), tmp_path / "x.pdf"

    made = CliRunner().invoke(
        app, ["report", command, period, "--out", str(out), "--workspace", str(root)]
    )

    assert made.exit_code == 1
    assert said in plain(made.stderr)
    assert not out.exists()


def test_a_year_is_no_quarter() -> None:
    context = sample_context()

    with pytest.raises(Refused):
        quarter_record_of(context, context.calendar.parse("2026-W40"))


def test_a_month_says_that_the_margin_is_withheld_once_it_is_closed_and_before() -> None:
    context = sample_context()
    context = context.by(replace(context.actor, scope=Scope(margins=False)))
    october = context.calendar.parse(MONTH)

    # of the seven the gross margin alone is confidential
    for hers in (gap_review_of(context, october), gap_review(context, october)):
        lead = gap_review_sheet(hers, "en", context.calendar).lead
        assert (len(hers.gaps), hers.unseen) == (6, 1)
        assert lead[-1].text == "1 KPI is not shown to you: the review is counted without it."
    assert (len(month().gaps), month().unseen) == (7, 0)


def test_what_is_drawn_adds_up_to_what_is_told() -> None:
    drawn = [
        block
        for part in sheet_of(MONTH, "en").parts
        for block in part.blocks
        if isinstance(block, Waterfall)
    ]

    assert drawn
    for one in drawn:
        total = one.bars[-1]
        assert total.total
        # each step begins where the one before it ends, and the sum ends where the last step does;
        # a step that is written as nothing is left out of the drawing, and others close up
        drawn_steps = [bar for bar in one.bars if bar.start != bar.end]
        ends = [bar.end for bar in drawn_steps[:-1]]
        starts = [*(bar.start for bar in drawn_steps[1:-1]), total.end]
        left_out = len(one.bars) - len(drawn_steps)
        assert starts == pytest.approx(ends, abs=0.02 if left_out else 1e-9)
        assert total.start == one.zero


def test_the_margin_that_erodes_in_one_segment_is_told_in_words() -> None:
    part = _part(sheet_of(QUARTER, "en"), "Gaps and what they are made of")
    said = " ".join(block.said for block in part.blocks if isinstance(block, Waterfall))
    margin: Gap = next(
        gap for gap in record().numbers.gaps if gap.definition.key == "gross_margin_rate"
    )

    # by hand: Institutionnel earned 33.7 % of its sales a year before, and 26.4 % in this quarter
    assert margin.month is not None
    assert margin.month.gap is not None
    assert margin.month.gap < 0
    assert re.search(r"Institutionnel \(−\d", said)


def _part(sheet: Sheet, heading: str) -> Part:
    return next(part for part in sheet.parts if part.heading == heading)
