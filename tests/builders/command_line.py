"""Run ``cap90`` in this process, and a small workspace whose numbers fit on paper."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from dashboard.cli import app

#: Monday after the weeks that ``deals_csv`` fills.
TODAY = "2026-11-16"

#: Nine weeks, each with one deal won for 1000 and one lost; the last, 2026-W46, has three won for
#: 1000, 2000 and 3000 and one lost.
_MONDAYS = (
    "2026-09-14",
    "2026-09-21",
    "2026-09-28",
    "2026-10-05",
    "2026-10-12",
    "2026-10-19",
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def cap90(*words: str | Path, **environment: str) -> Ran:
    """Run a command with its words, and these variables set."""
    runner = CliRunner(env={"LC_ALL": None, "LANG": None, "COLUMNS": "120", **environment})
    result = runner.invoke(app, [str(word) for word in words])
    return Ran(result.exit_code, result.stdout, result.stderr)


def deals_csv(folder: Path) -> Path:
    """Write nine weeks of deals as a table that anybody could have made."""
    lines = ["Deal ID,Deal Name,Owner,Stage,Amount,Create Date,Close Date"]
    for week, monday in enumerate(_MONDAYS):
        owner = "Anne" if week % 2 == 0 else "Bruno"
        lines.append(f"w{week},Won {week},{owner},Closed Won,1000,2026-09-01,{monday}")
        lines.append(f"l{week},Lost {week},{owner},Closed Lost,500,2026-09-01,{monday}")
    lines.append("x1,Big,Anne,Closed Won,2000,2026-09-01,2026-11-13")
    lines.append("x2,Bigger,Bruno,Closed Won,3000,2026-09-01,2026-11-15")
    path = folder / "deals.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
