"""A million deals: time against DuckDB's own reading of the same file, and memory."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from pipelines.context import Context
from pipelines.ingest import ImportRequest, import_file
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.workspace import Workspace
from tests.builders.imports import write_deals

pytestmark = pytest.mark.benchmark

ROWS = 1_000_000
ROUNDS = 3
IMPORT_ONCE = """
import sys
from pathlib import Path
from tests.benchmarks.test_import import whole_import
whole_import(*map(Path, sys.argv[1:]))
"""
TYPES = {
    "Deal ID": "varchar",
    "Deal Name": "varchar",
    "Account": "varchar",
    "Owner": "varchar",
    "Stage": "varchar",
    "Amount": "decimal(18, 4)",
    "Created Date": "date",
    "Close Date": "date",
    "Lead Source": "varchar",
    "Segment": "varchar",
    "Region": "varchar",
    "Currency": "varchar",
}


@pytest.fixture(scope="module")
def deals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deals") / "deals.csv"
    write_deals(path, ROWS)
    return path


def typed_read(path: Path, folder: Path) -> float:
    """Return the seconds DuckDB takes to read the file, told every type, into a file."""
    folder.mkdir()
    began = time.perf_counter()
    with duckdb.connect(str(folder / "plain.duckdb")) as connection:
        connection.execute(
            "create table deals as from read_csv($path, header = true, delim = ',', "
            f"columns = {TYPES!r})",
            {"path": str(path)},
        )
    return time.perf_counter() - began


def whole_import(path: Path, root: Path) -> float:
    """Return the seconds from an export file to canonical rows on the disk."""
    root.mkdir()
    began = time.perf_counter()
    with Store.open(root / "cap90.duckdb") as store:
        report = import_file(Context(Workspace(root, Settings()), store, {}), path, ImportRequest())
    taken = time.perf_counter() - began
    assert (report.added, report.rejected) == (ROWS, 0)
    return taken


def held(process: str) -> int:
    """Return the bytes of memory that a process and its children hold for themselves."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:  # it has just ended
        return 0
    own = next(
        (int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")), 0
    )
    return (own << 10) + sum(held(child) for child in children.split())


def most_held(command: Sequence[str]) -> int:
    """Return the most memory that a command and its children hold at one time."""
    most = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            most = max(most, held(str(process.pid)))
            time.sleep(0.01)
    assert process.returncode == 0
    return most


def test_a_million_deals_come_in_within_three_times_a_typed_read(
    deals: Path, tmp_path: Path
) -> None:
    plain, whole = [], []
    for number in range(ROUNDS):
        plain.append(typed_read(deals, tmp_path / f"plain{number}"))
        whole.append(whole_import(deals, tmp_path / f"whole{number}"))

    ratio = min(whole) / min(plain)
    print(  # noqa: T201 - the figures are what a benchmark is for
        f"\nimport {min(whole):.2f} s, typed read {min(plain):.2f} s: {ratio:.2f} times"
    )
    assert ratio <= 3


def test_a_million_deals_come_in_under_a_gigabyte_and_a_half(deals: Path, tmp_path: Path) -> None:
    # in a process of its own: this one still holds what it took to make the file
    most = most_held(
        (
            sys.executable,
            "-c",
            IMPORT_ONCE,
            str(deals),
            str(tmp_path / "watched"),
        )
    )

    print(f"\nmost memory held: {most / 1e9:.2f} GB")  # noqa: T201 - as above
    assert 0 < most < 1.5e9
