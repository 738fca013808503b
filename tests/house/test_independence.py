"""The tree stands on its own: no other folder, no machine, no package index."""

import re
from pathlib import Path

#: Built from pieces, so that this file does not break its own rule.
_INDEXES = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", r"index" + "-url ?="])
)
_ELSEWHERE = re.compile(r"\.\./" + "shared|/wo" + "rk/|/ro" + r"ot/|parents\[\d\] / \"shared\"")


def _texts(files: list[Path]) -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix in {".py", ".toml", ".md", ".sql", ".po", ".typ", ".css", ".js", ""}
    ]


def test_no_file_names_a_package_index(files: list[Path], root: Path) -> None:
    naming = [path.relative_to(root) for path, text in _texts(files) if _INDEXES.search(text)]

    assert naming == []


def test_nothing_but_tests_looks_outside_the_tree(files: list[Path], root: Path) -> None:
    looking = [
        path.relative_to(root)
        for path, text in _texts(files)
        if _ELSEWHERE.search(text) and path.relative_to(root).parts[0] != "tests"
    ]

    assert looking == []


def test_python_files_stay_small_enough_to_have_one_reason_to_change(
    files: list[Path], root: Path
) -> None:
    long = {
        path.relative_to(root).as_posix(): lines
        for path in files
        if path.suffix == ".py"
        and path.relative_to(root).parts[0] != "tests"
        and path.parent.name != "sources"  # lists of words, which grow with every CRM
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}
