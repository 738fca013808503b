"""The file by which the demonstration knows its own folders, and whether somebody changed them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from dashboard.rhythm.actions import list_actions
from pipelines import ingest
from pipelines.context import Context
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import list_targets
from pipelines.sql import statement

_NAME = "cap90-demo.json"
#: What changes without anybody's doing.
_IGNORED = (
    *("cap90.duckdb", "cap90.duckdb.wal", "cap90.duckdb.undo", "cap90.log", _NAME),
    # who came in, and who serves it
    *("access.sqlite", "access.sqlite-wal", "access.sqlite-shm", ".cap90-running.json"),
)


@dataclass(frozen=True)
class Made:
    """What the demonstration left behind.

    Attributes:
        day: The day it was made for.
        state: What ``state`` gave right after.
    """

    day: date
    state: str


def read(root: Path) -> Made | None:
    """Return the marker of a folder, None if the demonstration did not make it."""
    try:
        found = json.loads((root / _NAME).read_text(encoding="utf-8"))
        return Made(date.fromisoformat(found["day"]), str(found["state"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(root: Path, day: date, state: str) -> None:
    """Mark a folder as made by the demonstration."""
    text = json.dumps({"day": day.isoformat(), "state": state}, indent=2)
    (root / _NAME).write_text(text + "\n", encoding="utf-8")


def state(context: Context) -> str:
    """Return a fingerprint of everything that people can change in a workspace."""
    root = context.workspace.root
    found = {
        "actions": [(action.action_id, action.version) for action in list_actions(context)],
        "targets": [target.target_id for target in list_targets(context)],
        "chosen": [asdict(choice) for choice in chosen(context)],
        "typed_and_locked": context.store.read(
            lambda cursor: cursor.execute(statement("kpis/typed_and_locked")).fetchall()
        ),
        "imports": [record.import_id for record in ingest.imports_list(context.store)],
        "files": sorted(
            (str(path.relative_to(root)), path.stat().st_size)
            for path in root.rglob("*")
            if path.is_file()
            and path.name not in _IGNORED
            and not {context.workspace.staging, context.workspace.backups} & set(path.parents)
        ),
    }
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()
