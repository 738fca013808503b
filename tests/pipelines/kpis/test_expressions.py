"""Only what is known to be harmless gets through, and it comes out as written anew."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.kpis import expressions
from pipelines.kpis.expressions import DIALECT, FragmentError
from pipelines.kpis.tables import TABLES
from pipelines.store import Store

_DEALS = TABLES["deals"]


@pytest.mark.parametrize(
    "text",
    [
        "count(*)",
        "count(distinct account)",
        "count_if(status = 'won')",
        "sum(case when status = 'won' then amount else 0 end)",
        "100 * sum(amount - coalesce(cost, 0)) / 3",
        "median(closed_on - created_on)",
        "avg(date_diff('day', created_on, closed_on)) filter (where status = 'lost')",
        "max(greatest(amount, cost))",
    ],
)
def test_aggregates_of_the_positive_list_run_as_they_are_written_anew(text: str) -> None:
    sql = expressions.aggregate(text, _DEALS).sql(dialect=DIALECT, identify=True)

    Store.in_memory().read(lambda cursor: cursor.execute(f"select {sql} from deals").fetchall())


@pytest.mark.parametrize(
    "text",
    [
        "(select count(*) from imports)",
        "sum((select 1))",
        "sum(amount) over ()",
        "sum(sum(amount))",
        "sum(count(*))",
        "amount",
        "sum(amount) + amount",
        "1",
        "",
        "   ",
        "-- nothing",
        "count(*); select 1",
        "count(*) from deals",
        "read_csv('/etc/passwd')",
        "sum(getenv('HOME'))",
        "repeat('x', 1000000000)",
        "max(lpad(name, 1000000000, 'x'))",
        "max(regexp_replace(name, '(a+)+', 'x'))",
        "max(levenshtein(name, account))",
        "count(*) filter (where exists (select 1))",
        "sum(range(1000000000))",
        "list(name)",
        "string_agg(name, ',')",
        "sum($amount)",
        "sum(?)",
        "sum(deals.amount)",
        "sum(main.deals.amount)",
        "sum(unknown)",
        "sum(name)",
        "avg(closed_on)",
        "sum(*)",
        "count(*) filter (where count(*) > 1)",
        "sum(x -> 1)",
        "sum([1, 2, 3])",
        "sum({'a': 1})",
        "sum(amount::hugeint)",
        "drop table deals",
        "attach 'x'",
        "copy deals to 'x'",
        "pragma version",
        "set threads = 1",
        "call pragma_version()",
        "(" * 900 + "1" + ")" * 900,
        "count(*) /* " + "x" * 2000,
        "'",
        '"',
        "sum(amount",
        "current_setting('threads')",
        "count(*) union select 1",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FragmentError):
        expressions.aggregate(text, _DEALS)


@pytest.mark.parametrize(
    "text",
    [
        "status in (select stage from deals)",
        "name similar to '(a+)+'",
        "now() > created_on",
        "random() > 0.5",
        "created_on >= $since",
        "count(*) > 1",
        "status = 'won' limit 1",
        "import_id = 1",
    ],
)
def test_a_condition_is_about_one_row_of_its_table(text: str) -> None:
    with pytest.raises(FragmentError):
        expressions.condition(text, _DEALS)


def test_quotes_in_a_text_stay_inside_it() -> None:
    tree = expressions.condition("owner = 'O''Brien; drop table deals'", _DEALS)

    sql = tree.sql(dialect=DIALECT, identify=True)

    assert sql == """"owner" = 'O''Brien; drop table deals'"""


def test_comments_are_not_carried_over() -> None:
    sql = expressions.aggregate("count(*) /* a */ -- b", _DEALS).sql(dialect=DIALECT)

    assert sql == "COUNT(*)"


@given(st.text(max_size=80))
def test_no_text_makes_it_crash(text: str) -> None:
    for read in (expressions.aggregate, expressions.condition):
        with contextlib.suppress(FragmentError):
            read(text, _DEALS)


@pytest.mark.parametrize(
    ("text", "zero", "adds"),
    [
        ("count(*)", True, True),
        ("sum(amount)", True, True),
        ("sum(amount) - sum(cost)", True, True),
        ("2 * sum(amount) / 100", True, True),
        ("coalesce(sum(amount), 0)", True, True),
        ("count(distinct account)", True, False),  # the same account may buy in both weeks
        ("sum(amount) / count(*)", False, False),
        ("sum(amount) * count(*)", False, False),
        ("round(sum(amount))", False, False),
        ("median(amount)", False, False),
        ("avg(amount)", False, False),
        ("max(amount)", False, False),
    ],
)
def test_what_adds_up_is_told_from_the_expression(text: str, zero: bool, adds: bool) -> None:  # noqa: FBT001 - parameters
    tree = expressions.aggregate(text, _DEALS)

    assert (expressions.is_zero_when_empty(tree), expressions.adds_up(tree)) == (zero, adds)


def test_the_tables_are_those_of_the_store() -> None:
    def columns(name: str) -> list[str]:
        rows = Store.in_memory().read(
            lambda cursor: cursor.execute(
                "select column_name from information_schema.columns where table_name = $name",
                {"name": name},
            ).fetchall()
        )
        return [column for (column,) in rows]

    for table in TABLES.values():
        if table.view is None:
            assert set(table.columns) <= set(columns(table.name))
        assert table.identity in table.columns
        assert "source" in table.columns
