"""How numbers are written is decided per column, and they are read exactly."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import ImportRefused
from pipelines.ingest.conversion import (
    NumberDecision,
    Undecided,
    convert_numbers,
    currencies_in,
    decide_numbers,
    decide_numbers_together,
)


def column(*values: str | None) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def decided(values: pl.Series, told: str | None = None) -> NumberDecision:
    decision = decide_numbers(values, told=told)
    assert isinstance(decision, NumberDecision)
    return decision


def read(*values: str | None, told: str | None = None) -> list[Decimal | None]:
    cells = column(*values)
    numbers, _, _ = convert_numbers(cells, decided(cells, told))
    assert numbers.dtype == pl.Decimal(18, 4)
    return numbers.to_list()


def asked(*values: str) -> Undecided:
    question = decide_numbers(column(*values))
    assert isinstance(question, Undecided)
    return question


def numbers(*values: str | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def test_plain_numbers_are_read_exactly() -> None:
    assert read("12345678901234.5678", "0.1", "-3", "0.0001", None) == numbers(
        "12345678901234.5678", "0.1", "-3", "0.0001", None
    )


@pytest.mark.parametrize(
    "evidence", ["12,5", "1,2345", "1.234,56", "1.234.567", "0,125", "1234,567", "1 234,567", ",5"]
)
def test_one_telling_value_makes_the_comma_decimal(evidence: str) -> None:
    assert read("1,234", evidence)[0] == Decimal("1.234")
    assert decided(column("1,234", evidence)).evidence == evidence


@pytest.mark.parametrize(
    "evidence",
    ["12.5", "1.2345", "1,234.56", "1,234,567", "0.125", "1234.567", "1'234.567", ".5", "$1,234.5"],
)
def test_one_telling_value_makes_the_point_decimal(evidence: str) -> None:
    assert read("1,234", evidence)[0] == Decimal(1234)


@pytest.mark.parametrize("written", ["1,234", "1.234", "CAD 1,200", "-9.999"])
def test_a_mark_before_three_digits_alone_is_asked_about(written: str) -> None:
    question = asked(written, "17", "950")

    assert question.options == (",", ".")
    assert question.examples == (written,)
    assert question.mapping_key == "decimal"


def test_the_answer_is_what_a_mapping_file_takes() -> None:
    assert read("1,234", told=",") == numbers("1.234")
    assert read("1,234", told=".") == numbers("1234")
    assert read("1,234", told="virgule") == numbers("1.234")
    with pytest.raises(ImportRefused, match="is not a decimal mark"):
        decide_numbers(column("1"), told=";")


def test_values_without_a_mark_decide_nothing_and_need_no_answer() -> None:
    decision = decided(column("1200", "5", "1 200 000"))

    assert decision.evidence == ""
    assert read("1200", "5", "1 200 000") == numbers("1200", "5", "1200000")


def test_values_that_contradict_each_other_are_asked_about_and_shown() -> None:
    question = asked("12,5", "12.5", "7")

    assert question.contradiction
    assert question.examples == ("12,5", "12.5")


def test_what_was_told_holds_and_what_does_not_fit_it_is_bad() -> None:
    cells = column("1.234,50", "1,234.50", "12.5", "7")

    found, wrong, _ = convert_numbers(cells, decided(cells, told=","))

    assert found.to_list() == numbers("1234.5", None, None, "7")
    assert wrong.to_list() == [False, True, True, False]


def test_another_column_of_the_file_decides() -> None:
    together = decide_numbers_together({"amount": column("1,234"), "cost": column("12,50")})

    assert together["amount"] == NumberDecision(",", "12,50")


def test_columns_that_disagree_decide_nothing_for_a_third() -> None:
    together = decide_numbers_together(
        {"a": column("12,50"), "b": column("12.50"), "c": column("1,234")}
    )

    assert isinstance(together["c"], Undecided)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$200,000.00 ", "200000"),
        ("1 234,56 €", "1234.56"),
        ("1\u00a0234,56\u00a0$", "1234.56"),
        ("1\u202f234\u202f567,00 $ CA", "1234567"),
        ("12'345.60", "12345.6"),
        ("CHF 12’345.60", "12345.6"),
        ("CAD 1,200.00", "1200"),
        ("1.200,00 EUR", "1200"),
        ("US$5.00", "5"),
        ("($5,000.00)", "-5000"),
        ("5.00-", "-5"),
        ("−5,00", "-5"),
        ("-$5.00", "-5"),
        ("$-5.00", "-5"),
        ("+5.00", "5"),
        ("£0.99", "0.99"),
        ("5.000,00 kr", "5000"),
    ],
)
def test_numbers_are_read_as_the_world_writes_them(written: str, expected: str) -> None:
    assert read(written) == numbers(expected)


@pytest.mark.parametrize(
    "written",
    [
        "12%",
        "3956.65x",
        "1200 widgets",
        "1e5",
        "1,23,456",
        "1 23 456",
        "12.34.56",
        "5.",
        "--5",
        "(5",
        "-5-",
        "n/a",
        "#Div0",
        "100000000000000",
        "1 000'000",
    ],
)
def test_what_is_no_amount_is_bad(written: str) -> None:
    cells = column(written, "1.50")

    found, wrong, _ = convert_numbers(cells, decided(cells, told="."))

    assert found.to_list() == numbers(None, "1.50")
    assert wrong.to_list() == [True, False]


def test_blank_cells_are_neither_numbers_nor_bad() -> None:
    cells = column("1.50", None, " ")

    found, wrong, _ = convert_numbers(cells, decided(cells))

    assert found.to_list() == numbers("1.50", None, None)
    assert not wrong.any()


def test_more_than_four_decimals_are_rounded_half_up_and_counted() -> None:
    cells = column("0.00005", "-0.00005", "0.12344", "0.5", "33.333333333")

    found, _, rounded = convert_numbers(cells, decided(cells))

    assert found.to_list() == numbers("0.0001", "-0.0001", "0.1234", "0.5", "33.3333")
    assert rounded == 4


def test_the_currencies_of_a_column_are_told() -> None:
    assert currencies_in(column("$5.00", "12", "7 €", "7,5 eur", "x", None)) == ("$", "EUR", "€")
    assert currencies_in(column("5.00", "12")) == ()


AMOUNTS = st.lists(
    st.decimals(Decimal("-99999999999998.9999"), Decimal("99999999999998.9999"), places=4),
    min_size=1,
    max_size=20,
)
LOCALES = {"en": (",", "."), "fr": ("\u202f", ","), "fr_CA": ("\u00a0", ","), "de": (".", ","), "ch": ("’", ".")}  # fmt: skip


@given(
    amounts=AMOUNTS,
    locale=st.sampled_from(sorted(LOCALES)),
    form=st.sampled_from(["{}", "${}", "{} €", "CAD {}", "{} $"]),
)
def test_any_amount_written_in_any_locale_reads_back_when_told(
    amounts: list[Decimal], locale: str, form: str
) -> None:
    thousands, decimal = LOCALES[locale]
    marks = str.maketrans({",": thousands, ".": decimal})
    written = [form.format(f"{amount:,.4f}".translate(marks)) for amount in amounts]

    assert read(*written, told=decimal) == amounts


@given(amounts=AMOUNTS, places=st.integers(0, 4), locale=st.sampled_from(["en", "fr", "de"]))
def test_a_column_is_never_read_with_the_wrong_mark(
    amounts: list[Decimal], places: int, locale: str
) -> None:
    thousands, decimal = LOCALES[locale]
    marks = str.maketrans({",": thousands, ".": decimal})
    exact = [round(amount, places) for amount in amounts]
    cells = column(*(f"{amount:,.{places}f}".translate(marks) for amount in exact))

    decision = decide_numbers(cells)

    if isinstance(decision, NumberDecision):
        assert convert_numbers(cells, decision)[0].to_list() == exact
