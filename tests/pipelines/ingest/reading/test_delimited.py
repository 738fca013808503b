"""What separates cells, which line is the header, and what becomes of every other line."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.reading.parsing import parse
from tests.builders.exports import lines_of, rows_of, text_file

HEADER = "id,name,stage,amount\n"


def test_a_comma_file_becomes_text_with_the_line_each_row_starts_on(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, "id,name\n1,Anna\n2,Bob\n"), None, None)

    assert table.headers == ("id", "name")
    assert rows_of(table.frame) == [("1", "Anna"), ("2", "Bob")]
    assert lines_of(table.frame) == [2, 3]
    assert table.delimiter == ","


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_delimiter_and_line_end_is_recognised(
    tmp_path: Path, mark: str, end: str
) -> None:
    lines = [mark.join(cells) for cells in (["id", "name"], ["1", "Anna"], ["2", "Bob"])]

    table = parse(text_file(tmp_path, end.join([*lines, ""])), None, None)

    assert table.delimiter == mark
    assert rows_of(table.frame) == [("1", "Anna"), ("2", "Bob")]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    text = "id;montant;remise\n1;12,50;0,10\n2;99,90;0,20\n3;5,00;0,00\n"

    table = parse(text_file(tmp_path, text), None, None)

    assert table.delimiter == ";"
    assert rows_of(table.frame)[0] == ("1", "12,50", "0,10")


def test_the_hint_that_excel_writes_is_followed_and_is_no_row(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, "sep=;\nid;name\n1;a,b\n"), None, None)

    assert table.headers == ("id", "name")
    assert rows_of(table.frame) == [("1", "a,b")]
    assert lines_of(table.frame) == [3]


def test_a_delimiter_that_was_told_is_used(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, "id^name\n1^a,b\n"), "^", None)

    assert rows_of(table.frame) == [("1", "a,b")]


def test_quoted_cells_may_hold_delimiters_quotation_marks_and_line_breaks(tmp_path: Path) -> None:
    text = 'id,note\n1,"a, b"\n2,"she said ""no"""\n3,"first\nsecond"\n4,last\n'

    table = parse(text_file(tmp_path, text), None, None)

    assert [row[1] for row in rows_of(table.frame)] == [
        "a, b", 'she said "no"', "first\nsecond", "last",
    ]  # fmt: skip
    assert lines_of(table.frame) == [2, 3, 4, 6]


def test_a_header_with_a_line_break_pushes_the_rows_down(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, 'id,"Deal\nname"\n1,a\n'), None, None)

    assert table.headers == ("id", "Deal\nname")
    assert lines_of(table.frame) == [3]


def test_an_unclosed_quotation_mark_costs_its_own_line_and_no_other(tmp_path: Path) -> None:
    text = HEADER + '1,a,won,5\n2,"b,lost,6\n3,c,won,7\n4,d,won,8\n5,e,lost,9\n'

    table = parse(text_file(tmp_path, text), None, None)

    assert [row[0] for row in rows_of(table.frame)] == ["1", "3", "4", "5"]
    assert [(one.line, one.code) for one in table.rejects] == [(3, "open_quote")]


def test_two_unclosed_quotation_marks_do_not_swallow_the_rows_between_them(tmp_path: Path) -> None:
    # Read by the rules, lines 3 to 5 are one row of four cells, and nobody would ever know.
    text = HEADER + '1,a,won,5\n2,b,"won,6\n3,c,won,7\n4,d",won,8\n5,e,lost,9\n'

    table = parse(text_file(tmp_path, text), None, None)

    assert "3" in [row[0] for row in rows_of(table.frame)]
    assert table.frame.height + len(table.rejects) == 5


def test_a_long_note_full_of_commas_is_one_cell(tmp_path: Path) -> None:
    note = "Hello,\nthe blue, the red, the green, all of them\nor one, two, three, four"

    table = parse(text_file(tmp_path, f'{HEADER}1,a,won,"{note}"\n2,b,lost,6\n'), None, None)

    assert rows_of(table.frame) == [("1", "a", "won", note), ("2", "b", "lost", "6")]
    assert table.rejects == ()


def test_a_row_of_blank_cells_over_several_lines_is_no_row(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, 'id,note\n1,a\n"","\n\n"\n2,b\n'), None, None)

    assert lines_of(table.frame) == [2, 6]
    assert [(one.line, one.code) for one in table.rejects] == [(3, "not_a_row")]


def test_a_quotation_mark_inside_a_cell_is_a_character_like_any_other(tmp_path: Path) -> None:
    text = 'id,name\n1,24" screen\n2,"a 24" screen"\n3,x\n'

    table = parse(text_file(tmp_path, text), None, None)

    assert [row[1] for row in rows_of(table.frame)] == ['24" screen', 'a 24" screen', "x"]


def test_a_line_with_too_many_or_too_few_cells_is_set_aside(tmp_path: Path) -> None:
    text = HEADER + "1,a,won,5\n2,b,won\n3,c,won,7,8\n4,d,won,9\n"

    table = parse(text_file(tmp_path, text), None, None)

    assert [row[0] for row in rows_of(table.frame)] == ["1", "4"]
    assert [(one.line, one.code, one.content) for one in table.rejects] == [
        (3, "ragged", "2,b,won"),
        (4, "ragged", "3,c,won,7,8"),
    ]


def test_headers_are_kept_as_written_and_columns_get_unique_names(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, " Amount ,Amount,,Stage\n1,2,3,4\n"), None, None)

    assert table.headers == ("Amount", "Amount", "", "Stage")
    assert table.frame.columns[:4] == ["Amount", "Amount_2", "column_3", "Stage"]


def test_a_last_column_without_a_header_keeps_its_values(tmp_path: Path) -> None:
    table = parse(
        text_file(tmp_path, "id,amount,owner\n1,5,Anna,\n2,6,Bob,\n3,7,Eve,\n"), None, None
    )

    assert table.headers == ("id", "amount", "owner", "")
    assert rows_of(table.frame)[0] == ("1", "5", "Anna", None)


def test_empty_cells_are_null_whether_quoted_or_not(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, 'id,name\n1,\n2,""\n3," "\n'), None, None)

    assert [row[1] for row in rows_of(table.frame)] == [None, None, " "]


def test_a_table_of_one_column_is_read(tmp_path: Path) -> None:
    table = parse(text_file(tmp_path, "name\nAnna\n\nBob\n"), None, None)

    assert rows_of(table.frame) == [("Anna",), ("Bob",)]
    assert [(one.line, one.code) for one in table.rejects] == [(3, "not_a_row")]


def test_a_table_of_many_columns_is_read_line_by_line_just_the_same(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(400))
    row = ",".join(["x"] * 399 + ['"a, b"'])

    table = parse(text_file(tmp_path, f"{header}\n{row}\n{row}\n"), None, None)

    assert table.frame.height == 2
    assert table.frame["c399"].to_list() == ["a, b", "a, b"]


CELL = st.text(alphabet=st.sampled_from("abc,;|\t\"'é \n"), min_size=1, max_size=8).filter(
    lambda cell: cell.strip() == cell and cell.strip('"') != ""
)


@settings(max_examples=100)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    mark=st.sampled_from([",", ";", "\t"]),
)
def test_whatever_is_written_by_the_rules_reads_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], mark: str
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=mark, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["alpha", "beta", "gamma"])
    writer.writerows(rows)

    table = parse(text_file(tmp_path_factory.mktemp("x"), buffer.getvalue()), mark, None)

    assert rows_of(table.frame) == [tuple(row) for row in rows]
    assert table.rejects == ()
