"""The weekly PDF holds the numbers that the command line shows."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard import format as fmt
from dashboard.cli import app
from pipelines.kpis.definition import Unit
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_workspace

KPIS = (
    "new_opportunities",
    "meetings_held",
    "no_show_rate",
    "proposals_sent",
    "sales_won",
    "win_rate",
    "gross_margin_rate",
)


def plain(text: str) -> str:
    """Return a text with ordinary spaces only, and no line ends."""
    return " ".join(text.split())


def test_the_weekly_pdf_holds_the_same_numbers_as_kpi_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root, out = sample_workspace(tmp_path), tmp_path / "S46.pdf"
    run = CliRunner()
    week = ["--from", "2026-11-09", "--to", "2026-11-16", "--json", "--workspace", str(root)]

    made = run.invoke(
        app, ["report", "weekly", "2026-W46", "--out", str(out), "--workspace", str(root)]
    )
    shown = {key: run.invoke(app, ["kpi", "show", key, *week]) for key in KPIS}

    assert made.exit_code == 0, made.output
    text = plain(" ".join(page.extract_text() for page in PdfReader(out).pages))
    for key in KPIS:
        document = json.loads(shown[key].stdout)
        (period,) = document["periods"]
        for number in (period["value"], period["target"]):
            written = fmt.value(
                number,
                Unit(document["unit"]),
                "fr_CA",
                currency=document["currency"],
                compact=True,
            )
            assert plain(written) in text, key


def test_the_numbers_are_the_ones_counted_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root, out = sample_workspace(tmp_path), tmp_path / "S46.pdf"

    CliRunner().invoke(
        app, ["report", "weekly", "2026-W46", "--out", str(out), "--workspace", str(root)]
    )

    text = plain(" ".join(page.extract_text() for page in PdfReader(out).pages))
    assert "Menuiserie Laurentides inc." in text
    assert "130 k$" in text  # 129,550 $ won
    assert "4 sur 7" in text  # deals finished
    assert "28,4 %" in text  # 30,692.94 $ of 108,126.70 $
