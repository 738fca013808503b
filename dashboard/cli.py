"""The command line: ``cap90``."""

import contextlib
import io
import sys

import typer

from dashboard.commands import imports, kpi, kpi_show, report, safety, start, target, user
from dashboard.commands.line import Commands

app = typer.Typer(
    name="cap90",
    cls=Commands,
    help="Cap 90: five to seven KPIs, a weekly meeting, a 90-day plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("demo")(start.demo)
app.command("init")(start.init)
app.command("run")(start.run)
app.command("import")(imports.import_files)
app.add_typer(imports.imports, name="imports")
app.add_typer(kpi.kpi, name="kpi")
kpi.kpi.command("show")(kpi_show.show)
app.command("choose")(kpi.choose)
app.add_typer(target.target, name="target")
app.add_typer(target.limits, name="limits", help="Natural limits.")
app.add_typer(user.user, name="user")
app.add_typer(report.report, name="report", help="Reports as PDF.")
app.command("backup")(safety.backup)
app.command("restore")(safety.restore)
app.command("check")(safety.check)


def main() -> None:
    """Run one command and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # narrow no-break spaces and dashes do not exist in every terminal's encoding
            with contextlib.suppress(io.UnsupportedOperation):
                stream.reconfigure(errors="replace")
    app()
