"""New files take the place of old ones: all of them or none."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import swap
from pipelines.errors import WorkspaceError

NAMES = ("a.txt", "b.txt", "folder")


class Killed(BaseException):
    """The process ends here."""


def old_and_new(root: Path) -> None:
    root.mkdir()
    for name in NAMES:
        _write(root / name, "old")
    (root / "log.wal").write_text("old")


def fill(new: Path) -> None:
    for name in NAMES:
        _write(new / name, "new")


def _write(path: Path, words: str) -> None:
    if path.suffix:
        path.write_text(words)
    else:
        path.mkdir()
        (path / "inside.txt").write_text(words)


def state(root: Path) -> list[str]:
    paths = (root / "a.txt", root / "b.txt", root / "folder" / "inside.txt", root / "log.wal")
    return [path.read_text() if path.exists() else "gone" for path in paths]


OLD, NEW = ["old"] * 4, ["new", "new", "new", "gone"]


def test_what_comes_in_takes_the_place_and_what_was_there_is_kept(tmp_path: Path) -> None:
    root = tmp_path / "root"
    old_and_new(root)

    with swap.workplace(root) as new:
        fill(new)
        swap.swap(root, ["log.wal"], root / "kept")

    assert state(root) == NEW
    assert state(root / "kept") == OLD
    assert not (root / swap.WORKPLACE).exists()


def test_what_is_not_swapped_is_thrown_away(tmp_path: Path) -> None:
    root = tmp_path / "root"
    old_and_new(root)

    with swap.workplace(root) as new:
        fill(new)

    assert state(root) == OLD
    assert not (root / swap.WORKPLACE).exists()


def test_interrupted_at_any_step_it_is_the_old_or_the_new_state_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    steps = 0
    replace = Path.replace
    for last in range(50):
        root = tmp_path / f"root{last}"
        old_and_new(root)
        steps = 0

        def step(path: Path, target: Path, last: int = last) -> Path:
            nonlocal steps
            steps += 1
            if steps > last:
                raise Killed
            return replace(path, target)

        finished = False
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", step)
            try:
                with swap.workplace(root) as new:
                    fill(new)
                    swap.swap(root, ["log.wal"], root / "kept")
                finished = True
            except Killed:
                pass
        swap.finish(root)

        assert state(root) in (OLD, NEW)
        assert (state(root) == NEW) == (last > 0)  # the first step is the intent itself
        assert not (root / swap.WORKPLACE).exists()
        seen.add(last)
        if finished:
            break

    assert len(seen) == 9  # the intent, four that leave, three that come, and the one without end


@pytest.mark.parametrize("refused", range(1, 8))
def test_a_step_that_the_disk_refuses_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    root = tmp_path / "root"
    old_and_new(root)
    steps = 0
    replace = Path.replace

    def step(path: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps == refused + 1:  # the intent is the first
            raise OSError
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", step)
    with swap.workplace(root) as new:
        fill(new)
        with pytest.raises(OSError):  # noqa: PT011 - any of them
            swap.swap(root, ["log.wal"], root / "kept")

    assert state(root) == OLD
    assert not (root / "kept").exists()
    swap.finish(root)
    assert state(root) == OLD


def test_somebody_else_is_kept_out_while_a_restore_is_at_work(tmp_path: Path) -> None:
    root = tmp_path / "root"
    old_and_new(root)
    other = (
        "import sys; from pathlib import Path; from pipelines import swap;"
        "root = Path(sys.argv[1]); swap.finish(root); swap.workplace(root).__enter__()"
    )

    with swap.workplace(root) as new:
        fill(new)
        ran = subprocess.run(
            [sys.executable, "-c", other, str(root)],
            capture_output=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert (new / "a.txt").read_text() == "new"  # it took nothing away
        with pytest.raises(WorkspaceError, match="Another restore"), swap.workplace(root):
            pass

    assert b"Another restore is at work" in ran.stderr
    assert state(root) == OLD
