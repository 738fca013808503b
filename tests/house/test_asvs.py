"""Every requirement of OWASP ASVS 5.0.0, levels 1 and 2, has its evidence, its reason, or is open."""

import ast
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

#: What stands for a requirement, and what may stand beside it.
_ALLOWED = {
    "tests": {"tests", "how"},
    "code": {"code", "how"},
    "not_applicable": {"not_applicable"},
    "open": {"open"},
}


@pytest.fixture(scope="module")
def asvs(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "tests/house/asvs.toml").read_text(encoding="utf-8"))


def identifiers(asvs: dict[str, Any]) -> list[str]:
    return [*asvs["identifiers"]["level_1"], *asvs["identifiers"]["level_2"]]


def covering(asvs: dict[str, Any], identifier: str) -> list[dict[str, Any]]:
    """Return what speaks for a requirement: its own item, or a section that it stands in."""
    items = [item for name, item in asvs["items"].items() if name == identifier]
    sections = [
        section for name, section in asvs["sections"].items() if identifier.startswith(f"{name}.")
    ]
    return [*items, *sections]


@cache
def functions(path: Path) -> frozenset[str]:
    """Return the test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, defined) and node.name.startswith("test_")
    )


def test_the_list_is_whole(asvs: dict[str, Any]) -> None:
    # the standard has 70 requirements of level 1 and 183 of level 2
    assert len(set(asvs["identifiers"]["level_1"])) == 70
    assert len(set(asvs["identifiers"]["level_2"])) == 183
    assert len(set(identifiers(asvs))) == 253


def test_every_requirement_is_spoken_for_exactly_once(asvs: dict[str, Any]) -> None:
    spoken = {name: len(covering(asvs, name)) for name in identifiers(asvs)}

    assert {name: count for name, count in spoken.items() if count != 1} == {}
    assert set(asvs["items"]) <= set(spoken)
    assert all(any(name.startswith(f"{one}.") for name in spoken) for one in asvs["sections"])


def test_an_item_is_one_thing_only_and_says_why(asvs: dict[str, Any]) -> None:
    for name, item in {**asvs["items"], **asvs["sections"]}.items():
        (kind,) = set(_ALLOWED) & set(item)
        assert set(item) <= _ALLOWED[kind], name
        assert all(item.values()), name
        assert "how" in item or kind != "code", name
    assert {next(iter(section)) for section in asvs["sections"].values()} == {"not_applicable"}


def test_every_test_and_file_that_is_named_exists(asvs: dict[str, Any], root: Path) -> None:
    named = [test for item in asvs["items"].values() for test in item.get("tests", ())]
    files = [item["code"] for item in asvs["items"].values() if "code" in item]

    missing = [
        test
        for test in named
        for path, _, function in [test.partition("::")]
        if not (root / path).is_file() or function not in functions(root / path)
    ]

    assert missing == []
    assert [path for path in files if not (root / path).is_file()] == []
    assert named


def test_the_counts_are_what_the_list_says(asvs: dict[str, Any]) -> None:
    kinds = {"tests": "applied", "code": "applied"}
    counted = Counter(
        kinds.get(kind, kind)
        for name in identifiers(asvs)
        for item in covering(asvs, name)
        for kind in set(_ALLOWED) & set(item)
    )

    assert dict(counted) == asvs["counts"]
    assert counted.total() == 253
