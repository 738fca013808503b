"""Reports as PDF: report weekly, monthly, quarterly."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.commands.console import opened
from dashboard.commands.options import DEFAULT_FOLDER, Folder
from pipelines.errors import Refused, WorkspaceError, msg
from pipelines.periods import Grain

if TYPE_CHECKING:  # they take long to load, which help and wrong usage need not wait for
    from dashboard.report.sheet import Sheet
    from dashboard.text import Language
    from pipelines.context import Context

report = typer.Typer(no_args_is_help=True)

_Out = Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the report goes.")]
_Lang = Annotated[Literal["en", "fr", "fr-CA"] | None, typer.Option(help="Another language.")]


@report.command("weekly")
def weekly(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="A finished week, such as 2026-W46.")],
    out: _Out,
    lang: _Lang = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the report of a week."""

    def pdf(context: "Context", language: "Language") -> bytes:
        from dashboard.report import weekly_pdf
        from dashboard.rhythm.build import weekly_review
        from pipelines.settings import read_logo

        period = context.calendar.parse(week)
        if period.grain is not Grain.WEEK:
            raise Refused.of(
                msg("'{text}' is not a week.", text=week), hint=msg("Write it as 2026-W46.")
            )
        if period.is_partial(context.today()):
            raise Refused.of(
                msg("The week {week} is not over yet.", week=week),
                hint=msg("The report is made once the week's last day has passed."),
            )
        review = weekly_review(context, period)
        logo = read_logo(context.workspace.root, context.workspace.settings.logo)
        return weekly_pdf(review, language, calendar=context.calendar, logo=logo)

    _write(pdf, out, lang, workspace)


@report.command("monthly")
def monthly(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="A finished month, as 2026-10.")],
    out: _Out,
    lang: _Lang = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the gap review of a month: as it was closed, else as the data say today."""

    def pdf(context: "Context", language: "Language") -> bytes:
        from dashboard.report.gap_review_sheet import gap_review_sheet
        from dashboard.rhythm.papers import gap_review_of

        review = gap_review_of(context, context.calendar.parse(month))
        return _paper(context, gap_review_sheet(review, language, context.calendar))

    _write(pdf, out, lang, workspace)


@report.command("quarterly")
def quarterly(
    quarter: Annotated[
        str, typer.Argument(metavar="QUARTER", help="A finished fiscal quarter, as 2026-Q3.")
    ],
    out: _Out,
    lang: _Lang = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the review of a quarter: as it was closed, else as the data say today."""

    def pdf(context: "Context", language: "Language") -> bytes:
        from dashboard.report.quarterly.sheet import quarter_sheet
        from dashboard.rhythm.papers import quarter_record_of

        record = quarter_record_of(context, context.calendar.parse(quarter))
        return _paper(context, quarter_sheet(record, language, context.calendar))

    _write(pdf, out, lang, workspace)


def _paper(context: "Context", sheet: "Sheet") -> bytes:
    """Return a sheet as a PDF, with the company's logo."""
    from dashboard.report.sheet_pdf import sheet_pdf
    from pipelines.settings import read_logo

    logo = read_logo(context.workspace.root, context.workspace.settings.logo)
    return sheet_pdf(sheet, logo=logo)


def _write(
    pdf: "Callable[[Context, Language], bytes]", out: Path, lang: str | None, workspace: Path
) -> None:
    """Make a report and put it where it was asked for."""
    with opened(workspace, locale=lang) as (context, talk):
        made = pdf(context, talk.language)
        try:
            talk.at(out).write_bytes(made)
        except OSError as error:
            raise WorkspaceError.of(
                msg("The file cannot be written."),
                where=str(out),
                hint=msg("Check that its folder exists and that you may write to it."),
            ) from error
        talk.say(msg("The report is in {file}.", file=str(out)))
