"""Letters as they are read: on a telephone, in a program without pictures, in a sentence."""

import re
from dataclasses import replace

import pytest

from dashboard.report.minutes_letter import minutes_letter
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet_letter import sheet_html, sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.text import Language
from tests.builders.minutes import CALENDAR, DAY, ETIENNE, MARC, ZOE, full_minutes

_NB, _NNB = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def plain(minutes: Minutes, language: Language) -> str:
    return " ".join(sheet_text(minutes_sheet(minutes, language, CALENDAR)).split())


@pytest.mark.parametrize(
    ("on_time", "language", "said"),
    [
        (0, "fr", "0 engagement sur 2 tenu à temps (0 %)"),
        (1, "fr", "1 engagement sur 2 tenu à temps (50 %)"),
        (1, "fr_CA", "1 engagement sur 2 tenu à temps (50 %)"),
        (2, "fr_CA", "2 engagements sur 2 tenus à temps (100 %)"),
        (0, "en", "0 commitments out of 2 kept on their day (0%)"),
        (1, "en", "1 commitment out of 2 kept on its day (50%)"),
    ],
)
def test_what_was_kept_is_counted_by_the_first_number(
    on_time: int, language: Language, said: str
) -> None:
    full = full_minutes()
    done = full.commitments[2]
    late = replace(done, done_on=DAY)
    minutes = replace(full, commitments=(done,) * on_time + (late,) * (2 - on_time))

    assert said in plain(minutes, language)
    assert said in " ".join(sheet_text(minutes_letter(minutes, MARC, language)).split())


def test_a_line_says_what_a_date_means() -> None:
    said = plain(full_minutes(), "fr_CA")

    assert "Louise Gagnon · échéance : 16 nov. 2026" in said
    assert "Réel : 25 % (3 sur 12) · Cible : 30 % · Écart : −5 pts" in said
    assert "Louise Gagnon · due date: Nov 16, 2026" in plain(full_minutes(), "en")


def test_no_line_of_the_plain_letter_is_longer_than_mail_servers_like() -> None:
    said = sheet_text(minutes_letter(full_minutes(), ZOE, "fr"))

    assert max(map(len, said.splitlines())) <= 76


def test_amounts_and_dates_are_not_torn_apart_in_html() -> None:
    said = sheet_html(minutes_letter(full_minutes(), MARC, "fr_CA"))

    assert f"20{_NB}000{_NB}$" in said
    assert f"13{_NB}nov.{_NB}2026" in said
    assert not re.search(r"\d (?:[$%]|nov\.)", said)


def test_on_a_telephone_a_row_is_a_block_whose_numbers_have_names() -> None:
    said = sheet_html(minutes_sheet(full_minutes(), "fr_CA", CALENDAR))

    # hidden where the columns have names, also in a program that knows no rules for telephones
    labels = re.findall(r'<span class="label" style="display:none;[^"]*">([^<]*)</span>', said)
    assert {"Réel", "Cible", "Écart", f"échéance{_NB}: "} <= set(labels)
    assert "@media (max-width: 560px)" in said
    assert "tr.names { display: none !important; }" in said


def test_names_are_listed_as_in_a_sentence() -> None:
    assert "Present: Zoé Côté, Marc-André Roy, and Louise Gagnon" in plain(full_minutes(), "en")
    assert "Présents : Zoé Côté, Marc-André Roy et Louise Gagnon" in plain(full_minutes(), "fr")


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "**Purpose:** To"), ("fr", f"**But{_NB}:** "), ("fr_CA", f"**But{_NB}:** ")],
)
def test_labels_in_markdown_have_their_colon(language: Language, label: str) -> None:
    assert f"- {label}" in sheet_markdown(minutes_sheet(full_minutes(), language, CALENDAR))


def test_whoever_has_no_dates_is_not_promised_any() -> None:
    minutes = replace(full_minutes(), next_on=None)

    assert "vos propres dates" in sheet_text(minutes_letter(minutes, MARC, "fr"))
    assert "dates" not in sheet_text(minutes_letter(minutes, ETIENNE, "fr"))


@pytest.mark.parametrize(("mean", "shown"), [(7.0, "7,0/10"), (25 / 3, "8,3/10"), (10, "10,0/10")])
def test_a_rating_has_one_decimal_always(mean: float, shown: str) -> None:
    full = full_minutes()
    minutes = replace(full, rating=replace(full.rating, mean=mean))

    assert f"Note : {shown} (3 réponses)" in plain(minutes, "fr")
