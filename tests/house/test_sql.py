"""SQL lives in files of its own, named, explained, one statement each."""

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = (_ROOT / "pipelines" / "sql", _ROOT / "dashboard" / "access" / "sql")
_STATEMENTS = sorted(path for folder in _FOLDERS for path in folder.rglob("*.sql"))
#: The beginning of a statement, as nobody begins a sentence.
_LOOKS_LIKE_SQL = re.compile(
    r"^\s*(select\b.+\bfrom\b|insert into\b|delete from\b|create (or replace )?(table|view)\b"
    r"|update \w+ set\b|with \w+ as \(|begin transaction\b)",
    re.IGNORECASE | re.DOTALL,
)


@pytest.mark.parametrize("path", _STATEMENTS, ids=lambda path: path.relative_to(_ROOT).as_posix())
def test_a_sql_file_says_what_it_makes_and_holds_one_lower_case_statement(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("--")]
    body = " ".join(line.split("--")[0] for line in lines).strip()

    assert lines[0].startswith(f"-- {path.stem}: "), "the first line: name, colon, what it is"
    if body.startswith(("select", "with", "create")):
        assert any(line.startswith("-- grain:") for line in header), "what one row is"
    assert body
    assert ";" not in body.removesuffix(";"), "one statement a file"
    keywords = {"SELECT", "FROM", "WHERE", "INSERT", "UPDATE", "DELETE", "JOIN", "WITH", "CASE"}
    assert not keywords.intersection(body.split()), "lower case"


@pytest.mark.parametrize("path", _STATEMENTS, ids=lambda path: path.relative_to(_ROOT).as_posix())
def test_a_question_that_is_asked_again_has_the_same_answer(path: Path) -> None:
    # the store answers it once in each transaction
    told = re.findall(
        r"\b(?:(?:nextval|currval|random|\w*uuid\w*|now|today|get_current_\w+)\s*\(|current_timestamp"
        r"|current_date|current_time\b)",
        "\n".join(line.split("--")[0] for line in path.read_text(encoding="utf-8").splitlines()),
    )

    assert told == []


def test_there_are_statements_to_look_at() -> None:
    assert len(_STATEMENTS) > 20


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_the_screen_and_the_commands_speak_no_sql(root: Path) -> None:
    spoken = [
        (path.relative_to(root).as_posix(), text)
        for path in sorted((root / "dashboard").rglob("*.py"))
        for text in _strings(path)
        if _LOOKS_LIKE_SQL.search(text)
    ]

    assert spoken == []


@pytest.mark.parametrize(
    "text",
    [
        "select * from deals",
        "  INSERT INTO deals VALUES (1)",
        "create or replace view deals as",
        "update deals set amount = 1",
        "with won as (select 1) select 2",
    ],
)
def test_the_rule_about_sql_knows_it_when_it_sees_it(text: str) -> None:
    assert _LOOKS_LIKE_SQL.search(text)


@pytest.mark.parametrize("text", ["Select a KPI from the list.", "Update Cap 90 and try again."])
def test_most_sentences_are_not_taken_for_sql(text: str) -> None:
    # the first one would be: write "Choose a KPI" instead
    assert bool(_LOOKS_LIKE_SQL.search(text)) is text.startswith("Select")
