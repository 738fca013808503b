"""Options and arguments that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer


def day(text: str) -> date:
    """Return the day that the command line names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a day; write it as 2026-11-21.") from None


Folder = Annotated[
    Path,
    typer.Option(
        "--workspace", metavar="DIR", envvar="CAP90_WORKSPACE", help="The company's folder."
    ),
]
#: Where a workspace is looked for when nobody says.
DEFAULT_FOLDER = Path("cap90-workspace")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
GrainName = Literal["week", "month", "quarter"]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A KPI, as 'cap90 kpi list' names it.")]
From = Annotated[
    date | None,
    typer.Option(
        "--from", parser=day, metavar="DAY", help="Only periods that start on it or later."
    ),
]
To = Annotated[
    date | None,
    typer.Option("--to", parser=day, metavar="DAY", help="Only periods that start before it."),
]
