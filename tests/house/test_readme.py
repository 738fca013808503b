"""The README is true: its map, its KPIs, its commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from dashboard.cli import app


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def _map(readme: str, package: str) -> set[str]:
    """Return what the map of the house names inside a package, as ``errors.py`` or ``store/``."""
    block = readme.partition(f"\n    {package}/")[2]
    named = set()
    for line in block.splitlines()[1:]:
        if not line.startswith("      "):
            break
        if not line.startswith("       "):  # names are indented by six; further texts by more
            named |= set(re.findall(r"(?<!\S)([a-z_]+(?:\.py|/))", line.partition("   ")[2]))
    return named


def _top_level(folder: Path) -> Iterator[str]:
    for path in folder.iterdir():
        if path.is_dir() and not path.name.startswith((".", "__")):
            yield f"{path.name}/"
        elif path.suffix == ".py" and path.stem != "__init__":
            yield path.name


@pytest.mark.parametrize("package", ["pipelines", "dashboard"])
def test_the_map_names_every_module_that_exists_and_no_other(
    root: Path, readme: str, package: str
) -> None:
    assert _map(readme, package) == set(_top_level(root / package))


def test_the_map_names_every_top_level_folder(root: Path, readme: str) -> None:
    block = readme.partition("## The house")[2].partition("## To add")[0]
    named = set(re.findall(r"^    ([a-z_]+)/", block, re.MULTILINE))

    exist = {
        path.name
        for path in root.iterdir()
        if path.is_dir() and not path.name.startswith((".", "_", "cap90-")) and path.name != "dist"
    }
    assert named == exist


def _commands(group: TyperGroup, context: typer.Context, words: str) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from _commands(command, context, f"{words} {name}")
        else:
            yield f"{words} {name}"


def test_every_command_is_in_the_readme_and_every_one_there_exists(readme: str) -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    exist = set(_commands(group, typer.Context(group), "cap90"))

    named = {
        match
        for words in re.findall(r"cap90((?: [a-z]+)+)", readme)
        for match in [_longest_command(words.split(), exist)]
    }

    assert named == exist


def _longest_command(words: list[str], exist: set[str]) -> str:
    for length in range(len(words), 0, -1):
        if (command := " ".join(["cap90", *words[:length]])) in exist:
            return command
    return " ".join(["cap90", *words])


def test_every_kpi_that_the_texts_name_exists(root: Path, readme: str) -> None:
    keys = {path.stem for path in (root / "kpi_definitions").glob("*.toml")}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", readme)) | set(
        re.findall(r"cap90 (?:choose|target set|kpi show) ([a-z_]+) ([a-z_]+)?", readme)[0]
    )

    assert named - {""} <= keys
    assert named


def test_every_file_that_the_readme_names_exists(root: Path, readme: str) -> None:
    paths = re.findall(r"`((?:[a-z_]+/)+[A-Za-z_]+\.[a-z]+)`", readme)

    assert [path for path in paths if not (root / path).is_file()] == []
    assert paths
