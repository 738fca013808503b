"""A sheet as a PDF."""

from dashboard.report.compiler import pdf
from dashboard.report.document import Paper, drawn_logo
from dashboard.report.printable import one_line, printable, shortened
from dashboard.report.sheet import Sheet, sheet_data
from dashboard.text import Language
from pipelines.settings import Logo

#: What lies in the printers where each language is read.
PAPERS: dict[Language, Paper] = {"en": "us-letter", "fr": "a4", "fr_CA": "us-letter"}
#: What a company's name may take up at the head of every page.
_RUNNING_HEAD = 60


def sheet_pdf(sheet: Sheet, *, paper: Paper | None = None, logo: Logo | None = None) -> bytes:
    """Return a sheet as an accessible PDF (PDF/UA-1); the same bytes for the same sheet.

    Args:
        paper: The size; by default the one that is usual for the language.
        logo: The company's, for the head of the first page.
    """
    language, _, region = sheet.language.partition("_")
    document = {
        **sheet_data(sheet),
        "paper": paper or PAPERS[sheet.language],
        "language": language,
        "region": region or None,
        "short_company": shortened(one_line(sheet.company), _RUNNING_HEAD),
        "heading": sheet.title,
        "title": f"{sheet.title} · {sheet.company}",
        "made": sheet.made,
        "logo": None,
    }
    document = {key: printable(value) for key, value in document.items()}
    if logo is not None:
        document["logo"] = drawn_logo(logo, sheet.company, sheet.language)
    return pdf("sheet", document, sheet.made_on)
