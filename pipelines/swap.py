"""Put new files in the place of old ones: all of them or none, whenever the power fails.

The new files lie in ``.restore/new``. As soon as ``.restore/swap.json`` is there, the swap goes
forward, if need be at the next start; before that, nothing has happened and what lies there is
thrown away. Every step can be repeated.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipelines.errors import WorkspaceError, msg
from pipelines.files import lock, sync, sync_folder, write_whole

#: The folder, inside the workspace, that a restore works in.
WORKPLACE = ".restore"
_NEW = "new"
_INTENT = "swap.json"


@contextmanager
def workplace(root: Path) -> Iterator[Path]:
    """Make room for new files beside the old ones; what is left there afterwards is gone.

    Yields:
        An empty folder.

    Raises:
        WorkspaceError: Another restore is at work.
    """
    place = root / WORKPLACE
    place.mkdir(parents=True, exist_ok=True)
    with _locked(place, wait=False) as mine:
        if not mine:
            raise WorkspaceError.of(
                msg("Another restore is at work here."),
                where=str(root),
                hint=msg("Wait until it is done."),
            )
        _go_on(root)
        new = place / _NEW
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        try:
            yield new
        finally:
            if not (place / _INTENT).exists():
                shutil.rmtree(new, ignore_errors=True)
    _leave(place)


def swap(root: Path, leaving: Sequence[str], kept: Path) -> None:
    """Put what lies in the workplace in its place, and keep what was there.

    Call it inside ``workplace``, with nobody using the files.

    Args:
        leaving: Names of the files and folders that make room, relative to the root; those that
            come in replace their namesakes in any case.
        kept: Where the old ones go; on the same file system.

    Raises:
        OSError: The disk refused a step; everything is back where it was.
    """
    place = root / WORKPLACE
    coming = sorted(path.name for path in (place / _NEW).iterdir())
    intent = {
        "coming": coming,
        "leaving": sorted({*leaving, *coming}),
        "kept": os.path.relpath(kept, root),
    }
    for path in sorted((place / _NEW).rglob("*")):
        sync(path)
    write_whole(place / _INTENT, json.dumps(intent).encode("utf-8"))
    try:
        _go_on(root)
    except OSError:
        _go_back(root)
        raise


def finish(root: Path) -> None:
    """Bring a swap to its end that was interrupted, or clear away what never became one."""
    place = root / WORKPLACE
    if not place.is_dir():
        return
    with _locked(place, wait=(place / _INTENT).exists()) as mine:
        if not mine:
            return  # somebody is at work there
        _go_on(root)
    _leave(place)


def _go_on(root: Path) -> None:
    intent = root / WORKPLACE / _INTENT
    if not intent.exists():
        return
    planned = json.loads(intent.read_text(encoding="utf-8"))
    kept, new = root / planned["kept"], root / WORKPLACE / _NEW
    kept.mkdir(parents=True, exist_ok=True)
    # what comes in still lies in the workplace: what stands in its place is an old one
    for name in planned["leaving"]:
        waits = name not in planned["coming"] or (new / name).exists()
        if waits and (root / name).exists() and not (kept / name).exists():
            (root / name).replace(kept / name)
    for name in planned["coming"]:
        if (new / name).exists():
            (new / name).replace(root / name)
    sync_folder(kept)
    sync_folder(root)
    intent.unlink()
    sync_folder(intent.parent)


def _go_back(root: Path) -> None:
    """Undo what was done of a swap, in the opposite order."""
    intent = root / WORKPLACE / _INTENT
    planned = json.loads(intent.read_text(encoding="utf-8"))
    kept, new = root / planned["kept"], root / WORKPLACE / _NEW
    for name in planned["coming"]:
        if not (new / name).exists():
            (root / name).replace(new / name)
    for name in planned["leaving"]:
        if (kept / name).exists():
            (kept / name).replace(root / name)
    with contextlib.suppress(OSError):
        kept.rmdir()
    intent.unlink()


def _leave(place: Path) -> None:
    """Remove a workplace in which nothing waits to be swapped."""
    if not (place / _INTENT).exists():
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _locked(place: Path, *, wait: bool) -> Iterator[bool]:
    """Keep other processes out; yields whether it is ours."""
    stream: IO[bytes] = (place / "lock").open("wb")
    with stream:
        mine = True
        try:
            lock(stream, wait=wait)
        except OSError:
            mine = False
        yield mine
