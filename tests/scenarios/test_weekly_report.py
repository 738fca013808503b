"""The sample company's weekly report: the numbers on paper against counting by hand."""

import io
import re
from functools import cache

import pypdf
import pytest

from dashboard import format as fmt
from dashboard.report import weekly_pdf
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.review import Review
from dashboard.text import LANGUAGES, Language
from tests.builders.by_hand import Company
from tests.builders.reviews import week
from tests.builders.sample import sample_context


@cache
def report(language: Language, label: str | None = None) -> tuple[Review, str]:
    context = sample_context()
    made = weekly_review(context, week(label) if label else None)
    pdf = weekly_pdf(made, language, calendar=context.calendar)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return made, re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("label", [None, "2025-W40"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_prints_what_counting_by_hand_gives(
    language: Language, label: str | None
) -> None:
    made, text = report(language, label)
    company = Company()

    assert len(made.rows) == 7
    for row in made.rows:
        counted = company.kpi(row.definition.key, made.period.start, made.period.end)
        shown = fmt.value(counted, row.definition.unit, language, currency="CAD")
        assert re.sub(r"\s+", " ", shown) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_week_its_files_and_everybody_who_has_something_to_do(
    language: Language,
) -> None:
    made, text = report(language)

    assert fmt.period_dates(made.period, language).replace("\N{THIN SPACE}", " ") in text
    for line in (*made.late, *made.due):
        assert line.owner in text
        assert line.title in text
    assert all(line.file_name[:20] in text for line in made.files)
