"""Minutes and preparations as letters with their attachments."""

from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage

from dashboard import format as fmt
from dashboard.mail import compose
from dashboard.report.minutes_calendar import minutes_calendar
from dashboard.report.minutes_letter import has_dates, minutes_letter, subject_of
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.preread.sheet import preread_sheet
from dashboard.report.sheet import Chart, Sheet
from dashboard.report.sheet_letter import sheet_html, sheet_text
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.pact.words import Around
from dashboard.rhythm.preread.model import Preread
from dashboard.text import Language, render, text
from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from pipelines.settings import Logo, read_logo


@dataclass(frozen=True)
class Written:
    """Whom a letter is written to."""

    name: str
    address: str
    language: Language


def logo_of(context: Context) -> Logo | None:
    """Return the company's logo."""
    return read_logo(context.workspace.root, context.workspace.settings.logo)


def around_of(context: Context, language: Language) -> Around:
    """Return what the words of a preparation depend on."""
    settings = context.workspace.settings
    return Around(catalogue(context), context.calendar, settings.currency, language)


def minutes_name(minutes: Minutes, language: Language, ending: str) -> str:
    """Return what a file with the minutes is called: reviews by what they looked back on too."""
    about = render(minutes.reviewed, language) if minutes.reviewed else ""
    parts = (text("meeting minutes", language), about, minutes.held_on.isoformat())
    return "-".join(part.replace(" ", "-") for part in parts if part) + f".{ending}"


def preparation_name(day: date, language: Language) -> str:
    """Return what a file with the preparation of a meeting is called."""
    return f"{text('preparation', language)}-{day.isoformat()}.pdf"


def minutes_pdf(minutes: Minutes, language: Language, context: Context) -> bytes:
    """Return minutes as a PDF; the same bytes for the same minutes."""
    sheet = minutes_sheet(minutes, language, context.calendar)
    return sheet_pdf(sheet, logo=logo_of(context))


def preread_pdf(value: Preread, language: Language, context: Context) -> bytes:
    """Return a preparation as a PDF."""
    return sheet_pdf(preread_sheet(value, around_of(context, language)), logo=logo_of(context))


def minutes_dates(
    minutes: Minutes, language: Language, context: Context, *, owner: str | None = None
) -> bytes:
    """Return the dates of a meeting as a calendar file.

    Args:
        owner: Whose alone; see ``minutes_calendar``.
    """
    settings = context.workspace.settings
    return minutes_calendar(
        minutes,
        language,
        context.calendar,
        settings.meetings,
        settings.timezone,
        owner=owner,
    )


def written_minutes(minutes: Minutes, to: Written, context: Context) -> EmailMessage:
    """Return the letter about a closed meeting, with the minutes and the reader's own dates.

    Args:
        minutes: As whoever reads them may see them.

    Raises:
        Refused: The address is none.
    """
    language = to.language
    letter = _letter(
        minutes_letter(minutes, to.name, language), subject_of(minutes, language), to, context
    )
    letter.add_attachment(
        minutes_pdf(minutes, language, context),
        maintype="application",
        subtype="pdf",
        filename=minutes_name(minutes, language, "pdf"),
    )
    if has_dates(minutes, to.name):
        letter.add_attachment(
            minutes_dates(minutes, language, context, owner=to.name).decode(),
            subtype="calendar",
            params={"method": "PUBLISH"},
            filename=minutes_name(minutes, language, "ics"),
        )
    return letter


def written_preread(value: Preread, to: Written, context: Context) -> EmailMessage:
    """Return the letter before a meeting, with the preparation as a PDF.

    Args:
        value: As whoever reads it may see it.

    Raises:
        Refused: The address is none.
    """
    language = to.language
    subject = text(
        "{company}: to read before {day}",
        language,
        company=value.company,
        day=fmt.day(value.held_on, language),
    )
    sheet = _in_words(preread_sheet(value, around_of(context, language)))
    letter = _letter(sheet, subject, to, context)
    letter.add_attachment(
        preread_pdf(value, language, context),
        maintype="application",
        subtype="pdf",
        filename=preparation_name(value.held_on, language),
    )
    return letter


def _in_words(sheet: Sheet) -> Sheet:
    """Return a sheet without its charts: the PDF that goes with it draws them."""
    parts = (
        replace(part, blocks=tuple(one for one in part.blocks if not isinstance(one, Chart)))
        for part in sheet.parts
    )
    return replace(sheet, parts=tuple(parts))


def _letter(sheet: Sheet, subject: str, to: Written, context: Context) -> EmailMessage:
    settings = context.workspace.settings
    letter = compose(
        settings.mail.sender, settings.company, [to.address], subject, sheet_text(sheet)
    )
    letter.add_alternative(sheet_html(sheet), subtype="html")
    return letter
