"""Definitions are read, or everything that is wrong with them is said at once."""

from pathlib import Path

import pytest

from pipelines.errors import DefinitionError
from pipelines.kpis.definition import Aggregate, Better, Kind, LocalText, Unit
from pipelines.kpis.reader import read_definitions
from pipelines.periods import Grain

_TEXTS = """
name     = { en = "Big deals", fr = "Grosses affaires", fr_CA = "Grosses opportunités" }
question = { en = "How many?", fr = "Combien ?" }
formula  = { en = "Deals above 10 000.", fr = "Affaires de plus de 10 000." }
"""
_HEAD = f"""
kind     = "output"
unit     = "count"
better   = "up"
reviewed = ["week", "month"]
{_TEXTS}
"""
_MEASURE = """
[measure]
table     = "deals"
date      = "closed_on"
where     = "status = 'won' and amount > 10000"
numerator = "count(*)"
min_sample = 4

[[measure.requires]]
where  = "amount is not null"
reason = { en = "No amounts.", fr = "Pas de montants." }
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path, **files: str) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        read_definitions(write(folder, **files))
    return [str(problem) for problem in refused.value.problems]


def broken(folder: Path, before: str, after: str) -> list[str]:
    """Return what is said about a sound file in which one text was replaced."""
    sound = _HEAD + _MEASURE
    assert before in sound
    return problems(folder, big_deals=sound.replace(before, after))


def test_a_file_becomes_a_definition_under_its_own_name(tmp_path: Path) -> None:
    definition = read_definitions(write(tmp_path, big_deals=_HEAD + _MEASURE))["big_deals"]

    assert (definition.key, definition.kind, definition.unit) == (
        "big_deals",
        Kind.OUTPUT,
        Unit.COUNT,
    )
    assert definition.better is Better.UP
    assert definition.name == LocalText("Big deals", "Grosses affaires", "Grosses opportunités")
    assert definition.reviewed == (Grain.WEEK, Grain.MONTH)
    assert definition.adds_up
    assert definition.measure is not None
    assert definition.measure.min_sample == 4
    assert definition.measure.requires[0].reason == LocalText("No amounts.", "Pas de montants.")


def test_a_hand_kept_kpi_has_a_rule_instead_of_a_measure(tmp_path: Path) -> None:
    folder = write(tmp_path, visits='aggregate = "sum"\n' + _HEAD)

    definition = read_definitions(folder)["visits"]

    assert definition.measure is None
    assert (definition.aggregate, definition.adds_up) == (Aggregate.SUM, True)


def test_a_later_folder_overrides_an_earlier_one_key_by_key(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    write(ours, big_deals=_HEAD + _MEASURE, other=_HEAD + _MEASURE)
    write(theirs, big_deals=(_HEAD + _MEASURE).replace("10000", "5000"))

    found = read_definitions(ours, theirs, tmp_path / "nowhere")

    assert sorted(found) == ["big_deals", "other"]
    assert found["big_deals"].measure is not None
    assert "5000" in found["big_deals"].measure.where


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    first = (_HEAD + _MEASURE).replace('"count"', '"precent"').replace('"up"', '"upp"')
    second = (_HEAD + _MEASURE).replace("count(*)", "sum(ammount)").replace("closed_on", "closed")

    said = problems(tmp_path, first=first, second=second, third="kind = ")

    assert said[:2] == [
        "first.toml: [unit]: 'precent' is not possible here. Did you mean 'percent'?",
        "first.toml: [better]: 'upp' is not possible here. Did you mean 'up'?",
    ]
    assert said[2:4] == [
        "second.toml: [measure.date]: deals has no date 'closed'. Did you mean 'closed_on'?",
        "second.toml: [measure.numerator]: deals has no column 'ammount'. Did you mean 'amount'?",
    ]
    assert said[4].startswith("third.toml: This is not TOML: ")
    assert len(said) == 5


def test_a_file_that_misses_a_key_still_has_its_sql_checked(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        big_deals=(_HEAD + _MEASURE)
        .replace('kind     = "output"', "")
        .replace("count(*)", "amount"),
    )

    assert said[0].startswith("big_deals.toml: [kind]: This is missing.")
    assert (
        "[measure.numerator]: 'amount' stands outside" in said[1] or "not an aggregate" in said[1]
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("better ", "beter ", "[beter]: Nobody knows the key 'beter'. Did you mean 'better'?"),
        ("min_sample", "min_samples", "[measure.min_samples]: Nobody knows the key"),
        ("min_sample = 4", "min_sample = -1", "[measure.min_sample]: '-1' is below zero."),
        ("min_sample = 4", 'min_sample = "x"', "[measure.min_sample]: 'x' is not what is expected"),
        ('fr = "Combien ?"', 'de = "Wie viele?"', "[question.fr]: This is missing."),
        ('["week", "month"]', "[]", "[reviewed]: This is empty."),
        (
            '["week", "month"]',
            '["weak"]',
            "[reviewed.1]: 'weak' is not possible here. Did you mean",
        ),
        ('["week", "month"]', '["year"]', "[reviewed]: KPIs are reviewed by week"),
        ('"deals"', '"dealz"', "[measure.table]: There is no table 'dealz'. Did you mean 'deals'?"),
        ('"deals"', '"imports"', "[measure.table]: There is no table 'imports'. Choose one of:"),
        ("[measure]", 'aggregate = "sum"\n[measure]', "[aggregate]: A computed KPI is always"),
        (
            "amount is not null",
            "amout is not null",
            "[measure.requires 1.where]: deals has no column",
        ),
        (
            "count(*)",
            "count(*); drop table deals",
            "[measure.numerator]: One expression is expected",
        ),
        ("count(*)", "count(", "[measure.numerator]: 'count(' cannot be read."),
        ("status = 'won' and", "count(*) > 3 and", "[measure.where]: A condition looks at one row"),
        ('"No amounts."', '""', "[measure.requires.1.reason.en]: This is empty."),
    ],
)
def test_a_problem_names_file_key_and_what_to_do(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    found = broken(tmp_path, before, after)

    assert any(line.startswith(f"big_deals.toml: {said}") for line in found), found


def test_a_file_with_neither_measure_nor_rule_says_what_to_add(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, visits=_HEAD)

    assert said.startswith("visits.toml: There is neither a [measure] nor an aggregate. Add")


def test_a_name_that_cannot_be_typed_is_no_key(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"Win Rate": _HEAD + _MEASURE})

    with pytest.raises(DefinitionError, match=r"'Win Rate' cannot be the key of a KPI"):
        read_definitions(folder)


def test_bytes_that_are_not_text_are_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b"kind = \xff\xfe")

    with pytest.raises(DefinitionError, match=r"odd\.toml: This is not TOML"):
        read_definitions(tmp_path)


def test_a_measure_that_is_not_a_table_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, odd="measure = 3\n" + _HEAD)

    assert said.startswith("odd.toml: [measure]:")
