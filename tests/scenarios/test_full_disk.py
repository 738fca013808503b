"""A disk that is full: a sentence, nothing lost, and on it goes once there is room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
#: Mounts a small disk in a namespace of its own, where the rest of the script is run.
_MOUNTED = 'mount -t tmpfs -o size="$1"m none "$2" && exec "$3" "$4" "$2"'


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A place to mount a disk in; skipped where this user may not mount anything."""
    place = tmp_path / "disk"
    place.mkdir()
    allowed = subprocess.run(
        ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", str(place)],
        capture_output=True,
        check=False,
    )
    if allowed.returncode != 0:
        if os.environ.get("CAP90_REQUIRE_BROWSER"):  # every check is to be made here
            pytest.fail("no disk can be mounted here: " + allowed.stderr.decode())
        pytest.skip("no disk can be mounted here")
    return place


def on_disk(place: Path, megabytes: int, script: str) -> None:
    """Run a script in a process whose disk is small; its first argument is where that is."""
    path = place.parent / "script.py"
    path.write_text(_BEGINNING + script, encoding="utf-8")
    ran = subprocess.run(
        [
            *("unshare", "-Urm", "bash", "-c", _MOUNTED, "-"),
            *(str(megabytes), str(place), sys.executable, str(path)),
        ],
        capture_output=True,
        check=False,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]


_BEGINNING = """
import sys
from pathlib import Path

import pytest

from pipelines import backup
from pipelines.checking import check
from pipelines.context import open_context
from pipelines.errors import BackupError, Cap90Error, StoreError
from tests.builders.backups import company, deals, import_deals

disk = Path(sys.argv[1])
root = company(disk / "erable")
filler = disk / "filler"


def fill(left):
    # leaves some bytes of the disk
    import shutil
    with filler.open("ab") as stream:
        stream.write(b"x" * max(0, shutil.disk_usage(disk).free - left))


def sound(context):
    problems = [str(p) for one in check(context) if one.name != "backups" for p in one.problems]
    assert problems == [], problems


def add(cursor, rows=1000):
    cursor.execute("insert into distinct_people select uuid()::text, uuid()::text from range($n)", {"n": rows})


def pairs(context):
    return context.store.read(lambda c: c.execute("select count(*) from distinct_people").fetchall())[0][0]
"""


def test_a_write_that_does_not_fit_is_refused_and_reading_goes_on(small_disk: Path) -> None:
    on_disk(
        small_disk,
        24,
        """
with open_context(root) as context:
    fill(1 << 20)
    written = 0
    with pytest.raises(StoreError, match="did not take"):
        for _ in range(100):
            context.store.write(add)
            written += 1000
    assert context.store.state == "read_only"
    assert (pairs(context), deals(context)) == (written, 20)

    filler.unlink()
    context.store.write(add)
    assert context.store.state == "ok"
    assert pairs(context) == written + 1000
with open_context(root) as context:
    sound(context)
    assert pairs(context) == written + 1000
""",
    )


def test_a_checkpoint_that_does_not_fit_is_got_over_without_a_restart(small_disk: Path) -> None:
    on_disk(
        small_disk,
        40,
        """
with open_context(root) as context:
    for _ in range(60):
        context.store.write(add)
    fill(1 << 19)
    with pytest.raises(StoreError, match="goes on by itself"):
        context.store.copy_to(disk / "copy")
    assert context.store.state == "read_only"
    assert (pairs(context), deals(context)) == (60_000, 20)

    filler.unlink()
    context.store.write(add)
    context.store.copy_to(disk / "copy")
    assert context.store.state == "ok"
    assert pairs(context) == 61_000
    sound(context)
""",
    )


def test_a_disk_is_tried_again_until_it_takes_something(small_disk: Path) -> None:
    on_disk(
        small_disk,
        24,
        """
from pipelines.store import disk as module
module._TRY_EVERY = 0.0
with open_context(root) as context:
    fill(1 << 20)
    with pytest.raises(StoreError):
        for _ in range(100):
            context.store.write(add)
    fill(0)
    assert context.store.state == "read_only"
    filler.unlink()
    assert context.store.state == "ok"
    assert not list(root.glob(".cap90-try"))
""",
    )


def test_an_import_that_does_not_fit_changes_nothing(small_disk: Path) -> None:
    on_disk(
        small_disk,
        32,
        """
from pipelines.ingest import ImportRequest, import_file
from tests.builders.backups import deals_file
import tempfile

with open_context(root) as context, tempfile.TemporaryDirectory(dir="/var/tmp") as elsewhere:
    import_deals(context, 2)
    large = deals_file(Path(elsewhere), 3, 200_000)
    # less and less room: where it fails differs, that nothing is changed does not
    for left in (12, 9, 6, 4, 2, 0):
        fill(left << 20)
        with pytest.raises(Cap90Error) as refusal:
            import_file(context, large, ImportRequest())
        assert refusal.value.problems[0].hint or len(refusal.value.problems) > 1, refusal.value
        assert deals(context) == 40
    assert not list(context.workspace.staging.glob("*/*"))
    filler.unlink()
    import_deals(context, 4)
    assert deals(context) == 60
    assert context.store.state == "ok"
    sound(context)
""",
    )


def test_a_backup_that_does_not_fit_leaves_nothing_behind(small_disk: Path) -> None:
    on_disk(
        small_disk,
        24,
        """
from pipelines.backup import archive

with open_context(root) as context:
    before = sorted(context.workspace.backups.iterdir())
    fill(3 << 20)
    with pytest.raises(BackupError, match="not enough room"):
        backup.by_hand(context.workspace, context.store)
    archive._refuse_without_room = lambda *_: None  # somebody else takes the room meanwhile
    for left in (1200, 800, 400, 100, 0):
        fill(left << 10)
        with pytest.raises(Cap90Error):
            backup.by_hand(context.workspace, context.store)
        assert sorted(context.workspace.backups.iterdir()) == before
    filler.unlink()
    made = backup.by_hand(context.workspace, context.store)
    backup.verify(made.path)
    sound(context)
""",
    )


def test_a_restore_that_does_not_fit_leaves_everything_as_it_was(small_disk: Path) -> None:
    on_disk(
        small_disk,
        24,
        """
from pipelines.backup import restoring

with open_context(root) as context:
    made = backup.by_hand(context.workspace, context.store)
    import_deals(context, 2)
restoring._refuse_without_room = lambda *_: None
for left in (1200, 800, 400, 100, 0):
    fill(left << 10)
    with pytest.raises(Cap90Error):
        backup.restore(root, made.path)
    assert not (root / ".restore" / "swap.json").exists()
filler.unlink()
with open_context(root) as context:
    assert deals(context) == 40
    sound(context)
backup.restore(root, made.path)
with open_context(root) as context:
    assert deals(context) == 20
""",
    )


def test_a_folder_that_cannot_be_written_is_said(small_disk: Path) -> None:
    on_disk(
        small_disk,
        24,
        """
import subprocess

subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
with pytest.raises(Cap90Error) as refusal:
    open_context(root)
assert "write" in str(refusal.value), refusal.value
subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
with open_context(root) as context:
    sound(context)
""",
    )
