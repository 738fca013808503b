"""The twelve shipped definitions speak every language and say what they need."""

import re
from dataclasses import astuple
from pathlib import Path

import pytest

from pipelines.kpis.definition import Better, Definition, Kind, LocalText, Unit
from pipelines.kpis.reader import read_definitions
from pipelines.periods import Grain
from pipelines.resources import shipped
from tests.builders.warehouse import SHIPPED

_INPUTS = {
    "new_opportunities",
    "pipeline_created",
    "proposals_sent",
    "meetings_held",
    "no_show_rate",
}
_OUTPUTS = {
    "sales_won",
    "deals_won",
    "average_deal",
    "win_rate",
    "sales_cycle",
    "gross_margin",
    "gross_margin_rate",
}
_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_ALL = pytest.mark.parametrize("definition", SHIPPED.values(), ids=list(SHIPPED))


def texts(definition: Definition) -> list[LocalText]:
    assert definition.measure is not None
    reasons = [required.reason for required in definition.measure.requires]
    return [definition.name, definition.question, definition.formula, *reasons]


def test_twelve_kpis_of_both_kinds_are_shipped() -> None:
    kinds = {kind: {k for k, one in SHIPPED.items() if one.kind is kind} for kind in Kind}

    assert kinds == {Kind.INPUT: _INPUTS, Kind.OUTPUT: _OUTPUTS}


def test_units_and_directions_are_those_of_the_trade() -> None:
    down = {key for key, one in SHIPPED.items() if one.better is Better.DOWN}
    percent = {key for key, one in SHIPPED.items() if one.unit is Unit.PERCENT}

    assert down == {"sales_cycle", "no_show_rate"}
    assert percent == {"win_rate", "gross_margin_rate", "no_show_rate"}
    assert SHIPPED["sales_cycle"].unit is Unit.DAYS


def test_counts_and_sums_add_up_and_nothing_else_does() -> None:
    assert {key for key, one in SHIPPED.items() if one.adds_up} == {
        "sales_won",
        "deals_won",
        "gross_margin",
        "new_opportunities",
        "pipeline_created",
        "proposals_sent",
        "meetings_held",
    }


def test_margin_is_never_called_what_means_something_else_elsewhere() -> None:
    assert astuple(SHIPPED["gross_margin_rate"].name) == (
        "Gross margin (% of sales)",
        "Taux de marge brute (sur CA)",
        "Marge bénéficiaire brute (%)",
    )


@_ALL
def test_a_kpi_is_reviewed_by_week_month_and_quarter_and_says_what_it_needs(
    definition: Definition,
) -> None:
    assert definition.reviewed == (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
    assert definition.measure is not None
    assert definition.measure.requires
    for required in definition.measure.requires:
        assert "Export" in required.reason.en or "export" in required.reason.en
        assert "xport" in required.reason.fr


@_ALL
def test_french_is_set_as_each_country_sets_it(definition: Definition) -> None:
    for text in texts(definition):
        assert text.fr
        assert text.fr != text.en
        for french in filter(None, (text.fr, text.fr_CA)):
            assert "'" not in french
            assert not re.search(r" [;:!?%]", french)
            assert not re.search(rf"(?<!{_NO_BREAK})[:%](?!\))", french)
        assert not re.search(rf"(?<!{_NARROW})[;!?]", text.fr)
        # where France needs the narrow space, Québec needs a text of its own
        assert _NARROW not in text.in_language("fr_CA")


@_ALL
def test_quebec_says_opportunite_and_soumission(definition: Definition) -> None:
    for text in texts(definition):
        assert not re.search(r"\baffaires?\b|\bdevis\b", text.in_language("fr_CA").lower())


def test_the_example_of_the_readme_is_a_sound_definition(tmp_path: Path) -> None:
    readme = (shipped("kpi_definitions") / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(# win_rate.*?)```", readme, re.DOTALL)
    assert example

    (tmp_path / "win_rate.toml").write_text(example[1], encoding="utf-8")

    definition = read_definitions(tmp_path)["win_rate"]
    ours = SHIPPED["win_rate"]
    assert definition.measure is not None
    assert ours.measure is not None
    assert definition.measure.numerator == ours.measure.numerator
    assert (definition.kind, definition.unit, definition.name) == (ours.kind, ours.unit, ours.name)
