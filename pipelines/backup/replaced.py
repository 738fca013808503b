"""What stood in the place of a restored backup: folders beside the backups, kept for a while."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines import clock
from pipelines.settings import Settings
from pipelines.workspace import Workspace

#: So many stay however old they are,
KEPT_AT_LEAST = 3
#: and all that are younger.
KEPT_DAYS = 90
_MOMENT = "%Y-%m-%dT%H-%M-%S"
_NAME = re.compile(r"replaced-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-\d+)?")


def free_place(backups: Path, company: Settings) -> Path:
    """Return where the state that a restore replaces can go; the name says when."""
    stem = f"replaced-{_local(company):{_MOMENT}}"
    names = (f"{stem}{f'-{again}' if again > 1 else ''}" for again in range(1, 1000))
    return next(backups / name for name in names if not (backups / name).exists())


def states(workspace: Workspace) -> tuple[tuple[datetime, Path], ...]:
    """Return the states that restores replaced, newest first: when, in company time, and where."""
    dated = [
        (datetime.strptime(named[1], _MOMENT), path)  # noqa: DTZ007 - the company's time, as named
        for path in workspace.backups.glob("replaced-*")
        if path.is_dir() and not path.is_symlink() and (named := _NAME.fullmatch(path.name))
    ]
    return tuple(sorted(dated, key=lambda one: (one[0], len(one[1].name), one[1]), reverse=True))


def clear(workspace: Workspace) -> tuple[Path, ...]:
    """Clear away the states that nobody came back for, and return their folders.

    What cannot be removed stays for the next time.
    """
    since = _local(workspace.settings) - timedelta(days=KEPT_DAYS)
    gone = tuple(path for moment, path in states(workspace)[KEPT_AT_LEAST:] if moment < since)
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return gone


def _local(company: Settings) -> datetime:
    """Return the company's time, without its zone."""
    return clock.now().replace(tzinfo=UTC).astimezone(company.zone).replace(tzinfo=None)
