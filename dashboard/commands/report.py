"""Reports as PDF: report weekly."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from dashboard.commands.console import opened
from dashboard.commands.options import DEFAULT_FOLDER, Folder
from pipelines.errors import Refused, WorkspaceError, msg
from pipelines.periods import Grain

report = typer.Typer(no_args_is_help=True)


@report.callback()
def report_group() -> None:
    """Keep 'weekly' a command of its own, though it is the only one."""


@report.command("weekly")
def weekly(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="A finished week, such as 2026-W46.")],
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the report goes.")],
    lang: Annotated[
        Literal["en", "fr", "fr-CA"] | None, typer.Option(help="Another language.")
    ] = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the report of a week."""
    with opened(workspace, locale=lang) as (context, talk):
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
        pdf = weekly_pdf(review, talk.language, calendar=context.calendar, logo=logo)
        try:
            talk.at(out).write_bytes(pdf)
        except OSError as error:
            raise WorkspaceError.of(
                msg("The file cannot be written."),
                where=str(out),
                hint=msg("Check that its folder exists and that you may write to it."),
            ) from error
        talk.say(msg("The report is in {file}.", file=str(out)))
