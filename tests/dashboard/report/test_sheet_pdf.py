"""Tables on paper: no name is torn apart beside empty space."""

import io
from dataclasses import replace

from pypdf import PdfReader

from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.meeting.minutes import Minutes
from tests.builders.minutes import CALENDAR, full_minutes

LONG_NAME = "Marc-André Bélanger-Roy"


def lines(minutes: Minutes) -> list[str]:
    """Return the lines of a paper; each cell begins and ends one."""
    sheet = sheet_pdf(minutes_sheet(minutes, "fr_CA", CALENDAR))
    return [
        line.strip()
        for page in PdfReader(io.BytesIO(sheet)).pages
        for line in page.extract_text().splitlines()
    ]


def test_a_name_and_a_verdict_stay_on_their_line() -> None:
    full = full_minutes()
    minutes = replace(
        full,
        decisions=tuple(replace(one, owner=LONG_NAME) for one in full.decisions),
        scoreboard=tuple(replace(one, weeks_off=13) for one in full.scoreboard),
    )

    said = lines(minutes)

    assert any(LONG_NAME in line for line in said)
    assert sum("Cible non atteinte 13 semaines de suite" in line for line in said) == 3


def test_an_endless_name_leaves_room_for_what_it_is_about() -> None:
    full = full_minutes()
    endless = " ".join(["Marie"] * 40)
    minutes = replace(full, decisions=tuple(replace(one, owner=endless) for one in full.decisions))

    said = lines(minutes)

    assert any(
        "Appeler chaque devis de plus de 20 000 $ dans les deux jours" in one for one in said
    )
    assert " ".join(said).count("Marie") >= 40
