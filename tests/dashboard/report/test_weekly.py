import io
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import which

import pypdf
import pytest

from dashboard import format as fmt
from dashboard.report import weekly_pdf
from dashboard.report.document import weekly_document
from dashboard.rhythm.review import Review, Row
from dashboard.rhythm.words import summary, verdict_label, verdict_sentence
from dashboard.text import LANGUAGES, Language, render
from pipelines.analysis.judgement import Limits, Signal, Verdict
from pipelines.errors import msg
from pipelines.kpis.definition import LocalText, Unit
from tests.builders.reviews import (
    CALENDAR,
    TODAY,
    action,
    empty_review,
    file,
    full_review,
    kpi,
    review,
    row,
    unavailable,
)

A4 = (595, 842)
LETTER = (612, 792)


def pages(made: Review, language: Language = "en") -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(weekly_pdf(made, language, calendar=CALENDAR)))
    return [page.extract_text() for page in reader.pages]


def words(made: Review, language: Language = "en") -> str:
    return plain(" ".join(pages(made, language)))


def plain(text: str) -> str:
    """Return a text as a reader takes it in: lines joined, hyphenation and blanks evened out."""
    joined = re.sub(r"\N{ZERO WIDTH SPACE}|[-\N{HYPHEN}]\n", "", text)
    return re.sub(r"\s+", " ", joined)


def written(one: Row, language: Language) -> Iterator[str]:
    """Yield everything the report says about a row's numbers, on its first page and in full."""
    assert one.latest is not None
    unit, currency, latest = one.definition.unit, one.currency, one.latest
    for compact in (True, False):
        figures = fmt.figures(
            latest.point.value,
            latest.aim,
            latest.gap,
            unit,
            language,
            currency=currency,
            compact=compact,
        )
        yield figures.number
        if latest.aim:
            yield figures.target
            yield figures.gap


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_the_numbers_of_the_review_as_the_language_writes_them(
    language: Language,
) -> None:
    made = full_review()

    text = words(made, language)

    for one in made.rows:
        for number in written(one, language):
            assert plain(number) in text
    assert plain("152,345" if language == "en" else "152 345") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_screen_says(language: Language) -> None:
    made = full_review()

    text = words(made, language)

    assert plain(render(summary(made), language)) in text
    for one in made.rows:
        assert plain(render(one.definition.name, language)) in text
        assert plain(render(verdict_label(one), language)) in text
        assert plain(render(verdict_sentence(one), language)) in text
    for line in (*made.late, *made.due, *made.done):
        assert plain(line.title) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_review_gives_the_same_bytes(language: Language) -> None:
    first = weekly_pdf(full_review(), language, calendar=CALENDAR)

    assert weekly_pdf(full_review(), language, calendar=CALENDAR) == first


@pytest.mark.parametrize(("language", "size"), [("en", LETTER), ("fr_CA", LETTER), ("fr", A4)])
def test_the_paper_is_the_one_in_the_readers_printer(
    language: Language, size: tuple[int, int]
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(weekly_pdf(full_review(), language, calendar=CALENDAR)))

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        size
    }


def test_another_paper_can_be_asked_for() -> None:
    pdf = weekly_pdf(full_review(), "en", calendar=CALENDAR, paper="a4")

    assert round(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.height) == A4[1]


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("fr", "fr"), ("fr_CA", "fr-CA")])
def test_it_is_accessible_titled_and_says_its_language(language: Language, tag: str) -> None:
    pdf = weekly_pdf(full_review(), language, calendar=CALENDAR)
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    assert reader.metadata is not None
    assert "Menuiserie Laurentides inc." in (reader.metadata.title or "")
    assert str(reader.root_object["/Lang"]) == tag
    assert b"pdfuaid" in pdf


