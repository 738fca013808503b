"""Kill -9 at random moments: what was acknowledged is there, nothing is there by halves."""

import shutil
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from dashboard.rhythm.meeting import preparing, running
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from pipelines import backup
from pipelines.checking import check
from pipelines.context import Context, open_context
from pipelines.settings import Settings
from pipelines.store import migrate
from pipelines.workspace import create
from tests.builders import crash
from tests.builders.backups import accounts, company, deals, emails, import_deals
from tests.builders.crash import KILLS, ROWS, chance, killed

pytestmark = pytest.mark.crash

#: Five kinds of work, each in this many pieces that may run beside each other.
PIECES = 4
EACH = max(1, KILLS // 5 // PIECES)
#: Beside them, of what people write in a meeting: the same store, by a longer way.
FEW = max(1, EACH // 5)
pieces = pytest.mark.parametrize("piece", range(PIECES))


def sound(context: Context, *, but: str = "") -> None:
    problems = [
        str(problem) for one in check(context) if one.name != but for problem in one.problems
    ]
    assert problems == []


def count(context: Context, sql: str) -> int:
    return int(context.store.read(lambda c: c.execute(sql).fetchall())[0][0])


def numbers(context: Context, sql: str) -> set[int]:
    return {int(n) for (n,) in context.store.read(lambda c: c.execute(sql).fetchall())}


def test_a_process_is_begun_whatever_page_was_tested_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    Path(page.__file__).write_text("raise SystemExit('a page that nothing is shown of')")
    monkeypatch.setitem(sys.modules, "__main__", page)

    killed(crash.importing, company(tmp_path / "erable"), 1000, 0)


@pieces
def test_an_import_is_whole_or_not_there_whenever_it_is_killed(tmp_path: Path, piece: int) -> None:
    root, finished = company(tmp_path / "erable"), set[int]()
    for turn in range(EACH):
        moment = chance("import", piece, turn).uniform(0, 1.2)
        finished |= set(killed(crash.importing, root, 1000 * (turn + 1), moment))

        with open_context(root) as context:
            sound(context)
            names = "select regexp_extract(file_name, '\\d+')::int from imports"
            imported = numbers(context, names) - {1}
            assert finished <= imported
            assert deals(context) == 20 + ROWS * len(imported)


@pieces
def test_what_was_written_is_there_whenever_a_checkpoint_is_killed(
    tmp_path: Path, piece: int
) -> None:
    root, finished = company(tmp_path / "erable"), set[int]()
    for turn in range(EACH):
        moment = chance("checkpoint", piece, turn).uniform(0, 0.4)
        finished |= set(killed(crash.checkpointing, root, 100_000 * (turn + 1), moment))

        with open_context(root) as context:
            sound(context)
            written = numbers(context, "select distinct name from distinct_people")
            assert finished <= written
            assert count(context, "select count(*) from distinct_people") == ROWS * len(written)


@pieces
def test_an_update_goes_on_where_it_was_killed(
    tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = company(tmp_path / "before")
    known = crash.more_migrations()
    for turn in range(EACH):
        root = tmp_path / f"turn{turn}"
        shutil.copytree(before, root)
        moment = chance("update", piece, turn).uniform(0, 0.5)
        killed(crash.migrating, root, 0, moment)

        with monkeypatch.context() as patch:
            patch.setattr(migrate, "migrations", lambda: known)
            with open_context(root) as context:
                sound(context)
                assert deals(context) == 20
                for step in range(1, 6):
                    assert count(context, f"select count(*) from more_{step}") == 60_000
                assert count(context, "select max(number) from schema_migrations") == max(known)
                assert backup.backups(context.workspace)
        shutil.rmtree(root)


@pieces
def test_every_backup_is_whole_whenever_one_is_killed(tmp_path: Path, piece: int) -> None:
    root, last = company(tmp_path / "erable"), 0
    for turn in range(EACH):
        moment = chance("backup", piece, turn).uniform(0, 0.6)
        told = killed(crash.backing_up, root, 100_000 * (turn + 1), moment)
        last = max([last, *told])

        with open_context(root) as context:
            sound(context)
            made = backup.backups(context.workspace)
            assert made[0].manifest.number >= last
            assert backup.damaged(context.workspace) == ()
            for one in made:
                backup.verify(one.path)


@pieces
def test_a_restore_leaves_the_old_or_the_new_state_whenever_it_is_killed(
    tmp_path: Path, piece: int
) -> None:
    states = [_saved(tmp_path, number) for number in (0, 1)]
    root, last = tmp_path / "erable", 1
    backup.restore(root, tmp_path / "1.cap90")
    for turn in range(EACH):
        moment = chance("restore", piece, turn).uniform(0, 0.4)
        first = last + 1  # the one that is not there now
        told = killed(crash.restoring, root, first, moment)
        last = max([last, *told])

        with open_context(root) as context:
            sound(context, but="backups")  # it has none beside those it is restored from
            state = (context.workspace.settings.company, deals(context), emails(root))
        assert state in states
        number = states.index(state)
        assert number in {last % 2, (last + 1) % 2}
        if number != last % 2:
            last += 1  # it was done, but could not say so any more
        for kept in (root / "backups").glob("replaced-*"):
            shutil.rmtree(kept)


@pieces
def test_what_is_written_in_a_meeting_is_there_whenever_the_server_is_killed(
    tmp_path: Path, piece: int
) -> None:
    root, finished = company(tmp_path / "erable"), set[int]()
    with open_context(root) as context:
        running.start(context, preparing.plan_meeting(context).meeting_id)
    for turn in range(FEW):
        moment = chance("meeting", piece, turn).uniform(0, 0.8)
        finished |= set(killed(crash.meeting, root, 10_000 * (turn + 1), moment))

        with open_context(root) as context:
            sound(context, but="backups")  # nobody has made one
            seen = read_meeting(context, 1)
            wins = {int(win.text) for win in seen.wins}
            texts = [int(note.text) for note in seen.notes]
        assert {number for number in finished if number % 2} <= wins
        # the last one, or one more that could not be told any more
        assert max([0, *texts]) >= max([0, *(number for number in finished if not number % 2)])


def _saved(folder: Path, number: int) -> tuple[str, int, list[str]]:
    """Save one of two companies that differ in every part; return what it is known by."""
    name, email = f"Company {number}", f"owner{number}@example.test"
    root = create(folder / f"company{number}", Settings(company=name)).root
    accounts(root, email)
    with open_context(root) as context:
        import_deals(context, number, 50 * (number + 1))
        backup.by_hand(context.workspace, context.store, folder / f"{number}.cap90")
    return name, 50 * (number + 1), [email]


@pytest.fixture
def gigabyte(tmp_path: Path) -> Path:
    """A workspace whose database has a gigabyte."""
    root = company(tmp_path / "large")
    rows = "insert into distinct_people select uuid()::text, repeat(uuid()::text, 5) from range(400000)"
    with open_context(root) as context:
        while context.workspace.database.stat().st_size < 1 << 30:
            context.store.write(lambda cursor: cursor.execute(rows).fetchall())
            context.store.copy_to(context.workspace.staging / "copy")
            (context.workspace.staging / "copy").unlink()
    return root


@pytest.mark.nightly
def test_a_gigabyte_is_open_again_five_seconds_after_a_kill(gigabyte: Path) -> None:
    times = []
    for turn in range(5):
        killed(
            crash.checkpointing, gigabyte, 1000 * (turn + 1), chance("large", turn).uniform(0, 4)
        )
        began = time.perf_counter()
        with open_context(gigabyte) as context:
            assert deals(context) == 20
            times.append(time.perf_counter() - began)

    print(f"\nopen again after {max(times):.2f} s at most")  # noqa: T201 - what the night is for
    assert max(times) < 5
