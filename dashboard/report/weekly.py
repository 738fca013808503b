"""The weekly report."""

from dashboard.report.compiler import pdf
from dashboard.report.document import Paper, drawn_logo, weekly_document
from dashboard.rhythm.review import Review
from dashboard.text import Language
from pipelines.periods import Calendar
from pipelines.settings import Logo

#: What lies in the printers where each language is read.
_PAPERS: dict[Language, Paper] = {"en": "us-letter", "fr": "a4", "fr_CA": "us-letter"}


def weekly_pdf(
    review: Review,
    language: Language,
    *,
    calendar: Calendar,
    paper: Paper | None = None,
    logo: Logo | None = None,
) -> bytes:
    """Return a week's review as a PDF.

    Args:
        paper: The size; by default the one that is usual for the language.
        logo: The company's, for the head of the first page.

    Returns:
        An accessible PDF (PDF/UA-1); the same bytes for the same review.
    """
    document = weekly_document(review, language, calendar, paper or _PAPERS[language])
    if logo is not None:
        document["logo"] = drawn_logo(logo, review.company, language)
    return pdf("weekly", document, review.today)