def test_every_page_is_numbered_and_after_the_first_bears_company_and_week() -> None:
    found = pages(full_review())

    assert len(found) == 3
    for number, text in enumerate(found, start=1):
        assert f"{number} / 3" in text
    assert all("Menuiserie Laurentides inc." in text for text in found)
    assert all("Week 46" in text for text in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_details_of_the_kpis_begin_on_a_page_of_their_own(language: Language) -> None:
    heading = {"en": "KPI by KPI"}.get(language, "Indicateur par indicateur")

    first, second, *_ = pages(full_review(), language)

    assert heading not in first
    assert heading in second


def test_when_the_actions_need_a_second_page_the_details_follow_there() -> None:
    many = tuple(action(number, f"Action number {number}") for number in range(25))

    first, second, *_ = pages(full_review(due=many))

    assert "KPI by KPI" not in first
    assert "Action number 24" in second
    assert "KPI by KPI" in second


def test_seven_kpis_and_twenty_five_actions_with_endless_names_fit_their_pages() -> None:
    name = "Société nationale de fabrication de portes et fenêtres des Hautes-Laurentides " * 3
    person = "Marie-Françoise-Élisabeth de la Rochefoucauld-Montmorency-Laval"
    unbroken = "x" * 300
    rows = tuple(
        replace(
            one,
            responsible=person,
            definition=replace(one.definition, name=LocalText(name, name)),
        )
        for one in full_review().rows
    )
    actions = tuple(action(number, name, person) for number in range(24))
    made = full_review(
        company=name,
        rows=rows,
        late=(),
        due=(*actions, action(25, unbroken, unbroken)),
        done=(),
        files=(file(unbroken),),
    )

    for language in LANGUAGES:
        found = pages(made, language)
        assert plain(" ".join(found)).count("Rochefoucauld") >= 24 + 7
        assert "".join(found).count("x") >= 300 * 3


@pytest.mark.skipif(not which("pdftoppm"), reason="draws pages with pdftoppm")
def test_nothing_is_printed_outside_the_margins(tmp_path: Path) -> None:
    unbroken = "W" * 120
    made = full_review(
        company=unbroken,
        rows=tuple(
            replace(
                one,
                responsible=unbroken,
                definition=replace(one.definition, name=LocalText(unbroken, unbroken)),
            )
            for one in full_review().rows
        ),
        late=(action(1, unbroken, unbroken),),
        files=(file(unbroken),),
    )

    for language in LANGUAGES:
        report = tmp_path / f"{language}.pdf"
        report.write_bytes(weekly_pdf(made, language, calendar=CALENDAR))
        subprocess.run(
            ["pdftoppm", "-gray", "-r", "72", str(report), str(tmp_path / language)], check=True
        )
        drawn = sorted(tmp_path.glob(f"{language}-*.pgm"))
        assert drawn
        for page in drawn:
            _kind, size, _white, pixels = page.read_bytes().split(b"\n", 3)
            width = int(size.split()[0])
            lines = (pixels[at : at + width] for at in range(0, len(pixels), width))
            margins = b"".join(line[:46] + line[-46:] for line in lines)
            assert set(margins) == {255}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_week_is_a_page_that_says_what_to_do(language: Language) -> None:
    found = pages(empty_review(), language)

    assert len(found) == 1
    assert "CRM" in found[0]
    assert "1 / 1" in found[0]


def test_with_files_that_support_no_kpi_it_says_so() -> None:
    assert "None of the KPIs can be computed" in words(review(proposed=True))


def test_a_proposal_is_marked_as_one() -> None:
    proposal = full_review(proposed=True)

    assert "These KPIs are a proposal" in words(proposal)
    assert "proposal" not in words(full_review()).replace("Proposals sent", "")


def test_an_unavailable_kpi_says_why_and_has_no_chart_page() -> None:
    made = review(unavailable(kpi(), msg("No meetings were imported.")))

    assert len(pages(made)) == 1
    assert "Unavailable" in words(made)
    assert "No meetings were imported." in words(made)
    assert " 0 " not in words(made).split("Data")[0]


def test_a_week_without_a_value_shows_a_dash_and_no_zero() -> None:
    made = review(row(kpi(), [3, 4, None], 5, Verdict.NONE))

    scoreboard = pages(made)[0]
    assert "No value" in scoreboard
    assert "–" in scoreboard


def test_names_are_text_and_never_markup() -> None:
    name = "#panic() *a* _b_ $x$ @ref <label> [c] = d `e` // f \\ #sys.inputs ~ -- '\""
    made = full_review(
        company=name,
        rows=(row(kpi(name=name, formula=name), [1, 2], responsible=name),),
        late=(action(1, name, name),),
        files=(file(name),),
    )

    text = words(made)

    assert text.count(name) >= 6


@pytest.mark.parametrize(
    "name",
    [
        "Ελληνικά και Кириллица",
        "株式会社 東京 한국어",
        "ไทย हिन्दी العربية עברית ქართული",
        "Łódź · Ærø · İstanbul · Čeština · Ǆ",
        "a\x00b\x07c\x1b[31m\x85d\u2028e\u2029f",
        "half \ud83d of a character",
        "unassigned \U000e0fff and private \ue000",
        "smile \U0001f600 flag \U0001f1e8\U0001f1e6",
        "zero\u200dwidth\u200bjoiner\ufeff soft\xadhyphen",
        "combi\u0301ning Zoe\u0308 e\u0363\u1abe e\u20dd",
        "e\U00011c40 \u0e48a",
    ],
)
def test_names_from_anywhere_never_stop_the_report(name: str) -> None:
    made = full_review(
        company=name,
        rows=(row(kpi(name=name), [1, 2], responsible=name),),
        late=(action(1, name, name),),
    )

    assert "1 / 2" in pages(made)[0]


def test_a_letter_no_font_has_is_said_in_words_and_the_rest_of_the_name_stays() -> None:
    made = review(row(kpi(), [1, 2], responsible="Aya 株 Tanaka"))

    assert "Aya [text in Chinese characters] Tanaka" in words(made)


def test_a_name_no_font_has_leaves_no_trace_in_the_next_report() -> None:
    before = weekly_pdf(full_review(), "en", calendar=CALENDAR)
    weekly_pdf(full_review(company="é\u0fe2 株e\U0001f1e8"), "en", calendar=CALENDAR)

    assert weekly_pdf(full_review(), "en", calendar=CALENDAR) == before


def test_the_first_page_shows_a_large_amount_short_and_the_details_in_full() -> None:
    sales = kpi("sales_won", "Sales won", Unit.MONEY)
    made = review(row(sales, [149e3, 152_345], 150_000, currency="CAD"))

    first, second = pages(made)

    assert "$152K" in first
    assert "$152,345" in second
    assert "target $150,000 · gap +$2,345" in plain(second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_say_when_they_are_locked_provisional_or_missing(language: Language) -> None:
    locked = row(kpi(), [1, 2], limits=Limits(0, 1, 2, 1, locked_on=TODAY))
    provisional = row(kpi(), [1, 2], limits=Limits(0, 1, 2, 1, provisional=True))
    missing = row(kpi(), [1, 2])

    details = weekly_document(review(locked, provisional, missing), language, CALENDAR, "a4")[
        "details"
    ]

    remarks = [one["remarks"] for one in details["rows"]]
    assert fmt.day(TODAY, language) in remarks[0]
    assert len({*remarks}) == 3


def test_a_document_is_plain_json() -> None:
    document = weekly_document(full_review(), "fr_CA", CALENDAR, "us-letter")

    assert json.loads(json.dumps(document)) == document


def test_a_signal_is_told_beside_its_chart_too() -> None:
    bad = row(
        kpi(), [20, 21, 9], 25, Verdict.FIND_THE_CAUSE, Signal.OUTSIDE,
        favourable=False, run=3, limits=Limits(12, 20, 28, 10),
    )  # fmt: skip

    assert plain(pages(review(bad))[1]).count("below its natural limits") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_reader_may_not_see_is_left_out_and_not_reported_as_none(
    language: Language,
) -> None:
    hidden = full_review(late=(), due=(), done=(), whole=False, late_unseen=2)
    hidden = replace(hidden, rows=tuple(replace(one, responsible=None) for one in hidden.rows))

    said = words(hidden, language)

    assert {"en": "2 actions late"}.get(language, "2 actions en retard") in said
    assert {"en": "Responsible"}.get(language, "Responsable") not in said
    assert {"en": "No action is late"}.get(language, "Aucune action en retard") not in said
    assert "Actions" not in pages(hidden, language)[0]
    assert {"en": "Responsible"}.get(language, "Responsable") in words(full_review(), language)


@pytest.mark.parametrize(
    ("language", "day"), [("en", "Nov 16"), ("fr", "16 nov."), ("fr_CA", "16 nov.")]
)
def test_the_days_of_a_file_are_written_one_way_and_with_a_year_that_is_another(
    language: Language, day: str
) -> None:
    now = date(2026, 11, 16)
    this_year = replace(file(), as_of=now, newest_event=now)
    made = replace(
        full_review(),
        today=now,
        files=(this_year, replace(this_year, newest_event=date(2025, 11, 16))),
    )

    lines = weekly_document(made, language, CALENDAR, "a4")["files"]["lines"]

    assert [(one["imported"], one["until"]) for one in lines] == [
        (day, day),
        (day, f"{day}, 2025" if language == "en" else f"{day} 2025"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_file_name_takes_one_line(language: Language) -> None:
    name = "hubspot-crm-exports-toutes-les-transactions-2026-11-16.csv"

    made = full_review(files=(file(name, "deals", "hubspot", rejected=3),))

    said = "\n".join(pages(made, language)).replace("\N{ZERO WIDTH SPACE}", "")
    assert any(name in line for line in said.splitlines())
