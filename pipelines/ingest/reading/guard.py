"""Read a foreign file in a child process that may fail without harm."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

import pipelines
from pipelines import work
from pipelines.errors import ImportRefused, msg
from pipelines.ingest.reading import handover
from pipelines.ingest.table import RawTable, unique_names
from pipelines.visible import PATTERN, visible


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    Attributes:
        seconds: Of elapsed time.
        memory: In bytes, as really used by the child process.
        size: Of the file, in bytes.
    """

    seconds: int = 120
    memory: int = 3 << 30
    size: int = 1 << 30


_LIMITS: Final = Limits()
#: How often the memory of the child is looked at, in seconds.
_LOOK_EVERY: Final = 0.02
_MOST_THREADS: Final = 8
#: How much of what a failed child wrote is kept for whoever looks into it, in characters.
_LOG: Final = 4_000


def read_table(
    path: Path,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    staging: Path,
    limits: Limits = _LIMITS,
) -> RawTable:
    """Return the table in a CSV or XLSX file.

    Args:
        path: The file, told apart by its content and not by its name.
        delimiter: What separates cells, where somebody has said it.
        encoding: As Python names it, where somebody has said it.
        staging: The workspace's folder for work in progress; left as it was found.
        limits: What reading may take before the file is refused.

    Raises:
        ImportRefused: There is no table in the file, or reading it takes too much.
    """
    path = path.absolute()
    _check_file(path, limits)
    staging.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reading-", dir=staging) as name:
        folder = Path(name)
        handover.ask(folder, handover.Request(str(path), _delimiter(path, delimiter), encoding))
        parsed = handover.answered(folder) if _run(folder, path, limits) else None
        if parsed is None:
            raise ImportRefused.of(
                msg("The file brought down the program that reads it; nothing was imported."),
                path.name,
                msg("Open it in a spreadsheet program, copy only the table, and save it as CSV."),
            ) from RuntimeError((folder / "log").read_text("utf-8", errors="replace")[-_LOG:])
        return RawTable(
            frame=_visible(parsed.frame),
            headers=parsed.headers,
            columns=unique_names(parsed.headers),
            delimiter=parsed.delimiter,
            encoding=parsed.encoding,
            sheet=parsed.sheet,
            native=parsed.native,
            rejects=parsed.rejects,
        )


def _visible(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose cells hold no sign that nobody sees (see ``pipelines.visible``)."""
    texts = frame.select(pl.col(pl.String))
    hidden = texts.select(pl.all().str.contains(PATTERN).any()).row(0) if texts.width else ()
    found = [name for name, has in zip(texts.columns, hidden, strict=True) if has]
    return frame.with_columns(
        frame[name].map_elements(visible, return_dtype=pl.String) for name in found
    )


def _check_file(path: Path, limits: Limits) -> None:
    if path.is_dir():
        raise ImportRefused.of(msg("This is a folder."), path.name, msg("Name the files in it."))
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except FileNotFoundError:
        raise ImportRefused.of(
            msg("There is no such file."), str(path), msg("Check the name and the folder.")
        ) from None
    except OSError:
        raise ImportRefused.of(
            msg("The file cannot be opened."),
            path.name,
            msg("Close it in other programs and check that you may read it."),
        ) from None
    if size > limits.size:
        raise ImportRefused.of(
            msg("The file is larger than {limit} MB.", limit=limits.size >> 20),
            path.name,
            msg("Export only the columns you need, or fewer years at a time."),
        )


def _delimiter(path: Path, told: str | None) -> str | None:
    """Return one character; people write a tab as a word or escaped."""
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    mark = named.get(told.lower(), told) if told is not None else None
    if mark is not None and (len(mark) != 1 or not mark.isascii() or mark in '"\r\n'):
        raise ImportRefused.of(
            msg("'{mark}' cannot separate cells.", mark=mark),
            path.name,
            msg("The delimiter is one character: a comma, a semicolon, a tab or a bar."),
        )
    return mark


def _run(folder: Path, path: Path, limits: Limits) -> bool:
    """Run the child, and return whether it came to an end by itself."""
    command = [sys.executable, "-P", "-m", "pipelines.ingest.reading.child", str(folder)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 - our own module
            command, env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        ) as child,
    ):
        try:
            _watch(child, path, limits)
        finally:
            child.kill()
    return child.returncode == 0


def _environment() -> Mapping[str, str]:
    """Return an environment in which the child finds this very package, wherever it lies."""
    home = str(Path(pipelines.__file__).resolve().parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        # Fewer threads and arenas reserve less address space, which is limited.
        "POLARS_MAX_THREADS": str(min(os.cpu_count() or 1, _MOST_THREADS)),
        "MALLOC_ARENA_MAX": "2",
    }


def _watch(child: "subprocess.Popen[bytes]", path: Path, limits: Limits) -> None:
    """Wait for the child, and refuse the file once it takes too long or too much memory.

    Raises:
        Stopped: Somebody does not want the file any more.
    """
    end = time.monotonic() + limits.seconds
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_LOOK_EVERY)
            return
        work.current().check()
        if time.monotonic() > end:
            raise ImportRefused.of(
                msg("Reading the file took more than {seconds} seconds.", seconds=limits.seconds),
                path.name,
                msg("Export only the columns you need, or fewer years at a time."),
            )
        if _memory(child.pid) > limits.memory:
            raise ImportRefused.of(
                msg("Reading the file takes more memory than allowed."),
                path.name,
                msg("Delete what lies far outside the table, or export it as CSV."),
            )


def _memory(process: int) -> int:
    """Return the bytes a process holds for itself; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", errors="replace")
    except OSError:
        return 0
    held = re.search(r"^RssAnon:\s+(\d+) kB", status, re.MULTILINE)
    return int(held[1]) << 10 if held else 0
